// Where a session stands, kept on the device until it ends; and how loud it is, kept for good.
// The place holds no name and no pain after: only which rounds are done and where the clock stood.

const PREFIX = "backrelief-session-"; // cleared at sign-out with all that begins like this
const LOUDNESS = "backrelief-sound";
const USUAL = { voice: true, voice_volume: 1, sounds: true, sound_volume: 0.7 };

function read(store, key) {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
}

function write(store, key, value) {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store: the server still knows what was done.
  }
}

/** The place of the session `token`; `tab` tells this tab from others. Without a token nothing is kept. */
export function createPlace({ token, version, store, tab }) {
  const key = token ? PREFIX + token : null;
  const load = () => {
    const found = key && read(store, key);
    return found && found.version === version ? found : null;
  };
  let isOver = false;
  return {
    load: () => load()?.state ?? null,
    keep: (state, isRunning) => key && !isOver && write(store, key, { version, tab, running: isRunning, state }),
    /** True where another tab of this browser runs the session now. */
    isElsewhere: (event) => event.key === key && Boolean(load()?.running) && load().tab !== tab,
    /** For good: what comes after the end is not kept again. */
    forget() {
      isOver = true;
      if (key) store.removeItem(key);
    },
  };
}

export const loadSound = (store) => ({ ...USUAL, ...read(store, LOUDNESS) });
export const keepSound = (store, settings) => write(store, LOUDNESS, settings);
