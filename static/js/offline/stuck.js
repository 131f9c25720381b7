// What the server will never take, as it stands: the person sees it, and decides.

const shortest = (event) => [event.kind, event.slug, event.fields?.pain?.[0]].filter(Boolean).join(" ");

/** One line for each: when, what, and why it was refused. */
export const lineOf = ({ event, problem }, format) => `${format(new Date(event.at))}: ${shortest(event)} (${problem})`;

export async function startStuck(outbox) {
  const place = document.querySelector("section[data-stuck]");
  if (!place) return;
  const format = (date) => date.toLocaleString(document.documentElement.lang || undefined);
  const list = place.querySelector("ul");
  const draw = async () => {
    const items = (await outbox.items()).filter((item) => item.problem);
    place.hidden = !items.length;
    list.replaceChildren(...items.map((item) => Object.assign(document.createElement("li"), { textContent: lineOf(item, format) })));
  };
  place.querySelector("[data-drop-stuck]").addEventListener("click", async () => {
    await outbox.dropRefused();
    await draw();
  });
  await draw();
}
