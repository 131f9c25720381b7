import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document ??= { querySelector: () => null, cookie: "" };
const { createOutbox } = await import("../../static/js/offline/outbox.js");
const { memoryStore } = await import("../../static/js/offline/store.js");
const { createSync, sessionDay } = await import("../../static/js/session/sync.js");

const NOON = Date.parse("2026-11-23T12:00:00Z");

function start(answer) {
  const bodies = [];
  const store = memoryStore();
  const outbox = createOutbox({
    store,
    owner: "pat",
    later: () => undefined,
    post: async (url, body) => {
      bodies.push({ url, body });
      return answer(body);
    },
  });
  let made = 0;
  const sync = createSync({
    token: "t1",
    version: "v1",
    day: "2026-11-23",
    now: () => NOON,
    newId: () => `id-${(made += 1)}`,
    outbox,
  });
  return { sync, outbox, bodies, store };
}

test("an event carries an id and a time of this device and goes to its session", async () => {
  const { sync, outbox, bodies } = start((body) => ({ status: 200, json: { seen: body.events.map((e) => e.id) } }));
  assert.equal(await sync.send({ kind: "sets", slug: "cobra", sets: 1 }), "id-1");
  await outbox.flush();
  assert.deepEqual(bodies[0], {
    url: "/session/t1/events/",
    body: {
      version: "v1",
      day: "2026-11-23",
      events: [{ id: "id-1", at: "2026-11-23T12:00:00.000Z", kind: "sets", slug: "cobra", sets: 1 }],
    },
  });
  assert.equal(outbox.state().waiting, 0);
});

test("send resolves without network, and says how much waits", async () => {
  const { sync, outbox, store } = start(() => {
    throw new TypeError("no network");
  });
  const states = [];
  sync.onChange(({ waiting, isOffline }) => states.push([waiting, isOffline]));
  await sync.send({ kind: "done", slug: "cobra" });
  await outbox.flush();
  assert.equal(outbox.state().waiting, 1);
  assert.deepEqual(states.at(-1), [1, true]);
  assert.equal((await store.all())[0].event.slug, "cobra");
});

test("answers reach the player: zones, where to go, and why it may not go on", async () => {
  const { sync, outbox } = start((body) => ({
    status: 409,
    json: { seen: body.events.map((e) => e.id), zone: { "id-1": "red" }, next: "/check/", detail: "Your plan is on hold." },
  }));
  const answers = [];
  sync.onChange(({ answer }) => answer && answers.push(answer));
  await sync.send({ kind: "hurts", slug: "cobra", pain: 5, feeling: "ache" });
  await outbox.flush();
  assert.deepEqual([answers[0].zone, answers[0].next, answers[0].detail], [{ "id-1": "red" }, "/check/", "Your plan is on hold."]);
});

test("a session's day ends at three in the morning", () => {
  assert.equal(sessionDay(new Date(2026, 10, 24, 2, 59).getTime()), "2026-11-23");
  assert.equal(sessionDay(new Date(2026, 10, 24, 3, 1).getTime()), "2026-11-24");
});
