#!/usr/bin/env bash
# Walks a served demo once: `tests/walk.sh http://127.0.0.1:8000`.
set -euo pipefail
site=$1; jar=$(mktemp); trap 'rm -f "$jar"' EXIT
get() { curl -fsS --max-time 20 -b "$jar" -c "$jar" "$site$1"; }
has() { grep -qF -- "$2" <<<"$(get "$1")" || { echo "$1 does not say: $2" >&2; exit 1; }; echo "  $1"; }

has / "Backrelief"
has /help-now/ "911"
has /exercises/ "Bird-Dog"
has /exercises/knee-to-chest/ "Knee-to-Chest"
has /check/ "Start the check"
token=$(get /accounts/login/ | grep -oE 'name="csrfmiddlewaretoken" value="[^"]+"' | head -n 1 | cut -d'"' -f4)
curl -fsS -o /dev/null -b "$jar" -c "$jar" -e "$site/accounts/login/" "$site/accounts/login/" \
  --data-urlencode "csrfmiddlewaretoken=$token" -d login=pat@example.org -d password=backrelief-demo
for page in /today/ /plan/ /diary/ /progress/ /settings/; do has "$page" "Get help"; done
echo "Walked."
