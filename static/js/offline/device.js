// The one outbox of this page, tied to the browser: its database, its network, its locks.

import { createOutbox } from "./outbox.js";
import { createStop } from "./stopped.js";
import { sureStore } from "./store.js";

const PATIENCE_MS = 20000;

/** Whose page this is, in a form that tells nobody who; empty where no patient is signed in. */
export const person = document.querySelector("meta[name=person]")?.content ?? "";

/** An id made here (a UUID of version 4), also where the page did not come over a secure line. */
export function newId() {
  const digit = () => (crypto.getRandomValues(new Uint8Array(1))[0] % 16).toString(16);
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, digit);
}

/** The proof of origin as it is now: signing in, in another tab too, makes a new one. */
export const proof = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

/** With the time of this clock, by which the server sees how wrong it is. */
async function send(url, body) {
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": proof(), "X-Person": person, "X-Clock": String(Date.now()) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

/** Posts JSON. A page from yesterday may hold an old proof of origin: asking once renews it. */
async function post(url, body) {
  let answer = await send(url, body);
  if (answer.status === 403) {
    const known = await fetch("/offline/list/", { credentials: "same-origin" });
    answer = known.status === 401 ? known : await send(url, body);
  }
  const json = await answer.json().catch(() => ({}));
  return { status: answer.status, json };
}

const lock = (work) => (navigator.locks ? navigator.locks.request("backrelief-outbox", work) : work());

export const stop = createStop({ store: globalThis.localStorage, owner: person });
const store = sureStore();
const box = createOutbox({ store, post, owner: person, lock });
box.onChange(({ answer, waiting, refused }) => answer && !waiting && !refused && stop.heard(answer.now));

let isClosed = false;
export const outbox = {
  ...box,
  async add(item) {
    if (isClosed) return;
    stop.note(item.event);
    await box.add(item);
  },
  /** Somebody signs out here or in another tab: nothing more is written on this device. */
  close() {
    isClosed = true;
    store.close();
  },
};
