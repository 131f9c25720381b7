// On each page of a patient: says what waits, sends it, keeps what is needed without network.

import { outbox, person } from "./device.js";
import { startDiary } from "./diary.js";
import { fill, startBanner, toast } from "./banner.js";
import { startHome } from "./home.js";
import { startSignOut } from "./signout.js";
import { startStuck } from "./stuck.js";
import { startWorker, tellWorker } from "./worker-link.js";

const words = document.querySelector("[data-net-words]")?.dataset ?? {};

/** What the server answered, in the person's words, where no player is there to say it. */
function hear({ answer, refusal }) {
  if (refusal) toast(words.refused, "warning");
  if (!answer || document.querySelector("[data-session-player]")) return;
  for (const sentence of [answer.detail, ...(answer.said ?? [])].filter(Boolean)) toast(sentence, "warning");
}

let wasOffline = !navigator.onLine;
let load = 0;

/** Good news, once for all that had to wait. */
function tellSent({ waiting }) {
  load = Math.max(load, waiting);
  if (waiting || !load) return;
  if (wasOffline) toast(fill(words.sent, load), "success");
  load = 0;
  wasOffline = false;
}

if (person) {
  outbox.onChange((state) => {
    wasOffline ||= state.isOffline || !navigator.onLine;
    hear(state);
    tellSent(state);
  });
  // What was sent changes what is worth keeping: a session that is done is not offered again.
  outbox.onChange(({ answer, waiting }) => answer && !waiting && tellWorker({ type: "belong", person }));
  startBanner(outbox, words);
  startDiary(outbox, words);
  startSignOut(outbox, person);
  startHome();
  startStuck(outbox);
  startWorker(person);
  outbox.refresh().then(() => {
    wasOffline ||= outbox.state().waiting > 0;
    return outbox.hurry();
  });
  window.addEventListener("online", () => outbox.hurry());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && outbox.hurry());
}
