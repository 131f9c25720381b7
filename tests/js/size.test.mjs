import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const HOME = new URL("../../static/js/session/", import.meta.url);

/** As the server gives it: without lines that are a comment alone (backrelief/staticfiles.py). */
const served = (text) => text.replace(/^[ \t]*(?:\/\/.*|\/\*[\s\S]*?\*\/)[ \t]*\n/gm, "");

/** The module and all that it imports, each once. */
async function filesFrom(url, seen = new Map()) {
  if (seen.has(url.href)) return seen;
  const text = await readFile(url, "utf8");
  seen.set(url.href, text);
  for (const [, path] of text.matchAll(/(?:from|import) "(\.[^"]+)"/g)) await filesFrom(new URL(path, url), seen);
  return seen;
}

test("all that the player loads is under 30 KB compressed, and no module is longer than 200 lines", async () => {
  const files = await filesFrom(new URL("index.js", HOME));
  const bytes = [...files.values()].reduce((sum, text) => sum + gzipSync(served(text), { level: 9 }).length, 0);
  assert.ok(files.size > 14);
  assert.ok(bytes < 30 * 1024, `${bytes} bytes`);
  for (const [name, text] of files) assert.ok(name.includes("/vendor/") || text.split("\n").length <= 201, name);
});
