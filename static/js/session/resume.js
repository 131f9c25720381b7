// Where a session stands, kept on the device until it ends; and how loud it is, kept for good.
// The place holds no name and no pain after: only which rounds are done and where the clock stood.

const PREFIX = "backrelief-session-"; // cleared at sign-out with all that begins like this
const LOUDNESS = "backrelief-sound";
const USUAL = { voice: true, voice_volume: 1, sounds: true, sound_volume: 0.7 };

export function read(store, key) {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
}

let isShut = false;
/** Somebody signs out: this page writes nothing down any more, not when it is left either. */
export const shut = () => (isShut = true);

export function write(store, key, value) {
  if (isShut) return;
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store: the server still knows what was done.
  }
}

/** The place of the session `token`; `tab` tells this tab from others. Without a token nothing is kept. */
export function createPlace({ token, version, day, store, tab, owner }) {
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
    /** The server has the ending since `heard`, in ms of its clock. */
    end: (heard) => key && write(store, key, { day, heard, owner }),
  };
}

/** Whether this device told the ending of somebody's session of a day after a page was made; `made` and `heard` are the server's time. */
export const isEnded = (store, { owner, day, made }) =>
  Object.keys(store).some((key) => {
    const found = key.startsWith(PREFIX) && read(store, key);
    return found && found.owner === owner && found.day === day && found.heard >= made;
  });

export const loadSound = (store) => ({ ...USUAL, ...read(store, LOUDNESS) });
export const keepSound = (store, settings) => write(store, LOUDNESS, settings);
