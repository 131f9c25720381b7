import assert from "node:assert/strict";
import { test } from "node:test";

import { layOut, lengthOf, placeAt } from "../../static/js/session/timeline.js";
import { aSession, bridge, plank } from "./a-session.mjs";

const short = (parts) => parts.map(({ kind, start, end, set, side }) => [kind, (end - start) / 1000, set, side]);

test("a session has a warm-up, each round with its rest, both sides in full, and a cool-down", () => {
  assert.deepEqual(short(layOut(aSession())), [
    ["warm", 60, 1, null], ["warm", 60, 2, null],
    ["ready", 10, 1, null], ["work", 56, 1, null], ["rest", 30, 2, null], ["work", 56, 2, null],
    ["change", 20, 1, 0], ["ready", 10, 1, 0], ["work", 20, 1, 0], ["switch", 8, 1, 1], ["work", 20, 1, 1],
    ["cool", 60, 1, null],
  ]);
});

test("parts follow each other without a gap", () => {
  const parts = layOut(aSession());
  parts.slice(1).forEach((part, i) => assert.equal(part.start, parts[i].end));
  assert.equal(lengthOf(parts), parts.at(-1).end);
});

test("rounds that are done and exercises left out take no time", () => {
  const parts = layOut(aSession({ warm_up: 0, cool_down: 0 }), { done: { bridge: 1 }, out: { "side-plank": true } });
  assert.deepEqual(short(parts), [["ready", 10, 2, null], ["work", 56, 2, null]]);
});

test("an easier way asks for no more rounds than planned, and keeps those that are done", () => {
  const works = (ways, done) => layOut(aSession({ exercises: [bridge] }), { ways: { bridge: ways }, done: { bridge: done } }).filter(({ kind }) => kind === "work").length;
  assert.deepEqual([works(1, 0), works(2, 0), works(2, 1)], [2, 1, 0]);
});

test("a person's own length of a rest stands", () => {
  const plan = aSession({ exercises: [plank, bridge] });
  const rest = layOut(plan).find(({ kind }) => kind === "change");
  const found = layOut(plan, { lengths: { [rest.key]: 40 } }).find(({ key }) => key === rest.key);
  assert.equal(found.end - found.start, 40000);
});

test("a time is found in its part, the very end in the last", () => {
  const parts = layOut(aSession());
  assert.deepEqual([0, 59999, 60000, 1e9].map((at) => placeAt(parts, at)), [0, 0, 1, parts.length - 1]);
});
