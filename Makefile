# Two commands: `make demo` and `make test`. Each works alone, from a bare clone, with Python 3.11 or later and pip.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint page docs lock clean

demo: $(VENV)/.installed
	$(BIN)/kg demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The page's scripts: types, lint, unit tests. Needs node and npm, which nothing else does.
page: node_modules/.installed
	npm run --silent check
	npm run --silent test

node_modules/.installed: package.json package-lock.json
	npm ci --silent --no-audit --no-fund
	touch $@

# pip refuses anything whose hash is not in a lock file: first what builds packages, then the packages, then kg itself.
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation

SUITABLE = import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit("kg needs Python 3.11, 3.12 or 3.13, and this is %d.%d: name another, as in “make demo PYTHON=python3.12”." % sys.version_info[:2])

$(VENV)/.builders: requirements-build.lock
	@$(PYTHON) -c '$(SUITABLE)'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-build.lock
	touch $@

$(VENV)/.installed: $(VENV)/.builders requirements.lock pyproject.toml
	test -e $(VENV)/.installed-dev || $(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.builders requirements-dev.lock pyproject.toml
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps -e .
	touch $@

# The picture of the ontology, the lists in its README, and its page; the table of questions with their rows on the samples.
docs: $(VENV)/.installed-dev
	$(BIN)/python ontology/document.py
	$(BIN)/python tests/bench/questions_table.py
	$(BIN)/python tests/bench/ontology_use.py
	$(BIN)/python tests/bench/turtle_page.py

# Exact versions and hashes of everything, for every Python that kg supports. Needs uv; pins stay where they still fit.
COMPILE = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet
lock:
	$(COMPILE) -o requirements.lock
	$(COMPILE) --all-extras -o requirements-dev.lock
	uv pip compile --group pyproject.toml:build $(wordlist 5,99,$(COMPILE)) -o requirements-build.lock
	uv pip compile --group pyproject.toml:peers -c requirements-dev.lock --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet -o requirements-peers.lock

clean:
	rm -rf $(VENV) node_modules build dist kg-out
