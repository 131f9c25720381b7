// What happens in a session, as one pure function: state and event in, state out. No clock, no page.

import { MOST_SECONDS, blamed, layOut, lengthOf, placeAt, setsOf, wayOf } from "./timeline.js";
import { TOO_STRONG, zoneOf } from "./zones.js";

const BACK_MS = 3000; // later than this, "back" begins the same part again
export const CAN_GROW = ["rest", "change", "ready", "warm", "cool"];

/** The state at the start, or where `saved` (from `toSave`) left off. */
export function begin(plan, saved = null) {
  const fresh = {
    plan, before: plan.pain_before ?? null, ways: {}, whole: {}, halves: {}, settled: {}, lengths: {}, laid: {},
    at: 0, running: false, sheet: null, hurt: null, ended: false, stopped: false, away: false,
  };
  for (const { slug, sets, sets_done: done, settled } of plan.exercises) {
    fresh.whole[slug] = Array.from({ length: done }, (_, n) => n + 1);
    fresh.laid[slug] = done;
    if (settled || done >= sets) fresh.settled[slug] = "before";
  }
  if (!saved) return lay(fresh, firstPart(fresh));
  const settled = { ...saved.settled, ...fresh.settled };
  const whole = Object.fromEntries(Object.entries(fresh.whole).map(([slug, sets]) => [slug, longer(sets, saved.whole[slug])]));
  const { key, elapsed, ...kept } = saved;
  const state = { ...fresh, ...kept, plan, settled, whole, before: saved.before ?? fresh.before };
  return { ...lay(state, key, elapsed), sheet: saved.ended ? "finish" : null };
}

const longer = (some, others = []) => (others.length > some.length ? others : some);

/** A session that was begun elsewhere needs no second warm-up. */
const firstPart = ({ plan }) => (plan.exercises.some((item) => item.settled || item.sets_done) ? "ready" : null);

/** All that is needed to go on exactly here. Holds no number of pain but the one before. */
export function toSave(state) {
  const { ways, whole, halves, settled, lengths, laid, stopped, ended, before } = state;
  const part = now(state);
  return { ways, whole, halves, settled, lengths, laid, stopped, ended, before, key: part?.key ?? null, elapsed: state.at - (part?.start ?? 0) };
}

export const now = (state) => state.parts[placeAt(state.parts, state.at)];
export const exerciseOf = (state, part) => (part?.slug ? state.plan.exercises[part.index] : null);
export const wayNow = (state, part) => (part?.slug ? wayOf(exerciseOf(state, part), state.ways[part.slug]) : null);

/** The next easier way of the exercise at hand, or null. */
export function easierWay(state, slug = now(state)?.slug) {
  const exercise = state.plan.exercises.find((item) => item.slug === slug);
  return exercise?.easier[state.ways[slug] ?? 0] ?? null;
}

/** Lays the parts out anew and stands `elapsed` ms inside the part `key`; a key that is gone stands for "go on". */
function lay(state, key, elapsed = 0) {
  const out = Object.fromEntries(Object.entries(state.settled).filter(([, how]) => how !== "done"));
  const parts = layOut(state.plan, { ways: state.ways, done: state.laid, lengths: state.lengths, out });
  const exact = parts.find((part) => part.key === key);
  const near = key ? parts.find((part) => part.kind === "ready") ?? parts.find((part) => part.kind === "cool") : parts[0];
  const at = exact ? Math.min(exact.start + elapsed, exact.end) : near?.start ?? 0;
  return { ...state, parts, at };
}

const EVENTS = {
  tick: (state, { at }) => (state.running && at > state.at ? pass(state, at) : state),
  play: (state) => (state.ended ? state : { ...state, running: true, sheet: null, away: false }),
  pause: (state) => ({ ...state, running: false }),
  away: (state) => ({ ...state, running: false, away: true }),
  toggle: (state) => EVENTS[state.running ? "pause" : "play"](state),
  skip: (state) => jump(state, afterThis(state)),
  back,
  longer: (state) => stretch(state, 10),
  shorter: (state) => stretch(state, -10),
  ease: (state) => ease(state, state.hurt?.slug ?? now(state)?.slug),
  open: (state, { sheet }) => ({ ...state, running: false, sheet }),
  close: (state) => (state.ended ? state : { ...state, sheet: null, hurt: null }),
  hurts: (state) => ({ ...state, running: false, sheet: "feel", hurt: blamed(state.parts, now(state)) }),
  feel,
  before,
  pain,
  drop: (state) => resume(state.hurt.loose ? jump(state, afterThis(state)) : leave(state, state.hurt.slug, "skipped")),
  fine: resume,
  block: (state, { detail }) => ({ ...state, running: false, sheet: "blocked", detail }),
  stop: (state) => end({ ...state, stopped: true }),
  halt,
  kept: (state) => (state.sheet === "signs" ? state : { ...state, running: false, ended: true, sheet: "kept" }),
};

/** The next state. Unknown events are a fault of ours and say so. */
export function next(state, event) {
  const act = EVENTS[event.type];
  if (!act) throw new Error(`The player knows no event "${event.type}".`);
  return act(state, event);
}

/** Time goes by: rounds that were wholly done count; what was passed over does not. */
function pass(state, at) {
  const passed = state.parts.filter((part) => part.kind === "work" && part.end > state.at && part.end <= at);
  const moved = settle({ ...passed.reduce(count, state), at: Math.min(at, lengthOf(state.parts)) });
  return at >= lengthOf(state.parts) ? end(moved) : moved;
}

function count(state, { slug, set, side }) {
  const half = `${slug}/${set}`;
  if (side === 0) return { ...state, halves: { ...state.halves, [half]: true } };
  const known = state.whole[slug];
  if ((side === 1 && !state.halves[half]) || known.includes(set)) return state;
  const whole = { ...state.whole, [slug]: [...known, set] };
  const exercise = state.plan.exercises.find((item) => item.slug === slug);
  const all = whole[slug].length >= setsOf(exercise, state.ways[slug] ?? 0, state.laid[slug]);
  return { ...state, whole, settled: all ? { ...state.settled, [slug]: "done" } : state.settled };
}

/** What lies behind the first movement of a later exercise is settled: until then, back undoes a skip. */
function settle(state) {
  const part = now(state);
  if (!part || !["work", "cool"].includes(part.kind)) return state;
  const behind = state.parts.filter((item) => item.slug && item.end <= part.start && item.slug !== part.slug);
  const left = behind.filter(({ slug }) => !state.settled[slug]).map(({ slug }) => [slug, "skipped"]);
  return left.length ? { ...state, settled: { ...state.settled, ...Object.fromEntries(left) } } : state;
}

function jump(state, part) {
  if (state.ended) return state;
  return part ? settle({ ...state, at: part.start, away: false }) : end(state);
}

/** The part after this one; the whole warm-up is one. */
function afterThis(state) {
  const part = now(state);
  return state.parts.find((item) => item.start >= part.end && !(part.kind === "warm" && item.kind === "warm"));
}

function back(state) {
  const place = placeAt(state.parts, state.at);
  const isLate = state.at - state.parts[place].start > BACK_MS;
  return jump(state, state.parts[isLate ? place : Math.max(0, place - 1)]);
}

function stretch(state, seconds) {
  const part = now(state);
  if (!CAN_GROW.includes(part.kind)) return state;
  const gone = (state.at - part.start) / 1000;
  const left = Math.min(MOST_SECONDS, (part.end - part.start) / 1000 - gone + seconds);
  if (left <= 0) return jump(state, afterThis(state));
  return lay({ ...state, lengths: { ...state.lengths, [part.key]: gone + left } }, part.key, state.at - part.start);
}

function ease(state, slug) {
  if (!easierWay(state, slug) || state.settled[slug]) return resume(state);
  const steps = (state.ways[slug] ?? 0) + 1;
  const laid = { ...state.laid, [slug]: state.whole[slug].length };
  const key = [slug, steps, "ready", laid[slug] + 1].join("/");
  const eased = lay({ ...state, ways: { ...state.ways, [slug]: steps }, laid, hurt: null }, now(state).key);
  const ready = eased.parts.find((part) => part.key.startsWith(key));
  return ready ? { ...eased, at: ready.start, running: true, sheet: null } : leave(eased, slug, "done");
}

function feel(state, { feeling, where = "", sign = false }) {
  const hurt = { ...state.hurt, feeling, where };
  if (sign) return halt({ ...state, hurt: { ...hurt, pain: null, sign: feeling } });
  return { ...state, hurt, sheet: state.before === null ? "before" : "pain" };
}

/** Pain of 9 or 10 before the first movement stops as it does later. */
function before(state, { value }) {
  const told = { ...state, before: value };
  if (value >= TOO_STRONG) return halt(told);
  return { ...told, sheet: state.sheet === "before" ? "pain" : state.sheet };
}

function pain(state, { value }) {
  const { feeling, slug } = state.hurt;
  const zone = zoneOf(value, state.before, { sharp: feeling === "sharp", caution: state.plan.caution });
  const told = { ...state, hurt: { ...state.hurt, pain: value, zone } };
  if (value >= TOO_STRONG) return halt({ ...told, hurt: { ...told.hurt, sign: "strong" } });
  if (zone !== "red") return { ...told, sheet: "relief" };
  return { ...(told.hurt.loose ? jump(told, afterThis(told)) : leave(told, slug, "red")), sheet: "red" };
}

function halt(state) {
  return { ...state, running: false, ended: true, stopped: true, sheet: "signs" };
}

/** Takes an exercise out of what is to come; when it is the one at hand, the next one follows. */
function leave(state, slug, how) {
  if (state.settled[slug] && how === "skipped") return state;
  const part = now(state);
  const left = lay({ ...state, settled: { ...state.settled, [slug]: how } }, part.key, state.at - part.start);
  if (part.slug !== slug) return left;
  const later = left.parts.find(({ kind, index }) => kind === "cool" || index > part.index);
  return { ...left, at: later ? later.start : lengthOf(left.parts) };
}

function resume(state) {
  const isOver = state.at >= lengthOf(state.parts);
  return isOver ? end(state) : { ...state, running: true, sheet: null, hurt: null, away: false };
}

function end(state) {
  const open = state.plan.exercises.filter(({ slug }) => !state.settled[slug]).map(({ slug }) => [slug, "skipped"]);
  const settled = { ...state.settled, ...Object.fromEntries(open) };
  return { ...state, settled, running: false, ended: true, sheet: "finish", hurt: null, at: lengthOf(state.parts) };
}
