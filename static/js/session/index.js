// A session in the browser: state, clock, sounds, voice, screen and record, put together.
// The page works without it, step by step.

import { createChime, createTrack, createVoice } from "./audio.js";
import { createClock } from "./clock.js";
import { listen, listenToLoudness } from "./controls.js";
import { due, marksOf } from "./cues.js";
import { createDay } from "./day.js";
import { createEnding } from "./ending.js";
import { createAwake, createKeys, trackTitle } from "./device.js";
import { createFigure } from "./figure.js";
import { happened, owed } from "./record.js";
import { createPlace, isEnded } from "./resume.js";
import { turnOn, unveil } from "./page.js";
import { createScreen, part } from "./screen.js";
import { createSync } from "./sync.js";
import { begin, easierWay, next, now, toSave, wayNow } from "./state.js";
import { piecesOf } from "./track.js";
import { lengthOf } from "./timeline.js";
import { view } from "./view.js";
import { person, stop } from "../offline/device.js";

// The page and its other scripts first: what follows is a task of its own.
await new Promise((begin) => setTimeout(begin));

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const plan = read("session-plan");
const words = read("session-words");
const root = part(document, "session-player");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const isCalm = () => calm.matches;
const place = createPlace({ ...plan, owner: person, store: localStorage, tab: String(performance.timeOrigin + Math.random()) });
const sync = plan.token ? createSync(plan) : null; // a practice is not written down

const screen = createScreen(root, words, { isCalm });
const figure = createFigure(screen.parts.figure, { isCalm });
const voice = createVoice({ lang: document.documentElement.lang });
const chime = createChime();
const track = createTrack({ onStopped: () => send({ type: "pause" }) });
const clock = createClock({ audio: track, onTick: (at) => send({ type: "tick", at }), onAway: () => send({ type: "away" }) });
const keys = createKeys({ send: (event) => send(event) });
const awake = createAwake({ onRefused: () => document.querySelectorAll("[data-may-go-dark]").forEach((note) => (note.hidden = false)) });

const FELT = ["start", "switch", "rest", "end"]; // sounds that the phone also shows by a short shake
const saved = place.load();
const day = createDay({ began: saved?.began });
let state = begin(plan, saved);
let marks = [];
let frame = 0;
let isBehind = false; // another tab has gone on
let isBegun = Boolean(saved);

let later = 0;
/** The marks at once; the file in tasks of its own, while the hands of the clock go on. */
function layTrack() {
  marks = marksOf(state, words);
  track.hold();
  clearTimeout(later);
  later = setTimeout(async () => {
    const isLoaded = await track.load(() => piecesOf(marks, lengthOf(state.parts)));
    if (isLoaded && state.running) clock.start(state.at);
  }, 30);
}

/** Takes an event in: the new state is kept, written down, heard and shown. */
function send(event) {
  const before = isBehind && event.type !== "away" ? catchUp() : state;
  const isLate = plan.token && day.isOver(event, before);
  state = next(before, isLate ? { type: "block", detail: words.other_day } : event);
  if (state === before) return;
  const isMoved = event.type !== "tick" && (state.at !== before.at || state.parts !== before.parts);
  if (state.parts !== before.parts) layTrack();
  happened(before, state).forEach((item) => sync?.send(item));
  if (state.running !== before.running || (state.running && isMoved)) turn(before, event);
  hear(event, before, isMoved);
  if (event.type !== "tick" || Math.floor(state.at / 1000) !== Math.floor(before.at / 1000)) keep();
  draw();
}

function catchUp() {
  isBehind = false;
  state = begin(plan, place.load());
  layTrack();
  return state;
}

function turn(before, event) {
  if (!state.running) return rest({ isOver: event.type === "tick" });
  clock.start(state.at);
  if (!before.running) awake.keep();
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(move);
  return undefined;
}

function rest(how) {
  day.rest();
  clock.halt(how);
  voice.hush();
  awake.let();
  cancelAnimationFrame(frame);
}

function hear({ type }, before, isMoved) {
  const isEnd = type === "tick" && state.ended;
  if (!state.running && !isEnd) return;
  const isFresh = isMoved || ["play", "toggle", "fine"].includes(type);
  const { sounds, say } = due(marks, isFresh ? state.at - 1 : before.at, state.at);
  voice.say(say);
  if (sounds.some((name) => FELT.includes(name))) navigator.vibrate?.(150);
  if (!clock.follows()) sounds.slice(-1).forEach(chime.play);
}

function keep() {
  if (isBehind) return;
  if (state.sheet === "signs") place.forget();
  else if (isBegun) place.keep({ ...toSave(state), open: root.open, began: day.day }, state.running);
}

let odd = false;
/** The figure moves between the ticks; every second frame is enough. */
function move() {
  frame = requestAnimationFrame(move);
  odd = !odd;
  if (odd && !isCalm() && state.running) figure.draw(view({ ...state, at: Math.min(clock.position(), lengthOf(state.parts) - 1) }, words).figure);
}

function draw() {
  const shown = view(state, words);
  const way = wayNow(state, shown.part);
  screen.draw(state, shown, way);
  screen.sheetWords(state, state.hurt?.loose || state.settled[state.hurt?.slug] ? null : easierWay(state, state.hurt?.slug), shown.kind === "work" ? shown.next.label : shown.title);
  if (!state.sheet && (!state.running || isCalm())) figure.draw(shown.figure);
  keys.show(trackTitle(shown, way, words), shown.note, state.running);
  prefetch(shown);
}

let ahead = null;
/** The next figures are fetched a part ahead, so that nothing jumps. */
function prefetch({ part: here }) {
  if (ahead === here) return;
  ahead = here;
  const later = state.parts.filter((item) => item.slug && item.start >= here.start).slice(0, 4);
  later.forEach((item) => wayNow(state, item).figures.forEach(figure.ahead));
}

function open() {
  isBegun = true;
  send({ type: "play" }); // within the press: only then may the track play
  requestAnimationFrame(show);
}

/** Laid out in two steps, without the page behind: a slow phone has less to do at once. */
function show() {
  document.documentElement.toggleAttribute("data-playing", true);
  if (root.open) return;
  root.toggleAttribute("data-half", true);
  root.showModal();
  requestAnimationFrame(() => setTimeout(() => root.toggleAttribute("data-half", false)));
  keep();
}

function leave() {
  if (state.running) send({ type: "pause" });
  document.documentElement.toggleAttribute("data-playing", false);
  root.close();
  keep();
}

listen({ root, screen, leave, send, current: () => state });
listenToLoudness(root, localStorage, [voice, chime, track]);

// Another tab runs this session now: this one waits, and goes on from where that one stands.
addEventListener("storage", (event) => {
  if (!place.isElsewhere(event)) return;
  isBehind = true;
  if (state.running) send({ type: "away" });
});
addEventListener("pagehide", keep);

const opener = part(document, "open-player");
opener.hidden = false;
turnOn(document);
if (!navigator.wakeLock) awake.keep(); // says so before the start
layTrack();
owed(plan).forEach((item) => sync?.send(item));
setTimeout(draw); // the page first
unveil(document.querySelectorAll(".moves, .glance, [data-thumb]"));
opener.addEventListener("click", (event) => {
  event.preventDefault();
  const told = document.querySelector('[name="pain_before"]:checked');
  if (told && state.before === null) send({ type: "before", value: Number(told.value) });
  open();
});
createEnding({ root, sync, place, send, open: show, isStanding: () => state.ended, isTold: () => isEnded(localStorage, { ...plan, owner: person }) });
// Told on this device, and the page is older than that: nothing begins.
if (plan.token && stop.holds(plan.made)) send({ type: "halt" });
if (saved?.open || state.sheet) show();
