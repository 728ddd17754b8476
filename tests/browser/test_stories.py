"""Ten stories of a working day, each walked through at three sizes in a real browser, each leaving pictures."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant import Assistant

pytestmark = pytest.mark.browser
QUESTION = "武汉的企业买科技保险有补助吗？"
Look = Callable[[str], None]


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the answer stands in its final form."""
    before = page.get_by_text("复制回答").count()
    page.fill("textarea", question)
    page.keyboard.press("Enter")
    expect(page.get_by_text("复制回答")).to_have_count(before + 1, timeout=60_000)


def go(page: Page, name: str) -> None:
    """To a page by its link, which a phone has behind 菜单."""
    menu(page)
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=30_000)
    page.wait_for_timeout(500)


def menu(page: Page) -> None:
    """Open what stands beside the page, where it is shut."""
    shut = page.get_by_test_id("stExpandSidebarButton")
    for _ in range(3):  # a page that has just come shuts it once more
        if shut.is_visible():
            shut.click()
            page.wait_for_timeout(400)


def chip(page: Page, label: str) -> None:
    page.get_by_role("button", name=f"打开 {label}", exact=True).last.click()
    expect(page.get_by_role("button", name="复制全条")).to_be_visible(timeout=30_000)


def test_1_first_question(sized: Page, look: Look) -> None:
    expect(sized.get_by_text("洛阳市科学技术进步条例").first).to_be_visible()
    look("1-first-screen")
    sized.get_by_role("button", name=f"查规定 {QUESTION}").click()
    expect(sized.get_by_text("给予一定的保费补助").first).to_be_visible(timeout=60_000)
    expect(sized.get_by_role("button", name="打开 武汉 · 第五十八条第二款")).to_be_visible()
    expect(sized.get_by_text("尚未生效").first).to_be_visible()
    look("1-first-question")


def test_2_everyday_words(sized: Page, look: Look) -> None:
    ask(sized, "老师搞出来的成果，学校能分给他本人吗？洛阳怎么规定？")
    expect(sized.get_by_role("button", name="打开 洛阳").first).to_be_visible()
    look("2-everyday-words")


def test_3_comparison(sized: Page, look: Look) -> None:
    ask(sized, "企业买科技保险有补助吗？三个城市有什么不同？")
    for city in ("常州市", "洛阳市", "武汉市"):
        row = sized.get_by_role("row").filter(has=sized.get_by_role("rowheader", name=city))
        expect(row.get_by_role("button", name="打开").first).to_be_visible()
    look("3-comparison")


def test_4_look_up(sized: Page, look: Look) -> None:
    ask(sized, "常州条例第二十条第三款怎么写的？")
    expect(sized.get_by_role("button", name="打开 常州 · 第二十条第三款")).to_be_visible()
    look("4-look-up")


def test_5_refusal(sized: Page, look: Look) -> None:
    ask(sized, "武汉科技保险的补助比例是百分之几？")
    expect(sized.get_by_text("没有写明所问的").first).to_be_visible()
    near = sized.get_by_text("相近的条文（不是答案）")
    expect(near).to_be_visible()
    look("5-refusal")
    near.get_by_role("button").first.click()
    expect(sized.get_by_role("button", name="复制全条")).to_be_visible(timeout=30_000)


def test_6_follow_up(sized: Page, look: Look) -> None:
    ask(sized, QUESTION)
    ask(sized, "换成洛阳呢？")
    expect(sized.get_by_text("理解为：洛阳市企业买科技保险有补助吗")).to_be_visible()
    expect(sized.get_by_role("button", name="打开 武汉 · 第五十八条第二款")).to_be_visible()
    expect(sized.get_by_role("button", name="打开 洛阳 · 第三十九条第二款")).to_be_visible()
    look("6-follow-up")


def test_two_readings_are_chosen_by_a_click(sized: Page, look: Look) -> None:
    ask(sized, "常州科技计划项目经费管理由谁建立机制？")
    ask(sized, "那个部门还要做哪些事？")
    expect(sized.get_by_text("您问的是哪一个？")).to_be_visible()
    look("6-two-readings")
    sized.get_by_role("button", name="常州市财政部门要做哪些事?").click()
    expect(sized.get_by_text("复制回答")).to_have_count(3, timeout=60_000)
    expect(sized.get_by_role("button", name="打开 常州 · 第二十六条").last).to_be_visible()
    expect(sized.get_by_text("您问的是哪一个？")).to_have_count(0)


def test_7_open_a_citation(sized: Page, look: Look) -> None:
    ask(sized, QUESTION)
    chip(sized, "武汉 · 第五十八条第二款")
    expect(sized.locator("mark")).to_contain_text(["给予一定的保费补助"])
    expect(sized.locator("mark")).to_have_count(1)
    expect(sized.get_by_role("button", name="第五十七条")).to_be_visible()
    sized.get_by_role("button", name="复制第二款").click()
    expect(sized.get_by_text("已复制")).to_be_visible()
    copied = sized.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("《武汉市推进科技创新中心建设条例（草案征求意见稿）》第五十八条第二款\n探索建立")
    sized.get_by_role("button", name="第五十七条").click()
    expect(sized.get_by_role("heading", name="第五十七条")).to_be_visible()
    sized.get_by_role("button", name="第五十八条 ›").click()
    sized.get_by_role("button", name="关闭").click()  # on a phone it lies over the answer
    expect(sized.get_by_role("button", name="复制全条")).to_have_count(0, timeout=10_000)
    chip(sized, "武汉 · 第五十八条第二款")
    look("7-citation")


def test_8_send_a_link(sized: Page, page_url: str, look: Look) -> None:
    go(sized, "法规")
    sized.get_by_label("词语或条号").fill("保费补助")
    sized.keyboard.press("Enter")
    sized.get_by_role("button", name="打开 洛阳 · 第三十九条").click(timeout=30_000)
    sized.get_by_role("button", name="复制链接").click()
    link = sized.evaluate("navigator.clipboard.readText()")
    assert link == f"{page_url}/?article=luoyang/39"
    look("8-regulations")
    colleague = sized.context.new_page()
    colleague.goto(link)
    expect(colleague.get_by_role("heading", name="第三十九条")).to_be_visible(timeout=60_000)
    expect(colleague.get_by_text("按照一定比例给予补助").first).to_be_visible()
    colleague.close()


def test_9_find_yesterdays_conversation_and_export_it(
    sized: Page, page_data: Path, helper: Assistant, look: Look, tmp_path: Path
) -> None:
    from docx import Document

    from records import Records

    yesterday = datetime.now(UTC) - timedelta(days=1)
    kept = Records(page_data / "records.sqlite", clock=lambda: yesterday)
    answer = helper.ask("洛阳的劳务费比例有什么规定？")
    kept.answered(kept.asked(kept.start("desk"), "desk", answer.question), answer)
    kept.close()

    go(sized, "记录")
    sized.get_by_label("查找").fill("劳务费比例")
    sized.keyboard.press("Enter")
    expect(sized.get_by_text(re.compile("共 [1-3] 个对话"))).to_be_visible(timeout=30_000)  # one for each size
    look("9-records")
    sized.get_by_role("button", name="导出").first.click()
    with sized.expect_download() as downloading:
        sized.get_by_role("button", name="Word").click()
    target = tmp_path / "one.docx"
    downloading.value.save_as(target)
    text = "\n".join(p.text for p in Document(io.BytesIO(target.read_bytes())).paragraphs)
    assert answer.question in text
    assert "《洛阳市科学技术进步条例》第三十四条" in text
    assert all(line in text for c in answer.citations for line in c.shown.split("\n"))
    assert downloading.value.suggested_filename.endswith(".docx")
    sized.keyboard.press("Escape")
    sized.get_by_role("button", name="打开", exact=True).first.click()
    expect(sized.get_by_role("button", name="打开 洛阳 · 第三十四条").first).to_be_visible(timeout=30_000)


def test_10_give_feedback(sized: Page, page_data: Path, look: Look) -> None:
    from records import Records

    question = "常州的条例什么时候开始施行？"
    ask(sized, question)
    sized.get_by_role("radio", name="有问题").or_(sized.get_by_role("button", name="有问题")).first.click()
    for wrong in ("引的不是这一条", "漏了条文或城市", "答非所问，看不明白"):
        expect(sized.get_by_text(wrong, exact=True)).to_be_in_viewport(timeout=10_000)
    reason = sized.get_by_label("理由")
    reason.fill("只要日期就够了")
    sized.keyboard.press("Enter")
    expect(sized.get_by_text("已记下").first).to_be_visible(timeout=30_000)
    sized.wait_for_timeout(500)
    look("10-feedback")
    kept = Records(page_data / "records.sqlite")
    newest = kept.feedback(1)[0]
    kept.close()
    assert (newest.turn.question, newest.rating.up, newest.rating.reason) == (question, False, "只要日期就够了")
    assert newest.turn.answer is not None
    assert newest.turn.answer.citations
