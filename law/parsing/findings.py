"""What looks wrong in the words of a regulation, whatever its layout."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from law.formats.document import lines_of
from law.parsing.lines import Line, marks
from law.regulation import Article, Finding
from law.text.numerals import article_label
from law.text.rules import Rule

_LATIN = re.compile(r"(?<=[一-鿿，、])\s*([a-z]{2,})\s*(?=[一-鿿])")
_DOUBLED = re.compile(r"([一-鿿]{2,6})\1(?!\1)")

#: Numbers of missing articles that are named; of more it says 等.
MOST_MISSING = 5


def numbering(line: Line, last: int) -> Iterator[Finding]:
    """What is wrong with the number of an article that opens on a line, `last` the number before it."""
    label = article_label(line.value, line.suffix)
    if line.value > last + 1:
        numbers = range(last + 1, min(line.value, last + 1 + MOST_MISSING))
        missing = "、".join(map(article_label, numbers)) + ("等" if line.value > last + 1 + MOST_MISSING else "")
        where = f"{article_label(last)}之后" if last else "开头"
        yield Finding(line.number, "gap", f"{where}是{label}，缺{missing}。")
    elif not line.suffix and line.value < last:
        yield Finding(line.number, "out_of_order", f"{article_label(last)}之后是{label}，次序倒退。")


def textual_findings(text: str, articles: Sequence[Article]) -> list[Finding]:
    """Stray Latin words, blank dates and doubled words, with their lines."""
    lines = lines_of(text)
    starts = [line.start for line in lines]
    found: list[Finding] = []
    for article in articles:
        for paragraph in article.paragraphs:
            span = text[paragraph.start : paragraph.end]
            for kind, pattern, told in _patterns():
                for hit in pattern.finditer(span):
                    at = bisect_right(starts, paragraph.start + hit.start(hit.lastindex or 0)) - 1
                    what = hit[1] if kind == "stray_latin" else hit[0]
                    found.append(Finding(lines[at].number, kind, article.label + told.format(what)))
    return found


def _patterns() -> Iterator[tuple[str, re.Pattern[str] | Rule, str]]:
    """What is looked for, and how it is told."""
    doubled = "词语重复：「{0}」。"
    yield "stray_latin", _LATIN, "中文里夹着英文「{0}」。"
    yield "blank_date", marks()["blank_date"], "日期是空白的：「{0}」。"
    yield "doubled_word", _DOUBLED, doubled
    yield "doubled_word", marks()["doubled_function_word"], doubled
