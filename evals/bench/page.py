"""`python -m evals.bench.page`: the page in a real browser, from a start to answers; exit 1 where a limit is not kept.

Needs Chromium and playwright, and the index of the settings, of which it serves a copy: its questions are not recorded.
Times are of the wall, so a busy machine shows in them; the load is printed beside them.
"""

import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import load_settings
from evals.bench.questions import PLAIN
from evals.bench.rows import BenchRow, p50, say
from evals.servers.serving import serving_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

#: Seconds: the first visit after a start, the first paint of a later one, an answer shown.
LIMIT_FIRST, LIMIT_PAINT, LIMIT_ANSWER = 3.0, 1.0, 1.5
#: Later visits, and questions after the first.
VISITS, QUESTIONS = 5, 4
#: Seconds between the start and the first visit: nobody has the page open the moment that it answers.
PAUSE = 5
_ROOT = Path(__file__).resolve().parents[2]
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
#: Milliseconds; when the first text or picture of a visit was painted: 「正在打开」, until the page can be drawn. How
#: long that stands there says the row beside it.
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
#: An answer stands there: its quote or its refusal can be read, and nothing is being worked out any more.
_SHOWN = '[data-testid="stChatMessage"] .quote, [data-testid="stChatMessage"] [data-testid="stAlert"]'
_LONGEST = 60_000


def page() -> list[BenchRow]:
    """A start, the first visit, later visits, the first question, later ones."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        data = Path(name) / "data"
        shutil.copytree(load_settings().data_dir, data, ignore=shutil.ignore_patterns("records*"))
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        with serving_page(FATIAO_DATA_DIR=str(data), FATIAO_DATABASE_URL="") as served:
            url = served.url
            time.sleep(PAUSE)
            context = browser.new_context(locale="zh-CN")
            first = _visit(context, url)
            visits = [_visit(context, url) for _ in range(VISITS)]
            answers = [_answer(browser, url, q) for q in PLAIN[: 1 + QUESTIONS]]
        browser.close()
    return [
        BenchRow(f"启动 {PAUSE} 秒后第一次打开 → 可以提问", first.ready, LIMIT_FIRST, "秒"),
        BenchRow(f"此后打开 → 首次绘制，{VISITS} 次的中位", p50([v.paint for v in visits]), LIMIT_PAINT, "秒"),
        BenchRow(f"此后打开 → 可以提问，{VISITS} 次的中位", p50([v.ready for v in visits]), unit="秒"),
        BenchRow("启动后第一问 → 看到回答", answers[0], LIMIT_ANSWER, "秒"),
        BenchRow(f"此后提问 → 看到回答，{QUESTIONS} 问的中位", p50(answers[1:]), LIMIT_ANSWER, "秒"),
        BenchRow(f"此后提问 → 看到回答，{QUESTIONS} 问中最慢", max(answers[1:]), unit="秒"),
        BenchRow(f"机器此时的负荷（{os.cpu_count()} 核，一分钟平均）", os.getloadavg()[0]),
    ]


@dataclass(frozen=True, slots=True)
class _Visit:
    """Seconds of one visit until something was painted, and until a question could be typed."""

    paint: float
    ready: float


def _visit(context: "BrowserContext", url: str) -> _Visit:
    opened = context.new_page()
    began = time.perf_counter()
    _open(opened, url)
    ready = time.perf_counter() - began
    paint = float(opened.evaluate(_PAINTED)) / 1000
    opened.close()
    return _Visit(paint, ready)


def _open(opened: "Page", url: str) -> None:
    opened.goto(url)
    opened.wait_for_selector("textarea:enabled", timeout=_LONGEST)


def _answer(browser: "Browser", url: str, question: str) -> float:
    """Seconds from Enter until the answer is there, in a conversation of its own."""
    context = browser.new_context(locale="zh-CN")
    opened = context.new_page()
    _open(opened, url)
    opened.locator("textarea").first.fill(question)
    began = time.perf_counter()
    opened.keyboard.press("Enter")
    opened.wait_for_selector(_SHOWN, timeout=_LONGEST)
    took = time.perf_counter() - began
    context.close()
    return took


if __name__ == "__main__":
    rows = page()
    say(rows)
    sys.exit(0 if all(row.ok for row in rows) else 1)
