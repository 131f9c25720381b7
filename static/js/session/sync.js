// Tells the server what happens in a session. Each event is safe on this device before anything is
// sent; the player never waits for the network.

import { newId as deviceId, outbox as deviceOutbox } from "../offline/device.js";

const SESSION_DAY_ENDS_MS = 3 * 60 * 60 * 1000;

/** The session's own day where the person is; it ends at three in the morning. */
export function sessionDay(now) {
  const moment = new Date(now - SESSION_DAY_ENDS_MS);
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/**
 * token, url and version are those of the plan on the page; so is day, where it is known.
 * `send` resolves to the event's id once it is kept here. Listeners hear
 * {waiting, refused, isOffline, isSignedOut, answer?}; an answer has seen, zone, next, said, and
 * detail where the session may not go on.
 */
export function createSync({ token, url, version, day, now = Date.now, newId = deviceId, outbox = deviceOutbox }) {
  const address = url || `/session/${token}/events/`;

  async function send({ kind, ...content }) {
    const event = { id: newId(), at: new Date(now()).toISOString(), kind, ...content };
    await outbox.add({ url: address, head: { version, day: day || sessionDay(now()) }, event });
    return event.id;
  }

  return {
    send,
    /** Whether this session's ending waits here. */
    isEnding: async () => (await outbox.items()).some(({ url: goal, event }) => goal === address && event.kind === "finish"),
    /** Tries to send now; for the last page of a session. */
    flush: () => outbox.hurry(),
    onChange(listener) {
      const hear = ({ answer, ...state }) =>
        listener(answer?.url === address ? { ...state, answer } : state);
      return outbox.onChange(hear);
    },
  };
}
