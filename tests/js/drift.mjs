// Fifteen minutes of a session in real time: how far does the screen's time stray from the true one?
// By hand and in `make soak`: node tests/js/drift.mjs 15

import { createClock } from "../../static/js/session/clock.js";
import { begin, next } from "../../static/js/session/state.js";
import { lengthOf } from "../../static/js/session/timeline.js";
import { aSession, bridge } from "./a-session.mjs";

const MOST_MS = 500;
const minutes = Number(process.argv[2] ?? 15);
const plan = aSession({ exercises: [{ ...bridge, sets: 12, rest_seconds: 60 }] });
let state = next(begin(plan), { type: "play" });
if (lengthOf(state.parts) < minutes * 60000) throw new Error("The session is too short for this run.");

// The truth is another clock than the one that the player reads.
const began = process.hrtime.bigint();
const truth = () => Number(process.hrtime.bigint() - began) / 1e6;
let worst = 0;
let ticks = 0;

const clock = createClock({
  audio: null,
  onAway: () => finish("the session took a pause for sleep"),
  onTick: (at) => {
    state = next(state, { type: "tick", at });
    worst = Math.max(worst, Math.abs(state.at - truth()));
    ticks += 1;
    if (truth() >= minutes * 60000) finish();
  },
});

function finish(fault = worst < MOST_MS ? "" : "the screen strayed too far") {
  clock.halt();
  console.log(`${minutes} minutes, ${ticks} ticks: at most ${worst.toFixed(1)} ms from the true time${fault ? `: ${fault}` : ""}`);
  process.exitCode = fault ? 1 : 0;
}

clock.start(0);
