# Two commands suffice: `make run` and `make test`. Needs Python >= 3.11 and make; the README shows Windows.
# The second start calls no pip: the stamps in .venv are newer than the files they depend on.

PYTHON ?= python3
PORT   ?= 8501
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
SQL    := src/metrics/store

.DEFAULT_GOAL := help
.PHONY: help run install install-dev test test-fast check lint format bench lock pictures clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install ## start the application: make run PORT=8599
	@exec $(BIN)/zukunftsplan serve --port $(PORT)

test: test-fast ## every test, with browser
	@$(BIN)/python -m pytest -m browser -n 2 --dist loadfile

test-fast: install-dev ## every test but those in the browser, on all cores
	@$(BIN)/python -m pytest -m "not browser" -n auto

check: lint ## style, types, import contracts, SQL, catalogues
	@$(BIN)/python -m pytest -q tests/architecture tests/locale

lint: install-dev ## what is checked without running a test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint --processes 0 --disable-progress-bar $(SQL)

format: install-dev ## put Python and SQL into the common form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --processes 0 --disable-progress-bar $(SQL)

bench: install-dev ## the figures of the README
	@$(BIN)/python -m benchmarks

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
lock: install-dev ## compile the pinned requirements from pyproject.toml: make lock UPGRADE=--upgrade
	@$(COMPILE) $(UPGRADE) --extra build pyproject.toml --output-file requirements.txt
	@$(COMPILE) $(UPGRADE) --extra build --extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt

pictures: install-dev ## the handbook's pictures, from the running app
	@ZUKUNFTSPLAN_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/test_pictures.py tests/browser/test_pictures_of_papers.py

clean: ## remove what make has made; the database stays
	@rm -rf $(VENV) build dist test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------------------------------
install: $(VENV)/.package
install-dev: $(VENV)/.requirements-dev $(VENV)/.package

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zukunftsplan braucht Python 3.11 oder neuer, gefunden: " + sys.version.split()[0] + ". Anderes Python: make run PYTHON=python3.12")'
	@echo "Umgebung wird angelegt (einmalig) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.requirements: requirements.txt | $(VENV)/pyvenv.cfg
	@echo "Bibliotheken werden installiert ..."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.requirements-dev: requirements-dev.txt | $(VENV)/.requirements
	@echo "Werkzeuge werden installiert ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

# No build isolation: the build tool stands hash-pinned in requirements.txt.
$(VENV)/.package: pyproject.toml $(VENV)/.requirements
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@
