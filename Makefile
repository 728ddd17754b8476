# Each target needs no other first. PYTHON names the interpreter that makes .venv (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
RUNS := .venv/.runs
READY := .venv/.ready
WORKERS ?= 2
# What is slow by nature has a target of its own; .ci/run calls those it can.
QUICK := not browser and not model and not bundle and not load and not slow
# Where Python may not keep what it has compiled, each program that a test starts compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup chat test attack slow lint eval baseline bench browser model bundle try-bundle load clients vectors bench-start bench-page tour lock clean

setup: $(READY)

# What runs; then, for everything but `make chat`, what the tests need in addition.
$(RUNS): requirements.txt pyproject.toml deploy/environment.py
	$(PYTHON) deploy/environment.py .venv requirements.txt
	@touch $(RUNS)

$(READY): requirements.txt requirements-test.txt pyproject.toml deploy/environment.py
	$(PYTHON) deploy/environment.py .venv requirements.txt requirements-test.txt
	@touch $(RUNS) $(READY)

chat: $(RUNS)
	$(BIN)/fatiao ui

test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --durations 15 -m "$(QUICK)"
	@echo "未运行：慢的测试（make slow）、浏览器（要有 Chromium，make browser）、真实的语言模型（make model）、"
	@echo "　　　　离线安装包（make try-bundle）、压力（make load）"

slow: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m slow

# What an attacker or an accident would try: tests/security and tests/reliability alone.
attack: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile tests/security tests/reliability

browser: $(READY)
	$(BIN)/python -m pytest -m browser

model: $(READY)
	$(BIN)/python -m pytest -m model

# One archive that installs where there is no package index; then tried without a network (a few minutes each).
bundle: $(READY)
	$(BIN)/python deploy/bundle.py

try-bundle: bundle
	$(BIN)/python -m pytest -m bundle -s

# Other people's clients at the door, each in an environment of its own (the first run installs them).
clients: $(READY)
	$(BIN)/python docs/clients

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

# A large index is made once and kept in LARGE: make bench LARGE=/srv/bench ARTICLES=100000
LARGE ?= report/large
ARTICLES ?= 20000
bench: $(READY)
	$(BIN)/python -m evals.bench --report report --large $(LARGE) --articles $(ARTICLES)

# From an empty clone to the first answer in the page.
bench-start: $(READY)
	$(BIN)/python -m evals.bench.start

# The page in a real browser: first visit after a start, later visits, answers.
bench-page: $(READY)
	$(BIN)/python -m evals.bench.page

tour: $(READY)
	$(BIN)/python docs/tour.py

# The vectors that travel with the corpus, after its texts or the chunks have changed.
vectors: $(READY)
	$(BIN)/python -m vectorstore.shipped_vectors

# UPGRADE=1 takes the newest versions.
lock: $(READY)
	$(BIN)/python deploy/lock.py

clean:
	rm -rf .venv
