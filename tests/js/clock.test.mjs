import assert from "node:assert/strict";
import { test } from "node:test";

import { createClock } from "../../static/js/session/clock.js";

function aClock({ audio = null } = {}) {
  const seen = { ticks: [], away: 0 };
  let time = 1000;
  let beat = null;
  const clock = createClock({
    audio,
    onTick: (at) => seen.ticks.push(at),
    onAway: () => (seen.away += 1),
    now: () => time,
    every: (run) => ((beat = run), 7),
    stop: () => (beat = null),
  });
  return { clock, seen, beat: (ms) => ((time += ms), beat?.()), runs: () => beat !== null };
}

const anAudio = (works = true) => ({
  at: 0,
  play(at) {
    this.at = at;
    return works ? Promise.resolve() : Promise.reject(new Error("blocked"));
  },
  pause() {},
  position() {
    return this.at;
  },
});

test("without a track the hands of the clock count from where it began", () => {
  const { clock, seen, beat } = aClock();
  clock.start(5000);
  beat(100);
  beat(4000);
  assert.deepEqual(seen.ticks, [5100, 9100]);
});

test("a minute of sleep without a track passes no time: the session waits", () => {
  const { clock, seen, beat } = aClock();
  clock.start(5000);
  beat(60000);
  assert.deepEqual(seen, { ticks: [], away: 1 });
  clock.halt();
  clock.start(5000);
  beat(-60000);
  assert.equal(seen.away, 2);
});

test("with a track its own time counts, however late the page wakes up", async () => {
  const audio = anAudio();
  const { clock, seen, beat } = aClock({ audio });
  clock.start(5000);
  await Promise.resolve();
  audio.at = 65000;
  beat(90000);
  assert.deepEqual([seen.ticks, seen.away, clock.follows()], [[65000], 0, true]);
});

test("a track that may not play leaves the hands of the clock", async () => {
  const { clock, seen, beat } = aClock({ audio: anAudio(false) });
  clock.start(0);
  await Promise.resolve().then(() => {});
  beat(200);
  assert.deepEqual([seen.ticks, clock.follows()], [[200], false]);
});

test("halting stops the beat", () => {
  const { clock, runs } = aClock();
  clock.start(0);
  clock.halt();
  assert.equal(runs(), false);
});

test("over fifteen minutes of late and uneven beats the hands stay within a beat of the true time", () => {
  const { clock, seen, beat } = aClock();
  clock.start(0);
  let truth = 0;
  let worst = 0;
  for (let n = 0; truth < 15 * 60 * 1000; n += 1) {
    const step = 60 + ((n * 7919) % 340); // 60 to 399 ms, never in step with anything
    truth += step;
    beat(step);
    worst = Math.max(worst, Math.abs(seen.ticks.at(-1) - truth));
  }
  assert.ok(worst < 500, `${worst} ms`);
});

test("at the end the track rings out, else it stops at once", async () => {
  const stops = async (how) => {
    let paused = 0;
    const audio = { ...anAudio(), pause: () => (paused += 1) };
    const { clock } = aClock({ audio });
    clock.start(0);
    await Promise.resolve();
    const before = paused;
    clock.halt(how);
    return paused - before;
  };
  assert.deepEqual([await stops({ isOver: true }), await stops()], [0, 1]);
});
