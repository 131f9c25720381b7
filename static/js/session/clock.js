// Time from the clock's hands, not from ticks: a page that slept knows how long it slept.

const EVERY_MS = 200;

/** Calls onTick with the ms that passed since the last call, until stopped. */
export function startClock(onTick, { now = Date.now, every = setInterval, stop = clearInterval } = {}) {
  let last = now();
  const beat = () => {
    const moment = now();
    const passed = Math.max(0, moment - last);
    last = moment;
    onTick(passed);
  };
  const timer = every(beat, EVERY_MS);
  return () => stop(timer);
}
