// The timer of a session. The page works without it: steps and a "Done" button are there already.

import { startClock } from "./clock.js";
import { begin, next, setsDone, view } from "./state.js";

/** The part of the page with this mark; a plain sentence if it is missing. */
function part(root, mark) {
  const found = root.querySelector(`[${mark}]`);
  if (!found) throw new Error(`The session page has no part marked ${mark}.`);
  return found;
}

const player = part(document, "data-session-player");
const opener = part(document, "data-open-player");
const form = document.getElementById("step-form");
const words = part(player, "data-words").dataset;
const parts = Object.fromEntries(
  ["round", "sides", "ring", "arc", "number", "unit", "cue", "pause", "next", "next-label", "icon-pause", "icon-play"].map(
    (name) => [name, part(player, `data-${name}`)],
  ),
);

let state = begin(JSON.parse(document.getElementById("session-plan").textContent));
let stopClock = null;
let saved = setsDone(state);
let spoken = "";

const fill = (text, ...values) => values.reduce((line, value) => line.replace("%s", value), text);

function unitOf({ kind, counts, reps }) {
  if (kind === "end") return "";
  return counts ? fill(words.of, reps) : words.seconds;
}

function cueOf({ kind, hold, counts }) {
  if (kind === "end") return words.end;
  if (!state.running) return words.paused;
  return { ready: words.ready, rest: words.breathe, switch: words.switch, work: counts || !hold ? words.move : words.hold }[kind];
}

/** Writes into a part only what changed, so that a screen reader is not talked over. */
function write(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

function draw() {
  const now = view(state);
  const number = now.kind === "end" ? "✓" : String(now.number);
  player.dataset.phase = now.kind === "rest" || now.kind === "switch" ? "rest" : "work";
  write(parts.number, number);
  parts.number.dataset.len = String(number.length);
  write(parts.unit, unitOf(now));
  write(parts.round, now.kind === "rest" ? words.rest : fill(words.round, now.round, now.rounds));
  const left = now.kind === "end" ? 1 : 1 - now.share;
  parts.arc.setAttribute("stroke-dasharray", `${Math.round(1000 * left) / 10} 100`);
  parts.sides.hidden = now.side === null;
  for (const side of parts.sides.querySelectorAll("[data-side]")) {
    side.classList.toggle("on", Number(side.dataset.side) === now.side);
  }
  parts.pause.setAttribute("aria-pressed", String(!state.running));
  parts["icon-pause"].hidden = !state.running;
  parts["icon-play"].hidden = state.running;
  parts.pause.hidden = state.done;
  write(parts["next-label"], state.done ? words.done : words.skip);
  say(cueOf(now));
}

function say(text) {
  if (text !== spoken) write(parts.cue, text);
  spoken = text;
}

/** Tells the server how many rounds are done; a failure is made good by the next save. */
function save() {
  const done = setsDone(state);
  if (done <= saved || state.done) return;
  const body = new FormData(form);
  body.set("action", "set");
  body.set("sets_done", String(done));
  saved = done;
  fetch(player.dataset.stepUrl, { method: "POST", body, keepalive: true }).catch(() => {
    saved = done - 1;
  });
}

function send(event) {
  state = next(state, event);
  save();
  if (state.running && stopClock === null) stopClock = startClock((ms) => send({ type: "tick", ms }));
  if (!state.running && stopClock !== null) {
    stopClock();
    stopClock = null;
  }
  draw();
}

function open() {
  player.showModal();
  send({ type: "go" });
}

function close() {
  send({ type: "pause" });
  if (player.open) player.close();
}

function forward() {
  if (state.done) form.requestSubmit(form.querySelector("[value=done]"));
  else send({ type: "next" });
}

opener.hidden = false;
opener.addEventListener("click", open);
player.addEventListener("close", close);
part(player, "data-close").addEventListener("click", close);
parts.ring.addEventListener("click", () => send({ type: "toggle" }));
parts.pause.addEventListener("click", () => send({ type: "toggle" }));
parts.next.addEventListener("click", forward);
player.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight") forward();
  if (event.key !== " " || event.target.matches("a, button")) return;
  event.preventDefault();
  send({ type: "toggle" });
});
draw();
