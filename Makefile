# Practice Exchange. `make run` serves it, `make test` checks everything; `make help` lists all.
# Needs Python 3.11 or newer (with venv) and make; PYTHON=/path/to/python takes a certain one.

SHELL := /bin/bash
.SHELLFLAGS := -e -u -o pipefail -c
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 8000
# What links in mails and feeds begin with.
SITE_URL ?= http://$(if $(filter 0.0.0.0 ::,$(HOST)),127.0.0.1,$(HOST)):$(PORT)
# Test processes side by side.
JOBS ?= 2
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v "$$each"; break; }; done)

VENV := .venv
# Everything is called through this Python: scripts in .venv/bin break when the folder is moved.
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
MANAGE := $(PY) manage.py
# First and by itself: every platform has a build of its own with packages of its own (CPU, CUDA),
# so no list of hashes fits all. pip then takes it as given for the locked rest.
TORCH := $(shell grep '^torch==' requirements.in)
# What is installed is known by the content of the locks: a new one installs again, nothing else.
RUN_STAMP := $(VENV)/run-$(shell echo $(TORCH) | cat - requirements.txt 2>/dev/null | cksum | cut -d ' ' -f 1)
TEST_STAMP := $(VENV)/test-$(shell echo $(TORCH) | cat - requirements.txt requirements-dev.txt 2>/dev/null \
	| cksum | cut -d ' ' -f 1)

.PHONY: help run dev install prepare test lint types checks test-sqlite test-postgresql lock clean

help:
	@echo 'make run    install, load the demo knowledge base, serve on http://$(HOST):$(PORT)'
	@echo '            (HOST= and PORT= choose another address)'
	@echo 'make dev    the same with error pages and automatic reload, for developers'
	@echo 'make test   lint, types, import layers, migrations, the suite on SQLite and PostgreSQL'
	@echo 'make install  only install, as for production'
	@echo 'make lock   resolve the dependencies again (UPGRADE=1: to the newest versions)'
	@echo 'make clean  remove everything that can be made again; data in var/ stays'

# --- Installing -----------------------------------------------------------------------------
$(PY):
	@test -n "$(PYTHON)" || { echo 'Practice Exchange needs Python 3.11 or newer; found none.' \
		'Install one, or name it: make PYTHON=/path/to/python3.11 run' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Practice Exchange needs Python 3.11 or newer; $(PYTHON) is" \
		"$$("$(PYTHON)" --version 2>&1)." >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module." \
		'On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)

$(RUN_STAMP): | $(PY)
	@echo '      about 1 GB the first time, which takes some minutes'
	@$(PIP) install $(TORCH)
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(TEST_STAMP): $(RUN_STAMP)
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

install: $(RUN_STAMP)

# --- Serving --------------------------------------------------------------------------------
# Without DEBUG the site looks and answers as its visitors will see it; `make dev` is for code.
run dev: export SITE_URL := $(SITE_URL)
run: export DEBUG := 0
run: prepare
	@echo '[4/4] Serving with the background worker'
	@exec $(MANAGE) serve --end-with-parent $(HOST):$(PORT)

dev: export DEBUG := 1
dev: prepare
	@echo '[4/4] Serving with automatic reload'
	@exec $(MANAGE) serve --end-with-parent --reload $(HOST):$(PORT)

prepare:
	@echo '[1/4] Installing what is missing'
	@$(MAKE) -s --no-print-directory $(RUN_STAMP)
	@echo '[2/4] Preparing the database'
	@$(MANAGE) migrate -v0
	@$(MANAGE) createcachetable -v0
	@echo '[3/4] Exporting the model, loading the demo knowledge base and building the index'
	@$(MANAGE) export_model
	@$(MANAGE) seed

# --- Checking -------------------------------------------------------------------------------
test: export DJANGO_SETTINGS_MODULE := config.settings.test
test:
	@echo '[1/6] Installing what is missing'
	@$(MAKE) -s --no-print-directory $(TEST_STAMP)
	@echo '[2/6] Lint of code and templates'
	@$(MAKE) -s --no-print-directory lint
	@echo '[3/6] Types and import layers'
	@$(MAKE) -s --no-print-directory types
	@echo '[4/6] Migrations and system checks'
	@$(MAKE) -s --no-print-directory checks
	@echo '[5/6] The suite on SQLite'
	@$(MAKE) -s --no-print-directory test-sqlite
	@echo '[6/6] The suite on PostgreSQL (browser tests once is enough)'
	@$(MAKE) -s --no-print-directory test-postgresql
	@echo 'Everything passed.'

lint: $(TEST_STAMP)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m djlint --lint --quiet templates

types: $(TEST_STAMP)
	@$(PY) -m mypy
	@PYTHONPATH=site:. $(PY) -c \
		'from importlinter.cli import lint_imports_command as check; check(["--no-logo"])'

checks: export DJANGO_SETTINGS_MODULE := config.settings.test
checks: $(TEST_STAMP)
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check

test-sqlite: $(TEST_STAMP)
	@$(PY) -m pytest -n $(JOBS)

test-postgresql: $(TEST_STAMP)
	@$(PY) tests/postgresql.py $(PY) -m pytest -n $(JOBS) -m 'not browser'

# --- Maintaining ----------------------------------------------------------------------------
# Where pip can see only a CUDA build of torch, its packages would end up in everybody's lock: give
# pip the index of PyTorch's CPU builds (PIP_EXTRA_INDEX_URL) and call again.
LOCK := var/lock/bin/pip-compile --quiet --strip-extras --generate-hashes --no-emit-options \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--unsafe-package torch --unsafe-package pip $(if $(UPGRADE),--upgrade)

lock: export CUSTOM_COMPILE_COMMAND := make lock
lock:
	"$(PYTHON)" -m venv var/lock
	var/lock/bin/python -m pip --disable-pip-version-check install --quiet pip-tools==7.6.2
	$(LOCK) --output-file requirements.txt requirements.in
	$(LOCK) --output-file requirements-dev.txt requirements-dev.in
	@! grep -E '^(nvidia|triton|cuda)' requirements.txt || { echo 'These belong to a CUDA build of' \
		'torch; the Makefile says how to lock without them.' >&2; exit 1; }

clean:
	rm -rf $(VENV) static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf var/lock var/test-template
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
