"""What looks wrong in the words of a regulation, whatever its layout."""

import re
from collections.abc import Sequence

from vectorstore.regulation import Article, Finding

_LATIN = re.compile(r"(?<=[一-鿿，、])\s*\b([a-z]{2,})\b\s*(?=[一-鿿])")
_BLANK_DATE = re.compile(r"自\s*[　_＿Xx×]*\s*年\s*[　_＿Xx×]*\s*月\s*[　_＿Xx×]*\s*日")
_DOUBLED = re.compile(r"([一-鿿]{2,6})\1(?!\1)")
_DOUBLED_ONE = re.compile(r"(在|的|了|和|与|及|对|将|应|可|为|于|由)\1")


def textual_findings(text: str, articles: Sequence[Article]) -> list[Finding]:
    """Stray Latin words, blank dates and doubled words, with their lines."""
    found: list[Finding] = []
    for article in articles:
        span = text[article.start : article.end]
        for kind, pattern, say in (
            ("stray_latin", _LATIN, "中文里夹着英文「{0}」。"),
            ("blank_date", _BLANK_DATE, "日期是空白的：「{0}」。"),
            ("doubled_word", _DOUBLED, "词语重复：「{0}」。"),
            ("doubled_word", _DOUBLED_ONE, "词语重复：「{0}」。"),
        ):
            for hit in pattern.finditer(span):
                line = text.count("\n", 0, article.start + hit.start()) + 1
                what = hit[1] if kind == "stray_latin" else hit[0]
                found.append(Finding(line, kind, article.label + say.format(what)))
    return found
