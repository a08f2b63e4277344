# Heard: `make help` lists what can be done. Everything is installed inside this folder.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
FLASK := $(BIN)/flask
SOURCES := app forms models notifications config.py config_secrets.py config_table.py
PYTHON_FILES := $(SOURCES) migrations tests benchmarks
ASSETS := static/dist/manifest.json

.PHONY: help setup run test test-long check assets demo journeys bench

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(UV):
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'

.venv/.runs: pyproject.toml uv.lock | $(UV)
	$(UV) sync --quiet --locked --inexact --no-default-groups --group build
	@touch $@

.venv/.tests: .venv/.runs
	$(UV) sync --quiet --locked --inexact
	@touch $@

frontend/node_modules/.ready: frontend/package.json frontend/package-lock.json .venv/.runs
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --prefix frontend --omit=optional --no-audit --no-fund --silent
	@touch $@

# The accessibility engine and the HTML validator: what tests need and a running Heard does not.
frontend/node_modules/.tests: frontend/node_modules/.ready
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --prefix frontend --no-save --no-audit --no-fund --silent
	@touch $@

$(ASSETS): frontend/node_modules/.ready frontend/build.mjs $(shell find frontend/scss frontend/js frontend/pictures -type f 2>/dev/null)
	$(BIN)/node frontend/build.mjs

assets: $(ASSETS) ## build the front-end into static/dist

setup: .venv/.tests frontend/node_modules/.tests $(ASSETS) ## make the environment and the front-end, for work on Heard

run: .venv/.runs $(ASSETS) ## set up, load the demonstration trust where there is no data, and serve it
	@$(FLASK) serve

demo: .venv/.runs $(ASSETS) ## throw the demonstration data away and build it again
	@$(FLASK) demo reset

test: setup ## run every test, the long measurements short
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-long: setup ## run every test, the long measurements in full
	HEARD_LONG_TESTS=1 $(BIN)/python -m pytest -n 2 --dist loadgroup

journeys: setup ## run the browser journeys alone
	$(BIN)/python -m pytest tests/journeys

check: setup ## format, lint, strict types, import contracts, template lint
	$(BIN)/ruff format --check $(PYTHON_FILES)
	$(BIN)/ruff check $(PYTHON_FILES)
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates

bench: setup ## measure the server on SQLite and PostgreSQL and print JSON
	$(BIN)/python -m benchmarks.run
