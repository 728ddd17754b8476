"""Citations are found in whatever notation, and each is resolved to its own regulation."""

import time

import pytest
from bundled import HELD

from assistant.check.citing import mentions


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


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("常州条例第八条要求持续加大投入。", ["要求持续加大投入。"]),
        ("从收益看，武汉草案第四十四条第二款规定现金奖励不受限制。", ["现金奖励不受限制。"]),
        ("常州条例鼓励设立支行（第五十二条）；洛阳条例建立补助制度（第三十九条）。", ["鼓励设立支行", "建立补助制度"]),
        ("创新基金按常州条例第五十一条执行；科技保险见常州条例第五十五条。", ["创新基金", "科技保险"]),
        ("| 1 | 建立直达快享机制 | 常州条例第六十九条 | 市科技局 |", ["建立直达快享机制"]),
        ("常州2024年出台的《常州市科技创新促进条例》第五十五条仅鼓励开发险种。", ["鼓励开发险种。"]),
    ],
)  # fmt: skip
def test_a_claim_is_the_part_that_belongs_to_its_citation(text: str, claims: list[str]) -> None:
    assert [m.claim for m in mentions([text], HELD)] == [c.replace("，", ",") for c in claims]


def test_side_by_side_citations_share_their_claim() -> None:
    first, second = mentions(["常州条例第二十条、武汉草案第四十四条分别就成果赋权作出规定。"], HELD)
    assert first.claim == second.claim
    assert first.beside == second.ids


def test_a_name_between_a_city_and_a_number_is_not_swallowed() -> None:
    (found,) = mentions(["推进中以常州创新园建设，见《常州市科技创新促进条例》第四十九条第二款。"], HELD)
    assert "创新园建设" in found.claim


@pytest.mark.parametrize(
    "text",
    [
        "《常州市科技创新促进条例》第四十八条、《洛阳市科学技术进步条例》第四十条。该条例第六条讲奖励。",
        "湖北实验室也在其中。洛阳条例第六条讲奖励，北京大学参加。",
    ],
)
def test_a_law_carried_on_is_the_one_named_last(text: str) -> None:
    assert mentions([text], HELD)[-1].ids == ("luoyang/6",)


def test_a_bare_number_belongs_to_the_law_that_says_what_is_told() -> None:
    blocks = ["《常州市科技创新促进条例》（简称条例）已施行。", "洛阳条例第三十九条讲保险。",
              "市政府应当建立科技创新金融服务平台（第五十六条第二款）。"]  # fmt: skip
    assert mentions(blocks, HELD)[-1].ids == ("changzhou/56",)


@pytest.mark.parametrize("row", ["| 一 | {a} | {c} |", "一\t{a}\t{c}", "一\t{c}\t{a}\t市科技局"])
def test_a_citation_alone_in_its_cell_is_cited_for_the_cell_beside_it(row: str) -> None:
    told = "建立科技创新政策直达快享机制"
    (found,) = mentions([row.format(a=told, c="常州条例第六十九条")], HELD)
    assert found.claim == told


def test_nothing_is_cut_inside_quotation_marks() -> None:
    text = "条例既要“统筹；保障”，又提出“认真，切实”的要求（常州条例第六十六条），洛阳条例第六条讲奖励。"
    assert "“统筹;保障”" in mentions([text], HELD)[0].claim
    assert "“认真,切实”" in mentions([text], HELD)[0].claim


def test_what_stands_in_brackets_behind_a_citation_is_what_it_is_cited_for() -> None:
    found = mentions(["人才工作见常州条例第三十六条（技术经理人队伍）、第三十八条（双向互聘机制）。"], HELD)
    assert [m.claim for m in found] == ["技术经理人队伍", "双向互聘机制"]


@pytest.mark.parametrize("text", ["常州" * 20_000, "第二十条" * 2_000, "“" * 30_000, "|" * 20_000])
def test_a_long_line_of_nothing_is_read_in_time(text: str) -> None:
    began = time.process_time()
    mentions([text], HELD)
    assert time.process_time() - began < 20
