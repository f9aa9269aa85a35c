# Needs Python 3.11 or newer, make and a package registry; everything else comes from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP_DONE := $(VENV)/.setup-done
export PATH := $(CURDIR)/$(BIN):$(PATH)
export DO_NOT_TRACK := 1
# Kept from one call to the next, out of the tree: without it dbt takes twice as long to start and
# mypy reads every library anew.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/pycache
export MYPY_CACHE_DIR := $(CURDIR)/$(VENV)/mypy
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# uv reads no setting of pip; a mirror that is set for pip serves both.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

.DEFAULT_GOAL := help
.PHONY: help setup demo dev check format test tests docs lock

help: ## Show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(SETUP_DONE) ## Make .venv from the lock files

$(SETUP_DONE): requirements.lock requirements-setup.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-setup.lock
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --only-binary :all: requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .
	touch $(SETUP_DONE)

demo: setup ## Make up a company and run the whole loop on it
	onefold demo

dev: setup ## Open Dagster's UI on 127.0.0.1
	onefold dev

check: setup ## Lint, types, structure
	sh .ci/check

format: setup ## Put the code in form
	ruff format .
	ruff check --fix --quiet .

# Keeps the output of the two apart; make 3.81, which macOS has, cannot.
OUTPUT_SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

# The linters wait for one core much of the time, and so does dbt: together they take two thirds.
test: setup ## Run every test: dbt, pytest, lint, types
	$(MAKE) --no-print-directory --jobs=2 $(OUTPUT_SYNC) check tests

tests: setup
	pytest

docs: setup ## Build dbt's documentation site
	onefold docs

COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-header --no-annotate --quiet

lock: ## Renew the lock files
	$(COMPILE) --group pyproject.toml:setup --output-file requirements-setup.lock
	$(COMPILE) pyproject.toml --all-extras --group dev --output-file requirements.lock
