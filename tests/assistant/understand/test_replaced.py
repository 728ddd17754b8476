"""In a talk one part of what was asked is put in another's place, and the rest is kept."""

import pytest

from assistant import Assistant
from assistant.understand.question import Question, understand


def _turn(helper: Assistant, question: str, *earlier: tuple[str, str]) -> Question:
    history = [{"role": r, "content": c} for pair in earlier for r, c in zip(("user", "assistant"), pair, strict=True)]
    return understand(question, helper.library().regulations, history)


WUHAN = ("武汉买科技保险有补助吗", "有（《武汉市推进科技创新中心建设条例（草案征求意见稿）》第五十八条第二款）。")
CHANGZHOU = ("常州呢", "鼓励开发（《常州市科技创新促进条例》第五十五条）。")


def test_both_cities_are_those_spoken_of_and_no_third(helper: Assistant) -> None:
    assert set(_turn(helper, "那这两个城市谁给钱?", WUHAN, CHANGZHOU).regulation_ids) == {"wuhan", "changzhou"}


def test_the_rest_of_a_set_leaves_out_what_was_told(helper: Assistant) -> None:
    question = _turn(helper, "除去保险,其余还有什么办法?", ("武汉企业缺钱怎么办", WUHAN[1]))
    assert question.breadth.kind == "set"
    assert question.besides == ("wuhan/58",)


def test_what_is_contrasted_stands_where_the_other_stood(helper: Assistant) -> None:
    said = ("常州怎么引进人才", "见《常州市科技创新促进条例》第三十九条第二款。")
    assert "怎么自己培养人才" in _turn(helper, "刚才说的是引进,自己培养这一块呢?", said).text


def test_the_same_thing_elsewhere_is_looked_for_by_its_sentence(helper: Assistant) -> None:
    question = _turn(helper, "洛阳有类似的补助吗", WUHAN)
    assert question.regulation_ids == ("luoyang",)
    assert "保费补助" in question.text


@pytest.mark.parametrize("turn", ["洛阳呢", "打官司呢", "设备呢"])
def test_only_somebody_stands_where_somebody_stood(turn: str, helper: Assistant) -> None:
    said = ("常州的企业搞研发有什么优惠", "见《常州市科技创新促进条例》第二十六条。")
    question = _turn(helper, turn, said)
    assert "企业搞研发" in question.text
    assert f"{turn[:-1]}企业" not in question.text


def test_the_thing_was_told_of_by_the_latest_turn(helper: Assistant) -> None:
    first = ("洛阳能自己办研究所吗", "见《洛阳市科学技术进步条例》第二十条第一款。")
    last = ("武汉的新型研发机构能做哪些主", "见《武汉市推进科技创新中心建设条例（草案征求意见稿）》第二十二条第三款。")
    assert "新型研发机构" in _turn(helper, "常州给不给这类机构钱", first, last).text


def test_others_of_a_region_are_not_those_left(helper: Assistant) -> None:
    said = ("常州的企业能不能去省外设点", "见《常州市科技创新促进条例》第四十八条第二款。")
    assert _turn(helper, "那国内其他城市的企业过来呢", said).regulation_ids == ("changzhou",)
    assert set(_turn(helper, "那其他城市的企业过来呢", said).regulation_ids) == {"wuhan", "luoyang"}


def test_another_question_does_not_want_what_was_told_whole(helper: Assistant) -> None:
    said = ("洛阳科技考核管哪些部门", "见《洛阳市科学技术进步条例》第四十三条。")
    assert _turn(helper, "除此以外,还考核谁的研发投入", said).besides == ("luoyang/43",)
    assert _turn(helper, "考核谁的研发投入", said).besides == ()


@pytest.mark.parametrize(
    "turn", ["常州有没有这样的规定", "常州也有同样的制度吗", "常州力度更大吗", "常州会怎么处理", "常州有没有明文"]
)
def test_the_like_of_a_rule_is_the_same_matter(turn: str, helper: Assistant) -> None:
    assert _turn(helper, turn, WUHAN).topic == _turn(helper, "常州呢", WUHAN).topic


def test_so_many_are_compared(helper: Assistant) -> None:
    assert len(_turn(helper, "三家比一比", WUHAN).regulation_ids) == 3
