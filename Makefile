# Everything here sets itself up: a fresh clone needs Python 3.11 or newer, make and PyPI.
PYTHON ?= $(shell command -v python3.11 || echo python3)
BIN := .venv/bin

.PHONY: help install demo test lint golden requirements sbom audit bench-quality bench-cost clean

help:
	@echo "make demo           crawl the bundled portal into data/demo.db (no network)"
	@echo "make test           lint, type-check and test"
	@echo "make install        fill .venv with the pinned requirements, those of development too"
	@echo "make golden         make the answers of tests/golden anew; git diff is the review"
	@echo "make bench-quality  score the reader and its peers on ../shared/corpus"
	@echo "make bench-cost     measure the CPU of reading against a bare parse"
	@echo "make requirements   resolve the pinned requirements anew"
	@echo "make sbom           write dist/sbom.cdx.json, what the pinned requirements consist of"
	@echo "make audit          ask PyPI for known vulnerabilities of the pinned requirements"

# Two sets of packages fill one .venv, and each has its stamp. What is there for development has
# all that running takes, so that a demo after a test installs nothing.
RUN := $(if $(wildcard .venv/installed-dev),dev,run)

install: .venv/installed-dev

.venv/installed-%: requirements/%.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is \
	needed, and this is " + sys.version.split()[0] + ": make PYTHON=... names another")'
	@echo "Filling .venv with what requirements/$*.txt names; this takes a minute or two, once."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/$*.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/installed-$(RUN)
	$(BIN)/cqcrawler demo

# Many tests wait for a process or a clock, so that four of them keep two cores busy.
test: lint
	$(BIN)/python -m pytest -n 4 --dist worksteal $(PYTEST_ARGS)

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
		--no-header --extra site --extra parquet --extra editable \
		--output-file requirements/run.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --extra dev --output-file requirements/dev.txt
	uv pip compile pyproject.toml --resolution lowest-direct --python-version 3.11 \
		--generate-hashes --no-header --extra site --output-file requirements/oldest.txt

# Needs cyclonedx-py on PATH (PyPI: cyclonedx-bom).
sbom:
	mkdir -p dist
	cyclonedx-py requirements --pyproject pyproject.toml --output-file dist/sbom.cdx.json \
		requirements/run.txt

# Needs pip-audit on PATH. Strict, since a package that could not be asked about is not a safe one.
audit:
	pip-audit --strict --require-hashes --disable-pip -r requirements/run.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
