import assert from "node:assert/strict";
import { test } from "node:test";

import { begin, next, phasesOf, setsDone, view } from "../../static/js/session/state.js";

const bridge = { sets: 2, setsDone: 0, reps: 8, hold: 3, move: 4, rest: 30, perSide: false };
const stretch = { sets: 2, setsDone: 0, reps: null, hold: 20, move: 4, rest: 30, perSide: true };
const run = (plan, seconds) => next(next(begin(plan), { type: "go" }), { type: "tick", ms: seconds * 1000 });

test("two rounds of eight have one rest between them, and none after the last", () => {
  assert.deepEqual(
    phasesOf(bridge).map(({ kind, seconds, round }) => [kind, seconds, round]),
    [["ready", 5, 1], ["work", 56, 1], ["rest", 30, 2], ["work", 56, 2]],
  );
});

test("each side is held for its full time, with a moment to change", () => {
  assert.deepEqual(
    phasesOf({ ...stretch, sets: 1 }).map(({ kind, seconds, side }) => [kind, seconds, side]),
    [["ready", 5, 0], ["work", 20, 0], ["switch", 5, 1], ["work", 20, 1]],
  );
});

test("a session that goes on after a reload starts at the first round not done", () => {
  const state = begin({ ...bridge, setsDone: 1 });
  assert.deepEqual(state.phases.map(({ kind, round }) => [kind, round]), [["ready", 2], ["work", 2]]);
  assert.equal(setsDone(state), 1);
});

test("repetitions count up at their pace, seconds count down", () => {
  assert.equal(view(run(bridge, 5)).number, 1);
  assert.equal(view(run(bridge, 5 + 7)).number, 2);
  assert.equal(view(run(bridge, 5 + 55)).number, 8);
  const held = view(run(stretch, 5 + 6));
  assert.deepEqual([held.number, held.counts, held.share], [14, false, 0.3]);
});

test("a long sleep is carried through the parts, not lost", () => {
  const state = run(bridge, 5 + 56 + 30 + 10);
  assert.deepEqual([view(state).kind, view(state).round, setsDone(state)], ["work", 2, 1]);
});

test("one big tick and many small ones end in the same place", () => {
  let state = next(begin(stretch), { type: "go" });
  for (let n = 0; n < 300; n += 1) state = next(state, { type: "tick", ms: 200 });
  const { index, elapsed } = run(stretch, 60);
  assert.deepEqual([state.index, state.elapsed], [index, elapsed]);
});

test("a round with two sides is done after the second side", () => {
  assert.equal(setsDone(run(stretch, 5 + 20 + 1)), 0);
  assert.equal(setsDone(run(stretch, 5 + 20 + 5 + 20)), 1);
});

test("the end stops the timer and counts every round", () => {
  const state = run(bridge, 600);
  assert.deepEqual([state.done, state.running, setsDone(state), view(state).kind], [true, false, 2, "end"]);
  assert.equal(next(state, { type: "tick", ms: 1000 }), state);
});

test("while paused no time passes, and a clock set back takes none away", () => {
  const paused = next(run(bridge, 10), { type: "pause" });
  assert.equal(next(paused, { type: "tick", ms: 60000 }), paused);
  assert.equal(next(run(bridge, 10), { type: "tick", ms: -5000 }).elapsed, run(bridge, 10).elapsed);
});

test("skipping ahead goes to the start of the next part", () => {
  const state = next(run(bridge, 10), { type: "next" });
  assert.deepEqual([view(state).kind, state.elapsed], ["rest", 0]);
});

test("an unknown event is refused with its name", () => {
  assert.throws(() => next(begin(bridge), { type: "jump" }), /no event "jump"/);
});
