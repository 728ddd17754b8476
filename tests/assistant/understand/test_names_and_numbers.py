"""However a question calls a regulation, the number that was written is looked up, or what was not understood is said.

The ways to name it are made by rule from the title of each held regulation, and from titles of other cities.
"""

import itertools
import re

import pytest
from bundled import HELD
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.understand.question import understand
from law.text.names import aligns
from law.text.numerals import article_label
from law.text.places import short_name
from law.text.script import half_width

NUMBER = {"changzhou": 20, "luoyang": 39, "wuhan": 58}


def core_of(title: str, city: str) -> str:
    return re.sub(r"[(（].*?[)）]", "", title).removeprefix(city)


def ways() -> list[tuple[str, str]]:
    """City left out or short, words left out, brackets, full and half width, with 的 and 我市 about them."""
    found: list[tuple[str, str]] = []
    for regulation in HELD:
        city, short = regulation.city, short_name(regulation.city)
        core = core_of(regulation.title, city)
        shorter = [core, core.removeprefix("推进"), core.replace("科学技术", "科技"), core.replace("科技创新", "科创"),
                   core.replace("建设", ""), core.replace("促进", ""), core[2:]]  # fmt: skip
        for name in dict.fromkeys(shorter):
            found += [(regulation.id, f"{place}{name}") for place in (city, short, f"{short}的", f"{short}市的这部")]
            found += [(regulation.id, f"《{city}{name}》"), (regulation.id, f"{short}《{name}》")]
        whole = regulation.title
        found += [(regulation.id, name) for name in (whole, f"《{whole}》", half_width(whole))]
        found += [(regulation.id, core), (regulation.id, f"《{core}》"), (regulation.id, f"请问{core}")]
    return list(dict.fromkeys(found))


def numbers(number: int) -> list[str]:
    return [f"第{number}条", article_label(number), f"{number}条", f"第{number}条第1款".translate({ord("1"): "一"})]


WAYS = ways()


def test_there_are_many_ways() -> None:
    assert len(WAYS) >= 60


@pytest.mark.parametrize(("id_", "name"), WAYS, ids=[name for _, name in WAYS])
def test_the_number_is_looked_up_under_every_name(id_: str, name: str) -> None:
    for number in numbers(NUMBER[id_]):
        question = understand(f"{name}{number}", HELD)
        assert question.regulation_ids == (id_,), number
        assert [r.number for r in question.references] == [NUMBER[id_]], number
        assert not question.beside, (number, question.topic)
        assert (question.unknown, question.unread) == ((), ())


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("武汉科技创新中心建设条例第58条", {"wuhan/58"}), ("武汉市科技创新中心建设条例第58条怎么规定的", {"wuhan/58"}),
        ("武汉推进科技创新中心建设条例第五条", {"wuhan/5"}), ("武汉科创中心建设条例第五条", {"wuhan/5"}),
        ("常州促进条例第二十条第三款", {"changzhou/20"}), ("洛阳市进步条例三十九条", {"luoyang/39"}),
        ("武汉市建设科技创新中心条例第五条", {"wuhan/5"}), ("科技进步条例第三十九条", {"luoyang/39"}),
        ("武汉推进科技创新中心建设条例（草案）第５条", {"wuhan/5"}), ("武漢科創中心建設條例第五條", {"wuhan/5"}),
    ],
)  # fmt: skip
def test_the_named_cases_are_answered_with_their_own_number(question: str, cited: set[str], helper: Assistant) -> None:
    assert {c.id for c in helper.ask(question).citations} == cited


OTHERS = [
    "武汉市科技创新促进条例", "常州知识产权条例", "常州人才条例", "常州市科技进步条例", "洛阳市科学技术普及条例",
    "洛阳技术市场条例",
    "武汉市数据条例", "武汉市社会信用条例", "常州市文明行为促进条例", "武汉市献血条例", "民营经济促进条例",
    "数据安全法",
    "武汉市人才办法",
]  # fmt: skip


@pytest.mark.parametrize(("title", "number"), list(itertools.product(OTHERS, ("第五条", "第20条"))))
def test_the_number_of_another_regulation_is_looked_up_in_none_of_these(
    title: str, number: str, helper: Assistant
) -> None:
    answer = helper.ask(f"{title}{number}")
    assert (answer.reason, answer.citations) == ("city_not_in_corpus", ())
    assert title in answer.text


@pytest.mark.parametrize(
    "question",
    ["洛阳市科技局依照条例要承担哪些职责", "武汉市发改委按照条例负责什么", "常州市财政局根据条例要做什么",
     "洛阳高校按条例能得到什么支持", "武汉经信局在条例里有什么任务"],
)  # fmt: skip
def test_an_office_before_the_word_regulation_is_no_title(question: str) -> None:
    found = understand(question, HELD)
    assert found.unknown == ()
    assert len(found.regulation_ids) == 1


@given(st.sampled_from(HELD), st.data())
@settings(max_examples=60, deadline=None)
def test_a_title_with_any_words_left_out_is_still_that_title(regulation: object, data: st.DataObject) -> None:
    core = core_of(regulation.title, regulation.city)  # type: ignore[attr-defined]
    kept = data.draw(st.lists(st.booleans(), min_size=len(core), max_size=len(core)))
    name = "".join(c for c, keep in zip(core[:-2], kept, strict=False) if keep) + core[-2:]
    assert aligns(name, regulation.title)  # type: ignore[attr-defined]
    question = understand(f"{regulation.city}{name}第五条", HELD)  # type: ignore[attr-defined]
    assert question.regulation_ids == (regulation.id,)  # type: ignore[attr-defined]
    assert [r.number for r in question.references] == [5]


@given(st.text(max_size=30), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_between_city_and_number_no_other_number_is_looked_up(words: str, number: int) -> None:
    if not words.strip() or re.search(
        r"[0-9一二三四五六七八九十百千万零〇两上下前后末倒条款项章第]|[^\S ]", half_width(words)
    ):
        return
    question = understand(f"武汉{words}第{number}条", HELD)
    assert {r.number for r in question.references} <= {number}


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("《洛阳市科学技术投入条例》现在还管用吗", ("luoyang", 48)),  # the held text puts it out of force
        ("洛阳早先不是有个科学技术投入条例嘛，还有效吗", ("luoyang", 48)),
        ("常州市自然科学基金管理办法由谁制定", ("changzhou", 12)),
        ("武汉长江新区管委会算不算条例里说的区政府", ("wuhan", 6)),
    ],
)
def test_a_text_that_the_held_one_speaks_of_is_no_other_law_asked_of(
    helper: Assistant, question: str, cited: tuple[str, int]
) -> None:
    answer = helper.ask(question)
    assert cited in {(c.id.partition("/")[0], c.article) for c in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "《洛阳市科学技术投入条例》第五条怎么规定",
        "《洛阳市科学技术投入条例》里研发投入怎么规定",
        "洛阳市物业管理办法怎么规定停车费",
        "洛阳市停车管理办法里停车费由谁确定",
        "《洛阳市物业管理条例》什么时候修订",
        "洛阳市养犬管理条例规定罚款数额怎么确定",
    ],
)
def test_the_articles_of_a_text_that_is_not_held_are_told_to_be_missing(helper: Assistant, question: str) -> None:
    assert helper.ask(question).reason == "city_not_in_corpus"
