// What somebody told that stops every session. Without network the server cannot say so; this device
// does, until it shows a page that the server made after it had heard.

import { read, write } from "../session/resume.js";
import { TOO_STRONG } from "../session/zones.js";

const KEY = "backrelief-stopped";

/** Whether an event stops all sessions: a sign, pain of 9 or 10, or a fall or something else new in the diary. */
export function stops({ pain_before: before, pain, pain_after: after, fields = {} }) {
  const numbers = [before, pain, after, ...(fields.pain ?? [])];
  return pain === null || numbers.some((number) => Number(number) >= TOO_STRONG) || Boolean(fields.signs?.some((sign) => sign !== "none"));
}

/** `made` and `now` are times of the server, in ms. */
export function createStop({ store, owner }) {
  const kept = () => {
    const found = read(store, KEY);
    return found?.owner === owner ? found : null;
  };
  return {
    note: (event) => stops(event) && write(store, KEY, { owner }),
    /** The server has all that was told. */
    heard(now) {
      if (kept() && !kept().heard) write(store, KEY, { owner, heard: now });
    },
    /** Whether a page that was made then may not begin a session. */
    holds(made) {
      const found = kept();
      return Boolean(found) && !(found.heard && made > found.heard);
    },
  };
}
