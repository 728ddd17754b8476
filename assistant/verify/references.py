"""第二十条第三款 in a sentence: a place in the law, no figure of it; it must be a cited place."""

from collections.abc import Sequence

from law.regulation import Article
from law.text.numbered import parts_of


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
            "条": set(part.numbers) <= numbers,
            "款": all(n <= paragraphs for n, _ in part.numbers),
            "项": all(n <= max(items, paragraphs) for n, _ in part.numbers),
            "章": any(said in a.chapter.replace(" ", "") for a in cited),
            "节": True,
        }
        if not known[part.unit]:
            strange.append(said)
    return strange
