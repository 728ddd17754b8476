"""A pasted report is taken apart into what it asks; what it tells looks up nothing."""

import pytest

from assistant import Assistant
from assistant.understand.instructions import MOST_ASKED, REPORT, report_in
from assistant.understand.question import understand
from law.corpus import load_corpus

TOLD = (
    "为做好明年的立法计划，我委组织了走访，共收集意见132条，其中意见第58条最为集中。一、基本情况。园区入驻企业"
    "三百家，增长百分之十二。二、主要困难。融资渠道偏窄，场地租金偏高，人才流动频繁，设备闲置较多，检测费用较高。"
    "三、下一步打算。拟于年内完成调研，形成初稿，征求各方面的意见，报请常务会议审议，同时做好宣传解读，"
    "组织专题培训，建立台账，定期通报进展，确保各项工作按期完成，取得实效，让企业和群众有更多的获得感。"
)
ASKED = (
    "四、需要答复的问题：（1）武汉的企业购买科技保险有没有补助？（2）洛阳的科研项目失败了能不能免责？请于月底前函复。"
)


def test_a_count_in_a_report_is_no_article_number() -> None:
    read = understand(TOLD + ASKED, load_corpus())
    assert read.references == ()
    assert read.text == "武汉的企业购买科技保险有没有补助?洛阳的科研项目失败了能不能免责?"


def test_a_number_that_a_question_of_the_report_names_is_looked_up() -> None:
    read = understand(TOLD + "请核实：武汉条例第五十五条是怎么规定的？", load_corpus())
    assert [r.number for r in read.references] == [55]


def test_a_question_without_a_place_is_of_the_place_that_the_report_is_about() -> None:
    read = understand("洛阳市：" + TOLD + "科研项目失败了能不能免责？", load_corpus())
    assert read.regulation_ids == ("luoyang",)


@pytest.mark.parametrize(
    "text",
    [
        TOLD,  # asks nothing
        ASKED,  # short
        TOLD + "我们单位碰到这种情况，能不能申请补助？",  # asks of what it tells
        "企业买科技保险，在哪些情况下有补助，补多少，由谁来补，向哪个部门申请？" * 8,  # nothing but questions
    ],
)
def test_what_is_no_report_stays_as_it_is(text: str) -> None:
    assert report_in(text) is None


def test_more_questions_than_are_answered_at_once_are_counted(helper: Assistant) -> None:
    more = "".join(
        f"（{n}）{q}？" for n, q in enumerate(("谁来考核科研诚信", "技术经纪人有什么待遇", "中试基地由谁建"), 3)
    )
    pasted = TOLD + ASKED.replace("请于月底前", f"{more}请于月底前")
    assert len(pasted) > REPORT
    answer = helper.ask(pasted)
    assert "武汉" in answer.standalone
    assert "意见" not in answer.standalone
    (said,) = [n for n in answer.notices if "读出5个问题" in n]
    assert f"前{MOST_ASKED}个" in said
    assert "中试基地由谁建" in said
