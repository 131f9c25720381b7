// The end of a session: how it was is kept here first, then sent; and what the server answers.

/** Sends the ending by `sync`, and goes where the answer leads. `block` hears what stands in the way. */
export function createEnding({ root, sync, place, isStanding, block, go = (url) => location.assign(url) }) {
  const form = root.querySelector("form[data-finish]");
  if (!sync || !form) return;
  const part = (name) => form.querySelector(`[data-${name}]`);
  let isSent = false;

  sync.onChange(({ waiting, isOffline, isSignedOut, refusal, answer }) => {
    if (answer?.detail && !isStanding()) return block(answer.detail);
    if (!isSent) return undefined;
    if (refusal) return form.submit(); // the server says on a page of its own what is wrong
    part("kept").hidden = !(isOffline || isSignedOut);
    const isDone = answer && waiting === 0;
    return isDone ? go(answer.next ?? root.dataset.doneUrl) : undefined;
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = new FormData(form);
    const [after, effort] = ["pain_after", "effort"].map((name) => told.get(name));
    part("missing").hidden = after !== null && effort !== null;
    if (after === null || effort === null || isSent) return;
    isSent = true;
    place.forget();
    await sync.send({ kind: "finish", pain_after: Number(after), effort: Number(effort), note: told.get("note") ?? "" });
    sync.flush();
  });
}
