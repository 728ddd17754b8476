"""What a sentence quotes stands in the article verbatim; the place in the law that it names is a cited one."""

import re
from collections.abc import Sequence

from assistant.verify.words import grammar
from law.regulation import Article
from law.text.numbered import parts_of

QUOTED = re.compile(r"「([^「」]+)」|“([^“”]+)”|『([^『』]+)』|‘([^‘’]+)’|\"([^\"]+)\"")
_MARKS = str.maketrans("", "", '「」“”『』‘’"')
_ELLIPSIS = re.compile(r"(?:…|\.{3,}|⋯)+")


def unquoted(text: str) -> str:
    """The text without quotation marks."""
    return text.translate(_MARKS)


def misquoted(sentence: str, held: Sequence[str]) -> list[str]:
    """The quotes of a plain sentence that stand in none of the held plain texts; not those denied (不是「应当」).

    An ellipsis may leave words out; the pieces must then follow each other in one text.
    """
    texts = [unquoted(h) for h in held]
    told = (m for m in QUOTED.finditer(sentence) if not grammar("denied_quote").search(sentence[: m.start()]))
    quotes = [next(q for q in m.groups() if q) for m in told]
    return [q for q in quotes if not any(_stands(q, text) for text in texts)]


def _stands(quote: str, text: str) -> bool:
    at = 0
    for piece in _ELLIPSIS.split(unquoted(quote)):
        bare = piece.strip(",;:。.!?、")
        found = text.find(bare, at)
        if found < 0:
            return False
        at = found + len(bare)
    return True


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
