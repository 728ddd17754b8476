"""The evaluation's report in a real browser: it opens by itself and fetches nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant import Answer, Assistant
from evals import Case, Gold, evaluate
from evals.reporting.report import write_report

pytestmark = pytest.mark.browser


def test_a_failed_case_unfolds_and_nothing_is_fetched(chromium: Browser, helper: Assistant, tmp_path: Path) -> None:
    def ask(question: str, **rest: object) -> Answer:
        return replace(helper.ask(question), citations=helper.ask("武汉第二十条").citations)

    cases = [Case("1", "lookup", "常州第二十条", gold=(Gold("常州", 20),))]
    write_report(tmp_path, evaluate(ask, cases, regulations=helper.regulations()))
    page = chromium.new_page(viewport={"width": 1200, "height": 900}, locale="zh-CN")
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    address = (tmp_path / "report.html").as_uri()
    page.goto(address)
    why = page.get_by_text("检索到")
    assert not why.is_visible()
    page.get_by_text("常州第二十条").first.click()
    assert why.is_visible()
    assert page.locator("svg").first.bounding_box()["height"] > 50
    for width in (1200, 700):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
    assert heard == [address]
    page.close()
