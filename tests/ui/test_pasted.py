"""A report pasted into the page: what it asks is asked, one question after the other; what is too long is said."""

import time

import pytest
from page_support import OpenPage, ask, chips, click, words

from assistant.desk.pasted import MOST_PASTED, questions_in
from law.corpus import load_corpus

TOLD = (
    "为做好明年的立法计划，我委组织了走访，共收集意见132条，其中意见第58条最为集中。一、基本情况。园区入驻企业"
    "三百家，增长百分之十二。二、主要困难。融资渠道偏窄，场地租金偏高，人才流动频繁，设备闲置较多，检测费用较高。"
)
ASKED = "需要答复的问题：（1）武汉的企业购买科技保险有没有补助？（2）洛阳的科研项目失败了能不能免责？"
LONG = TOLD * 20 + ASKED + TOLD * 5


def test_a_long_report_is_asked_question_by_question(open_page: OpenPage) -> None:
    assert len(LONG) > 2000
    at = ask(open_page(), LONG)
    asked = [m.markdown[-1].value for m in at.chat_message if m.name == "user"]
    assert asked == ["武汉的企业购买科技保险有没有补助？", "洛阳的科研项目失败了能不能免责？"]
    assert f"粘贴的文字有 {len(LONG)} 字，从中读出 2 个问题" in words(at)
    assert "武汉 · 第五十八条第二款" in chips(at)
    assert "洛阳 · 第三十条" in chips(at)
    assert not [label for label in chips(at) if "一百三十二" in label]


def test_what_is_more_than_is_asked_at_once_is_offered(open_page: OpenPage) -> None:
    matters = ("科技保险", "知识产权", "技术经纪人", "孵化器", "青年人才", "首台套", "产业基金", "科学普及")
    at = ask(open_page(), TOLD * 20 + "".join(f"（{n}）武汉对{m}有什么规定？" for n, m in enumerate(matters, 1)))
    assert "读出 8 个问题，逐个回答了 6 个" in words(at)
    assert len(at.chat_message) == 12
    offered = [b for b in at.button if str(b.key).startswith("next-")]
    assert [b.label for b in offered] == ["武汉对产业基金有什么规定？", "武汉对科学普及有什么规定？"]
    click(at, str(offered[0].key))
    assert [b.label for b in at.button if str(b.key).startswith("next-")] == ["武汉对科学普及有什么规定？"]


def test_a_long_text_that_asks_nothing_and_one_beyond_the_bound_are_said_with_their_length(open_page: OpenPage) -> None:
    at = ask(open_page(), TOLD * 30)
    assert f"这段文字有 {len(TOLD) * 30} 字" in words(at)
    assert "没有读出用问号问的话" in words(at)
    beyond = TOLD * (MOST_PASTED // len(TOLD) + 1) + ASKED
    at = ask(open_page(), beyond)
    assert f"这段文字有 {len(beyond)} 字" in words(at)
    assert f"最多 {MOST_PASTED} 字" in words(at)
    assert not at.chat_message


def test_a_question_without_a_place_is_of_the_place_that_the_report_is_about() -> None:
    held = load_corpus()
    assert questions_in("洛阳市：" + TOLD * 2 + "科研项目失败了能不能免责？", held) == (
        "洛阳市科研项目失败了能不能免责？",
    )
    assert questions_in("洛阳、武汉：" + TOLD * 2 + "科研项目失败了能不能免责？", held) == (
        "科研项目失败了能不能免责？",
    )


@pytest.mark.parametrize("unit", ["一：", "甲，", "第五十八条", "（", "洛阳", "？？", "<b>", "「", "问：何时施行？"])
def test_reading_the_longest_text_takes_no_second(unit: str) -> None:
    held = load_corpus()
    began = time.process_time()
    questions_in((unit * MOST_PASTED)[: MOST_PASTED - 200] + ASKED, held)
    assert time.process_time() - began < 2
