// What the device lends a session: a screen that stays on, and the keys of a lock screen or remote.

import { fill } from "./view.js";

/** Keeps the screen awake while asked to. `onRefused` is called where that can't be had. */
export function createAwake({ navigator = window.navigator, document = window.document, onRefused = () => {} } = {}) {
  let lock = null;
  let isWanted = false;

  const take = async () => {
    if (!navigator.wakeLock) return onRefused();
    if (lock || document.visibilityState !== "visible") return undefined;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => (lock = null));
      if (!isWanted) release();
    } catch {
      onRefused();
    }
    return undefined;
  };

  const release = () => {
    const held = lock;
    lock = null;
    return held?.release();
  };

  // The browser takes the lock away when the page is hidden.
  document.addEventListener("visibilitychange", () => isWanted && take());

  return {
    keep() {
      isWanted = true;
      return take();
    },
    let() {
      isWanted = false;
      return release();
    },
  };
}

/** What the lock screen calls this part: "Bird-Dog, left, 8 s". */
export function trackTitle({ title, side, kind }, way, words) {
  if (kind !== "work" || !way) return title;
  const dose = fill(way.reps ? words.times : words.held_for, { n: way.reps ?? way.hold_seconds });
  return [title, side && words[`at_${side}`], dose].filter(Boolean).join(", ");
}

/** Title and keys on the lock screen, on headphones and on remotes. */
export function createKeys({ session = window.navigator.mediaSession, Metadata = window.MediaMetadata, send }) {
  if (!session) return { show() {} };
  const keys = { play: "play", pause: "pause", nexttrack: "skip", previoustrack: "back" };
  for (const [key, type] of Object.entries(keys)) {
    try {
      session.setActionHandler(key, () => send({ type }));
    } catch {
      // An older browser lacks a key; the others work.
    }
  }
  let shown = "";
  return {
    show(title, note, isRunning) {
      session.playbackState = isRunning ? "playing" : "paused";
      if (shown === title + note || !Metadata) return;
      shown = title + note;
      session.metadata = new Metadata({ title, artist: note, album: "Backrelief" });
    },
  };
}
