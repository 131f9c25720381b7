// The end of a session: how it was is kept here first, then sent; and what the server answers.

import { TOO_STRONG } from "./zones.js";

/**
 * Sends the ending by `sync`, and goes where the answer leads. `send` takes the player's events, `open` shows it;
 * `isStanding` says whether the session is over here, `isTold` whether the server has its ending.
 */
export async function createEnding({ root, sync, place, isTold, isStanding, send, open, go = (url) => location.assign(url) }) {
  const form = root.querySelector("form[data-finish]");
  if (!sync || !form) return;
  const missing = form.querySelector("[data-missing]");
  let isPressed = false;
  let isSent = false;
  let next = root.dataset.doneUrl;

  const show = (mark, isShown) => root.querySelectorAll(`[data-${mark}]`).forEach((note) => (note.hidden = !isShown));

  sync.onChange(({ waiting, isOffline, isSignedOut, isFrail, refusal, answer }) => {
    const isAway = isOffline || isSignedOut;
    show("away", isAway);
    show("frail", isFrail);
    next = answer?.next ?? next;
    if (answer?.detail && !isStanding()) return send({ type: "block", detail: answer.detail });
    if (!isSent) return undefined;
    if (refusal) return form.submit(); // the server says on a page of its own what is wrong
    if (waiting === 0 && answer) place.end(answer.now);
    if (isAway) return send({ type: isStrong() ? "halt" : "kept" });
    return waiting === 0 ? go(next) : undefined;
  });

  const value = (name) => new FormData(form).get(name);
  const isStrong = () => Number(value("pain_after")) >= TOO_STRONG;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [after, effort] = ["pain_after", "effort"].map(value);
    missing.hidden = after !== null && effort !== null;
    if (!missing.hidden || isPressed) return;
    isPressed = true;
    await sync.send({ kind: "finish", pain_after: Number(after), effort: Number(effort), note: value("note") ?? "" });
    place.forget();
    isSent = true;
    sync.flush();
  });

  // A page that was kept before the ending was told does not begin anew.
  if (await sync.isEnding()) {
    isSent = true;
    place.forget();
    send({ type: "kept" });
    open();
    sync.flush();
  } else if (isTold()) {
    go("/offline/");
  }
}
