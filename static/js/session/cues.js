// When a session makes a sound or says something: a list of marks in time, made from its parts.

import { exerciseOf, wayNow } from "./state.js";
import { OUT_SECONDS, repSeconds } from "./timeline.js";
import { fill, sideOf } from "./view.js";

const HALF_FROM = 16000; // shorter movements need no half-way sound
const LATE = 1500; // a sentence that comes later than this is left out

/** Marks {at, sound?, say?} in order. */
export function marksOf(state, words) {
  const marks = state.parts.flatMap((part, i) => [...opening(state, part, words), ...countdown(state.parts, i), ...inside(state, part, words)]);
  const end = state.parts.length ? state.parts[state.parts.length - 1].end : 0;
  return [...marks, { at: end, sound: "end", say: words.well_done }].sort((a, b) => a.at - b.at);
}

const SOUND_OF = { work: "start", rest: "rest", change: "rest", switch: "switch", cool: "rest" };

function opening(state, part, words) {
  return [{ at: part.start, sound: SOUND_OF[part.kind], say: sentence(state, part, words) }];
}

/** What is said as a part begins: short, and the next thing first. */
export function sentence(state, part, words) {
  const way = wayNow(state, part);
  const side = sideOf(way, part);
  const sided = side ? ` ${words[side]}.` : "";
  const name = part.slug ? exerciseOf(state, part).name : "";
  const seconds = Math.round((part.end - part.start) / 1000);
  const start = way ? way.start[part.side ?? 0] ?? "" : "";
  const says = {
    warm: () => words[`say_warm_${part.set}`],
    change: () => fill(words.say_change, { name }),
    ready: () => `${name}.${sided} ${way.dose}. ${start}`.trim(),
    switch: () => fill(words.say_switch, { side: words[`at_${side}`] ?? "" }),
    rest: () => fill(words.say_rest, { n: seconds, round: part.set }) + sided,
    cool: () => words.say_cool,
    work: () => (way.reps ? "" : words.say_hold),
  };
  return says[part.kind]();
}

const threeTwoOne = (end) => [3, 2, 1].map((n) => ({ at: end - n * 1000, sound: "tick", say: String(n) }));

/** 3, 2, 1 before each movement; before the end of a hold, see there. */
function countdown(parts, i) {
  const { start, end } = parts[i];
  return end - start > 4000 && parts[i + 1]?.kind === "work" ? threeTwoOne(end) : [];
}

function inside(state, part, words) {
  if (part.kind !== "work") return [];
  const way = wayNow(state, part);
  return way.reps ? repetitions(part, way, words) : hold(part, words);
}

function hold(part, words) {
  const length = part.end - part.start;
  const last = length > 8000 ? threeTwoOne(part.end) : [];
  const half = length >= HALF_FROM ? [{ at: part.start + length / 2, sound: "half", say: words.say_half }] : [];
  return [...half, ...last];
}

/** Each repetition is counted, and a soft tone says when to come back. */
function repetitions(part, way, words) {
  const length = repSeconds(way) * 1000;
  const back = (OUT_SECONDS + (way.hold_seconds ?? 0)) * 1000;
  const half = Math.floor(way.reps / 2);
  return Array.from({ length: way.reps }, (_, i) => {
    const at = part.start + i * length;
    const isHalf = i === half && part.end - part.start >= HALF_FROM;
    const isLast = i === way.reps - 1 && way.reps > 1;
    const said = isLast ? words.say_last : String(i + 1);
    const out = i ? [{ at, sound: isHalf ? "half" : "out", say: said }] : [{ at: at + 1, say: said }];
    return [...out, { at: at + back, sound: "back" }];
  }).flat();
}

/** What is due between two times; of sentences the latest alone, and none that is stale. */
export function due(marks, from, to) {
  const passed = marks.filter(({ at }) => at > from && at <= to);
  const said = passed.filter(({ say, at }) => say && to - at < LATE).pop();
  return { sounds: passed.filter(({ sound, at }) => sound && to - at < LATE).map(({ sound }) => sound), say: said?.say ?? "" };
}
