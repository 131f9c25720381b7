import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document ??= { querySelector: () => null, cookie: "" };
globalThis.document.documentElement ??= { lang: "en" };
globalThis.document.getElementById ??= () => null;
const { fill, lineFor } = await import("../../static/js/offline/banner.js");
const { canReach } = await import("../../static/js/offline/reach.js");
const { fieldsOf } = await import("../../static/js/offline/diary.js");
const { isFinished, linesFor } = await import("../../static/js/offline/home.js");
const { newId } = await import("../../static/js/offline/device.js");
const { lineOf } = await import("../../static/js/offline/stuck.js");
const { tokenOf } = await import("../../static/js/offline/ahead.js");

const WORDS = { offline: "offline", offlineWaiting: "one waits|%s wait", signIn: "sign in for one|sign in for %s", stuck: "one stuck|%s stuck" };
const WELL = { waiting: 0, refused: 0, isOffline: false, isSignedOut: false };

test("the line says what is the matter, and nothing where all is well", () => {
  assert.equal(lineFor(WELL, WORDS), "");
  assert.equal(lineFor({ ...WELL, waiting: 2 }, WORDS), "");
  assert.equal(lineFor({ ...WELL, isOffline: true }, WORDS), "offline");
  assert.equal(lineFor({ ...WELL, isOffline: true, waiting: 1 }, WORDS), "one waits");
  assert.equal(lineFor({ ...WELL, isOffline: true, waiting: 3 }, WORDS), "3 wait");
  assert.equal(lineFor({ ...WELL, isSignedOut: true, waiting: 3 }, WORDS), "sign in for 3");
  assert.equal(lineFor({ ...WELL, refused: 1 }, WORDS), "one stuck");
});

test("a number finds its form", () => {
  assert.deepEqual([0, 1, 2].map((n) => fill("one thing|%s things", n)), ["0 things", "one thing", "2 things"]);
});

test("the server is asked before a phone is believed", async () => {
  const answers = async () => ({ ok: true });
  const fails = async () => {
    throw new TypeError("no network");
  };
  assert.equal(await canReach(answers, true), true);
  assert.equal(await canReach(fails, true), false);
  assert.equal(await canReach(async () => ({ ok: false }), true), false);
  assert.equal(await canReach(answers, false), false);
});

test("a form is kept by its names, without proof of origin and id", () => {
  const entries = [["csrfmiddlewaretoken", "x"], ["token", "t"], ["next", "today"], ["pain", "3"], ["did", "walked"], ["did", "lifted"], ["note", ""]];
  assert.deepEqual(fieldsOf(entries), { pain: ["3"], did: ["walked", "lifted"], note: [""] });
});

test("the page without network offers one thing: go on, start, done or rest", () => {
  const planned = ["2026-11-23", "2026-11-25"];
  const shown = (more) =>
    Object.entries(linesFor({ planned, today: "2026-11-23", isDone: false, ...more })).filter(([, on]) => on).map(([name]) => name);
  assert.deepEqual(shown({}), ["start"]);
  assert.deepEqual(shown({ open: "2026-11-23" }), ["open"]);
  assert.deepEqual(shown({ open: "2026-11-22" }), ["start"]);
  assert.deepEqual(shown({ isDone: true }), ["done"]);
  assert.deepEqual(shown({ today: "2026-11-24" }), ["rest"]);
});

test("a session is done once its ending waits here", () => {
  const item = (kind, day) => ({ event: { kind }, head: { day } });
  assert.equal(isFinished([item("done", "2026-11-23"), item("finish", "2026-11-21")], "2026-11-23"), false);
  assert.equal(isFinished([item("finish", "2026-11-23")], "2026-11-23"), true);
});

test("the day's session keeps its token through a reload; another day, plan or person gets a new one", () => {
  const kept = new Map();
  const store = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  let made = 0;
  const token = (day, version, owner) => tokenOf(day, version, { store, owner, make: () => `t${(made += 1)}` });
  const seen = [
    token("2026-11-23", "v1", "pat"),
    token("2026-11-23", "v1", "pat"),
    token("2026-11-25", "v1", "pat"),
    token("2026-11-25", "v2", "pat"),
    token("2026-11-25", "v2", "sam"),
  ];
  assert.deepEqual(seen, ["t1", "t1", "t2", "t3", "t4"]);
});

test("what was refused is shown with when, what and why", () => {
  const event = { at: "2026-11-23T09:00:00Z", kind: "sets", slug: "cobra" };
  assert.equal(lineOf({ event, problem: "no such exercise" }, (date) => date.toISOString()), "2026-11-23T09:00:00.000Z: sets cobra (no such exercise)");
});

test("an id made here is a UUID of version 4, and never the same", () => {
  const ids = new Set(Array.from({ length: 200 }, newId));
  assert.equal(ids.size, 200);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});
