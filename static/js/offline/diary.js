// The diary's form without network: what was written waits in the outbox.

import { newId } from "./device.js";
import { toast } from "./banner.js";
import { canReach } from "./reach.js";

const DIARY = "/diary/new/";
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

const isDiary = (form) => new URL(form.action, location.href).pathname === DIARY && form.elements.token;

/** What is sent: the fields, and the button that was pressed, which may be an answer too. */
const told = (form, submitter) => {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  return data;
};

/** The first question without which an entry is none. */
const missing = (form, data) => NEEDED.find((name) => form.elements[name] && !data.get(name));

async function keep(form, data, outbox, words) {
  const event = { id: form.elements.token.value, at: new Date().toISOString(), kind: "entry", fields: fieldsOf(data) };
  await outbox.add({ url: "/diary/events/", head: {}, event });
  form.reset();
  form.elements.token.value = newId();
  if (data.get("signs") !== "none") toast(words.somethingNew, "warning");
  else toast(words.savedHere, "success");
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
    if (await canReach()) {
      isReached = true;
      form.requestSubmit(submitter);
      return;
    }
    const data = told(form, submitter);
    const open = missing(form, data);
    if (open) {
      toast(words.incomplete, "warning");
      form.querySelector(`[name="${open}"]`).focus();
    } else {
      await keep(form, data, outbox, words);
    }
  }, true);
}

export function startDiary(outbox, words) {
  [...document.forms].filter(isDiary).forEach((form) => watch(form, outbox, words));
}
