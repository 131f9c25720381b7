#!/usr/bin/env bash
# Format, lint, types, imports, migrations, deployment and library checks. Stops at the first fault.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
export BACKRELIEF_DATA=$scratch
step() { echo "-- $1"; shift; "$@"; }

step "format" .venv/bin/ruff format --check --quiet .
step "lint" .venv/bin/ruff check --quiet .
step "templates" bash -c "git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2"
step "types" .venv/bin/mypy backrelief exercises programs progress
step "imports" .venv/bin/lint-imports --no-cache
step "migrations" .venv/bin/python manage.py makemigrations --check --dry-run --verbosity 0

production() {
  BACKRELIEF_ENV=production SECRET_KEY=$(head -c 60 /dev/urandom | base64 -w 0) ALLOWED_HOSTS=example.org \
    EMERGENCY_NUMBER=911 CRISIS_LINE=988 .venv/bin/python manage.py "$@"
}
step "deployment" production check --deploy --fail-level WARNING
step "static files" .venv/bin/python manage.py collectstatic --no-input --verbosity 0
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load_library fixtures >/dev/null
step "library" .venv/bin/python manage.py check_library
echo "All checks passed."
