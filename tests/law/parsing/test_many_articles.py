"""A document of thousands of articles: every one is read, or the document is refused; never in silence."""

import time

import pytest

from law.errors import DocumentError
from law.parsing.parser import parse
from law.text.numerals import to_chinese


def _law(count: int, *, arabic: bool = False) -> str:
    lines = (f"第{n if arabic else to_chinese(n)}条 单位应当报送第{n}号材料。" for n in range(1, count + 1))
    return "海城市条例\n" + "\n".join(lines) + "\n"


@pytest.mark.slow  # ten thousand articles
@pytest.mark.parametrize("arabic", [False, True])
def test_ten_thousand_articles_are_read(arabic: bool) -> None:
    began = time.perf_counter()
    parsed = parse(_law(10_000, arabic=arabic))
    assert [a.number for a in parsed.articles if a.number] == list(range(1, 10_001))
    assert {len(a.paragraphs) for a in parsed.articles} == {1}
    assert not parsed.findings
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    "next_one",
    [
        "第一万零一条 单位应当报送。",
        *(pytest.param(n, marks=pytest.mark.slow) for n in ("第10001条 单位应当报送。", "第二万条　单位。")),
    ],
)
def test_one_more_is_refused_and_the_line_is_named(next_one: str) -> None:
    with pytest.raises(DocumentError, match=r"第 10002 行.*超过第一万条.*拆成几个文件"):
        parse(_law(10_000) + next_one + "\n")


def test_a_great_number_of_something_else_refuses_nothing() -> None:
    lines = (
        "第一条 支持建设数据集。",
        "第一万条数据入库的，给予奖励。",
        "第20000条 生产线",
        "第二条 本条例自公布之日起施行。",
    )
    assert [a.number for a in parse("\n".join(lines)).articles] == [1, 2]
