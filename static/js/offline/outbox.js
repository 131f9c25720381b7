// What was done here and is not on the server yet. Each thing has an id from this device, is kept
// until the server says that it has it, and may be sent any number of times.

export const FIRST_WAIT_MS = 2000;
export const LONGEST_WAIT_MS = 5 * 60 * 1000;
const MOST_AT_ONCE = 50;
const MOST_MISSES = 3; // in a row: then it is the server, not what was sent
const STUMBLES = 3; // as many, and something in it is taken for the cause
const AWAY = 0.25; // of a stumble: every answer but 500 is mostly that of a server that is away

const alone = (work) => work();

/**
 * store: add, all, put, remove. post(url, body) gives {status, json} and throws without network.
 * owner: whose device it is now; what somebody else left here is neither sent nor counted.
 * later(ms, work), random() and lock(work) are the clock, the dice and the browser's locks.
 */
export function createOutbox({ store, post, owner, later = setTimeout, random = Math.random, lock = alone }) {
  const listeners = new Set();
  let state = { waiting: 0, refused: 0, isOffline: false, isSignedOut: false };
  let running = null;
  let isAskedAgain = false;
  let failures = 0;
  let atOnce = MOST_AT_ONCE;
  const misses = new Map(); // how many stumbles each thing came back with

  const mine = async () => (await store.all()).filter((item) => item.owner === owner);
  const tell = (news) => listeners.forEach((listener) => listener({ ...state, ...news }));

  async function count(news = {}) {
    const items = await mine();
    const refused = items.filter((item) => item.problem).length;
    // Numbers below zero are those of the memory: gone with this page.
    state = { ...state, waiting: items.length - refused, refused, isFrail: items.some(({ seq }) => seq < 0) };
    tell(news);
  }

  /** Keeps a thing. Resolves once it is safe here; sending comes after. */
  async function add({ url, head, event }) {
    await store.add({ owner, url, head, event });
    await count();
    flush();
  }

  /** Sends what waits, in the order in which it happened. One run at a time, also among tabs. */
  function flush() {
    if (running) {
      isAskedAgain = true;
      return running;
    }
    // What goes wrong here itself, such as a database that is gone, is tried again too.
    running = Promise.resolve(lock(run)).catch(again).finally(() => {
      running = null;
      if (!isAskedAgain) return undefined;
      isAskedAgain = false;
      return flush();
    });
    return running;
  }

  async function run() {
    const left = new Set();
    for (let inRow = 0; inRow < MOST_MISSES; ) {
      const group = nextGroup(await mine(), left, misses, atOnce);
      if (!group.length) break;
      let reply;
      try {
        reply = await post(group[0].url, { ...group[0].head, events: group.map((item) => item.event) });
      } catch {
        state = { ...state, isOffline: true };
        await count();
        return again();
      }
      state = { ...state, isOffline: false, isSignedOut: reply.status === 401 };
      const isSettled = await settle(group, reply);
      if (reply.status === 401) return undefined;
      inRow = isSettled ? 0 : inRow + 1;
      if (!isSettled) miss(group, reply.status, left);
    }
    if (left.size) return again();
    failures = 0;
    return count(); // another tab may have sent what was added here
  }

  /** Nothing overtakes what came back, for the order counts; but for what is suspected by now. */
  function miss(group, status, left) {
    const isSuspect = suspicion(group[0], misses) > 0;
    for (const { seq } of group) {
      if (isSuspect) left.add(seq);
      misses.set(seq, (misses.get(seq) ?? 0) + (status === 500 ? 1 : AWAY));
    }
    if (!isSuspect) left.add(keyOf(group[0]));
  }

  /** Does what the answer says. False where the group must be sent again later. */
  async function settle(group, { status, json = {} }) {
    if (status === 200 || status === 409) {
      const seen = new Set(json.seen ?? []);
      const safe = group.filter((item) => seen.has(item.event.id));
      await store.remove(safe.map((item) => item.seq));
      await count({ answer: { ...json, status, url: group[0].url } });
      return safe.length > 0;
    }
    if (status === 413 && group.length > 1) {
      atOnce = Math.ceil(group.length / 2);
      return true;
    }
    // Without a word of ours it was not the app that answered, but something on the way to it.
    if ([400, 404, 413, 422].includes(status) && json.detail) return refuse(group, status, json);
    await count();
    return false;
  }

  /** The server will never take this: it stays here, marked, until the person has seen it. */
  async function refuse(group, status, json) {
    const index = /^events\[(\d+)\]/.exec(json.path ?? "")?.[1];
    const bad = index === undefined ? group : group.slice(Number(index), Number(index) + 1);
    const problem = json.detail;
    await Promise.all(bad.map((item) => store.put({ ...item, problem })));
    await count({ refusal: problem });
    return bad.length > 0;
  }

  function again() {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
    failures += 1;
    later(flush, wait * (0.5 + random() / 2));
  }

  return {
    add,
    flush,
    /** Sends at once, without what is left of an earlier wait. */
    hurry() {
      failures = 0;
      return flush();
    },
    state: () => state,
    /** Throws away what the server refused; only where the person says so. */
    async dropRefused() {
      const refused = (await mine()).filter((item) => item.problem);
      await store.remove(refused.map((item) => item.seq));
      await count();
    },
    /** What somebody else found out about the network. */
    note(isOffline) {
      state = { ...state, isOffline };
      tell();
    },
    items: mine,
    refresh: count,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const keyOf = (item) => JSON.stringify([item.url, item.head]);

/** How often a thing came back since it is taken for a cause; 0 where it is not. */
const suspicion = ({ seq }, misses) => Math.max(0, Math.floor((misses.get(seq) ?? 0) - STUMBLES + 1));

/**
 * The oldest that may be sent now, with all that goes to the same place under the same head.
 * What is suspected goes last and in halves, until the one thing that no server takes is alone.
 */
function nextGroup(items, left, misses, most) {
  const how = (item) => suspicion(item, misses);
  const isLeft = (item) => left.has(item.seq) || (!how(item) && left.has(keyOf(item)));
  const ready = items.filter((item) => !item.problem && !isLeft(item)).sort((a, b) => how(a) - how(b));
  const alike = ready.filter((item) => keyOf(item) === keyOf(ready[0]) && how(item) === how(ready[0]));
  return alike.slice(0, alike.length && how(alike[0]) ? Math.ceil(alike.length / 2) : most);
}
