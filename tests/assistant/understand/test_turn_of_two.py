"""A last turn that asks two things of what was spoken of, of which one is stated nowhere; places that are no cities; a
contrast that asks something of its case."""

import pytest

from assistant import Answer, Assistant
from assistant.understand.cities import find_cities
from assistant.understand.parts import of_a_turn
from assistant.understand.question import Question, understand

PATENTS = ("常州鼓不鼓励搞高价值专利", "changzhou/58")
LOANS = ("常州银行给科技公司放贷出了坏账怎么办", "changzhou/53")
POINTS = ("常州给企业打创新分吗", "changzhou/25")
BOTH_WAYS = ("常州高校老师可以双向互聘吗", "changzhou/38")
FUND = ("常州有没有政府引导基金", "changzhou/51")
INSURED = ("常州有科技保险吗", "changzhou/55")
PLATFORM = ("常州有没有科创金融平台", "changzhou/56")


def _history(helper: Assistant, *turns: tuple[str, str]) -> list[dict[str, str]]:
    told: list[dict[str, str]] = []
    for asked, id_ in turns:
        regulation, article = helper.article(id_)
        quote = f"> {article.paragraphs[0].full}\n\n——《{regulation.title}》{article.label}"
        told += [{"role": "user", "content": asked}, {"role": "assistant", "content": quote}]
    return told


def _answer(helper: Assistant, question: str, *turns: tuple[str, str]) -> Answer:
    return helper.ask(question, history=_history(helper, *turns))


def _asked(helper: Assistant, question: str, *turns: tuple[str, str]) -> Question:
    return understand(question, helper.library().regulations, _history(helper, *turns))


@pytest.mark.parametrize(
    ("turn", "before"),
    [
        ("这个钱谁能拿?一次给几万?", PATENTS), ("那到底支不支持,给多少钱?", PATENTS),
        ("那这种风险池谁来建,赔几成?", LOANS), ("风险谁来分担?分几成?", LOANS),
        ("这种积分拿来能干嘛,多少分算合格?", POINTS), ("他们能不能去企业兼职?每周最多几天?", BOTH_WAYS),
        ("这个基金投什么?盘子多大?", FUND), ("这种险谁来卖,保费补几个点?", INSURED),
        ("平台给企业提供什么服务?收多少钱?", PLATFORM), ("这平台由谁建?一年拨它几百万?", PLATFORM),
    ],
)  # fmt: skip
def test_what_is_stated_is_cited_and_what_is_not_is_said(turn: str, before: tuple[str, str], helper: Assistant) -> None:
    answer = _answer(helper, turn, before)
    assert before[1] in {c.id for c in answer.citations}
    assert answer.unstated


@pytest.mark.parametrize("turn", ["赔几成?", "补几个点", "多少分算合格"])
def test_a_turn_that_asks_one_thing_is_not_taken_apart(turn: str, helper: Assistant) -> None:
    assert of_a_turn(_asked(helper, turn, LOANS), helper.library().regulations) == ()


def test_each_thing_of_a_turn_has_the_matter_of_before(helper: Assistant) -> None:
    parts = of_a_turn(_asked(helper, "这种风险谁来分担?分几成?", LOANS), helper.library().regulations)
    assert len(parts) == 2
    assert all("坏账" in p.question.topic and p.question.regulation_ids == ("changzhou",) for p in parts)


@pytest.mark.parametrize("asked", ["经费花在哪些地方", "钱主要往哪些地方投", "好处体现在哪些地方", "用到哪些地方"])
def test_what_money_goes_to_is_no_city(asked: str, helper: Assistant) -> None:
    assert not find_cities(asked, helper.library().regulations).every


@pytest.mark.parametrize("asked", ["哪些地方有科技奖", "哪些地方鼓励兼职"])
def test_which_places_have_a_rule_asks_for_all(asked: str, helper: Assistant) -> None:
    assert find_cities(asked, helper.library().regulations).every


@pytest.mark.parametrize(
    "turn",
    ["反过来,没干成的话要不要担责?", "那反过来,试验失败了呢,会处分人吗", "反过来没搞出成果的,能不能免责"],
)
def test_a_contrast_that_asks_something_of_its_case_is_not_held_to_the_matter(turn: str, helper: Assistant) -> None:
    answer = _answer(helper, turn, ("武汉支持搞前沿探索吗", "wuhan/18"), ("干成了能奖吗", "wuhan/30"))
    assert "wuhan/71" in {c.id for c in answer.citations}


@pytest.mark.parametrize(
    ("turn", "before"),
    [("顺便问下高铁票怎么退", FUND), ("今天股市收了多少点", FUND)],
)  # fmt: skip
def test_a_turn_about_something_else_is_not_answered_by_what_was_spoken_of(
    turn: str, before: tuple[str, str], helper: Assistant
) -> None:
    assert not _answer(helper, turn, before).citations


@pytest.mark.parametrize(
    ("turn", "before"),
    [("超过四十五岁还能评吗?", ("常州怎么评价科技人才", "changzhou/41")), ("要不要签承诺书", BOTH_WAYS)],
)
def test_whether_is_not_answered_by_what_does_not_say_so(turn: str, before: tuple[str, str], helper: Assistant) -> None:
    answer = _answer(helper, turn, before)
    assert answer.reason == "not_stated" or answer.unstated
