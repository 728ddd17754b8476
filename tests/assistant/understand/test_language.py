"""Question frames, status questions, and kinds of fact, held to the likely questions of every article."""

import pytest

from assistant.understand.language import has_matter, kinds_asked, matter_beside, matter_of, status_asked
from law.corpus import load_corpus
from law.text.script import plain


def names(question: str) -> list[str]:
    return [k.name for k in kinds_asked(question)]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("保费补助百分之几", "percentage"), ("安家费究竟是几十万", "sum"), ("几个工作日内批下来", "period"),
        ("下一场哪天办", "date"), ("咨询电话多少", "contact"), ("窗口在哪条路", "address"),
        ("现在主任叫什么名字", "person"), ("考核几次不及格", "quantity"), ("头一名奖多少", "amount"),
        ("受理后几天内答复", "period"), ("要投入多少才能补助", "quantity"), ("一年奖励多少个项目", "quantity"),
        ("办公室房租能减免吗", "rent"), ("贷款有没有贴息", "interest"),
    ],
)  # fmt: skip
def test_a_fact_asked_for_is_told_by_its_kind(question: str, kind: str) -> None:
    assert kind in names(question)


@pytest.mark.parametrize(
    "question",
    [
        "我们所那台几百万的电镜能不能不借",
        "几家公司合伙开研究院支持吗",
        "要是哪天关键零件被人断供",
        "哪个窗口都说不归我管",
        "老是打电话问,几个部门来回推",
        "听说装修费、贷款利息政府多少都给一点",
        "每年涨多少有没有规定",
        "打电话去问，几个部门来回推",
        "政策下来没几天就变了",
        "避免租用设备重复购置",
    ],
)
def test_a_figure_told_is_not_a_figure_asked_for(question: str) -> None:
    assert names(question) == []


def test_no_article_is_held_silent_on_what_its_own_likely_questions_ask() -> None:
    wrong = []
    total = 0
    for regulation in load_corpus():
        by_id = {a.id: plain(a.text) for a in regulation.articles}
        for question in regulation.questions:
            total += 1
            kinds = kinds_asked(plain(question.text))
            if kinds and not any(k.carried.search(by_id[question.article]) for k in kinds):
                wrong.append(question.text)
    assert len(wrong) <= total * 0.003, wrong


def test_a_comparison_loses_its_frame_and_keeps_its_matter() -> None:
    assert matter_of("孵化器怎么扶,列个三城对照") == "孵化器怎么扶"
    assert matter_of("三地") == "三地"


def test_a_question_made_of_frame_alone_has_no_matter() -> None:
    assert not has_matter("有没有差不多的")
    assert has_matter("工资是不是停发")


def test_a_look_up_with_a_matter_is_told_from_one_without() -> None:
    assert matter_beside("第五十九条写的什么") == ""
    assert "伦理审查" in matter_beside("第四十条规定的伦理审查,做医学的都得过吧?")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("常州条例什么时候开始施行", "effect"), ("武汉那个还是草案吗", "effect"), ("条例是哪次会议通过的", "passage"),
        ("草案打算怎么养这批人", ""), ("科技保险有补助吗", ""),
    ],
)  # fmt: skip
def test_status_is_asked_of_the_regulation_not_of_its_matter(question: str, status: str) -> None:
    assert status_asked(question) == status
