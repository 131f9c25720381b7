// The diary's form where the server cannot take it: what was written waits in the outbox.

import { newId, person, proof } from "./device.js";
import { toast } from "./banner.js";
import { isKnown } from "./reach.js";
import { read, write } from "../session/resume.js";

const DIARY = "/diary/new/";
const MORNING = "/diary/morning/"; // one tap: a number that says that nothing is new
const ON_ITS_WAY = "backrelief-entry"; // until the next page is there
const NEEDED = ["pain", "signs"];
const NOT_SENT = new Set(["csrfmiddlewaretoken", "token", "next"]);

/** A form's fields as the server's form reads them: each name with its values. */
export function fieldsOf(entries) {
  const fields = {};
  for (const [name, value] of entries) {
    if (!NOT_SENT.has(name) && typeof value === "string") (fields[name] ??= []).push(value);
  }
  return fields;
}

const goalOf = (form) => new URL(form.action, location.href).pathname;
const isDiary = (form) => [DIARY, MORNING].includes(goalOf(form)) && form.elements.token;

/** What is sent: the fields, and the button that was pressed, which may be an answer too. */
const told = (form, submitter) => {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  if (goalOf(form) === MORNING && data.has("pain")) {
    data.append("signs", "none");
    data.append("morning", "yes");
  }
  return data;
};

/** The first question without which an entry is none. */
const missing = (form, data) => NEEDED.find((name) => form.elements[name] && !data.get(name));

const eventOf = (form, data) => ({ id: form.elements.token.value, at: new Date().toISOString(), kind: "entry", fields: fieldsOf(data) });

async function keep(event, outbox, words) {
  await outbox.add({ url: "/diary/events/", head: {}, event });
  if (event.fields.signs[0] !== "none") toast(words.somethingNew, "warning");
  else toast(words.savedHere, "success");
}

/** Without network a kept page stands in the answer's place. The entry has the same id, should it have arrived. */
function takeOver(outbox, words) {
  const found = read(sessionStorage, ON_ITS_WAY);
  sessionStorage.removeItem(ON_ITS_WAY);
  const isLost = [DIARY, MORNING].includes(location.pathname) && document.querySelector("[data-offline-home]");
  if (isLost && found?.owner === person) keep(found.event, outbox, words);
}

function watch(form, outbox, words) {
  // A kept page is shown again and again with the same id in it; each entry needs its own.
  form.elements.token.value = newId();
  let isReached = false;
  form.addEventListener("submit", async (event) => {
    if (isReached) {
      isReached = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const isThere = await isKnown(person);
    const data = told(form, submitter);
    const open = missing(form, data);
    if (isThere) {
      isReached = true;
      form.elements.csrfmiddlewaretoken.value = proof();
      if (!open) write(sessionStorage, ON_ITS_WAY, { owner: person, event: eventOf(form, data) });
      form.requestSubmit(submitter);
    } else if (open && goalOf(form) === MORNING) {
      location.assign(DIARY); // something is new: there is room for it there
    } else if (open) {
      toast(words.incomplete, "warning");
      form.querySelector(`[name="${open}"]`).focus();
    } else {
      await keep(eventOf(form, data), outbox, words);
      form.reset();
      form.elements.token.value = newId();
      if (goalOf(form) === MORNING) form.closest("section").hidden = true; // told
    }
  }, true);
}

export function startDiary(outbox, words) {
  takeOver(outbox, words);
  [...document.forms].filter(isDiary).forEach((form) => watch(form, outbox, words));
}
