import assert from "node:assert/strict";
import { test } from "node:test";

import { storeOf } from "./a-store.mjs";

globalThis.document ??= { querySelector: () => null, cookie: "" };
globalThis.document.documentElement ??= { lang: "en" };
globalThis.document.getElementById ??= () => null;
const { fill, lineFor } = await import("../../static/js/offline/banner.js");
const { canReach, isKnown } = await import("../../static/js/offline/reach.js");
const { fieldsOf } = await import("../../static/js/offline/diary.js");
const { isFinished, lineFor: homeLine } = await import("../../static/js/offline/home.js");
const { newId } = await import("../../static/js/offline/device.js");
const { lineOf } = await import("../../static/js/offline/stuck.js");
const { createStop, stops } = await import("../../static/js/offline/stopped.js");
const { sureStore } = await import("../../static/js/offline/store.js");
const { createPlace, isEnded } = await import("../../static/js/session/resume.js");
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
  assert.equal(lineFor({ ...WELL, isOffline: true, waiting: 1, isFrail: true }, { ...WORDS, frail: "leave it open" }), "leave it open");
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

test("a form goes to the server only where that knows whose page it is", async () => {
  const says = (status, json) => async () => ({ ok: status === 200, json: async () => json });
  assert.equal(await isKnown("pat", says(200, { person: "pat" }), true), true);
  assert.equal(await isKnown("pat", says(200, { person: "sam" }), true), false);
  assert.equal(await isKnown("pat", says(401, {}), true), false);
  assert.equal(await isKnown("pat", async () => ({ ok: true, json: () => Promise.reject(new SyntaxError("a page to sign in")) }), true), false);
  assert.equal(await isKnown("pat", says(200, { person: "pat" }), false), false);
});

test("a form is kept by its names, without proof of origin and id", () => {
  const entries = [["csrfmiddlewaretoken", "x"], ["token", "t"], ["next", "today"], ["pain", "3"], ["did", "walked"], ["did", "lifted"], ["note", ""]];
  assert.deepEqual(fieldsOf(entries), { pain: ["3"], did: ["walked", "lifted"], note: [""] });
});

test("the page without network offers one thing: go on, start, done, rest, or nothing before a check", () => {
  const planned = ["2026-11-23", "2026-11-25"];
  const shown = (more) => homeLine({ planned, today: "2026-11-23", isDone: false, isStopped: false, ...more });
  assert.equal(shown({}), "start");
  assert.equal(shown({ open: "2026-11-23" }), "open");
  assert.equal(shown({ open: "2026-11-22" }), "start");
  assert.equal(shown({ isDone: true }), "done");
  assert.equal(shown({ today: "2026-11-24" }), "rest");
  assert.equal(shown({ isDone: true, open: "2026-11-23", isStopped: true }), "stopped");
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

test("where the device has no room left, a session begun without network still gets a token of its own", () => {
  const full = { getItem: () => "odd", setItem: () => { throw new Error("quota"); } };
  assert.equal(tokenOf("2026-11-23", "v1", { store: full, owner: "pat", make: () => "fresh" }), "fresh");
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

test("a sign, pain of 9 or 10, a fall and something new in the diary stop every session; an ache does not", () => {
  const stopping = [
    { kind: "begin", pain_before: 9 },
    { kind: "hurts", pain: null, feeling: "chest" },
    { kind: "hurts", pain: 10, feeling: "ache" },
    { kind: "finish", pain_after: 9, effort: 3 },
    { kind: "entry", fields: { pain: ["2"], signs: ["new"] } },
    { kind: "hurts", pain: null, feeling: "fall" },
    { kind: "entry", fields: { pain: ["2"], signs: ["fall"] } },
    { kind: "entry", fields: { pain: ["9"], signs: ["none"] } },
  ];
  assert.deepEqual(stopping.map(stops), stopping.map(() => true));
  const going = [{ kind: "begin", pain_before: 8 }, { kind: "begin", pain_before: null }, { kind: "hurts", pain: 8 }, { kind: "stop" }, { kind: "finish", pain_after: 8 }, { kind: "entry", fields: { pain: ["8"], signs: ["none"] } }];
  assert.deepEqual(going.map(stops), going.map(() => false));
});

test("a stop holds until a page comes that the server made after it had heard; only for whoever told it", () => {
  const store = storeOf();
  const [pat, sam] = ["pat", "sam"].map((owner) => createStop({ store, owner }));
  assert.equal(pat.holds(100), false);
  pat.note({ kind: "begin", pain_before: 9 });
  assert.deepEqual([pat.holds(100), pat.holds(Infinity), sam.holds(100)], [true, true, false]);
  pat.heard(200);
  pat.heard(400); // later answers are about other things
  assert.deepEqual([pat.holds(100), pat.holds(200), pat.holds(201)], [true, true, false]);
  pat.note({ kind: "hurts", pain: null });
  assert.equal(pat.holds(201), true);
});

test("a session whose ending the server has does not begin anew from an older page", () => {
  const store = storeOf();
  const place = createPlace({ token: "t", version: "v", store, tab: "1", owner: "pat" });
  const isPats = (day, made, owner = "pat") => isEnded(store, { owner, day, made });
  place.keep({ at: 5 }, true);
  assert.equal(isPats("2026-11-23", 100), false);
  place.forget();
  createPlace({ token: "t", version: "v", day: "2026-11-23", store, tab: "1", owner: "pat" }).end(200);
  assert.deepEqual([100, 200, 201].map((made) => isPats("2026-11-23", made)), [true, true, false]);
  assert.equal(isPats("2026-11-24", 100), false);
  assert.equal(isPats("2026-11-23", 100, "sam"), false); // somebody else may still begin theirs
});

const failing = (names, work) => Object.fromEntries(["add", "all", "put", "remove"].map((name) => [name, names.includes(name) ? async () => { throw new Error("full"); } : work?.[name]]));

test("what the database does not take is kept in memory; what it has is still found", async () => {
  const db = memoryDatabase();
  const store = sureStore(async () => ({ ...db, ...failing(["add"]), all: db.all, put: db.put, remove: db.remove }));
  await db.add({ event: "before it was full" });
  await store.add({ event: "after" });
  const items = await store.all();
  assert.deepEqual(items.map(({ event }) => event), ["before it was full", "after"]);
  await store.put({ ...items[1], problem: "odd" });
  await store.remove([items[0].seq]);
  assert.deepEqual((await store.all()).map(({ event, problem }) => [event, problem]), [["after", "odd"]]);
  await store.remove([items[1].seq]);
  assert.deepEqual(await store.all(), []);
});

test("a database that another tab closed is opened again; one that never opens is done without", async () => {
  const db = memoryDatabase();
  let opened = 0;
  const store = sureStore(async () => ((opened += 1) === 1 ? failing(["add", "all", "put", "remove"]) : db));
  await store.add({ event: "kept" });
  assert.deepEqual([opened, (await db.all()).length], [2, 1]);
  const none = sureStore(() => Promise.reject(new Error("private")));
  await none.add({ event: "here" });
  assert.deepEqual((await none.all()).map(({ event }) => event), ["here"]);
});

test("after signing out no database is opened any more, not by a late look either", async () => {
  let opened = 0;
  const store = sureStore(async () => ((opened += 1), memoryDatabase()));
  await store.add({ event: "sent long ago" });
  store.close();
  assert.deepEqual(await store.all(), []);
  assert.equal(opened, 1);
  // One that was just being asked fails, and does not open it anew.
  let fail;
  const asked = sureStore(async () => ((opened += 1), { all: () => new Promise((_, refuse) => (fail = refuse)) }));
  const late = asked.all();
  await new Promise((go) => setTimeout(go));
  asked.close();
  fail(new Error("closed by the browser"));
  assert.deepEqual(await late, []);
  assert.equal(opened, 2);
});

/** A database whose numbers begin with one. */
function memoryDatabase() {
  const kept = new Map();
  return {
    add: async (item) => void kept.set(kept.size + 1, { ...item, seq: kept.size + 1 }),
    all: async () => [...kept.values()],
    put: async (item) => void kept.set(item.seq, item),
    remove: async (seqs) => seqs.forEach((seq) => kept.delete(seq)),
  };
}
