"""A turn goes back to what was spoken of before the last answer, or wants all that was told once more."""

import pytest

from assistant import Assistant
from assistant.understand.question import Question, understand

PREMIUM = ("武汉买科技保险有补助吗", "wuhan/58")
KEPT = ("洛阳下乡的科研人员工资照发吗", "luoyang/26")
PEOPLE = ("常州怎么评价科技人才", "changzhou/41")


def _asked(helper: Assistant, question: str, *turns: tuple[str, str]) -> Question:
    told: list[dict[str, str]] = []
    for asked, id_ in turns:
        regulation, article = helper.article(id_)
        quote = f"> {article.paragraphs[-1].full}\n\n——《{regulation.title}》{article.label}"
        told += [{"role": "user", "content": asked}, {"role": "assistant", "content": quote}]
    return understand(question, helper.library().regulations, told)


@pytest.mark.parametrize(
    "back", ["一开始问的那个,目录谁来定", "说回刚才那笔保险补助,目录谁来定", "前面提到的科技保险,目录谁来定"]
)
def test_it_is_asked_of_the_turn_that_it_goes_back_to(back: str, helper: Assistant) -> None:
    question = _asked(helper, back, PREMIUM, PEOPLE, KEPT)
    assert question.regulation_ids == ("wuhan",)
    assert question.blend is not None
    assert question.blend.cited == ("wuhan/58",)
    assert "科技保险" in question.blend.carried


def test_going_back_to_a_city_keeps_the_matter(helper: Assistant) -> None:
    question = _asked(helper, "那回到武汉呢", PREMIUM, KEPT)
    assert question.regulation_ids == ("wuhan",)
    assert "工资" in question.topic


def test_what_was_spoken_of_is_no_way_back_where_another_is_meant(helper: Assistant) -> None:
    question = _asked(helper, "前面说的都是保险,那贷款这一块呢?", PREMIUM, PEOPLE, PREMIUM)
    assert question.blend is None
    assert "贷款" in question.topic


def test_all_that_was_told_is_looked_up_again(helper: Assistant) -> None:
    question = _asked(helper, "上面讲的两条合起来再列一遍", PEOPLE, PREMIUM, KEPT)
    assert [(r.of, r.number, r.paragraph) for r in question.references] == [("wuhan", 58, 2), ("luoyang", 26, 2)]


@pytest.mark.parametrize("else_", ["再说说贷款的那两种", "两家企业合起来申报行不行", "再看一下洛阳的"])
def test_what_names_anything_else_looks_nothing_up(else_: str, helper: Assistant) -> None:
    assert not _asked(helper, else_, PEOPLE, PREMIUM).references


def test_the_city_that_a_talk_began_with(helper: Assistant) -> None:
    assert _asked(helper, "最开始那座城市怎么贴钱", PREMIUM, KEPT, PEOPLE).regulation_ids == ("wuhan",)


def test_a_question_that_points_brings_the_one_before_it(helper: Assistant) -> None:
    question = _asked(helper, "武汉呢", PEOPLE, ("这套办法由哪些部门和单位来操作实施", "changzhou/41"))
    assert "评价" in question.topic
