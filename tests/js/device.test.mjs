// The page's own network: proof of origin, whose page it is, and what an ending leaves on the way.

import assert from "node:assert/strict";
import { test } from "node:test";

const asked = [];
const clocks = [];
const answers = {};
Object.assign(globalThis, {
  document: { querySelector: (mark) => (mark === "meta[name=person]" ? { content: "pat" } : null), getElementById: () => null, cookie: "csrftoken=old" },
  navigator: {},
  idb: { openDB: async () => Promise.reject(new Error("none")) },
  fetch: async (url, { method = "GET", headers = {} } = {}) => {
    asked.push([method, url, headers["X-CSRFToken"], headers["X-Person"]]);
    clocks.push(headers["X-Clock"]);
    const { status, json } = answers[method]();
    return { status, ok: status < 400, json: async () => json ?? {} };
  },
});
const { outbox } = await import("../../static/js/offline/device.js");
const { createEnding } = await import("../../static/js/session/ending.js");
const event = (id) => ({ url: "/diary/events/", head: {}, event: { id, kind: "entry" } });
const sent = () => asked.splice(0).filter(([method]) => method === "POST");

test("an old proof of origin is asked for anew, once", async () => {
  answers.POST = () => ({ status: document.cookie === "csrftoken=new" ? 200 : 403, json: { seen: ["a"] } });
  answers.GET = () => ((document.cookie = "csrftoken=new"), { status: 200 });
  await outbox.add(event("a"));
  await outbox.flush();
  assert.deepEqual(sent(), [["POST", "/diary/events/", "old", "pat"], ["POST", "/diary/events/", "new", "pat"]]);
  assert.equal(outbox.state().waiting, 0);
});

test("each post tells the time of this clock", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1764230400000 });
  answers.POST = () => ({ status: 200, json: { seen: ["c"] } });
  clocks.length = 0;
  await outbox.add(event("c"));
  await outbox.flush();
  assert.deepEqual([...new Set(clocks)], ["1764230400000"]);
  asked.length = 0;
});

test("where the proof is gone and nobody is signed in, the page says so and keeps what waits", async () => {
  answers.POST = () => ({ status: 403 });
  answers.GET = () => ({ status: 401 });
  await outbox.add(event("b"));
  await outbox.flush();
  // Each of the two runs asks, and does not send once more.
  assert.deepEqual(asked.splice(0).map(([method]) => method), ["POST", "GET", "POST", "GET"]);
  assert.deepEqual([outbox.state().isSignedOut, outbox.state().waiting], [true, 1]);
});

test("an ending is kept before the place of the session is forgotten: a page that dies between loses neither", async () => {
  const order = [];
  let submit;
  const form = { querySelector: () => ({ hidden: true }), addEventListener: (_name, handler) => (submit = handler) };
  globalThis.FormData = class { get = (name) => (name === "note" ? "" : "3"); };
  await createEnding({
    root: { querySelector: () => form, querySelectorAll: () => [], dataset: {} },
    sync: { onChange() {}, isEnding: async () => false, flush() {}, send: async ({ kind }) => order.push(kind) },
    place: { forget: () => order.push("forgotten") },
    isTold: () => false,
  });
  await submit({ preventDefault() {} });
  assert.deepEqual(order, ["finish", "forgotten"]);
});
