// What the service worker keeps, for whom, and what it answers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { settled, text } from "./a-worker.mjs";

test("it keeps the app's files, and public pages as a stranger sees them", async () => {
  const world = await settled();
  assert.deepEqual([...world.caches.all.get("shell-v1").keys()].sort(), ["/help-now/", "/offline/visitor/", "/static/app.js"]);
  assert.deepEqual(world.server.asked.filter(([address]) => address === "/help-now/"), [["/help-now/", "omit"]]);
});

test("it keeps what the list names for its person, and nothing that was only visited", async () => {
  const world = await settled();
  await world.go("/diary/");
  assert.deepEqual([...world.caches.all.get("own-pat-v1").keys()].sort(), ["/offline/", "/session/ahead/", "/stamp"]);
});

test("without network a kept page opens, and any other shows what works offline", async () => {
  const world = await settled();
  world.server.isUp = false;
  assert.match(await text(world.go("/session/ahead/")), /\/session\/ahead\//);
  assert.match(await text(world.go("/progress/")), /\/offline\//);
  assert.match(await text(world.go("/help-now/")), /\/help-now\//);
  assert.equal(await text(world.load("/static/app.js")), "/static/app.js");
});

test("with network the page is always the server's", async () => {
  const world = await settled();
  world.server.person = "pat later";
  assert.match(await text(world.go("/session/ahead/")), /pat later/);
});

test("another person gets nothing of the first", async () => {
  const world = await settled();
  world.server.person = "sam";
  await world.say({ type: "belong", person: "sam" });
  assert.deepEqual(world.own(), ["own-sam-v1"]);
  world.server.isUp = false;
  assert.doesNotMatch(await text(world.go("/session/ahead/")), /pat/);
});

test("another person gets nothing of the first, also where the list cannot be had", async () => {
  const world = await settled();
  world.server.isUp = false;
  await world.say({ type: "belong", person: "sam" });
  assert.deepEqual(world.own(), []);
});

test("while the page says one person and the server another, nothing is kept", async () => {
  const world = await settled();
  world.server.person = "sam";
  await world.say({ type: "belong", person: "pat", isForced: true });
  assert.deepEqual(world.own(), []);
});

test("signing out, being signed out, and the page to sign in clear the device", async () => {
  for (const leave of [
    (world) => world.say({ type: "forget" }),
    async (world) => {
      world.server.isSignedOut = true;
      await world.say({ type: "belong", person: "pat", isForced: true });
    },
    (world) => world.go("/accounts/login/"),
    (world) => world.go("/accounts/logout/", "POST"),
  ]) {
    const world = await settled();
    assert.deepEqual(world.own(), ["own-pat-v1"]);
    await leave(world);
    assert.deepEqual(world.own(), []);
    world.server.isUp = false;
    assert.match(await text(world.go("/session/ahead/")), /\/offline\/visitor\//);
  }
});

test("a list that did not change is not fetched again; one that did drops what it no longer names", async () => {
  const world = await settled();
  world.server.asked.length = 0;
  await world.say({ type: "belong", person: "pat" });
  assert.deepEqual(world.server.asked.map(([address]) => address), ["/offline/list/"]);
  Object.assign(world.server, { stamp: "2", pages: ["/offline/"] });
  await world.say({ type: "belong", person: "pat" });
  assert.deepEqual([...world.caches.all.get("own-pat-v1").keys()].sort(), ["/offline/", "/stamp"]);
});
