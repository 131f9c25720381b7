// Small comforts on every page. Everything works without them.

const CLOSE_AFTER_MS = 12000;
const messages = document.getElementById("messages");

/** Moves the focus to what a person should read next: what to put right, else the new heading. */
function focusInside(place) {
  const target = place.querySelector(".error-summary, [autofocus]") ?? place.querySelector("h1, h2");
  if (!target) return;
  if (!target.matches("a, button, input, select, textarea")) target.tabIndex = -1;
  target.focus();
}

function flagTitle(hasErrors) {
  const flag = document.documentElement.dataset.errorFlag ?? "";
  const bare = document.title.startsWith(flag) ? document.title.slice(flag.length) : document.title;
  document.title = hasErrors ? flag + bare : bare;
}

/** Gives a message a close button, and lets good news go by itself after twelve seconds. */
function settle(toast) {
  if (toast.querySelector(".toast__close")) return;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast__close";
  close.textContent = messages.dataset.close;
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
  if (toast.matches(".toast--success, .toast--info") && !toast.querySelector("a, form")) {
    const leave = () => (toast.matches(":hover, :focus-within") ? wait() : toast.remove());
    const wait = () => setTimeout(leave, CLOSE_AFTER_MS);
    wait();
  }
}

/** Says a sentence in the live region. */
function say(text, level) {
  if (!messages || !text) return;
  const toast = document.createElement("p");
  toast.className = `toast toast--${level}`;
  toast.append(Object.assign(document.createElement("span"), { textContent: text }));
  messages.append(toast);
  settle(toast);
}

/** A second press of the same button sends nothing while the first is under way. */
function dropRepeat(event) {
  if (!event.target.dataset.sent) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function markSent({ target: form, submitter, defaultPrevented }) {
  const leaves = form.method === "post" && !defaultPrevented;
  if (!leaves && !form.matches("[hx-post]")) return;
  form.dataset.sent = "yes";
  submitter?.setAttribute("aria-busy", "true");
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

function startPage() {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
  });
  document.querySelectorAll("input[data-time-zone]").forEach((input) => {
    input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  });
  document.querySelector(".error-summary")?.focus();
  if (messages) {
    messages.querySelectorAll(".toast").forEach(settle);
    // A live region speaks only of what changes: put the messages in once more.
    const waiting = [...messages.children];
    messages.replaceChildren();
    setTimeout(() => messages.prepend(...waiting), 150);
    new MutationObserver(() => messages.querySelectorAll(".toast").forEach(settle)).observe(messages, {
      childList: true,
    });
  }
}

document.addEventListener("submit", dropRepeat, true);
document.addEventListener("submit", markSent);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
// Back from the next page: the form may be sent again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const place = event.detail.elt;
  if (place.closest("#messages, [data-keep-focus]")) return;
  flagTitle(Boolean(document.querySelector(".error-summary")));
  focusInside(place);
});
document.addEventListener("htmx:responseError", () => say(messages?.dataset.refused, "error"));
document.addEventListener("htmx:sendError", () => say(messages?.dataset.offline, "error"));

startPage();
