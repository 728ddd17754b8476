"""The page with a model that writes slowly: steps, sentences as they come, a stop, citations in the sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_support import served
from playwright.sync_api import Browser, Page, expect

from evals.servers.model_server import ModelRequest, ModelServer, Reply

pytestmark = pytest.mark.browser
QUESTION = "武汉的企业买科技保险有补助吗？"
SECOND = "对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。"


def slowly(asked: ModelRequest) -> Reply:
    """Each sentence with the mark of the article that holds its words."""
    mark = next((m for m, words in asked.marks.items() if "纳入推荐目录" in words), "A1")
    return Reply(f"探索建立科技保险产品推荐机制。[{mark}]{SECOND}[{mark}]", wait=0.5, pause=0.4, size=4)


@pytest.fixture
def model_page(chromium: Browser, page_data: Path, tmp_path: Path) -> Iterator[Page]:
    with (
        ModelServer(slowly) as model,
        served(
            tmp_path, page_data, FATIAO_MODEL="slow-model", OPENAI_BASE_URL=model.url, OPENAI_API_KEY="k-test"
        ) as url,
    ):
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector("textarea", timeout=120_000)
        yield page
        context.close()


def test_a_slow_answer_is_stopped_kept_and_asked_again(model_page: Page, pictures: Path) -> None:
    page = model_page
    prose = page.get_by_test_id("stMarkdown").get_by_text("探索建立科技保险产品推荐机制").first  # the quotes say so too
    expect(page.get_by_text("作答：slow-model")).to_be_visible()
    page.fill("textarea", QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_text("检索 ✓")).to_be_visible(timeout=60_000)
    expect(prose).to_be_visible(timeout=30_000)
    expect(page.get_by_text("可以这样问")).to_have_count(0)
    expect(page.get_by_text("模型据以撰写的条文")).to_be_visible()
    expect(page.get_by_role("button", name="打开 武汉 · 第五十八条第二款")).to_be_visible()
    page.screenshot(path=str(pictures / "model-at-work.png"))
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_text("已停止")).to_be_visible(timeout=10_000)
    expect(prose).to_be_visible()
    page.screenshot(path=str(pictures / "model-stopped.png"))
    page.get_by_role("button", name="再问一次").click()
    expect(page.get_by_text("复制回答")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("已停止")).to_be_visible()
    sentence = page.locator("p").filter(has_text=SECOND.rstrip("。"))
    expect(sentence.get_by_role("button", name="打开 武汉 · 第五十八条").first).to_be_visible()
    page.screenshot(path=str(pictures / "model-answer.png"))


def test_a_second_question_and_the_way_to_stop_it_stay_in_sight_and_reloading_goes_on_with_it(model_page: Page) -> None:
    page = model_page
    page.fill("textarea", QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_text("复制回答")).to_be_visible(timeout=60_000)
    page.fill("textarea", "那洛阳呢？")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="停止")).to_be_in_viewport(timeout=30_000)
    expect(page.get_by_test_id("stChatMessage").filter(has_text="那洛阳呢？")).to_be_in_viewport()
    page.reload()
    expect(page.get_by_text("复制回答")).to_have_count(2, timeout=60_000)


def test_an_answer_is_asked_again_without_the_model_and_with_it(model_page: Page, pictures: Path) -> None:
    page, prose = model_page, model_page.get_by_text("由语言模型「slow-model」撰写")
    page.fill("textarea", QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_text("复制回答")).to_have_count(1, timeout=60_000)
    expect(prose).to_have_count(1)
    page.get_by_role("button", name="不用模型再问").click()
    expect(page.get_by_text("复制回答")).to_have_count(2, timeout=60_000)
    expect(page.get_by_text("这次没有用语言模型")).to_have_count(1)
    expect(prose).to_have_count(1)
    page.screenshot(path=str(pictures / "model-not-used.png"))
    page.reload()
    expect(page.get_by_text("这次没有用语言模型")).to_have_count(1, timeout=60_000)
    page.get_by_role("button", name="用模型再问", exact=True).click()
    expect(page.get_by_text("复制回答")).to_have_count(3, timeout=60_000)
    expect(prose).to_have_count(2)
