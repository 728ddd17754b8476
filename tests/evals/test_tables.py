"""Question sets as tables: two columns are enough, and a bad line is quoted."""

from pathlib import Path

import pytest

from evals.questions.case import DatasetError, Gold
from evals.questions.cases import load_cases
from evals.questions.tables import golds_in


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_question_and_an_article_are_enough(tmp_path: Path) -> None:
    text = '问题,应引条文\n"买保险, 有补助吗？",武汉58\n孵化器,常州20;洛阳 第三十九条\n\n天气,拒答\n'
    cases = load_cases([write(tmp_path / "set.csv", text)])
    assert [c.question for c in cases] == ["买保险, 有补助吗？", "孵化器", "天气"]
    assert cases[0].gold == (Gold("武汉", 58),)
    assert cases[1].gold == (Gold("常州", 20), Gold("洛阳", 39))
    assert (cases[2].refuse, cases[2].gold) == (True, ())
    assert len({c.id for c in cases}) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("head", ["question,expected article", "Question,Expected", "题目,条文", "问题,应引条文"])
def test_other_names_and_encodings(head: str, encoding: str, tmp_path: Path) -> None:
    (case,) = load_cases([write(tmp_path / "set.csv", f"{head}\r\n科技保险,武汉市第58条\r\n", encoding)])
    assert case.gold == (Gold("武汉", 58),)


def test_more_columns_and_tabs(tmp_path: Path) -> None:
    text = "编号\t题型\t问题\t应引条文\t要点\n7\tnumber\tx\t武汉58；57\t保费补助；推荐目录\n"
    (case,) = load_cases([write(tmp_path / "set.tsv", text)])
    assert (case.id, case.kind, case.must_contain) == ("7", "number", ("保费补助", "推荐目录"))
    assert case.gold == (Gold("武汉", 58), Gold("武汉", 57))


@pytest.mark.parametrize(
    ("said", "golds"),
    [
        ("常州20", (Gold("常州", 20),)),
        ("武汉 第五十八条", (Gold("武汉", 58),)),
        ("武汉市第 58 条", (Gold("武汉", 58),)),
        ("九江5", (Gold("九江", 5),)),
        ("武汉55【总体设计】", (Gold("武汉", 55, "总体设计"),)),
        ("常州题注", None),
        ("常州0", (Gold("常州", 0),)),
        ("58", None),
        ("武汉", None),
        ("武汉五十八页", None),
        ("武汉第十条之一", (Gold("武汉", 10, suffix=1),)),
    ],
)
def test_places_are_read_exactly_or_not_at_all(said: str, golds: tuple | None) -> None:
    if golds is None:
        with pytest.raises(ValueError, match=said):
            golds_in(said)
    else:
        assert golds_in(said) == golds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("问题,应引条文\na,武汉58\nb,第五十八页\n", ("第 3 行", "「第五十八页」", "常州20")),
        ("问题,应引条文\na,\n", ("第 2 行", "拒答")),
        ("问题,应引条文\n,武汉58\n", ("第 2 行", "武汉58")),
        ("问题,答案\na,b\n", ("第 1 行", "应引条文", "答案")),
        ("", ("第 1 行", "问题")),
        ("问题,应引条文\n", ("空",)),
    ],
)
def test_a_bad_line_is_quoted(text: str, words: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as failed:
        load_cases([write(tmp_path / "set.csv", text)])
    assert [w for w in words if w not in str(failed.value)] == []


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "raw.csv").write_bytes(b"\xff\xfe\x00\x81\xff")
    for path in (tmp_path / "none.csv", tmp_path / "raw.csv"):
        with pytest.raises(DatasetError, match=path.name):
            load_cases([path])
