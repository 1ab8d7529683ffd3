# Everything runs in .venv, which is made on first use. Paths are relative: the checkout may lie
# anywhere, also under a name with spaces.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint bench docs answers notebook web editor check clean venv

PYTHON ?=
CASES  ?= 2000
CANDIDATES := $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11 python3.14)

STAMP   := .venv/.installed
WEB     := tests/web/node_modules/.installed
EDITOR  := src/es_lod/server/page/editor/node_modules/.installed
VENV_PY := .venv/bin/python
ES_LOD  := .venv/bin/es-lod
EXAMPLE := examples/wizyta-studyjna-tarnow-2018.yaml

help: ## list the targets
	@echo 'es-lod: Linked Open Data for the Polish social economy'
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1	\2/p' Makefile
	@echo 'Another Python (3.11 or later): make PYTHON=/path/to/python3 run'

run: $(STAMP) ## map the example to Turtle, then validate it
	@echo '$$ es-lod map $(EXAMPLE)'
	@turtle=$$($(ES_LOD) map $(EXAMPLE)) || exit; \
	printf '%s\n' "$$turtle" | sed -n '1,25p'; \
	echo "… ($$(printf '%s\n' "$$turtle" | wc -l | tr -d ' ') lines in all)"
	@echo
	@echo '$$ es-lod validate $(EXAMPLE)'
	@$(ES_LOD) validate $(EXAMPLE)

# A file of tests stays in one process: what its tests share is made once.
test: $(STAMP) ## run all tests, on all cores
	@$(VENV_PY) -m pytest -n auto --dist loadfile

lint: $(STAMP) ## check style, format and types
	@$(VENV_PY) -m ruff check
	@$(VENV_PY) -m ruff format --check
	@$(VENV_PY) -m mypy --strict src

# A script a step; CASES=20000 gives the figures of benchmarks/README.md, in many times as long.
bench: $(STAMP) ## measure es-lod beside its peers (minutes); CASES=20000 for the kept figures
	@for step in map validate query publish startup; do \
	    echo; echo "$$step:"; \
	    $(VENV_PY) benchmarks/$$step.py --cases $(CASES) || exit; \
	done
	@[ $(CASES) -lt 20000 ] || { \
	    $(VENV_PY) benchmarks/growth.py --cases $$(($(CASES) / 10)) && \
	    $(VENV_PY) benchmarks/report.py && $(VENV_PY) benchmarks/plot.py; }

docs: $(STAMP) ## write the reference pages anew
	@$(VENV_PY) -m es_lod.reference docs

answers: $(STAMP) ## write the expected answers of the named queries anew
	@for query in examples/queries/*.rq; do \
	    name=$$(basename "$$query" .rq); \
	    $(ES_LOD) query examples "$$name" --format csv > "tests/answers/$$name.csv" || exit; \
	done

notebook: $(STAMP) ## run the notebook of the examples anew
	@$(VENV_PY) tests/notebooks.py examples/python/network.ipynb

web: $(WEB) $(EDITOR) ## install from npm what judges pages and graph, and what the editor is made of

editor: $(EDITOR) ## bundle the editor of the query page anew
	@node src/es_lod/server/page/editor/build.mjs

check: lint test ## all of it

clean: ## remove .venv, caches and builds
	@rm -rf .venv benchmarks/.data benchmarks/.peers tests/web/node_modules src/es_lod/server/page/editor/node_modules build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find benchmarks examples src tests -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

venv: $(STAMP)

# A test that misses one of them is skipped, and says so. No script of a package is run.
$(WEB) $(EDITOR): %/node_modules/.installed: %/package.json
	@npm install --prefix $* --no-package-lock --ignore-scripts --no-audit --no-fund --silent && \
	touch $@

# The first candidate that is new enough and can make a virtual environment is taken. It is run, not
# only looked up: a version manager may offer a command that then fails.
$(STAMP): pyproject.toml
	@found=; refused=; incomplete=; short=; \
	for candidate in $(CANDIDATES); do \
	    version=$$("$$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || version=; \
	    if [ -z "$$version" ]; then \
	        [ -z "$(PYTHON)" ] || refused="  $$candidate cannot be run"; \
	    elif ! "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	        refused="$$refused  $$candidate is Python $$version, too old"; \
	    elif ! "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then \
	        incomplete=$${incomplete:-$$candidate}; short=$${short:-$${version%.*}}; \
	    else \
	        found=$$candidate; break; \
	    fi; \
	done; \
	if [ -z "$$found" ] && [ -n "$$incomplete" ]; then \
	    { echo "$$incomplete (Python $$short) cannot make virtual environments: ensurepip or venv is missing."; \
	      echo "  Debian, Ubuntu:  apt-get install python3-venv    (or python$$short-venv)"; \
	      echo "  Fedora:          dnf install python3-libs python3-pip    (or python$$short)"; } >&2; \
	    exit 1; \
	elif [ -z "$$found" ]; then \
	    { echo 'es-lod needs Python 3.11 or later, and none was found.'; \
	      [ -z "$$refused" ] || echo "$$refused"; \
	      echo '  Install one, or name it: make PYTHON=/path/to/python3.12 run'; } >&2; \
	    exit 1; \
	fi; \
	if [ -z "$(PYTHON)" ] && \
	    $(VENV_PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo 'Updating .venv' >&2; \
	else \
	    echo "Making .venv with Python $$version: about a minute" >&2; \
	    "$$found" -m venv --clear .venv || exit; \
	fi; \
	$(VENV_PY) -m pip install --quiet --disable-pip-version-check --no-input --editable '.[dev,serve]' && \
	touch $@
