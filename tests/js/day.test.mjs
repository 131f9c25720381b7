import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document ??= { querySelector: () => null, cookie: "" };
globalThis.idb ??= { openDB: async () => Promise.reject(new Error("none")) };
const { createDay } = await import("../../static/js/session/day.js");

const MINUTE = 60 * 1000;
const at = (text) => new Date(text).getTime();
const PLAY = { type: "play" };
const PAUSED = { running: false, ended: false };

/** A day whose clock the test sets. */
function world(start, began) {
  const clock = { now: at(start) };
  return { clock, day: createDay({ began, now: () => clock.now }) };
}

test("a session that was left open overnight is not gone on with in the morning", () => {
  const { clock, day } = world("2026-11-23T21:00");
  assert.equal(day.day, "2026-11-23");
  day.rest();
  clock.now = at("2026-11-24T08:00");
  for (const type of ["play", "toggle", "fine", "drop", "skip", "back"]) assert.equal(day.isOver({ type }, PAUSED), true);
});

test("how it hurt and how it ended may still be told", () => {
  const { clock, day } = world("2026-11-23T21:00");
  clock.now = at("2026-11-24T08:00");
  for (const type of ["hurts", "open", "pain", "stop", "away", "kept"]) assert.equal(day.isOver({ type }, PAUSED), false);
  assert.equal(day.isOver(PLAY, { running: false, ended: true }), false);
});

test("one that runs across three in the morning, or rests for a while there, goes on", () => {
  const { clock, day } = world("2026-11-24T02:40");
  clock.now = at("2026-11-24T03:05");
  assert.equal(day.isOver({ type: "skip" }, { running: true, ended: false }), false);
  day.rest();
  clock.now += 20 * MINUTE;
  assert.equal(day.isOver(PLAY, PAUSED), false);
  clock.now += 60 * MINUTE;
  assert.equal(day.isOver(PLAY, PAUSED), true);
});

test("midnight is no other day; the day of an earlier run counts after a reload", () => {
  const { clock, day } = world("2026-11-23T20:00");
  clock.now = at("2026-11-24T00:30");
  assert.equal(day.isOver(PLAY, PAUSED), false);
  assert.equal(world("2026-11-24T08:00", "2026-11-23").day.isOver(PLAY, PAUSED), true);
  assert.equal(world("2026-11-23T23:00", "2026-11-23").day.isOver(PLAY, PAUSED), false);
});
