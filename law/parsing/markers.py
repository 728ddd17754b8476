"""Marks of items (项): （一）, 1., (1), ①; on lines of their own or many on one line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from law.text.numerals import to_int

_HAN = "[一二三四五六七八九十]{1,3}"
_STYLES = {
    "chinese": rf"[（(]\s*({_HAN})\s*[)）](?!\s*[项項])",
    "arabic": r"[（(]\s*([1-9]\d?)\s*[)）](?!\s*[项項])",
    "circled": "([①-⑳])",
    "dotted": r"([1-9]\d?)\s*(?:[.．](?!\d)|、|[)）])",
    "listed": rf"({_HAN})、",
}
_AT_START = {style: re.compile(rf"^{pattern}") for style, pattern in _STYLES.items()}
_AFTER_STOP = {
    style: re.compile(rf"(?<=[：:；;，,。])\s*(?={pattern})") for style, pattern in _STYLES.items() if style != "listed"
}


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of one item: how it is printed, and its number."""

    style: str
    value: int

    def stands_in(self, text: str) -> bool:
        """Whether the mark occurs anywhere in a text."""
        return any(_value(m[1]) == self.value for m in re.finditer(_STYLES[self.style], text))


@dataclass(frozen=True, slots=True)
class Listed:
    """A lead and its items."""

    lead: str
    items: tuple[str, ...]


def marker_of(text: str) -> Marker | None:
    """The mark at the start of a text.

    >>> marker_of("（三）丙；"), marker_of("1.5万元"), marker_of("②乙")
    (Marker(style='chinese', value=3), None, Marker(style='circled', value=2))
    """
    for style, pattern in _AT_START.items():
        if (found := pattern.match(text)) and (value := _value(found[1])):
            return Marker(style, value)
    return None


def expand(lead: str, items: Sequence[str]) -> Listed:
    """Split what was printed on one line; the pieces joined are what came in, white space aside.

    >>> expand("用于:(一)甲;(二)乙。", [])
    Listed(lead='用于:', items=('(一)甲;', '(二)乙。'))
    >>> expand("(一)甲;", ["(二)乙;(三)丙。"])
    Listed(lead='', items=('(一)甲;', '(二)乙;', '(三)丙。'))
    """
    for style, pattern in _AFTER_STOP.items():
        parts = _split(pattern, lead)
        head = "" if parts and _is_mark(parts[0], style, 1) else "".join(parts[:1])
        parts = parts[1:] if head else parts
        found = [*parts, *(p for text in items for p in _split(pattern, text))]
        introduced = not parts or not head or head.endswith((":", "："))
        in_order = all(_is_mark(p, style, i) for i, p in enumerate(found, 1))
        if len(found) > max(1, len(items)) and introduced and in_order:
            return Listed(head, tuple(found))
    return Listed(lead, tuple(items))


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    edges = [0, *(found.end() for found in pattern.finditer(text)), len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges) if text[a:b].strip()]


def _is_mark(text: str, style: str, value: int) -> bool:
    return marker_of(text) == Marker(style, value)


def _value(text: str) -> int | None:
    return ord(text) - ord("①") + 1 if "①" <= text <= "⑳" else to_int(text)
