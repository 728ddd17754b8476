"""More of a working day: what is lost by nobody, what leaves the page, a text added while others look on."""

import io
from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect
from test_stories import QUESTION, ask, chip, go, menu

pytestmark = pytest.mark.browser
Look = Callable[[str], None]
COMPARED = "企业买科技保险有补助吗？三个城市有什么不同？"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def shut(page: Page) -> None:
    """What a phone lays over the page goes away."""
    if page.viewport_size and page.viewport_size["width"] < 600:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        page.wait_for_timeout(400)


def top_of(button: Locator) -> float:
    box = button.bounding_box()
    assert box
    return box["y"]


def test_11_the_first_line_answers_for_each_city(sized: Page) -> None:
    ask(sized, COMPARED)
    for line in ("常州市：没有补助的规定", "洛阳市（后经修正）：", "武汉市（草案）：有"):
        expect(sized.get_by_text(line).first).to_be_visible()


def test_12_what_was_deleted_says_so_first_in_what_is_copied_and_in_word(sized: Page, tmp_path: Path) -> None:
    ask(sized, "洛阳第十三条还有效吗")
    expect(sized.get_by_text("洛阳市：第十三条已删去（2019年）").first).to_be_visible()
    sized.get_by_role("button", name="复制回答").last.click()
    expect(sized.get_by_text("已复制").first).to_be_visible()
    copied = sized.evaluate("navigator.clipboard.readText()")
    assert "已删去（2019年）" in copied.partition("\n")[0]
    assert "*" not in copied
    with sized.expect_download() as downloading:
        sized.get_by_role("button", name="下载 Word", exact=True).last.click()
    downloading.value.save_as(tmp_path / "deleted.docx")
    said = [p.text for p in Document(io.BytesIO((tmp_path / "deleted.docx").read_bytes())).paragraphs]
    assert any("第十三条已删去（2019年）" in one for one in said[:6])


def test_13_escape_and_back_close_an_article_and_the_place_is_kept(sized: Page) -> None:
    ask(sized, COMPARED)
    button = sized.get_by_role("button", name="打开 洛阳 · 第三十九条第二款").first
    chip(sized, "洛阳 · 第三十九条第二款")
    expect(sized.get_by_text("洛阳 · 第三十九条", exact=True).first).to_be_visible()
    sized.wait_for_timeout(1_000)
    before = top_of(button)
    sized.keyboard.press("Escape")
    expect(sized.get_by_role("button", name="复制全条")).to_have_count(0, timeout=10_000)
    sized.wait_for_timeout(2_800)  # for so long the page holds what was clicked in its place
    assert abs(top_of(button) - before) < 40
    chip(sized, "洛阳 · 第三十九条第二款")
    sized.go_back()
    expect(sized.get_by_role("button", name="复制全条")).to_have_count(0, timeout=10_000)


def test_14_reloading_keeps_the_conversation_and_the_filter(sized: Page) -> None:
    menu(sized)
    sized.get_by_role("button", name="武汉市").first.click()
    shut(sized)
    ask(sized, "企业买科技保险有补助吗？")
    assert "talk=" in sized.url
    sized.reload()
    expect(sized.get_by_role("button", name="打开 武汉 · 第五十八条第二款").first).to_be_visible(timeout=60_000)
    ask(sized, "知识产权保护有什么规定")
    expect(sized.get_by_role("button", name="打开 常州").first).to_have_count(0)


def test_15_a_search_and_a_comparison_have_an_address(sized: Page) -> None:
    go(sized, "法规")
    sized.get_by_label("词语或条号").fill("保费补助")
    sized.keyboard.press("Enter")
    expect(sized.get_by_role("button", name="打开 洛阳 · 第三十九条")).to_be_visible(timeout=30_000)
    sized.reload()
    expect(sized.get_by_role("button", name="打开 洛阳 · 第三十九条")).to_be_visible(timeout=60_000)
    go(sized, "对照")
    sized.get_by_label("事项").fill("科技保险")
    sized.keyboard.press("Enter")
    expect(sized.get_by_role("button", name="打开 第五十八条").first).to_be_visible(timeout=30_000)
    sized.reload()
    expect(sized.get_by_role("button", name="打开 第五十八条").first).to_be_visible(timeout=60_000)


def test_16_a_question_is_put_otherwise_and_asked_again(sized: Page) -> None:
    ask(sized, QUESTION)
    sized.get_by_role("button", name="改一改再问").last.click()
    sized.get_by_label("问题", exact=True).fill("洛阳的企业买科技保险有补助吗？")
    sized.get_by_role("button", name="再问", exact=True).click()
    expect(sized.get_by_role("button", name="打开 洛阳 · 第三十九条第二款").first).to_be_visible(timeout=60_000)


def test_17_one_answer_leaves_as_word(sized: Page, tmp_path: Path) -> None:
    ask(sized, COMPARED)
    with sized.expect_download() as downloading:
        sized.get_by_role("button", name="下载 Word", exact=True).last.click()
    target = tmp_path / "one.docx"
    downloading.value.save_as(target)
    made = Document(io.BytesIO(target.read_bytes()))
    assert len(made.tables) == 1
    assert any("附　所引条文全文" in p.text for p in made.paragraphs)


def test_18_what_comes_next_is_asked_as_an_office_would(sized: Page) -> None:
    ask(sized, QUESTION)
    sized.get_by_role("button", name="常州市、洛阳市对科技保险分别怎么规定？").click()
    expect(sized.get_by_role("button", name="打开 洛阳 · 第三十九条第二款").first).to_be_visible(timeout=60_000)


def test_19_on_paper_nothing_is_left_to_click(sized: Page, pictures: Path) -> None:
    ask(sized, QUESTION)
    sized.emulate_media(media="print")
    for hidden in ("[data-testid=stSidebar]", "[data-testid=stChatInput]", "[data-testid=stPopover]"):
        expect(sized.locator(hidden).first).to_be_hidden()
    expect(sized.get_by_text("给予一定的保费补助").first).to_be_visible()
    sized.screenshot(path=str(pictures / "19-print.png"), full_page=True)
    sized.emulate_media(media="screen")


def test_20_a_text_is_added_corrected_asked_and_removed_while_another_looks_on(
    page: Page, page_url: str, tmp_path: Path, look: Look
) -> None:
    made = Document()
    made.add_heading("宜兴市夜间图书馆促进条例", 0)
    made.add_paragraph("（2024年3月2日无锡市第十七届人民代表大会常务委员会第十次会议通过）")
    for line in ("第一条 为了促进夜间图书馆发展，制定本条例。", "第二条 市人民政府应当对夜间开放的图书馆给予电费补贴。",
                 "第三条 本条例自2024年5月1日起施行。"):  # fmt: skip
        made.add_paragraph(line)
    file = tmp_path / "夜间图书馆.docx"
    made.save(file)
    other = page.context.new_page()
    other.goto(page_url)
    other.wait_for_selector("textarea", timeout=60_000)
    go(page, "收录")
    page.set_input_files("input[type=file]", file)
    city = page.get_by_label("城市或省份")
    expect(city).to_have_value("宜兴市", timeout=60_000)
    city.fill("无锡市")
    city.press("Enter")
    look("20-review")
    page.get_by_role("button", name="确认并收录").click()
    expect(page.get_by_text("现在就可以提问")).to_be_visible(timeout=120_000)
    ask(other, "无锡的夜间图书馆有电费补贴吗？")
    expect(other.get_by_role("button", name="打开 无锡 · 第二条").first).to_be_visible()
    page.get_by_role("link", name="对话", exact=True).click()
    page.wait_for_selector("textarea")
    ask(page, "无锡的夜间图书馆有电费补贴吗？")
    expect(page.get_by_role("button", name="打开 无锡 · 第二条").first).to_be_visible()
    go(page, "收录")
    page.get_by_role("button", name="移除", exact=True).click()
    page.get_by_role("button", name="确定移除").click()
    expect(page.get_by_text("已移除《").first).to_be_visible(timeout=120_000)
    ask(other, "无锡的夜间图书馆可以申请电费补贴吗？")
    expect(other.get_by_text("没有收录无锡").first).to_be_visible()
    other.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(page: Page, page_url: str, colours: str) -> None:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    ask(page, COMPARED)
    chip(page, "洛阳 · 第三十九条第二款")
    found = {"对话": serious(page)}
    for name in ("regulations", "comparison?compare-matter=科技保险", "changes", "lists", "checking", "past",
                 "holdings", "admin"):  # fmt: skip
        page.goto(f"{page_url}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
        page.wait_for_timeout(1_500)
        found[name] = serious(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def serious(page: Page) -> list[str]:
    """What axe-core calls serious or critical; it must have looked at something."""
    page.evaluate(AXE)
    passed, wrong = page.evaluate(
        "async () => { const r = await axe.run(); return [r.passes.length, r.violations"
        ".filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ' ' + v.nodes[0].html)]; }"
    )
    assert passed > 10
    return [str(one)[:200] for one in wrong]
