// The service worker. The server puts APP before it: version, files, pages and addresses.
//
// It keeps two things: the app's own files, the same for everybody; and a few pages that were fetched
// for it on purpose, for one person at a time. Nothing else is ever stored.

const SHELL = `shell-${APP.version}`;
const OWN = "own-";
const DEVICE = "device";
const WHOSE = "/whose-device";
const STAMP = "/stamp";
const LOOSE = { ignoreVary: true };

const ownName = (person) => `${OWN}${person}-${APP.version}`;

// Whose device it is now

async function whose() {
  const kept = await caches.match(WHOSE, { cacheName: DEVICE });
  return kept ? kept.text() : "";
}

/** Nothing of anybody stays: on signing out, when the server knows nobody, when somebody else comes. */
async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OWN) || name === DEVICE).map((name) => caches.delete(name)));
}

async function belongTo(person) {
  if ((await whose()) === person) return;
  await forget();
  await (await caches.open(DEVICE)).put(WHOSE, new Response(person));
}

// Keeping

async function keepShell() {
  const cache = await caches.open(SHELL);
  await cache.addAll(APP.files);
  // As a stranger sees them, so that nobody's name is in them.
  await Promise.all(APP.pages.map(async (page) => {
    const answer = await fetch(page, { credentials: "omit", cache: "no-store" });
    if (!answer.ok) throw new Error(`${page}: ${answer.status}`);
    await cache.put(page, answer);
  }));
}

/** Fetches what the server lists for this person, if the list has changed. */
async function refresh(person, isForced) {
  const answer = await fetch(APP.list, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (answer.status === 401) return forget();
  if (!answer.ok) return undefined;
  const list = await answer.json();
  if (list.person !== person) return forget();
  const cache = await caches.open(ownName(person));
  const before = await cache.match(STAMP);
  if (!isForced && before && (await before.text()) === list.stamp) return undefined;
  // One after the other: nobody waits for it, and others use the server too.
  let isWhole = true;
  for (const page of list.pages) isWhole = (await keepPage(cache, page, person)) && isWhole;
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!list.pages.includes(pathname + search) && pathname !== STAMP) await cache.delete(request);
  }
  if (!isWhole) return undefined;
  await cache.put(STAMP, new Response(list.stamp));
  return tidy(person);
}

/** Keeps one page, unless it is a way to sign in or speaks of somebody else. */
async function keepPage(cache, page, person) {
  const answer = await fetch(page, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return false;
  if (answer.headers.get("Content-Type")?.startsWith("text/html") && !APP.alsoKept.some((start) => page.startsWith(start))) {
    const text = await answer.clone().text();
    if (!text.includes(`content="${person}"`)) return false;
  }
  if ((await whose()) !== person) return false;
  await cache.put(page, answer);
  return true;
}

/** Old versions go only now that the new one holds all that is needed; none where this one is the old one. */
async function tidy(person) {
  const { installing, waiting } = self.registration;
  if (installing || waiting) return;
  const stay = [SHELL, DEVICE, ownName(person)];
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !stay.includes(name)).map((name) => caches.delete(name)));
}

// Answering

async function fromShell(request) {
  return (await caches.match(request, { ...LOOSE, cacheName: SHELL })) ?? (await caches.match(request, LOOSE)) ?? fetch(request);
}

/** What is kept of this address for whoever the device belongs to; the newest version first. */
async function kept(address) {
  const person = await whose();
  if (!person) return undefined;
  const names = (await caches.keys()).filter((name) => name.startsWith(`${OWN}${person}-`));
  names.sort((one) => (one === ownName(person) ? -1 : 1));
  for (const cacheName of names) {
    const found = await caches.match(address, { ...LOOSE, cacheName });
    if (found) return found;
  }
  return undefined;
}

async function fromNetwork(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const { pathname, search } = new URL(request.url);
    const found = await kept(pathname + search);
    if (found) return found;
    throw fault;
  }
}

/** A page from the network; without it the kept one, else the page that says what works offline. */
async function page(request) {
  const { pathname } = new URL(request.url);
  try {
    const answer = await fetch(request);
    // The page to sign in, shown and not passed over: the server knows nobody here. So it is after
    // signing out, also where no script of the page saw it.
    if (pathname === APP.signIn && answer.ok && request.method === "GET") await forget();
    if (pathname === APP.signOut && request.method === "POST") await forget();
    return answer;
  } catch {
    if (request.method !== "GET") return (await kept(APP.home)) ?? visitorPage();
    const open = APP.pages.includes(pathname) ? await caches.match(pathname, { ...LOOSE, cacheName: SHELL }) : null;
    return (await kept(pathname)) ?? open ?? (await kept(APP.home)) ?? visitorPage();
  }
}

async function visitorPage() {
  return (await caches.match(APP.visitor, LOOSE)) ?? Response.error();
}

// The browser's calls

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method !== "GET") return;
  else if (pathname.startsWith(APP.static)) event.respondWith(fromShell(request));
  else if (APP.alsoKept.some((start) => pathname.startsWith(start))) event.respondWith(fromNetwork(request));
});

async function isInSession() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.some((one) => new URL(one.url).pathname.startsWith(APP.inSession));
}

const TASKS = {
  async belong({ person, isForced }) {
    await belongTo(person);
    // A browser that runs out of room may have thrown it away.
    if (!(await caches.has(SHELL))) await keepShell().catch(() => caches.delete(SHELL));
    await refresh(person, isForced);
  },
  forget,
  /** A new version takes over as soon as no session is open anywhere. */
  async update() {
    if (!(await isInSession())) await self.skipWaiting();
  },
};

self.addEventListener("message", (event) => {
  const task = TASKS[event.data?.type];
  if (!task) return;
  const done = task(event.data).catch(() => undefined).then(() => event.ports[0]?.postMessage("done"));
  event.waitUntil(done);
});
