// The one outbox of this page, tied to the browser: its database, its network, its locks.

import { createOutbox } from "./outbox.js";
import { memoryStore, openStore } from "./store.js";

const PATIENCE_MS = 20000;

/** Whose page this is, in a form that tells nobody who; empty where no patient is signed in. */
export const person = document.querySelector("meta[name=person]")?.content ?? "";

/** An id made here; older browsers know only the dice. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const proof = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

async function send(url, body) {
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": proof() },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

/** Posts JSON. A page from yesterday may hold an old proof of origin: asking once renews it. */
async function post(url, body) {
  let answer = await send(url, body);
  if (answer.status === 403) {
    await fetch("/offline/list/", { credentials: "same-origin" });
    answer = await send(url, body);
  }
  const json = await answer.json().catch(() => ({}));
  return { status: answer.status, json };
}

/** Opened at the first use; without a database things are kept as long as the page is open. */
function lazyStore() {
  let opened = null;
  const open = () => (opened ??= openStore().catch(() => memoryStore()));
  const call = (name) => async (...args) => (await open())[name](...args);
  return { add: call("add"), all: call("all"), put: call("put"), remove: call("remove") };
}

const lock = (work) => (navigator.locks ? navigator.locks.request("backrelief-outbox", work) : work());

export const outbox = createOutbox({ store: lazyStore(), post, owner: person, lock });
