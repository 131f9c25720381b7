// A new version of the service worker beside the old one.

import assert from "node:assert/strict";
import { test } from "node:test";

import { settled, start, text } from "./a-worker.mjs";

test("a new version waits while a session is open anywhere, and takes over after it", async () => {
  const during = start({ app: { version: "v2" }, windows: ["/session/1234/"] });
  await during.say({ type: "update" });
  assert.equal(during.self.hasTakenOver, undefined);
  const after = start({ app: { version: "v2" }, windows: ["/today/"] });
  await after.say({ type: "update" });
  assert.equal(after.self.hasTakenOver, true);
});

test("a network that goes away in the middle of renewing takes nothing of the old version along", async () => {
  const old = await settled();
  const next = start({ app: { version: "v2", files: ["/static/app.new.js"] }, caches: old.caches });
  await next.install();
  next.server.lost = ["/session/ahead/"];
  await next.say({ type: "belong", person: "pat" });
  next.server.isUp = false;
  assert.match(await text(next.go("/session/ahead/")), /\/session\/ahead\//);
  assert.equal(await text(next.load("/static/app.js")), "/static/app.js");
});

test("old files stay until the new version holds all that the person needs", async () => {
  const old = await settled();
  const next = start({ app: { version: "v2", files: ["/static/app.new.js"] }, caches: old.caches });
  await next.install();
  assert.equal(await text(next.load("/static/app.js")), "/static/app.js");
  next.server.isUp = false;
  assert.match(await text(next.go("/session/ahead/")), /\/session\/ahead\//);
  next.server.isUp = true;
  await next.say({ type: "belong", person: "pat" });
  assert.deepEqual([...next.caches.all.keys()].sort(), ["device", "own-pat-v2", "shell-v2"]);
});

test("the old version takes nothing of the new one, which waits beside it", async () => {
  const old = await settled();
  const next = start({ app: { version: "v2", files: ["/static/app.new.js"] }, caches: old.caches });
  await next.install();
  old.self.registration.waiting = {};
  old.server.stamp = "2"; // the list of the new version
  await old.say({ type: "belong", person: "pat" });
  assert.ok(old.caches.all.has("shell-v2"));
  await next.say({ type: "belong", person: "pat" });
  assert.deepEqual([...next.caches.all.keys()].sort(), ["device", "own-pat-v2", "shell-v2"]);
});

test("files that a browser threw away are fetched again; where that fails they are tried once more", async () => {
  const world = await settled();
  await world.caches.delete("shell-v1");
  world.server.lost = ["/help-now/"];
  world.server.stamp = "2";
  await world.say({ type: "belong", person: "pat" });
  assert.equal(world.caches.all.has("shell-v1"), false);
  assert.equal(world.caches.all.get("own-pat-v1").get("/stamp"), "2");
  world.server.lost = [];
  await world.say({ type: "belong", person: "pat" });
  assert.ok(world.caches.all.get("shell-v1").has("/static/app.js"));
});
