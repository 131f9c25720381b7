// The page that is shown without network: today's session by this device's own calendar.

import { outbox } from "./device.js";
import { canReach } from "./reach.js";
import { sessionDay } from "../session/sync.js";

/** Whether the ending of this day's session waits here to be sent. */
export const isFinished = (items, day) => items.some(({ event, head }) => event.kind === "finish" && head.day === day);

/** Which lines the page shows: go on, start, done or rest. */
export function linesFor({ planned, open, today, isDone }) {
  const isOpen = open === today && !isDone;
  const isPlanned = planned.includes(today) || open === today;
  return { open: isOpen, start: isPlanned && !isOpen && !isDone, done: isDone, rest: !isPlanned && !isDone };
}

export async function startHome() {
  const home = document.querySelector("[data-offline-home]");
  if (!home) return;
  const today = sessionDay(Date.now());
  const planned = [...home.querySelectorAll("[data-day]")].map((item) => item.dataset.day);
  const open = home.querySelector("[data-of-day]");
  const lines = linesFor({ planned, open: open?.dataset.ofDay, today, isDone: isFinished(await outbox.items(), today) });
  const show = (element, isShown) => element && (element.hidden = !isShown);
  show(open, lines.open);
  show(home.querySelector("[data-start-today]"), lines.start);
  show(home.querySelector("[data-done-today]"), lines.done);
  show(home.querySelector("[data-rest-today]"), lines.rest);
  outbox.note(!(await canReach()));
  // Shown in the place of another page: that one comes as soon as it can.
  const isInPlace = location.pathname !== "/offline/";
  window.addEventListener("online", async () => isInPlace && (await canReach()) && location.reload());
}
