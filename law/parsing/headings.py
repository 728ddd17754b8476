"""Does an article number open an article, or is it a cross-reference?

「第三十条规定的…」 at the start of a line is not a heading; 「第三条规定应当公开。」 may be one. What
came before and what comes after decide.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from law.parsing import lines as kinds
from law.parsing.layout import BRACKETED, PARENTHESISED
from law.parsing.lines import Line, is_title, marks, squeeze
from law.text.numerals import article_label

_QUOTES = (("“", "”"), ("「", "」"))


@dataclass(frozen=True, slots=True)
class State:
    """What was read before a line: the last article, its words, and whether they broke off."""

    number: int
    suffix: int
    text: str
    unfinished: bool

    @property
    def last(self) -> tuple[int, int]:
        """Number and suffix."""
        return self.number, self.suffix


class Headings:
    """All places of a document where an article may open."""

    def __init__(self, found: Sequence[Line], text: str) -> None:
        self._text = text
        self._lines = found
        self._plain = [
            (i, n.value, n.suffix)
            for i, n in enumerate(found)
            if n.kind == kinds.ARTICLE and not n.refers and not n.may_refer and (n.has_di or _has_heading(n))
        ]

        self._places = [i for i, _, _ in self._plain]
        self._counts = Counter(v for _, v, _ in self._plain)

    def opens(self, at: int, line: Line, state: State) -> tuple[bool, str]:
        """Whether the line opens an article, and what is doubtful about that."""
        number, suffix = state.last
        expected = (line.value, line.suffix) in ((number + 1, 0), (number, suffix + 1))
        headed = _has_heading(line)
        if line.refers and not headed:
            return expected and line.amends and not state.unfinished, ""
        if not headed and not line.marked and state.unfinished and marks()["leads_to_reference"].search(state.text):
            return False, ""
        if not expected and self._quoted(line, state.text):
            return False, ""
        if line.may_refer and not headed:
            return self._perhaps(at, line, state, expected=expected)
        if not line.has_di:
            near = 0 <= line.value - number <= 2
            return near and (headed or (expected and not state.unfinished)), ""
        if expected:
            return not (state.unfinished and line.glued), ""
        if line.glued:
            return False, ""
        if not number and not state.suffix:
            return not line.inline, ""
        return self._out_of_turn(at, line, state)

    def comes_later(self, at: int, value: int, suffix: int = 0) -> bool:
        """Whether an article of this number may open below a line."""
        return self._counts[value] > 0 and any((v, s) == (value, suffix) for _, v, s in self._later(at))

    def _later(self, at: int) -> Iterator[tuple[int, int, int]]:
        return islice(self._plain, bisect_right(self._places, at), None)

    def any_later(self, at: int) -> bool:
        """Whether any article may open below a line."""
        return bool(self._plain) and self._plain[-1][0] > at

    def next_content_opens(self, at: int, value: int) -> bool:
        """Whether the next line with words on it is this article's."""
        following = (n for n in self._lines[at + 1 :] if n.kind not in kinds.EMPTY)
        line = next(following, None)
        return line is not None and line.kind == kinds.ARTICLE and line.value == value and not line.refers

    def _perhaps(self, at: int, line: Line, state: State, *, expected: bool) -> tuple[bool, str]:
        if not expected or state.unfinished or self.comes_later(at, line.value, line.suffix):
            return False, ""
        label = article_label(line.value, line.suffix)
        if not line.glued:
            return True, ""
        return True, f"「{line.text[:12]}…」可能是援引，也可能是条文开头，按次序读作{label}。"

    def _out_of_turn(self, at: int, line: Line, state: State) -> tuple[bool, str]:
        """A number that does not follow the last one: a gap, a repeat, or no heading at all."""
        following = next((v for _, v, _ in self._later(at)), 0)
        if state.unfinished and not line.marked and not _has_heading(line):
            starts_again = line.value == 1 and state.number > 2
            opens = (line.value > state.number or starts_again) and following == line.value + 1 and not line.inline
            return opens, ""
        elsewhere = self._counts[line.value] > 1
        if line.value != state.number and following == state.number + 1 and elsewhere and not _has_heading(line):
            return False, f"「{line.text[:12]}…」与前后条号不连续，读作{article_label(state.number)}的正文。"
        return not line.inline, ""

    def _quoted(self, line: Line, said: str) -> bool:
        """Between quotation marks: a decision that quotes the article it changes."""
        for opening, closing in _QUOTES:
            if said.rfind(opening) <= said.rfind(closing):
                continue
            closes, reopens = (self._text.find(mark, line.start) for mark in (closing, opening))
            if closes >= 0 and (reopens < 0 or closes < reopens):
                return True
        return False


def _has_heading(line: Line) -> bool:
    return bool(line.title or BRACKETED.match(line.rest))


def heading_of(line: Line, announced: str, style: str) -> tuple[str, str]:
    """The heading of an article that opens on a line, and the rest of the line.

    `announced` stood above it; `style` is where the document has its headings (`Layout.headings`).
    """
    rest = line.rest
    if line.title or announced:
        return squeeze(line.title) or announced, rest
    if found := (BRACKETED.match(rest) or (PARENTHESISED.match(rest) if style == "parentheses" else None)):
        return found[1].strip(), rest[found.end() :].lstrip()
    if style == "own_line" and is_title(rest):
        return squeeze(rest), ""
    return "", rest
