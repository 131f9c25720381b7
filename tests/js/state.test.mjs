import assert from "node:assert/strict";
import { test } from "node:test";

import { happened, owed } from "../../static/js/session/record.js";
import { begin, easierWay, next, now, toSave } from "../../static/js/session/state.js";
import { lengthOf } from "../../static/js/session/timeline.js";
import { aSession, bridge } from "./a-session.mjs";

const run = (state, ...events) => events.reduce((found, event) => next(found, typeof event === "string" ? { type: event } : event), state);
const to = (state, kind, n = 0) => run(state, { type: "tick", at: state.parts.filter((part) => part.kind === kind)[n].start });
const playing = (plan = aSession(), saved) => run(begin(plan, saved), "play");
const feel = (feeling, sign = false) => ({ type: "feel", feeling, where: "", sign });
const pain = (value) => ({ type: "pain", value });

/** Everything that is written down on the way through these events. */
function told(state, ...events) {
  const all = [];
  let here = state;
  for (const event of events) {
    const after = next(here, typeof event === "string" ? { type: event } : event);
    all.push(...happened(here, after));
    here = after;
  }
  return all;
}

test("time runs only while playing, and never back", () => {
  const state = begin(aSession());
  assert.equal(run(state, { type: "tick", at: 5000 }), state);
  const played = run(playing(), { type: "tick", at: 5000 });
  assert.equal(played.at, 5000);
  assert.equal(run(played, { type: "tick", at: 4000 }), played);
  assert.equal(run(played, "pause").running, false);
});

test("one long tick and many short ones end in the same place with the same rounds", () => {
  let many = playing();
  const end = lengthOf(many.parts);
  for (let at = 100; at <= end; at += 100) many = next(many, { type: "tick", at });
  const one = run(playing(), { type: "tick", at: end });
  assert.deepEqual(toSave(many), toSave(one));
  assert.deepEqual(one.whole, { bridge: [1, 2], "side-plank": [1] });
  assert.deepEqual([one.ended, one.sheet, one.settled.bridge], [true, "finish", "done"]);
});

test("each round is told once, and the exercise when its last one is done", () => {
  const state = playing();
  const ends = state.parts.map(({ end }) => ({ type: "tick", at: end }));
  assert.deepEqual(told(state, ...ends), [
    { kind: "sets", slug: "bridge", sets: 1 },
    { kind: "sets", slug: "bridge", sets: 2 },
    { kind: "done", slug: "bridge" },
    { kind: "sets", slug: "side-plank", sets: 1 },
    { kind: "done", slug: "side-plank" },
  ]);
});

test("a round that was skipped does not count, and one side alone is no round", () => {
  const skipped = run(to(playing(), "work"), "skip");
  assert.deepEqual([skipped.whole.bridge, now(skipped).kind], [[], "rest"]);
  const second = to(playing(), "switch");
  assert.deepEqual(run(run(to(playing(), "work", 2), "skip"), { type: "tick", at: lengthOf(second.parts) }).whole["side-plank"], []);
});

test("a skipped exercise is settled when the next movement begins; until then back undoes it", () => {
  let state = to(playing(), "work");
  for (let n = 0; n < 3; n += 1) state = run(state, "skip");
  assert.deepEqual([now(state).kind, state.settled], ["change", {}]);
  const again = run(state, "back");
  assert.deepEqual([now(again).kind, now(again).slug], ["work", "bridge"]);
  assert.deepEqual(told(state, "skip", "skip").filter(({ kind }) => kind === "skip"), [{ kind: "skip", slug: "bridge" }]);
});

test("skip leaves the whole warm-up; back begins a part anew, or the one before", () => {
  assert.equal(now(run(playing(), "skip")).kind, "ready");
  const inside = run(to(playing(), "work"), { type: "tick", at: 140000 });
  assert.equal(run(inside, "back").at, now(inside).start);
  assert.equal(now(run(to(playing(), "work"), "back")).kind, "ready");
  assert.equal(run(playing(), "back").at, 0);
});

test("a rest grows and shrinks by ten seconds, up to what two digits hold", () => {
  const state = to(playing(), "rest");
  const left = (found) => (now(found).end - found.at) / 1000;
  assert.equal(left(run(state, "longer")), 40);
  assert.equal(left(run(state, "shorter")), 20);
  assert.equal(now(run(state, "shorter", "shorter", "shorter")).kind, "work");
  assert.equal(left(run(state, ...Array(9).fill("longer"))), 99);
  assert.equal(run(to(playing(), "work"), "longer").at, to(playing(), "work").at);
});

test("easier takes the next easier way at once, keeps the rounds done and gets ready for it", () => {
  const second = to(playing(), "work", 1);
  const eased = run(second, "ease");
  assert.deepEqual([eased.ways.bridge, now(eased).kind, now(eased).set, eased.running], [1, "ready", 2, true]);
  assert.deepEqual(told(second, "ease"), [{ kind: "ease", slug: "bridge", variant: "mini" }]);
  assert.equal(easierWay(eased, "bridge").variant, "squeeze");
  assert.equal(run(to(playing(), "work", 3), "ease").ways["side-plank"], undefined);
});

test("easing to fewer rounds than are done ends the exercise as done", () => {
  const state = run(to(playing(), "work", 1), "ease", "ease");
  assert.deepEqual([state.settled.bridge, now(state).slug], ["done", "side-plank"]);
});

test("this hurts pauses at once and asks; an ache may be made easier", () => {
  const asked = run(to(playing(), "work"), "hurts");
  assert.deepEqual([asked.running, asked.sheet, asked.hurt.slug], [false, "feel", "bridge"]);
  const answered = run(asked, feel("ache"), pain(3));
  assert.deepEqual([answered.sheet, answered.hurt.zone], ["relief", "green"]);
  const events = told(asked, feel("ache"), pain(3), "ease");
  assert.deepEqual(events, [{ kind: "hurts", slug: "bridge", pain: 3, feeling: "ache" }, { kind: "ease", slug: "bridge", variant: "mini" }]);
});

test("red stops that exercise and goes on with what is safe; nothing leads back to it", () => {
  const red = run(to(playing(), "work"), "hurts", feel("sharp"), pain(1));
  assert.deepEqual([red.sheet, red.settled.bridge, now(red).slug, now(red).kind], ["red", "red", "side-plank", "change"]);
  const on = run(red, "fine");
  assert.equal(on.running, true);
  assert.ok(on.parts.every(({ slug }) => slug !== "bridge"));
  assert.deepEqual(told(run(to(playing(), "work"), "hurts"), feel("ache"), pain(5)), [{ kind: "hurts", slug: "bridge", pain: 5, feeling: "ache" }]);
});

test("without a number before, it is asked first and told", () => {
  const asked = run(to(playing(aSession({ pain_before: null })), "work"), "hurts");
  const events = [feel("ache"), { type: "before", value: 4 }, pain(5)];
  assert.deepEqual([run(asked, events[0]).sheet, run(asked, ...events).sheet], ["before", "relief"]);
  assert.deepEqual(told(asked, ...events).map(({ kind }) => kind), ["begin", "hurts"]);
});

test("a warning sign or very strong pain ends the session at once", () => {
  const asked = run(to(playing(), "work"), "hurts");
  for (const events of [[feel("numb", true)], [feel("ache"), pain(9)]]) {
    const ended = run(asked, ...events);
    assert.deepEqual([ended.sheet, ended.ended, ended.running], ["signs", true, false]);
    assert.deepEqual(told(asked, ...events).map(({ kind, slug }) => [kind, slug]), [["hurts", "bridge"]]);
    assert.equal(run(ended, "play").running, false);
  }
});

test("in the change it is the exercise before that hurt, in the warm-up none", () => {
  const changed = run(to(playing(), "change"), "hurts", feel("sharp"), pain(4));
  assert.deepEqual([changed.hurt.slug, changed.settled.bridge, now(changed).kind], ["bridge", "red", "change"]);
  const warm = run(playing(), "hurts");
  assert.deepEqual(told(warm, feel("sharp"), pain(4)), [{ kind: "hurts", slug: null, pain: 4, feeling: "sharp" }]);
  assert.deepEqual(now(run(warm, feel("sharp"), pain(4))).kind, "ready");
});

test("dropping one goes to the next, stopping ends all", () => {
  const relief = run(to(playing(), "work"), "hurts", feel("ache"), pain(3));
  assert.equal(now(run(relief, "drop")).slug, "side-plank");
  assert.deepEqual(told(relief, "stop"), [{ kind: "stop" }]);
  assert.equal(run(relief, "stop").sheet, "finish");
  assert.equal(run(relief, "fine").at, relief.at);
});

test("a saved place is found again exactly, at any moment", () => {
  const end = lengthOf(begin(aSession()).parts);
  for (let at = 0; at < end; at += 7300) {
    const state = run(playing(), { type: "tick", at });
    const again = begin(aSession(), JSON.parse(JSON.stringify(toSave(state))));
    assert.deepEqual([again.at, now(again).key, again.whole, again.running], [state.at, now(state).key, state.whole, false]);
  }
});

test("a saved place outlives an easier way, a longer rest and a red exercise", () => {
  for (const events of [["ease"], ["hurts", feel("sharp"), pain(4), "fine", "longer"]]) {
    const state = run(to(playing(), "work"), ...events);
    const again = begin(aSession(), JSON.parse(JSON.stringify(toSave(state))));
    assert.deepEqual([again.at, now(again).key, again.parts], [state.at, now(state).key, state.parts]);
  }
});

test("a session begun elsewhere goes on at the first round not done, without a warm-up", () => {
  const state = begin(aSession({ exercises: [{ ...bridge, sets_done: 1 }] }));
  assert.deepEqual([now(state).kind, now(state).set], ["ready", 2]);
  assert.deepEqual(owed(aSession({ exercises: [{ ...bridge, sets_done: 2 }] })), [{ kind: "done", slug: "bridge" }]);
});

test("a place in an exercise that the server has settled since gives way to the next one", () => {
  const saved = toSave(to(playing(), "work"));
  const plan = aSession();
  const state = begin({ ...plan, exercises: [{ ...plan.exercises[0], settled: true }, plan.exercises[1]] }, saved);
  assert.deepEqual([now(state).slug, now(state).kind], ["side-plank", "ready"]);
});

test("an unknown event is refused with its name", () => {
  assert.throws(() => next(begin(aSession()), { type: "jump" }), /no event "jump"/);
});
