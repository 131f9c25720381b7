import assert from "node:assert/strict";
import { test } from "node:test";

import { createOutbox, FIRST_WAIT_MS, LONGEST_WAIT_MS } from "../../static/js/offline/outbox.js";

// idb needs a browser only when it opens a database; memory is all that is used here.
import { memoryStore } from "../../static/js/offline/store.js";

const HEAD = { version: "v1", day: "2026-11-23" };
const event = (id, kind = "done") => ({ id, kind });

/** A network that answers as it is told, and a clock that waits for nobody. */
function world({ answer, store = memoryStore(), owner = "pat" } = {}) {
  const sent = [];
  const waits = [];
  const box = { answer: answer ?? ((body) => ({ status: 200, json: { seen: body.events.map((e) => e.id) } })) };
  const outbox = createOutbox({
    store,
    owner,
    post: async (url, body) => {
      sent.push({ url, body });
      return box.answer(body, url);
    },
    later: (work, ms) => waits.push({ work, ms }),
    random: () => 1,
  });
  const add = (id, more = {}) => outbox.add({ url: "/session/t/events/", head: HEAD, event: event(id), ...more });
  return { outbox, store, sent, waits, box, add };
}

const down = () => {
  throw new TypeError("no network");
};

test("a thing is kept before it is sent, and forgotten once the server has it", async () => {
  const { outbox, store, sent, box, add } = world({ answer: down });
  await add("a");
  await outbox.flush();
  assert.equal((await store.all()).length, 1);
  assert.deepEqual([outbox.state().waiting, outbox.state().isOffline], [1, true]);
  box.answer = (body) => ({ status: 200, json: { seen: body.events.map((e) => e.id) } });
  await outbox.hurry();
  assert.deepEqual(await store.all(), []);
  assert.deepEqual(sent.at(-1).body, { ...HEAD, events: [event("a")] });
  assert.deepEqual([outbox.state().waiting, outbox.state().isOffline], [0, false]);
});

test("what belongs together goes together, in its order", async () => {
  const { outbox, sent, box, add } = world({ answer: down });
  for (const id of ["a", "b", "c"]) await add(id);
  await add("d", { head: { ...HEAD, day: "2026-11-25" } });
  await add("e", { url: "/diary/events/", head: {} });
  await outbox.flush();
  sent.length = 0;
  box.answer = (body) => ({ status: 200, json: { seen: body.events.map((e) => e.id) } });
  await outbox.hurry();
  assert.deepEqual(sent.map(({ body }) => body.events.map((e) => e.id)), [["a", "b", "c"], ["d"], ["e"]]);
  assert.deepEqual(sent[2].body, { events: [event("e")] });
});

test("waiting grows from two seconds to five minutes, and starts anew when somebody hurries", async () => {
  const { outbox, waits, add } = world({ answer: down });
  await add("a");
  await outbox.flush();
  for (let turn = 0; turn < 12; turn += 1) await waits.at(-1).work();
  const times = waits.map(({ ms }) => ms);
  assert.equal(times[0], FIRST_WAIT_MS);
  assert.deepEqual(times.slice(0, 4).map((ms) => ms / FIRST_WAIT_MS), [1, 2, 4, 8]);
  assert.equal(times.at(-1), LONGEST_WAIT_MS);
  await outbox.hurry();
  assert.equal(waits.at(-1).ms, FIRST_WAIT_MS);
});

test("an answer that came to nothing sends the same ids again", async () => {
  const { outbox, sent, box, add } = world();
  box.answer = () => ({ status: 503 });
  await add("a");
  await outbox.flush();
  await outbox.flush();
  const ids = sent.map(({ body }) => body.events[0].id);
  assert.ok(ids.length >= 2);
  assert.deepEqual(new Set(ids), new Set(["a"]));
});

test("one place that fails does not hold up the others", async () => {
  const { outbox, store, waits, add } = world({
    answer: (body, url) => (url.startsWith("/session/") ? { status: 500 } : { status: 200, json: { seen: body.events.map((e) => e.id) } }),
  });
  await add("a");
  await add("b", { url: "/diary/events/", head: {} });
  await outbox.flush();
  assert.deepEqual((await store.all()).map((item) => item.event.id), ["a"]);
  assert.ok(waits.length > 0);
});

test("one thing that the server stumbles over does not hold up those that go to the same place", async () => {
  // 502 is mostly a server that is away: it takes longer until one thing is suspected.
  for (const [status, runs] of [[500, 6], [502, 18]]) {
    const { outbox, store, box, add } = world({ answer: down });
    for (const id of ["a", "b", "bad", "c", "d"]) await add(id);
    await outbox.flush();
    const taken = [];
    box.answer = ({ events }) => {
      if (events.some(({ id }) => id === "bad")) return { status };
      taken.push(...events.map(({ id }) => id));
      return { status: 200, json: { seen: events.map(({ id }) => id) } };
    };
    for (let run = 0; run < runs; run += 1) await outbox.hurry();
    assert.deepEqual(taken.sort(), ["a", "b", "c", "d"]);
    assert.deepEqual((await store.all()).map((item) => item.event.id), ["bad"]);
    await add("e");
    await outbox.flush();
    assert.ok(taken.includes("e"));
    assert.equal(outbox.state().waiting, 1);
  }
});

test("what a server was away for is not overtaken: a session's events come in their order", async () => {
  for (const status of [500, 503]) {
    const { outbox, sent, box, add } = world({ answer: () => ({ status }) });
    await add("begin");
    await outbox.flush();
    box.answer = ({ events }) => ({ status: 200, json: { seen: events.map(({ id }) => id) } });
    sent.length = 0;
    await add("hurts");
    await outbox.flush();
    assert.deepEqual(sent.flatMap(({ body }) => body.events.map(({ id }) => id)), ["begin", "hurts"]);
  }
});

test("more than goes at once keeps its order while the server is away", async () => {
  const { outbox, sent, waits, box, add } = world({ answer: down });
  for (let n = 0; n < 60; n += 1) await add(`e${n}`);
  await outbox.flush();
  box.answer = () => ({ status: 503 });
  for (let run = 0; run < 8; run += 1) {
    sent.length = 0;
    await waits.at(-1).work();
    assert.deepEqual(sent.map(({ body }) => body.events[0].id), ["e0"]);
  }
});

test("a server that fails at everything is not asked for each thing", async () => {
  const { outbox, sent, waits, box, add } = world({ answer: () => ({ status: 503 }) });
  for (let n = 0; n < 40; n += 1) await add(`e${n}`);
  await outbox.flush(); // what was asked for while it was being written down
  for (let run = 0; run < 8; run += 1) {
    sent.length = 0;
    await outbox.hurry();
    assert.ok(sent.length <= 3, `${sent.length} posts`);
  }
  assert.ok(waits.length > 0);
  box.answer = ({ events }) => ({ status: 200, json: { seen: events.map(({ id }) => id) } });
  await outbox.hurry();
  assert.equal(outbox.state().waiting, 0);
});

test("signed out: everything stays and nothing is tried again by itself", async () => {
  const { outbox, store, waits, add } = world({ answer: () => ({ status: 401, json: {} }) });
  await add("a");
  await outbox.flush();
  assert.equal((await store.all()).length, 1);
  assert.equal(outbox.state().isSignedOut, true);
  assert.deepEqual(waits, []);
});

test("a conflict is told and what the server kept is not sent again", async () => {
  const heard = [];
  const { outbox, store, add } = world({
    answer: (body) => ({ status: 409, json: { seen: body.events.map((e) => e.id), detail: "Your plan has changed." } }),
  });
  outbox.onChange(({ answer }) => answer && heard.push([answer.status, answer.detail]));
  await add("a");
  await outbox.flush();
  assert.deepEqual(await store.all(), []);
  assert.deepEqual(heard, [[409, "Your plan has changed."]]);
});

test("the one event that does not fit stays here, marked; the others go on", async () => {
  const { outbox, store, box, add } = world({ answer: down });
  for (const id of ["a", "bad", "c"]) await add(id);
  await outbox.flush();
  box.answer = (body) => {
    const index = body.events.findIndex((e) => e.id === "bad");
    return index < 0
      ? { status: 200, json: { seen: body.events.map((e) => e.id) } }
      : { status: 422, json: { path: `events[${index}].slug`, detail: "events[1].slug: cobra" } };
  };
  await outbox.hurry();
  const left = await store.all();
  assert.deepEqual(left.map((item) => [item.event.id, item.problem]), [["bad", "events[1].slug: cobra"]]);
  assert.deepEqual([outbox.state().waiting, outbox.state().refused], [0, 1]);
  await outbox.dropRefused();
  assert.deepEqual(await store.all(), []);
});

test("a refusal that the app did not write is none: what waits is sent again", async () => {
  for (const status of [400, 404, 413]) {
    const { outbox, waits, box, add, store } = world({ answer: () => ({ status, json: {} }) });
    await add("a");
    await outbox.flush();
    assert.deepEqual([outbox.state().waiting, outbox.state().refused, waits.length > 0], [1, 0, true]);
    box.answer = () => ({ status, json: { detail: "There is nothing of yours here." } });
    await outbox.hurry();
    assert.deepEqual((await store.all()).map(({ problem }) => problem), ["There is nothing of yours here."]);
  }
});

test("too much at once is sent in halves", async () => {
  const { outbox, store, box, sent, add } = world({ answer: down });
  for (const id of ["a", "b", "c", "d"]) await add(id);
  await outbox.flush();
  sent.length = 0;
  box.answer = (body) => (body.events.length > 2 ? { status: 413 } : { status: 200, json: { seen: body.events.map((e) => e.id) } });
  await outbox.hurry();
  assert.deepEqual(sent.map(({ body }) => body.events.length), [4, 2, 2]);
  assert.deepEqual(await store.all(), []);
});

test("what somebody else left on this device is neither sent nor counted", async () => {
  const store = memoryStore();
  const first = world({ store, owner: "pat", answer: down });
  await first.add("pats");
  await first.outbox.flush();
  const second = world({ store, owner: "sam" });
  await second.add("sams");
  await second.outbox.flush();
  assert.deepEqual((await store.all()).map((item) => item.event.id), ["pats"]);
  assert.deepEqual(second.sent.flatMap(({ body }) => body.events.map((e) => e.id)), ["sams"]);
  assert.equal(second.outbox.state().waiting, 0);
});

test("things that happen while it sends are sent in the same go", async () => {
  const world_ = world();
  let once = true;
  world_.box.answer = async (body) => {
    if (once) {
      once = false;
      await world_.add("b");
    }
    return { status: 200, json: { seen: body.events.map((e) => e.id) } };
  };
  await world_.add("a");
  await world_.outbox.flush();
  await world_.outbox.flush();
  assert.deepEqual(await world_.store.all(), []);
  assert.deepEqual(world_.sent.map(({ body }) => body.events.map((e) => e.id)), [["a"], ["b"]]);
});
