# Two commands on a fresh machine with Python 3.11 or newer: make demo, make test.
# Go adds the k6 half of the tests, Node.js and a JDK with Maven more servers, Chromium the browser.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
K6_VERSION := v1.8.1
K6 := .tools/k6

.DEFAULT_GOAL := help
.PHONY: help demo test conformance exports bench bench-quick check lint format lock clean

help: ## list the commands
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(VENV)/.demo ## serve KTB Chat here and load it for half a minute, with thresholds and summary
	$(BIN)/ktb-load demo

test: $(VENV)/.dev $(K6) lint ## everything that CI runs
	$(BIN)/pytest -n 4 --dist loadgroup $(PYTEST_ARGS)

conformance: $(VENV)/.dev $(K6) ## case by case what k6 does and what we do; fails on a difference without a reason
	K6_BINARY=$${K6_BINARY:-$(K6)} $(BIN)/python -m tests.conformance.runs.table

exports: $(VENV)/.dev ## write the k6 scripts that we ship anew
	@for plans in config/*/; do system=$$(basename $$plans); \
		$(BIN)/ktb-load export --system $$system --every-plan --out k6_export/scripts/$$system || exit 1; \
	done

bench: $(VENV)/.bench $(K6) ## CPU, memory and lateness, ours against k6, stock Locust, Node and others; 25 minutes, ARGS=--help
	$(BIN)/python -m benchmarks $(ARGS)

bench-quick: ## the same in four minutes, one run each
	@$(MAKE) --no-print-directory bench ARGS=--quick

check: $(VENV)/.dev lint ## the quick half: no processes, no sockets
	$(BIN)/pytest tests/unit tests/house $(PYTEST_ARGS)

lint: $(VENV)/.dev ## ruff, ruff format and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev ## let ruff repair what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## pin the newest versions that fit, without any address
	rm -rf .tools/lock && $(PYTHON) -m venv .tools/lock
	.tools/lock/bin/pip install --quiet --upgrade -e '.[dev,bench]'
	.tools/lock/bin/pip freeze --exclude-editable | grep -v '@' > constraints.txt
	rm -rf .tools/lock

clean: ## remove everything that these commands made
	rm -rf $(VENV) .tools build *.egg-info

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "ktb-load needs Python 3.11 or newer; give one with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[server]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.demo

$(VENV)/.bench: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

# k6 is built where Go is; without it the k6 tests skip and say so (in CI they fail).
$(K6):
	@mkdir -p .tools
	@if command -v go >/dev/null; then \
		echo "building k6 $(K6_VERSION), this takes a minute or two"; \
		GOBIN=$(CURDIR)/.tools GOFLAGS=-modcacherw go install go.k6.io/k6@$(K6_VERSION); \
	else \
		echo "no Go here: the tests against k6 are skipped"; \
	fi
