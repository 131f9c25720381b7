// The service worker in a small world of its own: caches, a network that can be cut, and pages.

import { readFileSync } from "node:fs";
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
  return { open, match, has: async (name) => all.has(name), keys: async () => [...all.keys()], delete: async (name) => all.delete(name), all };
}

export function start({ app = {}, caches = cacheWorld(), windows = [] } = {}) {
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
    registration: { installing: null, waiting: null },
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

export const text = async (response) => (await response).text();

/** Installed, and keeping what Pat needs. */
export async function settled(options) {
  const world = start(options);
  await world.install();
  await world.say({ type: "belong", person: "pat" });
  return world;
}
