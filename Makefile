# Each target needs no other first. PYTHON names the interpreter that makes .venv (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup chat test lint eval baseline bench browser model bundle try-bundle load lock clean

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新的版本(现在是 %s),可用 make PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q assistant evals fatiao law prompts records ui vectorstore
	@touch $(READY)

chat: $(READY)
	$(BIN)/fatiao ui

test: $(READY)
	$(BIN)/python -m pytest -m "not browser and not model and not bundle and not load"
	@echo "未运行：浏览器测试（需要 Chromium，用 make browser）、真实语言模型的测试（用 make model）、"
	@echo "　　　　离线安装包（用 make try-bundle）、压力测试（用 make load）"

browser: $(READY)
	$(BIN)/python -m pytest -m browser

model: $(READY)
	$(BIN)/python -m pytest -m model

# One archive that installs where there is no package index; then tried without a network (a few minutes each).
bundle: $(READY)
	$(BIN)/python deploy/bundle.py

try-bundle: bundle
	$(BIN)/python -m pytest -m bundle -s

# Twenty at once, then a thousand questions (ten minutes).
load: $(READY)
	$(BIN)/python -m pytest -m load -s

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The held-out set, compared case by case with what it gave last; `make baseline` takes the run over.
eval: $(READY)
	$(BIN)/fatiao eval --report report --baseline evals/baseline.json

baseline: $(READY)
	$(BIN)/python -m evals.baseline report

bench: $(READY)
	$(BIN)/python -m evals.bench --report report

lock: $(READY)
	$(BIN)/uv pip compile --universal --no-emit-index-url --python-version 3.11 --group dev pyproject.toml -o requirements.txt

clean:
	rm -rf .venv
