// Where what waits to be sent is kept: the browser's own database, and memory where there is none.

import { deleteDB, openDB } from "../vendor/idb.js";

const NAME = "backrelief-outbox";
const ITEMS = "items";

/** The store of this browser. Throws where the browser keeps no database, as in some private windows. */
export async function openStore() {
  const db = await openDB(NAME, 1, {
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

export const deleteStore = () => deleteDB(NAME);

/** The same for a browser without a database, and for tests: gone with the page. */
export function memoryStore(items = []) {
  let seq = items.reduce((most, item) => Math.max(most, item.seq), 0);
  const kept = new Map(items.map((item) => [item.seq, item]));
  return {
    async add(item) {
      seq += 1;
      kept.set(seq, structuredClone({ ...item, seq }));
      return seq;
    },
    all: async () => structuredClone([...kept.values()].sort((a, b) => a.seq - b.seq)),
    put: async (item) => void kept.set(item.seq, structuredClone(item)),
    remove: async (seqs) => seqs.forEach((one) => kept.delete(one)),
  };
}
