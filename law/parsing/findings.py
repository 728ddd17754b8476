"""What looks wrong in the words of a regulation, whatever its layout."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from law.formats.document import lines_of
from law.regulation import Article, Finding

_LATIN = re.compile(r"(?<=[一-鿿，、])\s*([a-z]{2,})\s*(?=[一-鿿])")
_EMPTY = r"[\s　_＿Xx×*＊]*"
_BLANK_DATE = re.compile(rf"(?:自|于|於){_EMPTY}年{_EMPTY}月{_EMPTY}日")
_DOUBLED = re.compile(r"([一-鿿]{2,6})\1(?!\1)")
_DOUBLED_ONE = re.compile(r"(在|的|了|和|与|及|对|将|应|可|为|于|由)\1")
_PATTERNS = (
    ("stray_latin", _LATIN, "中文里夹着英文「{0}」。"),
    ("blank_date", _BLANK_DATE, "日期是空白的：「{0}」。"),
    ("doubled_word", _DOUBLED, "词语重复：「{0}」。"),
    ("doubled_word", _DOUBLED_ONE, "词语重复：「{0}」。"),
)


def textual_findings(text: str, articles: Sequence[Article]) -> list[Finding]:
    """Stray Latin words, blank dates and doubled words, with their lines."""
    lines = lines_of(text)
    starts = [line.start for line in lines]
    found: list[Finding] = []
    for article in articles:
        for paragraph in article.paragraphs:
            span = text[paragraph.start : paragraph.end]
            for kind, pattern, say in _PATTERNS:
                for hit in pattern.finditer(span):
                    at = bisect_right(starts, paragraph.start + hit.start(hit.lastindex or 0)) - 1
                    what = hit[1] if kind == "stray_latin" else hit[0]
                    found.append(Finding(lines[at].number, kind, article.label + say.format(what)))
    return found
