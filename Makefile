# `make demo` and `make test` set everything up first; they need Python 3.11+, make and the
# package registries the first time, and no network after that.

PYTHON ?= python3
BIN := .venv/bin
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml

HELM_VERSION := v3.22.0

.PHONY: help helm setup demo test test-attachments test-borders test-compose test-linear test-chaos lint types lock audit digests sbom warc schemas screenshots clean

help:
	@echo "make demo          the whole pipeline on this machine, from the bundled archive"
	@echo "make test          all tests"
	@echo "make test-compose  the compose stack, against the bundled archive (needs Docker)"
	@echo "make test-linear   how the work of readers grows with a page; takes minutes"
	@echo "make test-chaos    kills, network cuts and hostile input; takes many minutes"
	@echo "make test-borders test-attachments  20,000 forged messages, 5,000 damaged attachments"
	@echo "make helm          helm, which the chart's tests need (needs Go)"
	@echo "make lint types    ruff, import rules, squawk, mypy"
	@echo "make lock          pin the dependencies again (needs uv)"
	@echo "make audit         known vulnerabilities of the pinned dependencies"
	@echo "make digests       deploy/docker/digests.yml: every image by digest (needs Docker and registries)"
	@echo "make sbom          build/sbom.cdx.json: packages and their licences (CycloneDX)"
	@echo "make warc          the bundled archive, from the pages in seeds/pages"
	@echo "make screenshots   the pictures in docs/screenshots (needs chromium)"
	@echo "make schemas       docs/events, docs/settings.md, docs/metrics.md and the alerts, from the code"
	@echo "make clean         remove what make setup and builds made; never var, which holds the data"

setup: .venv/ready

.venv/ready: requirements-dev.lock pyproject.toml deploy/local/jgo.lock.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"Python 3.11 or later is needed, this is " + sys.version.split()[0] + ": make PYTHON=...")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m deploy.local.packages requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m deploy.local.install
	@touch $@

demo: setup
	@$(BIN)/mofcom up --once --bundled

# Three at a time on two cores: half of the time is waiting for servers and programs.
test: setup
	$(BIN)/pytest -n 3 --no-loadscope-reorder

# For the tests of the chart, where Go is; without helm they are skipped.
helm: setup
	GOBIN=$(abspath $(BIN)) go install helm.sh/helm/v3/cmd/helm@$(HELM_VERSION)

test-compose: setup
	$(BIN)/pytest -m "compose and not chaos" tests/compose

# 20,000 forged events, answers and files before each service; `make test` sends 1,500.
test-borders: setup
	FORGERIES=20000 $(BIN)/pytest tests/borders

# 5,000 damaged attachments; `make test` reads 300.
test-attachments: setup
	MUTATIONS=5000 $(BIN)/pytest tests/services/parser/attachments

# How the work of readers and translator grows when a text doubles.
test-linear: setup
	$(BIN)/pytest -m linear tests/linear

test-chaos: setup
	$(BIN)/pytest -m chaos tests/chaos tests/compose

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/squawk deploy/postgres/tables/*.sql

types: setup
	$(BIN)/mypy .

lock:
	$(LOCK) --extra local --extra dev -o requirements-dev.lock
	$(LOCK) --extra client --constraint requirements-dev.lock -o requirements-client.lock
	$(LOCK) --constraint requirements-dev.lock -o requirements.lock

# Strict: a package that cannot be checked is an error. Exits 2 where no advisories can be had, and says so.
audit: setup
	$(PYTHON) -m venv build/pip-audit
	build/pip-audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	$(BIN)/python -m deploy.audit build/pip-audit/bin/pip-audit requirements-dev.lock

# The images of docker-compose.yml and of the Dockerfile, as their registries have them now.
digests: setup
	$(BIN)/python -m deploy.docker.digests

# CycloneDX, with the licence of each package of .venv: those of the images, and those of tests.
sbom: setup
	$(PYTHON) -m venv build/cyclonedx
	build/cyclonedx/bin/pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	build/cyclonedx/bin/cyclonedx-py environment --output-reproducible --of JSON -o build/sbom.cdx.json $(BIN)/python

warc: setup
	$(BIN)/python -m seeds.make_warc

schemas: setup
	$(BIN)/python -m docs.events.export
	$(BIN)/python -m docs.settings
	$(BIN)/python -m docs.metrics
	$(BIN)/python -m docs.alerts

# Of the demo's console; by chromium, as the tests of its pages.
screenshots: setup
	$(BIN)/python -m docs.screenshots

# Not var, which has the database, the page bodies and the requests that are not done.
clean:
	rm -rf .venv build dist
