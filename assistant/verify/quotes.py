"""What a sentence quotes must stand in the article verbatim, white space, script and closing punctuation aside."""

import re
from collections.abc import Sequence

QUOTED = re.compile(r"「([^「」]+)」|“([^“”]+)”|『([^『』]+)』|‘([^‘’]+)’|\"([^\"]+)\"")
_MARKS = str.maketrans("", "", '「」“”『』‘’"')
_ELLIPSIS = re.compile(r"(?:…|\.{3,}|⋯)+")


def unquoted(text: str) -> str:
    """The text without quotation marks."""
    return text.translate(_MARKS)


def misquoted(sentence: str, held: Sequence[str]) -> list[str]:
    """The quotes of a plain sentence that stand in none of the held plain texts.

    An ellipsis may leave words out; the pieces must then follow each other in one text.
    """
    texts = [unquoted(h) for h in held]
    quotes = [next(q for q in m.groups() if q) for m in QUOTED.finditer(sentence)]
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
