// A session belongs to its day: whoever comes back to it on another one has that day's own plan.

import { sessionDay } from "./sync.js";

const LONG_MS = 60 * 60 * 1000; // a shorter rest across three in the morning is no other day
const GOES_ON = ["play", "toggle", "fine", "drop", "skip", "back"];

/** `began` is the day on which it was begun, where that is known from an earlier run. */
export function createDay({ began, now = Date.now }) {
  const day = began ?? sessionDay(now());
  let restsSince = began ? 0 : now();
  return {
    day,
    rest: () => (restsSince = now()),
    /** Whether this event would go on with a session of another day. */
    isOver: ({ type }, { running, ended }) =>
      !running && !ended && GOES_ON.includes(type) && sessionDay(now()) !== day && now() - restsSince > LONG_MS,
  };
}
