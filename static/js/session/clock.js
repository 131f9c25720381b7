// The time of a session: the audio track's own, or where none plays the hands of the clock.
// Without a track a long gap means that the device slept: nobody was guided, so the session waits.

const EVERY_MS = 100;
const GAP_MS = 5000;

/**
 * `audio` has play(at) → promise, pause() and position() in ms; null where there is no sound.
 * Calls onTick(at) while running and onAway() after a gap.
 */
export function createClock({ audio, onTick, onAway, now = Date.now, every = setInterval, stop = clearInterval }) {
  let timer = null;
  let follows = false;
  let anchor = 0;
  let last = 0;

  const byHands = () => now() - anchor;

  const beat = () => {
    const gap = now() - last;
    last = now();
    if (follows) return onTick(audio.position());
    if (gap > GAP_MS || gap < -GAP_MS) return onAway();
    return onTick(byHands());
  };

  const start = (at) => {
    halt();
    anchor = now() - at;
    last = now();
    timer = every(beat, EVERY_MS);
    const mine = timer;
    audio?.play(at).then(() => (follows = timer === mine), () => {});
  };

  /** At the end of a session the track may ring out. */
  const halt = ({ isOver = false } = {}) => {
    if (timer !== null) stop(timer);
    timer = null;
    follows &&= isOver;
    if (!follows) audio?.pause();
  };

  return { start, halt, follows: () => follows, position: () => (follows ? audio.position() : byHands()) };
}
