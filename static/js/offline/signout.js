// Signing out clears this device. What could not be sent is not thrown away without asking.

import { leaveStore } from "./store.js";
import { fill } from "./banner.js";
import { tellWorker } from "./worker-link.js";
import { shut } from "../session/resume.js";

// Asking for the account to be deleted signs out too.
const WAYS_OUT = ["/accounts/logout/", "/settings/data/delete/"];
const OWN_KEYS = /^(backrelief|session)/;
const SIGNED_OUT_MS = 3000; // by then the server knows
const PATIENCE_MS = 2000; // with a database that another tab holds
let tabs = null; // the other tabs of this browser

/** Everything of the person on this device: pages, what waits, and where a session stood. */
export async function clearDevice(person) {
  shut();
  // Another tab would go on writing this person's session here.
  tabs?.postMessage("left");
  await tellWorker({ type: "forget" });
  if (globalThis.caches) {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => /^(own-|device$)/.test(name)).map((name) => caches.delete(name)));
  }
  dropKeys();
  await leaveSoon(person);
}

function dropKeys() {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (OWN_KEYS.test(key)) storage.removeItem(key);
  }
}

const leaveSoon = (person) => Promise.race([leaveStore(person).catch(() => undefined), new Promise((go) => setTimeout(go, PATIENCE_MS))]);

const isLeaving = (form) => form.method === "post" && WAYS_OUT.includes(new URL(form.action, location.href).pathname);

/** Sends what waits first. What cannot be sent is the person's to decide about. */
function watch(form, outbox, person, ask) {
  let isCleared = false;

  async function leave() {
    outbox.close();
    await clearDevice(person);
    isCleared = true;
    form.requestSubmit();
  }

  async function tryToLeave() {
    await outbox.hurry().catch(() => undefined);
    const left = (await outbox.items()).length;
    if (left) ask(left, { again: tryToLeave, leave });
    else await leave();
  }

  form.addEventListener("submit", (event) => {
    if (isCleared) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tryToLeave();
  }, true);
}

/** The question, in a dialog: send again, stay, or leave and lose it. */
function askIn(dialog) {
  const button = (mark) => dialog.querySelector(`[${mark}]`);
  const line = button("data-unsent-line");
  button("data-stay").addEventListener("click", () => dialog.close());
  return (left, { again, leave }) => {
    line.textContent = fill(line.dataset.words, left);
    button("data-send-again").onclick = () => {
      dialog.close();
      again();
    };
    button("data-leave").onclick = leave;
    if (!dialog.open) dialog.showModal();
  };
}

export function startSignOut(outbox, person) {
  tabs = new BroadcastChannel("backrelief");
  tabs.onmessage = () => {
    outbox.close();
    shut();
    dropKeys();
    leaveSoon(person); // here as well, for this tab may hold what the other one deletes
    setTimeout(() => location.replace("/"), SIGNED_OUT_MS);
  };
  const dialog = document.querySelector("[data-unsent]");
  const forms = [...document.forms].filter(isLeaving);
  if (!dialog || !forms.length) return;
  const ask = askIn(dialog);
  forms.forEach((form) => watch(form, outbox, person, ask));
}
