# Two commands matter: `make run` and `make test`. Everything else is listed by `make`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test test-fast check fix soak bench lock demo env dev-env

PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
PY := .venv/bin/python
MANAGE := $(PY) manage.py
export BACKRELIEF_ENV ?= demo
export BACKRELIEF_DATA ?= $(CURDIR)/data

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Backrelief needs Python 3.11 or newer. Name one: make PYTHON=python3.12 run" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { echo "Python has no venv module. On Debian: apt-get install python3-venv" >&2; exit 1; }

# DATABASE_URL=postgres://… needs one package more.
RUNTIME := $(if $(filter postgres%,$(DATABASE_URL)),requirements-postgres.txt,requirements.txt)

.venv/installed-%: %.txt .venv/bin/python
	@echo "Installing $* …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

env: .venv/installed-$(RUNTIME:.txt=)
dev-env: .venv/installed-requirements-dev

demo: env ## the demo's database and files, without serving
	@mkdir -p "$$BACKRELIEF_DATA"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable
	@$(MANAGE) load_library fixtures --warm
	@if [ "$$BACKRELIEF_ENV" = demo ]; then $(MANAGE) seed_demo; fi
	@$(MANAGE) collectstatic --no-input --verbosity 0

run: demo ## set everything up and serve on http://127.0.0.1:8000 (PORT=…)
	@if [ "$$BACKRELIEF_ENV" = demo ]; then \
	  echo; \
	  echo "Sign in with any of these; the password of all is backrelief-demo:"; \
	  echo "  new@example.org     a patient who has just signed up"; \
	  echo "  pat@example.org     a patient in week 9"; \
	  echo "  sam@example.org     a patient of another therapist"; \
	  echo "  tess@example.org    a therapist with a caseload of 20"; \
	  echo "  omar@example.org    a therapist of another clinic"; \
	  echo "  clinic@example.org  clinic staff"; \
	  echo "  admin@example.org   the administrator"; \
	  echo "Mail is written to $$BACKRELIEF_DATA/mail"; \
	fi
	@echo "Backrelief is on http://$(HOST):$(PORT) (stop with Ctrl-C)"
	@$(MANAGE) tick --every 900 & tick=$$!; \
	  trap 'kill $$tick 2>/dev/null || :' EXIT; trap 'exit 0' INT TERM; \
	  $(PY) -m gunicorn backrelief.wsgi --bind $(HOST):$(PORT) --worker-class gthread \
	    --workers 2 --threads 4 --timeout 30 --access-logfile /dev/null --log-level warning & \
	  server=$$!; trap 'kill $$server $$tick 2>/dev/null || :' EXIT; wait $$server

test: dev-env ## every test that this machine can run
	@bash tests/run.sh

test-fast: dev-env ## the tests without a browser, on SQLite
	@$(PY) -m pytest -q -n auto -m "not browser"

check: dev-env ## format, lint, types, imports, migrations, deployment, library
	@bash tests/check.sh

fix: dev-env ## format what can be formatted
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .
	@git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2

soak: dev-env ## the long runs; at most 30 minutes
	@HYPOTHESIS_PROFILE=soak $(PY) -m pytest -q -n auto tests/programs/engine tests/progress/test_patterns.py tests/progress/test_numbers.py -m "not browser"
	@FAULT_RUNS=200 $(PY) -m pytest -q tests/progress/devices/test_faults.py
	@$(PY) -m tests.programs.cohort 1000
	@node tests/js/drift.mjs 15
	@EFFORT=1 $(PY) -m pytest -q -n 0 -s tests/e2e/test_effort.py

bench: dev-env ## CPU time of the main pages as ratios to a bare page, and after ten years to one month
	@$(PY) -m tests.bench
	@$(PY) -m tests.decade

lock: ## renew the lock files from pyproject.toml (needs uv)
	@for lock in "requirements.txt" "requirements-postgres.txt --extra postgres" \
	  "requirements-dev.txt --extra postgres --group dev"; do set -- $$lock; out=$$1; shift; \
	  uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header \
	    --no-annotate --no-strip-extras --no-emit-index-url --no-emit-find-links pyproject.toml "$$@" -o $$out; done
