// Starts what works without network: once the page is read, or at once where it is needed at once.

const SETTLED_MS = 1500;
const AT_ONCE = "[data-offline-home], [data-session-player], form[action$='/accounts/logout/']";

let isReady = false;
const begin = () => import("./index.js").then(() => (isReady = true));

// A diary entry sent before that is held until then: without network the page it leads to would lose it.
document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (isReady || new URL(target.action, location.href).pathname !== "/diary/new/") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  begin().then(() => target.requestSubmit(submitter), () => target.submit());
}, true);

if (!navigator.onLine || document.querySelector(AT_ONCE)) begin();
else if (document.readyState === "complete") setTimeout(begin, SETTLED_MS);
else window.addEventListener("load", () => setTimeout(begin, SETTLED_MS), { once: true });
