# All set-up happens by itself: a fresh machine with python3, venv and make runs `make demo` or `make test` as its first command.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test trace lint manual samples bench causes faults clean

demo: $(VENV)/.run
	$(BIN)/toolkit demo -o demo/$$(date +%Y%m%d-%H%M%S)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

# The figures of 1,000 reports per edition, each sent through a real workbook before its sentences are read back. Takes minutes.
trace: $(VENV)/.dev
	TOOLKIT_SLOW=1 $(BIN)/python -m pytest -n auto -m slow tests/report/test_trace.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

manual: $(VENV)/.run
	$(BIN)/python -m toolkit.manual

samples: $(VENV)/.run
	$(BIN)/python samples/rebuild.py

bench: $(VENV)/.dev
	$(BIN)/python -m tests.trials.bench

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

faults: $(VENV)/.dev
	$(BIN)/python -m tests.trials.mutations 5000
	$(BIN)/python -m tests.trials.worst

causes: $(VENV)/.dev
	$(BIN)/python -m tests.trials.causes

clean:
	rm -rf $(VENV) demo
