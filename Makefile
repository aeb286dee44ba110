# Every target sets up what it needs. CI calls `make test`, as people do.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: help setup serve test lint unit wheel fit lock clean

help:                ## list the targets
	@grep -E '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: $(READY)      ## make the environment in .venv

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else f"Python 3.11 to 3.13 is needed, {sys.executable} is {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

serve: setup         ## serve the current model on http://127.0.0.1:8000
	$(BIN)/python -m service

test: lint unit wheel ## everything that CI checks

lint: setup          ## style, types and the import law
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: setup          ## the tests, on all cores
	$(BIN)/python -m pytest -n auto

wheel: setup         ## build the wheel and try it in a clean environment outside the checkout
	$(BIN)/python tests/try_wheel.py

fit: setup           ## fit the shipped corpus into models/ceasefire
	$(BIN)/python -m training fit

lock:                ## renew requirements.lock from pyproject.toml
	$(PYTHON) -m venv --clear .lock && .lock/bin/pip install --quiet uv
	.lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --group dev \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' pyproject.toml -o requirements.lock
	rm -rf .lock

clean:               ## remove everything that can be made again
	rm -rf $(VENV) .lock build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
