import assert from "node:assert/strict";
import { test } from "node:test";

import { startClock } from "../../static/js/session/clock.js";

function fakeClock(times) {
  const seen = [];
  let beat;
  let stopped = null;
  const now = () => times.shift();
  const stop = startClock((ms) => seen.push(ms), { now, every: (run) => ((beat = run), 7), stop: (id) => (stopped = id) });
  return { seen, beat: () => beat(), stop, stoppedWith: () => stopped };
}

test("a beat tells the time that passed, however late it comes", () => {
  const clock = fakeClock([1000, 1200, 61200]);
  clock.beat();
  clock.beat();
  assert.deepEqual(clock.seen, [200, 60000]);
});

test("a clock that is set back passes no time", () => {
  const clock = fakeClock([1000, 400, 600]);
  clock.beat();
  clock.beat();
  assert.deepEqual(clock.seen, [0, 200]);
});

test("stopping takes the timer off", () => {
  const clock = fakeClock([0]);
  clock.stop();
  assert.equal(clock.stoppedWith(), 7);
});
