// The page that is shown without network: today's session by this device's own calendar.

import { outbox, person, stop } from "./device.js";
import { canReach } from "./reach.js";
import { isEnded } from "../session/resume.js";
import { sessionDay } from "../session/sync.js";

/** Whether the ending of this day's session waits here to be sent. */
export const isFinished = (items, day) => items.some(({ event, head }) => event.kind === "finish" && head.day === day);

/** The one line that the page shows: stopped, done, go on, start or rest. */
export function lineFor({ planned, open, today, isDone, isStopped }) {
  if (isStopped) return "stopped";
  if (isDone) return "done";
  if (open === today) return "open";
  return planned.includes(today) ? "start" : "rest";
}

export async function startHome() {
  const home = document.querySelector("[data-offline-home]");
  if (!home) return;
  const today = sessionDay(Date.now());
  const planned = [...home.querySelectorAll("[data-day]")].map((item) => item.dataset.day);
  const made = Number(home.dataset.made);
  const line = lineFor({
    planned,
    open: home.querySelector("[data-of-day]")?.dataset.ofDay,
    today,
    isDone: isFinished(await outbox.items(), today) || isEnded(localStorage, { owner: person, day: today, made }),
    isStopped: stop.holds(made),
  });
  home.querySelectorAll("[data-line]").forEach((item) => (item.hidden = item.dataset.line !== line));
  outbox.note(!(await canReach()));
  // Shown in the place of another page: that one comes as soon as it can.
  const isInPlace = location.pathname !== "/offline/";
  window.addEventListener("online", async () => isInPlace && (await canReach()) && location.reload());
}
