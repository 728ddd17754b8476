"""第二十条第三款 in a sentence: a place in the law, no figure of it; it must be a cited place."""

import re
from collections.abc import Sequence

from law.regulation import Article
from law.text.numerals import NUMERAL, value_of

_REFERENCE = re.compile(
    rf"第(?P<n>{NUMERAL})(?P<unit>[条款项章节])(?:之[一二三四五六七八九十])?|(?<=条)\((?P<item>{NUMERAL})\)|前[一二两三四五]?[款项条]"
)


def blank_references(text: str) -> str:
    """The text with every reference blanked out, each other character in its place."""
    return _REFERENCE.sub(lambda m: "|" * len(m[0]), text)


def strange_references(sentence: str, cited: Sequence[Article], texts: Sequence[str]) -> list[str]:
    """References of a plain sentence to an article, 款 or 项 that is neither cited nor named in a cited text."""
    numbers = {a.number for a in cited}
    paragraphs = max((len(a.paragraphs) for a in cited), default=0)
    items = max((len(p.items) for a in cited for p in a.paragraphs), default=0)
    strange: list[str] = []
    for m in _REFERENCE.finditer(sentence):
        value = value_of(m["n"]) if m["n"] else None
        if value is None or any(m[0] in t for t in texts):
            continue
        known = {
            "条": value in numbers, "款": value <= paragraphs, "项": value <= max(items, paragraphs),
            "章": any(m[0] in a.chapter.replace(" ", "") for a in cited), "节": True,
        }  # fmt: skip
        if not known[m["unit"]]:
            strange.append(m[0])
    return strange
