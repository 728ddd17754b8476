"""A real browser asks, reads the law's sentence, opens the citation. Run by `make browser` and in CI."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
QUESTION = "武汉的企业买科技保险有补助吗？"


def ask(page: Page, question: str) -> None:
    page.fill("textarea", question)
    page.keyboard.press("Enter")


def test_first_question_shows_sentence_citation_and_draft_notice(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.get_by_text("给予一定的保费补助").first).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="武汉 · 第五十八条").last).to_be_visible()
    expect(page.get_by_text("尚未生效").first).to_be_visible()


def test_a_citation_opens_the_whole_article_beside_the_answer(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="第二款").last.click(timeout=60_000)
    expect(page.get_by_role("button", name="第五十七条")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("支持设立科技保险专营机构").last).to_be_visible()


def test_nothing_scrolls_sideways_on_a_phone(page: Page) -> None:
    ask(page, "企业买科技保险有补助吗？三个城市有什么不同？")
    expect(page.get_by_role("button", name="洛阳 · 第三十九条").first).to_be_visible(timeout=60_000)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(800)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_markup_in_a_question_never_becomes_an_element(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='hit'\"> 武汉第58条写的什么")
    expect(page.get_by_text("给予一定的保费补助").first).to_be_visible(timeout=60_000)
    assert page.locator("img[src='x']").count() == 0
    assert page.title() != "hit"


def test_the_page_asks_nothing_of_the_outside(page: Page, page_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector("textarea", timeout=60_000)
    ask(page, QUESTION)
    expect(page.get_by_text("给予一定的保费补助").first).to_be_visible(timeout=60_000)
    outside = [u for u in asked if not u.startswith((page_url, "data:", "blob:", page_url.replace("http", "ws")))]
    assert outside == []
