# Everything here sets itself up: a fresh clone needs Python 3.11 or newer, make and PyPI.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: help install demo test lint golden requirements bench-quality bench-cost clean

help:
	@echo "make demo           crawl the bundled portal into data/demo.db (no network)"
	@echo "make test           lint, type-check and test"
	@echo "make install        make .venv from the pinned requirements"
	@echo "make golden         make the answers of tests/golden anew; git diff is the review"
	@echo "make bench-quality  score the reader and its peers on ../shared/corpus"
	@echo "make bench-cost     measure the CPU of reading against a bare parse"
	@echo "make requirements   resolve the pinned requirements anew"

install: .venv/installed

.venv/installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	$(BIN)/cqcrawler demo

test: lint
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

golden: install
	$(BIN)/python -m tests.golden

bench-quality: install
	$(BIN)/python -m benchmarks.quality

bench-cost: install
	$(BIN)/python -m benchmarks.cost

requirements:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --extra site --extra parquet --output-file requirements/run.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --extra dev --output-file requirements/dev.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
