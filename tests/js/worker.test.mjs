// The service worker in a small world of its own: caches, a network that can be cut, and pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../static/js/offline/worker.js", import.meta.url), "utf8");
const HOME = "https://site.example";
const APP = {
  version: "v1",
  files: ["/static/app.js"],
  pages: ["/help-now/", "/offline/visitor/"],
  visitor: "/offline/visitor/",
  home: "/offline/",
  list: "/offline/list/",
  signIn: "/accounts/login/",
  signOut: "/accounts/logout/",
  static: "/static/",
  alsoKept: ["/session/figure/"],
  inSession: "/session/",
};

const addressOf = (request) => {
  const { pathname, search } = new URL(typeof request === "string" ? request : request.url, HOME);
  return pathname + search;
};

/** Caches in memory, as far as the worker uses them. */
function cacheWorld() {
  const all = new Map();
  const open = async (name) => {
    if (!all.has(name)) all.set(name, new Map());
    const kept = all.get(name);
    return {
      put: async (request, response) => void kept.set(addressOf(request), await response.text()),
      match: async (request) => (kept.has(addressOf(request)) ? new Response(kept.get(addressOf(request))) : undefined),
      keys: async () => [...kept.keys()].map((address) => new Request(HOME + address)),
      delete: async (request) => kept.delete(addressOf(request)),
      addAll: async (files) => files.forEach((file) => kept.set(file, file)),
    };
  };
  const match = async (request, { cacheName } = {}) => {
    for (const [name] of all) {
      const found = (!cacheName || name === cacheName) && (await (await open(name)).match(request));
      if (found) return found;
    }
    return undefined;
  };
  return { open, match, keys: async () => [...all.keys()], delete: async (name) => all.delete(name), all };
}

function start({ app = {}, caches = cacheWorld(), windows = [] } = {}) {
  const handlers = {};
  const server = { person: "pat", stamp: "1", pages: ["/offline/", "/session/ahead/"], isUp: true, isSignedOut: false, lost: [], asked: [] };
  const fetch = async (request, options = {}) => {
    const address = addressOf(request);
    server.asked.push([address, options.credentials]);
    if (!server.isUp || server.lost.includes(address)) throw new TypeError("no network");
    if (address === APP.list) {
      if (server.isSignedOut) return new Response("{}", { status: 401 });
      return Response.json({ person: server.person, stamp: server.stamp, pages: server.pages });
    }
    const body = `<meta name="person" content="${server.person}"> ${address}`;
    return new Response(body, { headers: { "Content-Type": "text/html" } });
  };
  const self = {
    addEventListener: (name, handler) => (handlers[name] = handler),
    location: new URL(HOME),
    clients: { claim: async () => undefined, matchAll: async () => windows.map((url) => ({ url: HOME + url })) },
    skipWaiting: async () => (self.hasTakenOver = true),
  };
  vm.runInNewContext(`const APP = ${JSON.stringify({ ...APP, ...app })};\n${SOURCE}`, { self, caches, fetch, Response, Request, URL });
  const wait = async (name, event) => {
    let done;
    handlers[name]({ ...event, waitUntil: (promise) => (done = promise), respondWith: (promise) => (done = promise) });
    return done;
  };
  return {
    self,
    server,
    caches,
    install: () => wait("install", {}),
    say: (data) => wait("message", { data, ports: [] }),
    go: (address, method = "GET") => wait("fetch", { request: { url: HOME + address, method, mode: "navigate" } }),
    load: (address) => wait("fetch", { request: { url: HOME + address, method: "GET", mode: "no-cors" } }),
    own: () => [...caches.all.keys()].filter((name) => name.startsWith("own-")),
  };
}

const text = async (response) => (await response).text();

async function settled(options) {
  const world = start(options);
  await world.install();
  await world.say({ type: "belong", person: "pat" });
  return world;
}

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
