// A session that may begin without network. The page was kept before the day; token and day are made
// here, before the player reads them.

import { newId, person } from "./device.js";
import { read, write } from "../session/resume.js";
import { sessionDay } from "../session/sync.js";

const KEY = "backrelief-ahead";
const NOBODYS_TOKEN = "00000000-0000-0000-0000-000000000000";

/** The token of the day's session: the same one again after a reload, a new one on another day. */
export function tokenOf(day, version, { store, owner, make }) {
  const wanted = JSON.stringify([owner, day, version]);
  const [kept, token] = read(store, KEY) ?? [];
  if (kept === wanted) return token;
  const fresh = make();
  write(store, KEY, [wanted, fresh]);
  return fresh;
}

function put(token) {
  for (const name of ["action", "href", "data-done-url"]) {
    document.querySelectorAll(`[${name}*="${NOBODYS_TOKEN}"]`).forEach((element) => {
      element.setAttribute(name, element.getAttribute(name).replace(NOBODYS_TOKEN, token));
    });
  }
}

const holder = document.getElementById("session-plan");
if (holder && document.getElementById("session-days")) {
  const plan = JSON.parse(holder.textContent);
  const days = JSON.parse(document.getElementById("session-days").textContent);
  plan.day = sessionDay(Date.now());
  plan.token = tokenOf(plan.day, plan.version, { store: localStorage, owner: person, make: newId });
  holder.textContent = JSON.stringify(plan);
  put(plan.token);
  // Step by step needs the server; the player does not.
  document.querySelectorAll('form[action$="/step/"], a[href$="/hurts/"]').forEach((item) => (item.hidden = true));
  if (!days.includes(plan.day)) location.replace("/offline/");
}
