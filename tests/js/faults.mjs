// Devices that lose the network, are killed, send twice and hear no answer: the real outbox against a
// real server. Reads runs as JSON from standard input, prints what each device did. Not a test by
// itself: tests/progress/devices/test_faults.py starts it and compares with the record.

import { createOutbox } from "../../static/js/offline/outbox.js";
import { memoryStore } from "../../static/js/offline/store.js";

globalThis.document = { querySelector: () => null, cookie: "" };
const { createSync } = await import("../../static/js/session/sync.js");

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

const chance = (roll, share) => roll() < share;
const pick = (roll, list) => list[Math.floor(roll() * list.length)];

function idMaker(roll) {
  const hex = (digits) => Array.from({ length: digits }, () => Math.floor(roll() * 16).toString(16)).join("");
  return () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}

/** What a person does in a session, in their order. */
function acts(roll, exercises) {
  const list = [{ kind: "begin", pain_before: 3 }];
  for (const { slug, sets, easier } of exercises) {
    if (easier && chance(roll, 0.15)) list.push({ kind: "ease", slug, variant: easier });
    const rounds = chance(roll, 0.75) ? sets : Math.floor(roll() * sets);
    for (let round = 1; round <= rounds; round += 1) list.push({ kind: "sets", slug, sets: round });
    if (chance(roll, 0.2)) {
      list.push({ kind: "hurts", slug, pain: 1 + Math.floor(roll() * 7), feeling: pick(roll, ["ache", "sharp"]), where: "" });
    }
    if (rounds === sets) list.push({ kind: "done", slug });
    else if (chance(roll, 0.8)) list.push({ kind: "skip", slug });
  }
  if (chance(roll, 0.9)) {
    list.push({ kind: "finish", pain_after: Math.floor(roll() * 8), effort: Math.floor(roll() * 10), note: `note ${Math.floor(roll() * 1e6)}` });
  }
  return list;
}

/** A network that drops on the way there, on the way back, repeats, or answers with a fault. */
function network(roll, { base, headers }) {
  const state = { isUp: true, isCalm: false };
  const reach = async (url, body) => {
    const answer = await fetch(base + url, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, json: await answer.json().catch(() => ({})) };
  };
  const post = async (url, body) => {
    if (state.isCalm) return reach(url, body);
    if (!state.isUp || chance(roll, 0.1)) throw new TypeError("lost on the way there");
    if (chance(roll, 0.08)) return { status: 503 };
    const answer = await reach(url, body);
    if (chance(roll, 0.15)) await reach(url, body);
    if (chance(roll, 0.15)) throw new TypeError("lost on the way back");
    return answer;
  };
  return { state, post };
}

async function device(roll, { version, day, exercises, token, ...server }) {
  const store = memoryStore();
  const { state, post } = network(roll, server);
  const newId = idMaker(roll);
  const later = (work) => (chance(roll, 0.3) ? setTimeout(work, 1) : undefined);
  // A tab is an outbox over the same store; a killed one is simply never asked again.
  const tab = () => {
    const outbox = createOutbox({ store, post, owner: "me", later, random: roll });
    const sync = createSync({ token, version, day, newId, outbox, now: () => Date.now() });
    return { outbox, sync };
  };
  let tabs = [tab()];
  const did = [];
  for (const act of acts(roll, exercises)) {
    if (chance(roll, 0.25)) state.isUp = !state.isUp;
    if (chance(roll, 0.12)) tabs = [tab()];
    if (chance(roll, 0.1)) tabs = [...tabs.slice(-1), tab()];
    const { sync, outbox } = pick(roll, tabs);
    did.push({ id: await sync.send(act), ...act });
    if (chance(roll, 0.3)) await outbox.flush();
    if (chance(roll, 0.1)) await sync.send(act).then((id) => did.push({ id, ...act }));
  }
  return async function settle() {
    state.isCalm = true;
    const { outbox } = tab();
    for (let turn = 0; turn < 20 && (await store.all()).length; turn += 1) await outbox.hurry();
    return { did, left: await store.all() };
  };
}

async function run({ seed, ...world }) {
  const roll = dice(seed);
  const newId = idMaker(roll);
  const number = chance(roll, 0.5) ? 2 : 1;
  const started = await Promise.all(
    Array.from({ length: number }, (_one, index) => device(dice(seed * 7919 + index), { ...world, token: newId() })),
  );
  const devices = [];
  for (const settle of started) devices.push(await settle());
  return { seed, devices };
}

let input = "";
for await (const chunk of process.stdin) input += chunk;
const results = [];
for (const world of JSON.parse(input)) results.push(await run(world));
process.stdout.write(JSON.stringify(results));
