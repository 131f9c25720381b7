import assert from "node:assert/strict";
import { test } from "node:test";

import { createKeys, trackTitle } from "../../static/js/session/device.js";
import { filmAt } from "../../static/js/session/figure.js";
import { createPlace, keepSound, loadSound } from "../../static/js/session/resume.js";
import { begin, next, wayNow } from "../../static/js/session/state.js";
import { repAt, view } from "../../static/js/session/view.js";
import { zoneOf } from "../../static/js/session/zones.js";
import { aSession, words } from "./a-session.mjs";

const playing = next(begin(aSession()), { type: "play" });
const at = (kind, n = 0, more = 0) => next(playing, { type: "tick", at: playing.parts.filter((part) => part.kind === kind)[n].start + more });
const seen = (...place) => view(at(...place), words);

test("repetitions count up in step with out, hold and back; seconds count down", () => {
  assert.deepEqual([0, 1900, 2500, 6000, 7100].map((ms) => [seen("work", 0, ms).number, seen("work", 0, ms).breath]), [["1", "out"], ["1", "out"], ["1", "held"], ["1", "back"], ["2", "out"]]);
  assert.deepEqual([seen("rest").number, seen("rest", 0, 100).number, seen("rest", 0, 29500).number], ["30", "30", "1"]);
  assert.equal(repAt({ reps: 2, hold_seconds: null }, 99999).number, 2);
});

test("the screen is calm in rest and change, and names what is next", () => {
  assert.deepEqual(["warm", "ready", "work", "rest", "change", "switch", "cool"].map((kind) => seen(kind).phase), ["work", "work", "work", "rest", "rest", "rest", "rest"]);
  assert.deepEqual([seen("change").note, seen("rest").note], ["Next: Side Plank", "Next: Round 2 of 2"]);
  assert.deepEqual([seen("work").next.label, seen("rest").next.label, seen("work", 1).next.label, seen("work", 2).next.label, seen("cool").next.label], ["rest", "round_n", "Side Plank", "right", "end"]);
});

test("words, side and figure belong to the side at hand", () => {
  assert.deepEqual([seen("work", 2).side, seen("work", 2).figure.url, seen("switch").cue, seen("work", 3).figure.url], ["left", "/l/", "On your right.", "/r/"]);
  assert.equal(seen("work").side, "");
});

test("a screen reader hears one sentence a part, not one a second", () => {
  const said = new Set(Array.from({ length: 50 }, (_, n) => seen("work", 0, n * 1000).say));
  assert.deepEqual([...said], ["Bridge. Round 1 of 2."]);
  assert.equal(view(next(at("work"), { type: "pause" }), words).say, "paused");
});

test("the figure goes out, stays and comes back with the repetition", () => {
  const film = (ms) => filmAt(seen("work", 0, ms).figure, 8);
  assert.deepEqual([0, 1000, 2000, 5000, 6000].map((ms) => Math.round(film(ms) * 100) / 100), [0, 1.3, 2.6, 4, 5.3]);
  assert.equal(filmAt(seen("work", 2).figure, 8), 3.3);
  assert.equal(filmAt({ mode: "loop", ms: 9000 }, 8), 1);
  assert.equal(filmAt({ mode: "rep", phase: "out", share: 1 }, 4), 0);
});

test("the lock screen names exercise, side and dose", () => {
  const title = (...place) => trackTitle(seen(...place), wayNow(at(...place), seen(...place).part), words);
  assert.deepEqual([title("work", 2), title("work"), title("rest")], ["Side Plank, left, 20 s", "Bridge, 8 times", "rest"]);
});

test("media keys send the player's own events, also where one key is unknown", () => {
  const sent = [];
  const session = { setActionHandler: (key, act) => { if (key === "previoustrack") throw new TypeError(key); session[key] = act; } };
  const keys = createKeys({ session, Metadata: Object, send: ({ type }) => sent.push(type) });
  session.pause();
  session.nexttrack();
  keys.show("Bridge, 8 times", "Round 1", true);
  assert.deepEqual([sent, session.playbackState], [["pause", "skip"], "playing"]);
});

function aStore() {
  const kept = {};
  const methods = { getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value), removeItem: (key) => delete kept[key] };
  return new Proxy(kept, { get: (all, key) => methods[key] ?? all[key] });
}

test("a place belongs to its session and plan, is found again and is forgotten", () => {
  const store = aStore();
  const place = createPlace({ token: "t", version: "v", store, tab: "1" });
  place.keep({ at: 1 }, true);
  assert.deepEqual(place.load(), { at: 1 });
  assert.equal(createPlace({ token: "t", version: "new", store, tab: "1" }).load(), null);
  assert.equal(createPlace({ token: "other", version: "v", store, tab: "1" }).load(), null);
  const other = createPlace({ token: "t", version: "v", store, tab: "2" });
  assert.deepEqual([other.isElsewhere({ key: "backrelief-session-t" }), place.isElsewhere({ key: "backrelief-session-t" })], [true, false]);
  place.forget();
  place.keep({ at: 2 }, false);
  assert.equal(place.load(), null);
});

test("without a token nothing is kept; how loud it is stays", () => {
  const store = aStore();
  createPlace({ token: "", version: "", store, tab: "1" }).keep({ at: 1 }, true);
  assert.deepEqual(Object.keys(store), []);
  keepSound(store, { voice: false });
  assert.deepEqual(Object.keys(store), ["backrelief-sound"]);
  assert.deepEqual(loadSound(store), { voice: false, voice_volume: 1, sounds: true, sound_volume: 0.7 });
});

test("a broken or forbidden store is no store", () => {
  const store = { getItem: () => "{", setItem: () => { throw new Error("full"); }, removeItem() {} };
  const place = createPlace({ token: "t", version: "v", store, tab: "1" });
  place.keep({}, true);
  assert.equal(place.load(), null);
});

test("the zones are those of the server", async () => {
  const { readFile } = await import("node:fs/promises");
  const cases = JSON.parse(await readFile(new URL("../data/zones.json", import.meta.url)));
  assert.ok(cases.length > 400);
  for (const [value, before, sharp, caution, zone] of cases) {
    assert.equal(zoneOf(value, before, { sharp, caution }), zone, JSON.stringify([value, before, sharp, caution]));
  }
});
