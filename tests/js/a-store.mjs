/** A store as browsers have it: its keys are its own properties. */
export function storeOf() {
  const store = Object.create({
    getItem: (key) => store[key] ?? null,
    setItem: (key, value) => (store[key] = value),
    removeItem: (key) => delete store[key],
  });
  return store;
}
