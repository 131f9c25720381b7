// The page that is shown without network: today's session by this device's own calendar.

import { sessionDay } from "../session/sync.js";

/** The days that are planned, as ISO dates; which of them is today, and which comes next. */
export function dayOf(days, today) {
  return { isToday: days.includes(today), next: days.find((day) => day > today) ?? "" };
}

export function startHome() {
  const home = document.querySelector("[data-offline-home]");
  if (!home) return;
  const items = [...home.querySelectorAll("[data-day]")];
  const { isToday } = dayOf(items.map((item) => item.dataset.day), sessionDay(Date.now()));
  const start = home.querySelector("[data-start-today]");
  const rest = home.querySelector("[data-rest-today]");
  if (start) start.hidden = !isToday;
  if (rest) rest.hidden = isToday;
}
