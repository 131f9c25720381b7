import assert from "node:assert/strict";
import { test } from "node:test";

import { taken } from "../../static/js/paper.js";

test("a digit fills its field; a one waits, for it may become a ten", () => {
  assert.deepEqual(taken("4"), { own: "4", isFull: true });
  assert.deepEqual(taken("0"), { own: "0", isFull: true });
  assert.deepEqual(taken("1"), { own: "1", isFull: false });
  assert.deepEqual(taken("10"), { own: "10", isFull: true });
  assert.deepEqual(taken("13"), { own: "1", isFull: true, rest: "3" });
  assert.deepEqual(taken(""), { own: "", isFull: false });
});

test("what is no number from 0 to 10 stays in sight", () => {
  for (const text of ["47", "100", "103"]) assert.deepEqual(taken(text), { own: text, isFull: false });
});
