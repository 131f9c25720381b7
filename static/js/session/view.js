// What the screen shows for a state: numbers, names and words. No page, so that it can be tested.

import { CAN_GROW, easierWay, exerciseOf, now, wayNow } from "./state.js";
import { OUT_SECONDS, repSeconds } from "./timeline.js";

/** Puts values into a sentence: fill("Round {n}", {n: 2}). */
export const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

const CALM = ["rest", "change", "switch", "cool"];

export function view(state, words) {
  const part = now(state);
  const way = wayNow(state, part);
  const ms = state.at - part.start;
  const share = part.end > part.start ? Math.min(1, ms / (part.end - part.start)) : 1;
  const rep = part.kind === "work" && way.reps ? repAt(way, ms) : null;
  const number = rep ? rep.number : Math.max(0, Math.ceil((part.end - state.at) / 1000));
  return {
    part, kind: part.kind, share, rep,
    phase: CALM.includes(part.kind) ? "rest" : "work",
    title: titleOf(state, part, words),
    note: noteOf(state, part, words),
    number: String(number),
    unit: rep ? fill(words.of, { n: way.reps }) : words.seconds,
    breath: rep ? words[rep.phase] : "",
    cue: cueOf(state, part, way, words),
    say: sayOf(state, part, words),
    side: sideOf(way, part),
    next: nextOf(state, part, words),
    canStretch: CAN_GROW.includes(part.kind),
    easier: part.slug && !state.settled[part.slug] && part.kind !== "change" ? easierWay(state, part.slug) : null,
    figure: figureOf(state, part, way, ms, rep),
  };
}

/** Which repetition, and whether it goes out, is held, or comes back. `share` runs through that phase. */
export function repAt(way, ms) {
  const length = repSeconds(way) * 1000;
  const index = Math.min(way.reps - 1, Math.floor(ms / length));
  const inside = ms - index * length;
  const out = OUT_SECONDS * 1000;
  const hold = (way.hold_seconds ?? 0) * 1000;
  if (inside < out) return { number: index + 1, phase: "out", share: inside / out };
  if (inside < out + hold) return { number: index + 1, phase: "held", share: (inside - out) / hold };
  return { number: index + 1, phase: "back", share: Math.min(1, (inside - out - hold) / (length - out - hold)) };
}

function titleOf(state, part, words) {
  if (part.slug && part.kind !== "change" && part.kind !== "rest") return exerciseOf(state, part).name;
  return words[part.kind];
}

function noteOf(state, part, words) {
  if (part.kind === "warm") return fill(words.next, { name: state.parts.map((item) => exerciseOf(state, item)?.name).find(Boolean) ?? words.end });
  if (part.kind === "change") return fill(words.next, { name: exerciseOf(state, part).name });
  if (part.kind === "rest") return fill(words.next, { name: fill(words.round, { n: part.set, of: part.sets }) });
  return part.slug ? fill(words.round, { n: part.set, of: part.sets }) : "";
}

/** The side as "left" or "right"; empty where there are none. */
export const sideOf = (way, part) => (way && part.side !== null ? way.sides[part.side] : "");

const bySide = (texts, part) => texts[part.side ?? 0] ?? texts[0] ?? "";

function cueOf(state, part, way, words) {
  if (part.kind === "work") return bySide(way.cue, part) || words.move;
  if (["change", "ready", "switch"].includes(part.kind)) return bySide(way.glance, part);
  return words[`${part.kind}_cue_${part.set}`] ?? words[`${part.kind}_cue`];
}

/** For a screen reader: one sentence a part, never one a second. */
function sayOf(state, part, words) {
  if (state.away) return words.away;
  if (state.ended) return "";
  if (!state.running) return words.paused;
  const way = wayNow(state, part);
  const side = sideOf(way, part);
  const bits = [titleOf(state, part, words), side ? words[side] : "", noteOf(state, part, words)];
  return `${bits.filter(Boolean).join(". ")}.`;
}

/** The next thing of interest: the round or side or exercise that the skip button leads to. */
function nextOf(state, part, words) {
  const later = state.parts.filter((item) => item.start >= part.end && !(part.kind === "warm" && item.kind === "warm"));
  const work = later.find((item) => item.kind === "work" || item.kind === "cool");
  if (!later.length || !work) return { label: words.end, slug: null, way: null };
  if (part.kind === "work" && later[0].kind === "rest") return { label: words.rest, slug: part.slug };
  if (work.kind === "cool") return { label: words.cool, slug: null };
  if (work.slug !== part.slug) return { label: exerciseOf(state, work).name, slug: work.slug };
  const side = sideOf(wayNow(state, work), work);
  if (side) return { label: words[side], slug: work.slug };
  return { label: fill(words.round_n, { n: work.set }), slug: work.slug };
}

/** Which figure, and how far along: looped for a preview, in step with a repetition, or held. */
function figureOf(state, part, way, ms, rep) {
  if (!way) return { url: "", mode: "none" };
  const url = bySide(way.figures, part);
  if (rep) return { url, mode: "rep", phase: rep.phase, share: rep.share };
  return part.kind === "work" ? { url, mode: "held" } : { url, mode: "loop", ms };
}
