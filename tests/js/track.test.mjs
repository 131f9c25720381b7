import assert from "node:assert/strict";
import { test } from "node:test";

import { due, marksOf } from "../../static/js/session/cues.js";
import { RATE, SOUNDS, lengthOfSound, samplesOf } from "../../static/js/session/track.js";
import { begin } from "../../static/js/session/state.js";
import { lengthOf } from "../../static/js/session/timeline.js";
import { piecesOf, sampleAt } from "../../static/js/session/track.js";
import { aSession, bridge, words } from "./a-session.mjs";

const joined = (pieces) => Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
const state = begin(aSession());
const marks = marksOf(state, words);
const from = (part) => marks.filter(({ at }) => at >= part.start && at < part.end);
const partOf = (kind, n = 0) => state.parts.filter((part) => part.kind === kind)[n];

test("every sound is heard, differs from the others and never clicks at its ends", () => {
  const all = Object.keys(SOUNDS).map((name) => {
    const samples = samplesOf(name);
    assert.ok(Math.abs(samples[0] - 128) < 3 && Math.abs(samples.at(-1) - 128) < 3, name);
    assert.ok(Math.max(...samples) > 150, name);
    assert.equal(samples.length, Math.ceil(lengthOfSound(name) * RATE));
    return Buffer.from(samples).toString("base64");
  });
  assert.equal(new Set(all).size, all.length);
});

test("the track is a wave file of exactly the session's length", () => {
  const file = joined(piecesOf(marks, lengthOf(state.parts)));
  assert.equal(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 16), "RIFFWAVEfmt ");
  assert.equal(file.readUInt32LE(40), sampleAt(lengthOf(state.parts) + 1500));
  assert.equal(file.length, 44 + file.readUInt32LE(40));
});

test("fifteen minutes in, each sound still begins at its own sample: the track does not drift", () => {
  const long = begin(aSession({ exercises: [{ ...bridge, sets: 12, rest_seconds: 60 }] }));
  const length = lengthOf(long.parts);
  assert.ok(length > 15 * 60 * 1000);
  const cues = marksOf(long, words);
  const samples = joined(piecesOf(cues, length)).subarray(44);
  for (const { at, sound } of cues.filter((mark) => mark.sound)) {
    const start = sampleAt(at);
    assert.equal(samples[start - 1], 128, `${sound} at ${at} comes too early`);
    assert.ok(samples.subarray(start, start + 80).some((byte) => byte !== 128), `${sound} at ${at} comes too late`);
  }
});

test("most of the track is one silence used over and over", () => {
  const pieces = piecesOf(marks, lengthOf(state.parts));
  const held = new Set(pieces.map((piece) => piece.buffer));
  const bytes = [...held].reduce((sum, buffer) => sum + buffer.byteLength, 0);
  assert.ok(bytes < 150000, `${bytes}`);
});

test("before each movement three ticks, then its start", () => {
  const ready = partOf("ready");
  const heard = marks.filter(({ at, sound }) => sound && at >= ready.end - 3000 && at <= ready.end);
  assert.deepEqual(heard.map(({ at, sound }) => [at - ready.end, sound]), [[-3000, "tick"], [-2000, "tick"], [-1000, "tick"], [0, "start"]]);
});

test("repetitions are counted aloud at their pace, with a tone to come back, half-way and the last", () => {
  const heard = from(partOf("work")).filter(({ say }) => say);
  assert.deepEqual(heard.map(({ say }) => say), ["1", "2", "3", "4", "5", "6", "7", "say_last"]);
  assert.deepEqual(heard.slice(1, 3).map(({ at }) => (at - partOf("work").start) / 1000), [7, 14]);
  const sounds = from(partOf("work")).map(({ sound }) => sound);
  assert.deepEqual([sounds.filter((name) => name === "back").length, sounds.filter((name) => name === "half").length], [8, 1]);
});

test("a hold says half-way and counts its end down; sides, rests and the end have their own sounds", () => {
  const hold = partOf("work", 2);
  assert.deepEqual(from(hold).filter(({ say }) => say).map(({ say }) => say), ["say_hold", "say_half", "3", "2", "1"]);
  assert.deepEqual(["switch", "rest", "change"].map((kind) => from(partOf(kind))[0].sound), ["switch", "rest", "rest"]);
  assert.equal(from(partOf("switch"))[0].say, "Now right");
  assert.equal(from(partOf("change"))[0].say, "Rest. Next: Side Plank.");
  assert.equal(marks.at(-1).sound, "end");
});

test("getting ready says name, side, dose and how to begin", () => {
  assert.equal(from(partOf("ready", 1))[0].say, "Side Plank. left. 2 rounds. On your left.");
});

test("of what is due only the latest sentence is said, and nothing that is stale", () => {
  const list = [{ at: 100, sound: "tick", say: "a" }, { at: 200, say: "b" }];
  assert.deepEqual(due(list, 0, 300), { sounds: ["tick"], say: "b" });
  assert.deepEqual(due(list, 0, 60000), { sounds: [], say: "" });
  assert.deepEqual(due(list, 100, 150), { sounds: [], say: "" });
});
