"""Lines become paragraphs (款) and items (项): what a page break split is joined again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vectorstore import lines as kinds
from vectorstore.lines import Line, ends_sentence
from vectorstore.numerals import to_int
from vectorstore.regulation import Finding, Paragraph

_INLINE_ITEM = re.compile(r"(?<=[：:；;，,。])\s*(?=[（(][一二三四五六七八九十]{1,3}[)）](?!\s*[项項]))")
_MARKER = re.compile(r"^[（(]([一二三四五六七八九十]{1,3})[)）]")
_NUMBERED = re.compile(r"^(?:[1-9]\d?|[一二三四五六七八九十]{1,3})\s*[.．、]")
_DATE = re.compile(r"^[（(]?\s*\d{4}\s*年")


@dataclass(slots=True)
class _Part:
    text: str
    start: int
    end: int
    line: int

    def join(self, line: Line) -> None:
        latin = self.text[-1:].isascii() and self.text[-1:].isalnum() and line.text[:1].isascii()
        self.text += (" " if latin else "") + line.text
        self.end = line.end


@dataclass(slots=True)
class _Draft:
    lead: _Part
    items: list[_Part] = field(default_factory=list)

    @property
    def last(self) -> _Part:
        return self.items[-1] if self.items else self.lead


class ParagraphBuilder:
    """Collects the lines of one article."""

    def __init__(self, *, wrapped: bool = False, indented: bool = False) -> None:
        self._wrapped = wrapped
        self._indented = indented
        self._drafts: list[_Draft] = []
        self._findings: list[Finding] = []
        self._after_blank = False

    @property
    def unfinished(self) -> bool:
        """Whether the last line broke off in the middle of a sentence."""
        return (
            bool(self._drafts)
            and not self._drafts[-1].last.text.endswith((":", "："))
            and not ends_sentence(self._drafts[-1].last.text)
        )

    def blank(self) -> None:
        """A blank line: a paragraph's end, or a page break."""
        self._after_blank = True

    def add(self, line: Line) -> None:
        """One more line of the article."""
        if line.kind == kinds.ITEM and self._takes_item():
            self._check_item(line)
            self._drafts[-1].items.append(_Part(line.text, line.start, line.end, line.number))
        elif not self._drafts or self._starts_paragraph(line):
            self._drafts.append(_Draft(_Part(line.text, line.start, line.end, line.number)))
        elif self._lists_with_digits(line):
            self._drafts[-1].items.append(_Part(line.text, line.start, line.end, line.number))
        else:
            self._join(line)
        self._after_blank = False

    def finish(self, label: str) -> tuple[list[Paragraph], list[Finding]]:
        """The paragraphs, and what looked wrong in them."""
        result: list[Paragraph] = []
        for draft in self._drafts:
            lead, items = draft.lead.text, tuple(p.text for p in draft.items)
            if not items:
                lead, items = split_inline_items(lead)
            if not ends_sentence(draft.last.text):
                tail = draft.last.text[-12:]
                self._findings.append(Finding(draft.last.line, "cut_off", f"{label}有一句没有说完：「…{tail}」。"))
            result.append(Paragraph(len(result) + 1, lead, items, draft.lead.start, draft.last.end))
        return result, self._findings

    def _takes_item(self) -> bool:
        return bool(self._drafts)

    def _starts_paragraph(self, line: Line) -> bool:
        if line.inline:
            return False
        if self._indented:
            return line.indented
        return ends_sentence(self._drafts[-1].last.text)

    def _lists_with_digits(self, line: Line) -> bool:
        """「1. …」 under a lead that ends with a colon, where no (一) is used."""
        draft = self._drafts[-1]
        if not _NUMBERED.match(line.text):
            return False
        if draft.items:
            return bool(_NUMBERED.match(draft.items[0].text))
        return draft.lead.text.endswith((":", "："))

    def _join(self, line: Line) -> None:
        last = self._drafts[-1].last
        mid_sentence = not last.text.endswith((":", "：", ";", "；"))
        if mid_sentence and self._after_blank and not self._wrapped:
            tail, head = last.text[-8:], line.text[:8]
            self._findings.append(Finding(line.number, "page_break", f"句子被断开，已接上：「…{tail}」+「{head}…」。"))
        last.join(line)

    def _check_item(self, line: Line) -> None:
        expected = len(self._drafts[-1].items) + 1
        if line.value != expected:
            self._findings.append(
                Finding(line.number, "item_gap", f"这里应是第{expected}项，印的是「{line.text[:6]}」。")
            )


def split_inline_items(text: str) -> tuple[str, tuple[str, ...]]:
    """「…:(一)甲;(二)乙。」 printed on one line → its lead and its items.

    >>> split_inline_items("用于:(一)甲;(二)乙。")
    ('用于:', ('(一)甲;', '(二)乙。'))
    """
    pieces = [p for p in _INLINE_ITEM.split(text) if p]
    markers = [_MARKER.match(p) for p in pieces[1:]]
    numbers = [to_int(m[1]) if m else None for m in markers]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return text, ()
    if not pieces[0].rstrip().endswith((":", "：")):
        return text, ()
    return pieces[0].rstrip(), tuple(p.strip() for p in pieces[1:])


def preamble_paragraphs(before: Sequence[Line]) -> list[Paragraph]:
    """The text before 第一章: a title, notes and dates, each line for itself unless a sentence goes on."""
    parts: list[_Part] = []
    titles: set[int] = set()
    for line in before:
        goes_on = (
            parts
            and len(parts) - 1 not in titles
            and len(parts[-1].text) >= 30
            and not ends_sentence(parts[-1].text)
            and not re.search(r"(?:通过|批准|修正|修订|公布|施行|決議|決定)[)）]?$", parts[-1].text)
            and not line.marked
            and not _DATE.match(line.text)
            and line.kind == kinds.TEXT
        )
        if goes_on:
            parts[-1].join(line)
            continue
        if line.marked:
            titles.add(len(parts))
        parts.append(_Part(line.text, line.start, line.end, line.number))
    return [Paragraph(i + 1, p.text, (), p.start, p.end) for i, p in enumerate(parts)]
