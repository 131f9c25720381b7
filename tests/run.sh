#!/usr/bin/env bash
# Every test that this machine can run. With CI=true a missing browser, Node or PostgreSQL is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

absent() {
  if [ "${CI:-}" = true ]; then echo "FAILED: $1" >&2; exit 1; fi
  echo "Left out: $1"
}

echo "== Python, SQLite, browser =="
if [ -n "$(command -v chromium || command -v chromium-browser || :)" ]; then browser=""; else
  absent "browser journeys (no Chromium found)"; browser='not browser'; fi
.venv/bin/python -m pytest -q -n auto --dist loadgroup -m "$browser"

echo "== JavaScript =="
if [ "$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')" -ge 20 ] 2>/dev/null; then
  node --test tests/js/*.test.mjs
else absent "JavaScript tests (Node 20 or newer not found)"; fi

echo "== Python, PostgreSQL =="
if read -r url folder < <(bash tests/postgres.sh start); then
  trap 'bash tests/postgres.sh stop "$folder"' EXIT
  DATABASE_URL=$url .venv/bin/python -m pytest -q -n auto -m "not browser and not sqlite_only"
else absent "the tests on PostgreSQL (not installed)"; fi
