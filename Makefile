# Every recipe sets itself up: only python3 (3.11 or later) and make need to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint golden docs schemas screens bench setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml requirements/dev.txt $(wildcard plugins/*/pyproject.toml)
	@echo "setting up $(VENV) (once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "scorecard needs Python 3.11 or later; set PYTHON=")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable . $(addprefix --editable ./,$(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml)))
	@touch $@

demo: setup
	@$(BIN)/scorecard run configs/demo/demo.scorecard.yaml --period 2026-Q3

test: setup
	@$(BIN)/python -m pytest -n 2 $(ARGS)

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The files that are made from the code; a test says when one of them is stale.
docs schemas: setup
	@$(BIN)/python docs/generate.py
	@$(BIN)/python docs/mistakes.py
	@$(BIN)/python docs/catalogue.py

# Pictures of the reports; SCORECARD_SHARED adds those of telco.
screens: setup
	@$(BIN)/python docs/screens.py $(ARGS)

golden: setup
	@SCORECARD_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/golden tests/configs $(ARGS)

bench: setup
	@$(BIN)/python benchmarks/run.py $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
