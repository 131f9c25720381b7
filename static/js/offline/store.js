// Where what waits to be sent is kept: the browser's own database, and memory where there is none.

import "../vendor/idb.js";

const NAME = "backrelief-outbox";
const ITEMS = "items";
const PATIENCE_MS = 4000;

/** The store of this browser. Throws where the browser keeps no database, as in some private windows. */
export async function openStore() {
  const db = await idb.openDB(NAME, 1, {
    upgrade: (fresh) => fresh.createObjectStore(ITEMS, { keyPath: "seq", autoIncrement: true }),
    // Another tab wants to clear everything: do not stand in its way.
    blocking: (_now, _wanted, event) => event.target.close(),
  });
  return {
    add: (item) => db.add(ITEMS, item),
    all: () => db.getAll(ITEMS),
    put: (item) => db.put(ITEMS, item),
    async remove(seqs) {
      const change = db.transaction(ITEMS, "readwrite");
      await Promise.all([...seqs.map((seq) => change.store.delete(seq)), change.done]);
    },
  };
}

/** Takes out what is the `owner`'s; the database goes too, unless things of others wait in it. */
export async function leaveStore(owner, open = openStore, drop = () => idb.deleteDB(NAME)) {
  const store = await open();
  const items = await store.all();
  const own = items.filter((item) => item.owner === owner);
  await store.remove(own.map(({ seq }) => seq));
  if (own.length === items.length) await drop();
}

/** In memory: gone with the page. Its numbers are below zero, so that no database has them. */
export function memoryStore() {
  let seq = 0;
  const kept = new Map();
  return {
    async add(item) {
      seq -= 1;
      kept.set(seq, structuredClone({ ...item, seq }));
      return seq;
    },
    all: async () => structuredClone([...kept.values()]),
    put: async (item) => void kept.set(item.seq, structuredClone(item)),
    remove: async (seqs) => seqs.forEach((one) => kept.delete(one)),
  };
}

const soon = (work) => Promise.race([work, new Promise((_, fail) => setTimeout(fail, PATIENCE_MS, new Error("no database")))]);

/**
 * A store that takes everything in: the database of `open`, opened at the first use and anew where it
 * was closed; memory where there is none, where it is full, or where it never answers. Once `close` is
 * called no database is opened any more: a late look would make it anew after it was deleted.
 */
export function sureStore(open = openStore) {
  const here = memoryStore();
  let opened = null;
  let isShut = false;

  async function tried(name, ...args) {
    if (isShut) throw new Error("closed");
    try {
      return await (await (opened ??= soon(open())))[name](...args);
    } catch (fault) {
      if (isShut) throw fault;
      opened = soon(open());
      return (await opened)[name](...args);
    }
  }

  return {
    add: (item) => tried("add", item).catch(() => here.add(item)),
    all: async () => [...(await tried("all").catch(() => [])), ...(await here.all())],
    put: (item) => (item.seq < 0 ? here.put(item) : tried("put", item)),
    async remove(seqs) {
      await here.remove(seqs);
      const there = seqs.filter((seq) => seq > 0);
      if (there.length) await tried("remove", there);
    },
    close: () => (isShut = true),
  };
}
