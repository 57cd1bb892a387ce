# All set-up happens by itself: a fresh machine with python3, venv and make runs `make demo` or `make test` as its first command.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
CONSTRAINTS = .ci/constraints.txt
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
STAGE = bash .ci/stage

.PHONY: help demo test quick format lint check slow platforms compat generated manual samples \
	snapshot density bench causes faults trace clean

help: ## What can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | column -t -s "$$(printf '\t')"

demo: $(VENV)/.run ## The whole job on a real report, in a new folder
	$(BIN)/toolkit demo -o demo/$$(date +%Y%m%d-%H%M%S)

test: $(VENV)/.dev ## All tests but those of other platforms; of long ones a twentieth (the seed is printed)
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

coverage: $(VENV)/.dev ## All tests again, counting the lines they reach (twice as slow)
	$(BIN)/python -m pytest -n auto --cov=toolkit --cov-report=term:skip-covered

quick: $(VENV)/.dev ## The tests that need neither LibreOffice nor patience
	$(BIN)/python -m pytest -n auto -q -m "not office and not slow and not platforms"

format: $(VENV)/.dev ## Format and mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: $(VENV)/.dev ## Style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(VENV)/.dev ## What CI runs, with the time of each stage
	@$(STAGE) "style, types, imports" $(MAKE) lint
	@$(STAGE) "tests" $(MAKE) test
	@$(STAGE) "old processors" $(MAKE) compat
	@$(STAGE) "demo" $(MAKE) demo

slow: $(VENV)/.dev ## Long generators and laws, all of them
	TOOLKIT_SLOW=1 $(BIN)/python -m pytest -n auto -m slow

platforms: $(VENV)/.compat ## An emulated old processor (needs qemu-user)
	$(BIN)/python -m pytest -m platforms -rs

compat: $(VENV)/.compat ## The checking tests with the polars runtime for old processors
	POLARS_FORCE_PKG=compat PYTHONPATH=$(VENV)/compat $(BIN)/python -m pytest -n auto -q tests/checking

generated: manual samples ## Everything in the repository that the code writes

manual: $(VENV)/.run ## docs/ and the examples in the READMEs
	$(BIN)/python -m toolkit.manual

samples: $(VENV)/.run ## samples/
	$(BIN)/python samples/rebuild.py

snapshot: $(VENV)/.run ## Everything the toolkit makes of samples and reports, into OUT
	$(BIN)/python -m tests.trials.snapshot $(OUT)

density: $(VENV)/.dev ## How dense the code is
	$(BIN)/python -m tests.trials.density

bench: $(VENV)/.dev ## Times, as ratios against the obvious way
	$(BIN)/python -m tests.trials.bench

faults: $(VENV)/.dev ## Thousands of damaged workbooks, and the worst files
	$(BIN)/python -m tests.trials.mutations 5000
	$(BIN)/python -m tests.trials.worst

causes: $(VENV)/.dev ## How often the likely cause is named right
	$(BIN)/python -m tests.trials.causes

trace: $(VENV)/.dev ## Every sentence of 2,000 reports read back, through real workbooks
	TOOLKIT_SLOW=1 $(BIN)/python -m pytest -n auto -m slow tests/report/test_trace.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml $(CONSTRAINTS)
	$(PIP) -c $(CONSTRAINTS) -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(PIP) -c $(CONSTRAINTS) -e ".[dev]"
	touch $@

# Apart from the other packages: where both runtimes are installed, polars takes this one.
$(VENV)/.compat: $(VENV)/.dev
	version=$$($(BIN)/python -c "import polars; print(polars.__version__)") && \
	$(PIP) --target $(VENV)/compat --no-deps "polars-runtime-compat==$$version"
	touch $@

clean:
	rm -rf $(VENV) demo
