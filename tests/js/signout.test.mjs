// Signing out on a device that others use too, and that has other tabs open.

import assert from "node:assert/strict";
import { test } from "node:test";

import { storeOf } from "./a-store.mjs";

const tabs = [];
const sent = [];
const gone = [];
Object.assign(globalThis, {
  document: { querySelector: () => null, getElementById: () => null, cookie: "", forms: [], documentElement: { lang: "en" } },
  location: { href: "https://site.example/today/", replace: (url) => gone.push(url) },
  navigator: {},
  idb: { openDB: async () => Promise.reject(new Error("none")) },
  localStorage: storeOf(),
  sessionStorage: storeOf(),
  BroadcastChannel: class {
    constructor() {
      tabs.push(this);
    }
    postMessage = (word) => sent.push(word);
  },
});
const { clearDevice, startSignOut } = await import("../../static/js/offline/signout.js");
const { leaveStore } = await import("../../static/js/offline/store.js");
const { createPlace } = await import("../../static/js/session/resume.js");

/** A database with what `owners` left in it. */
function database(owners) {
  const kept = new Map(owners.map((owner, i) => [i + 1, { seq: i + 1, owner }]));
  const db = { all: async () => [...kept.values()], remove: async (seqs) => seqs.forEach((seq) => kept.delete(seq)) };
  const world = { isThere: true, owners: () => [...kept.values()].map(({ owner }) => owner) };
  return { world, open: async () => db, drop: async () => (world.isThere = false) };
}

test("signing out takes along what is one's own; what another person left here waits for that person", async () => {
  const shared = database(["pat", "sam", "pat"]);
  await leaveStore("sam", shared.open, shared.drop);
  assert.deepEqual([shared.world.isThere, shared.world.owners()], [true, ["pat", "pat"]]);
  await leaveStore("pat", shared.open, shared.drop);
  assert.deepEqual([shared.world.isThere, shared.world.owners()], [false, []]);
});

test("once somebody has signed out, no tab writes down any more where a session stood", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const place = createPlace({ token: "t", version: "v", store: localStorage, tab: "1" });
  startSignOut({ close() {} }, "pat");
  place.keep({ before: 4 }, true);
  assert.equal(Object.keys(localStorage).length, 1);
  tabs[0].onmessage();
  place.keep({ before: 5 }, false); // as the page does when it is left
  assert.deepEqual(Object.keys(localStorage), []);
  t.mock.timers.tick(3000);
  assert.deepEqual(gone, ["/"]);
});

test("the tab in which somebody signs out clears what it kept, and tells the others first", async () => {
  localStorage["backrelief-session-t"] = sessionStorage["backrelief-x"] = "1";
  localStorage.others = "1";
  await clearDevice("pat");
  assert.deepEqual([sent, Object.keys(localStorage), Object.keys(sessionStorage)], [["left"], ["others"], []]);
});
