"""Citations are found in whatever notation, and each is resolved to its own regulation."""

import pytest

from assistant.check.citing import mentions
from law.corpus import load_corpus

HELD = load_corpus()


def ids(*blocks: str) -> list[tuple[str, ...]]:
    return [m.ids for m in mentions(blocks, HELD)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("《常州市科技创新促进条例》第二十条规定了份额。", [("changzhou/20",)]),
        ("常州条例第52条、武汉草案第58条都讲金融。", [("changzhou/52",), ("wuhan/58",)]),
        ("依照洛阳市科学技术进步条例第三十九条第一款，建立补助制度。", [("luoyang/39",)]),
        ("常州条例第五十至五十三条讲科技金融。", [tuple(f"changzhou/{n}" for n in range(50, 54))]),
        ("建立保费补助制度（《洛阳市科学技术进步条例》第39条）。", [("luoyang/39",)]),
        ("《常州市科技创新促进条例》（以下简称《条例》）已施行。《条例》第八条规定投入。", [("changzhou/8",)]),
        ("《洛阳市科学技术进步条例》共48条。该条例第六条讲奖励。", [("luoyang/6",)]),
        ("公司建了第二条生产线，收到意见132条。", []),
    ],
)  # fmt: skip
def test_a_citation_is_resolved(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert ids(text) == wanted


def test_a_name_is_carried_on_into_the_next_block() -> None:
    assert ids("《常州市科技创新促进条例》值得一读。", "第二十条规定份额。") == [("changzhou/20",)]


def test_the_same_article_is_meant_by_the_same() -> None:
    found = mentions(["常州条例第二十条第一款讲赋权，同条第三款讲份额。"], HELD)
    assert [m.ids for m in found] == [("changzhou/20",), ("changzhou/20",)]


def test_another_law_is_not_taken_for_a_held_one() -> None:
    found = mentions(["《江苏省科学技术进步条例》第十条规定投入。《中华人民共和国专利法》第二条有定义。"], HELD)
    assert [m.regulation_id for m in found] == ["", ""]


def test_what_does_not_exist_is_missing_and_nothing_else_takes_its_place() -> None:
    found = mentions(["常州条例第九十条、常州条例第二十条第九款都没有。"], HELD)
    assert [bool(m.missing) for m in found] == [True, True]
    assert found[0].ids == ()


def test_each_of_several_citations_has_its_own_claim() -> None:
    found = mentions(["武汉草案第五十八条给予保费补助，常州条例第五十五条鼓励开发险种。"], HELD)
    assert "补助" in found[0].claim
    assert "险种" not in found[0].claim
    assert "险种" in found[1].claim
