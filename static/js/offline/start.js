// Starts what works without network: once the page is read, or at once where it is needed at once.

const SETTLED_MS = 1500;
const AT_ONCE = "[data-offline-home], [data-session-player], form[action$='/accounts/logout/']";

const begin = () => import("./index.js");

if (!navigator.onLine || document.querySelector(AT_ONCE)) begin();
else if (document.readyState === "complete") setTimeout(begin, SETTLED_MS);
else window.addEventListener("load", () => setTimeout(begin, SETTLED_MS), { once: true });
