# Bare `make` lists what can be done: every target with a `##` comment.
.DEFAULT_GOAL := help
.PHONY: help site serve test check format bench soak golden lock clean browser
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= auto
# In the order of the folders: tests that start commands and browsers first, short ones at the end,
# so that no core waits for the last file.
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist loadfile \
  --no-loadscope-reorder

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(READY) ## Build the site to site/ and say how to read it
	@$(BIN)/briefbook build
	@echo
	@echo "The site is in site/. Read it with \`make serve\`, which also follows your edits, or with"
	@echo "  $(BIN)/python -m http.server --bind 127.0.0.1 --directory site 8000"
	@echo "and http://127.0.0.1:8000/ in a browser."

serve: $(READY) ## Serve the site here and follow every edit
	@$(BIN)/briefbook serve

test: check browser ## Test everything, `make check` included
	@$(PYTEST)

check: $(READY) ## Check types, lint, format and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --cache-dir .cache/import-linter

format: $(READY) ## Format the code and repair what lint can repair
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: browser ## Measure builds beside peers (ACCOUNTS="1000 3000" ROUNDS=5 WITHOUT=mkdocs HISTORY="1000 3000")
	@$(BIN)/python -m tests.bench $(ACCOUNTS) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(WITHOUT),--without $(WITHOUT))
	@$(BIN)/python -m tests.bench.history $(HISTORY)

soak: browser ## Run the long fault and corpus tests
	@$(PYTEST) --soak

golden: browser ## Write the golden files anew; review them with git diff
	@$(PYTEST) --golden

lock: ## Resolve requirements.lock from pyproject.toml (UPGRADE=1 for the newest versions)
	@python3 -m venv .cache/uv
	@.cache/uv/bin/python -m pip --disable-pip-version-check --quiet install 'uv>=0.9'
	@.cache/uv/bin/uv --no-config --quiet pip compile pyproject.toml --extra test \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-annotate --no-emit-index-url --custom-compile-command 'make lock' \
	  $(if $(UPGRADE),--upgrade) --output-file requirements.lock

clean: ## Remove what builds and tests made (the set-up stays)
	rm -rf site .cache dist

browser: $(READY)
	@$(BIN)/python -m tests.tools.browser

# The set-up. Made anew only when the lock or the project's own metadata changed.
$(READY): requirements.lock pyproject.toml
	@$(BIN)/python -c '' 2>/dev/null || { \
	  for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      echo "Setting up $(VENV) with $$python"; \
	      exec "$$python" -m venv --clear $(VENV); \
	    fi; \
	  done; \
	  echo "Briefbook needs Python 3.11 or newer: none found. Set PYTHON to its path." >&2; \
	  exit 1; \
	}
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
