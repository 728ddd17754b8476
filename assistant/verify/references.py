"""第二十条第三款 in a sentence: a place in the law, no figure of it; it must be a cited place."""

import re
from collections.abc import Sequence

from law.regulation import Article
from law.text.references import parts_of

#: 前款, 前两条 and (三) after a 条 point to a place without a number of their own.
_POINTING = re.compile(r"(?<=条)\([0-9一二三四五六七八九十]{1,3}\)|前[一二两三四五]?[款项条]")


def blank_references(text: str) -> str:
    """The text with every reference blanked out, each other character in its place."""
    for part in parts_of(text):
        if part.ordinal:
            text = text[: part.start] + "|" * (part.end - part.start) + text[part.end :]
    return _POINTING.sub(lambda m: "|" * len(m[0]), text)


def strange_references(sentence: str, cited: Sequence[Article], texts: Sequence[str]) -> list[str]:
    """References of a plain sentence to an article, 款 or 项 that is neither cited nor named in a cited text."""
    numbers = {(a.number, a.suffix) for a in cited}
    paragraphs = max((len(a.paragraphs) for a in cited), default=0)
    items = max((len(p.items) for a in cited for p in a.paragraphs), default=0)
    strange: list[str] = []
    for part in parts_of(sentence):
        said = sentence[part.start : part.end]
        if not part.ordinal or any(said in t for t in texts):
            continue
        known = {
            "条": set(part.numbers) <= numbers, "款": all(n <= paragraphs for n, _ in part.numbers),
            "项": all(n <= max(items, paragraphs) for n, _ in part.numbers),
            "章": any(said in a.chapter.replace(" ", "") for a in cited), "节": True,
        }  # fmt: skip
        if not known[part.unit]:
            strange.append(said)
    return strange
