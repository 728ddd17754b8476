"""Errands of an official beside asking: reading, comparing, listing, checking, pasting; each at three sizes."""

import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, TimeoutError, expect
from test_stories import ask, chip, go

pytestmark = pytest.mark.browser
TOLD = "为做好立法计划，我委组织了走访，共收集意见132条。园区入驻企业三百家，场地租金偏高，人才流动频繁。"
DRAFT = (
    "一、根据《武汉市推进科技创新中心建设条例（草案征求意见稿）》第五十八条第二款，对科技创新企业购买纳入推荐目录的"
    "保险产品给予一定的保费补助。\n二、按照《洛阳市科学技术进步条例》第八十条，给予奖励。"
)


def saved(page: Page, button: str, folder: Path) -> io.BytesIO:
    # A button that is drawn anew under the mouse takes no click.
    still = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(still).to_be_visible(timeout=30_000)
    page.wait_for_timeout(500)  # a run that a table starts once it is drawn: a press that it meets is lost
    expect(still).to_be_visible(timeout=30_000)
    pressed = page.get_by_role("button", name=button, exact=True).last
    try:
        with page.expect_download(timeout=15_000) as downloading:
            pressed.click()
    except TimeoutError:  # a table drawn above it has moved it away under the mouse: it is pressed once more
        with page.expect_download() as downloading:
            pressed.click()
    downloading.value.save_as(folder / "saved")
    return io.BytesIO((folder / "saved").read_bytes())


def test_21_a_traditional_source_is_read_in_simplified_its_own_words_a_click_away(sized: Page) -> None:
    ask(sized, "洛阳的企业买科技保险有补助吗？")
    expect(sized.get_by_text("科学技术保险保费补助制度").first).to_be_visible()
    expect(sized.get_by_text("科學技術保險")).to_have_count(0)
    chip(sized, "洛阳 · 第三十九条第二款")
    sized.get_by_text("看来源原文").click()
    expect(sized.get_by_text("科學技術保險保費補助制度").first).to_be_visible(timeout=20_000)


def test_22_pointing_at_a_citation_reads_its_article(page: Page) -> None:
    ask(page, "武汉的企业买科技保险有补助吗？")
    page.get_by_role("button", name="打开 武汉 · 第五十八条第二款").hover()
    expect(page.locator(".tip")).to_contain_text("支持设立科技保险专营机构")


def test_23_at_200_percent_an_open_article_shows_its_number_to_its_end(page: Page) -> None:
    page.set_viewport_size({"width": 720, "height": 450})  # what a screen of 1440 × 900 shows then
    ask(page, "武汉第三十条")
    page.get_by_role("button", name="打开 武汉 · 第三十条").first.click()
    expect(page.get_by_role("button", name="复制全条")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="复制链接").scroll_into_view_if_needed()
    expect(page.get_by_text("武汉 · 第三十条【科创人才激励】").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="关闭")).to_be_in_viewport()


def test_24_a_pasted_report_is_asked_question_by_question(sized: Page, page_url: str, pictures: Path) -> None:
    pasted = TOLD * 50 + "请答复：（1）武汉的企业购买科技保险有没有补助？（2）洛阳的科研项目失败了能不能免责？"
    sized.fill("textarea", pasted)
    sized.keyboard.press("Enter")
    expect(sized.get_by_text("复制回答")).to_have_count(2, timeout=60_000)
    expect(sized.get_by_text(f"粘贴的文字有 {len(pasted)} 字，从中读出 2 个问题")).to_be_visible()
    expect(sized.get_by_role("button", name="打开 洛阳 · 第三十条").first).to_be_visible()
    sized.screenshot(path=str(pictures / f"24-pasted-{sized.viewport_size['width']}.png"))  # type: ignore[index]
    sized.goto(page_url)
    expect(sized.get_by_text("可以这样问")).to_be_visible(timeout=30_000)
    sized.fill("textarea", TOLD * 50)
    sized.keyboard.press("Enter")
    expect(sized.get_by_text(f"这段文字有 {len(TOLD) * 50} 字")).to_be_visible(timeout=30_000)


def test_25_a_law_is_read_through_by_its_contents_and_taken_away(sized: Page, tmp_path: Path) -> None:
    go(sized, "法规")
    sized.get_by_role("combobox", name="法规").click()
    sized.get_by_role("option", name="常州市科技创新促进条例").click()
    sized.get_by_role("button", name="第七章").first.click(timeout=30_000)
    expect(sized.locator("h2").filter(has_text="第七章")).to_be_in_viewport(timeout=10_000)
    sized.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1 } }")
    sized.get_by_role("button", name="打印").click()
    assert sized.evaluate("window.printed") == 1
    text = "\n".join(p.text for p in Document(saved(sized, "下载 Word", tmp_path)).paragraphs)
    assert "第七十六条" in text


def test_26_a_comparison_by_chapter_is_taken_away(sized: Page, tmp_path: Path) -> None:
    go(sized, "对照")
    sized.get_by_text("科技创新人才", exact=True).first.click()
    sized.get_by_text("整章对照").click(timeout=30_000)
    expect(sized.get_by_role("button", name="打开 第三十五条").first).to_be_visible(timeout=30_000)
    assert load_workbook(saved(sized, "下载 Excel", tmp_path)).worksheets[0].max_row > 8


def test_27_a_list_says_who_must_do_what_by_which_article(sized: Page, tmp_path: Path) -> None:
    go(sized, "清单")
    sized.get_by_label("谁", exact=True).fill("市科学技术主管部门")
    sized.keyboard.press("Enter")
    sized.wait_for_function("decodeURIComponent(location.search).includes('市科学技术主管部门')", timeout=30_000)
    expect(sized.get_by_text("项。依据")).to_be_visible(timeout=30_000)
    sheet = load_workbook(saved(sized, "下载 Excel", tmp_path)).worksheets[0]
    cells = [str(c.value) for row in sheet.iter_rows(min_row=4) for c in row]
    assert any("科学技术部门" in c for c in cells)
    assert not [c for c in cells if "部门:" in c or "應" in c]


def test_28_a_pasted_draft_is_checked_at_a_click(sized: Page, tmp_path: Path) -> None:
    go(sized, "核稿")
    sized.get_by_label("或粘贴文字").fill(DRAFT)
    sized.get_by_role("button", name="核对", exact=True).click()
    expect(sized.get_by_text("共 2 处引用，1 处无误，1 处要看")).to_be_visible(timeout=30_000)
    expect(sized.get_by_text("没有第八十条（共48条）")).to_be_visible()
    assert "没有第八十条" in saved(sized, "下载带批注的稿子", tmp_path).getvalue().decode()


def test_29_two_cities_are_no_two_versions(sized: Page) -> None:
    go(sized, "修订对照")
    expect(sized.get_by_text("请选同一部法规修改前后的两个文本")).to_be_visible(timeout=30_000)
    for label, title in (("修改前", "常州市科技创新促进条例"), ("修改后", "洛阳市科学技术进步条例")):
        sized.get_by_label(label, exact=True).click()
        sized.get_by_role("option", name=title).click()
        sized.wait_for_timeout(500)
    expect(sized.get_by_text("选的不是同一部法规的两个文本")).to_be_visible(timeout=30_000)
