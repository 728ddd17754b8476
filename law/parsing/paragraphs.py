"""Lines become paragraphs (款) and items (项): what a page break split is joined again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from law.parsing import lines as kinds
from law.parsing.layout import PrintedLayout
from law.parsing.lines import Line, ends_sentence, marks
from law.parsing.markers import Marker, expand, marker_of
from law.regulation import Finding, Paragraph

_TAIL = 3000  # characters of an article in which an open quotation mark is looked for
_COLON = (":", "：")
_BRACKETED = re.compile(r"^[（(][^（）()]{1,40}[)）]$")  # 「（删除）」
_DATE = re.compile(r"^[（(]?\s*\d{4}\s*年")


@dataclass(slots=True)
class _Passage:
    text: str
    start: int
    end: int
    line: int
    table: bool = False

    def join(self, line: Line) -> None:
        latin = self.text[-1:].isascii() and self.text[-1:].isalnum() and line.text[:1].isascii()
        self.text += (" " if latin or line.kind == kinds.TABLE else "") + line.text
        self.end = line.end
        self.table = line.kind == kinds.TABLE

    @property
    def finished(self) -> bool:
        return self.table or ends_sentence(self.text) or bool(_BRACKETED.match(self.text))


@dataclass(slots=True)
class _Draft:
    lead: _Passage
    items: list[_Passage] = field(default_factory=list)
    unmarked: bool = False  # its items are printed without （一）

    @property
    def last(self) -> _Passage:
        return self.items[-1] if self.items else self.lead


class ParagraphBuilder:
    """Collects the lines of one article."""

    def __init__(self, layout: PrintedLayout | None = None) -> None:
        self._layout = layout or PrintedLayout()
        self._drafts: list[_Draft] = []
        self._findings: list[Finding] = []
        self._after_blank = False

    @property
    def text(self) -> str:
        """The last thousands of characters read so far."""
        held: list[str] = []
        for draft in reversed(self._drafts):
            held += [part.text[-_TAIL:] for part in reversed((draft.lead, *draft.items))]
            if sum(map(len, held)) > _TAIL:
                break
        return "".join(reversed(held))

    @property
    def unfinished(self) -> bool:
        """Whether the last line broke off in the middle of a sentence."""
        last = self._drafts[-1].last if self._drafts else None
        return last is not None and not last.finished and not last.text.endswith(_COLON)

    def blank(self) -> None:
        """A blank line: a paragraph's end, or a page break."""
        self._after_blank = True

    def add(self, line: Line) -> None:
        """One more line of the article."""
        part = _Passage(line.text, line.start, line.end, line.number, line.kind == kinds.TABLE)
        if not self._drafts:
            self._drafts.append(_Draft(part))
        elif line.kind == kinds.TABLE:
            if not self._drafts[-1].last.table:
                self._findings.append(Finding(line.number, "table", "表格的每一行读作所在的款的一项，请对照原文。"))
            self._drafts[-1].items.append(part)
        elif line.kind == kinds.ITEM:
            self._resume_list(line.value)
            self._drafts[-1].items.append(part)
        elif self._lists_with_digits(line) or self._lists_without_marks(line):
            self._drafts[-1].items.append(part)
        elif self._starts_paragraph(line):
            self._drafts.append(_Draft(part))
        else:
            self._join(line)
        self._after_blank = False

    def finish(self, label: str) -> tuple[list[Paragraph], list[Finding]]:
        """The paragraphs, and what looked wrong in them."""
        result: list[Paragraph] = []
        for draft in self._drafts:
            listed = expand(draft.lead.text, [part.text for part in draft.items])
            if not draft.unmarked:
                self._check_items(draft, listed.items)
            if not draft.last.finished:
                tail = draft.last.text[-12:]
                self._findings.append(Finding(draft.last.line, "cut_off", f"{label}有一句没有说完：「…{tail}」。"))
            result.append(Paragraph(len(result) + 1, listed.lead, listed.items, draft.lead.start, draft.last.end))
        return result, self._findings

    def _starts_paragraph(self, line: Line) -> bool:
        if line.inline or self._is_sub_item(line):
            return False
        if self._layout.paragraphs == "indented":
            return line.indented
        last = self._drafts[-1].last
        if not last.finished:
            return False
        if self._layout.paragraphs == "blocks":
            return self._after_blank
        if self._layout.paragraphs == "sentences" and len(last.text) > self._layout.width:
            self._doubt(line)
        return True

    def _doubt(self, line: Line) -> None:
        self._findings.append(
            Finding(
                line.number, "doubtful_paragraph", f"折行的文本里，只凭上一行的句号把「{line.text[:8]}…」读作新的一款。"
            )
        )

    def _resume_list(self, value: int) -> None:
        """A paragraph between two items belongs to the first of them."""
        if len(self._drafts) < 2 or value < 2:
            return
        before, between = self._drafts[-2], self._drafts[-1]
        last = marker_of(before.last.text)
        if between.items or not between.lead.finished or not before.items or not last or last.value != value - 1:
            return
        before.last.text += between.lead.text
        before.last.end = between.lead.end
        self._drafts.pop()
        self._findings.append(
            Finding(between.lead.line, "item_paragraph", f"两项之间的一段「{between.lead.text[:8]}…」并入前一项。")
        )

    def _lists_with_digits(self, line: Line) -> bool:
        """「1. …」 or 「①…」 under a lead that ends with a colon, where no (一) is used."""
        draft, marker = self._drafts[-1], marker_of(line.text)
        if not marker:
            return False
        if draft.items:
            first, last = marker_of(draft.items[0].text), marker_of(draft.last.text)
            return bool(first and last and first.style == marker.style and last.value + 1 == marker.value)
        return marker.value == 1 and draft.lead.text.endswith(_COLON)

    def _is_sub_item(self, line: Line) -> bool:
        """「1. …」 inside （一）."""
        last, marker = self._drafts[-1].last.text, marker_of(line.text)
        if not marker or not self._drafts[-1].items:
            return False
        return last.endswith(_COLON) if marker.value == 1 else Marker(marker.style, marker.value - 1).stands_in(last)

    def _lists_without_marks(self, line: Line) -> bool:
        """Lines under 「…下列职责:」 that were printed, or copied, without their (一)."""
        draft = self._drafts[-1]
        if line.inline or line.kind != kinds.TEXT or (self._layout.width and not line.indented):
            return False
        if not draft.items and draft.lead.text.endswith(_COLON):
            message = f"「{draft.lead.text[-8:]}」之下的列举没有印（一）（二），逐行读作各项。"
            self._findings.append(Finding(line.number, "unmarked_items", message))
            draft.unmarked = True
            return True
        if not draft.unmarked or marker_of(draft.last.text) or marks()["new_paragraph"].match(line.text):
            return False
        if draft.last.text.endswith(("；", ";")):
            return True
        return draft.last.finished and draft.items[0].text.endswith("。")

    def _join(self, line: Line) -> None:
        last = self._drafts[-1].last
        mid_sentence = not last.finished and not last.text.endswith((*_COLON, ";", "；"))
        if mid_sentence and not self._layout.width and not line.inline:
            tail, head = last.text[-8:], line.text[:8]
            self._findings.append(Finding(line.number, "page_break", f"句子被断开，已接上：「…{tail}」+「{head}…」。"))
        last.join(line)

    def _check_items(self, draft: _Draft, items: Sequence[str]) -> None:
        lines = {part.text: part.line for part in draft.items}
        expected = 1
        rows = {part.text for part in draft.items if part.table}
        for text in items:
            if text in rows:
                continue
            marker = marker_of(text)
            if marker and marker.value != expected:
                line = lines.get(text, draft.lead.line)
                self._findings.append(Finding(line, "item_gap", f"这里应是第{expected}项，印的是「{text[:6]}」。"))
            expected = (marker.value if marker else expected) + 1


def preamble_paragraphs(before: Sequence[Line], *, first: int = 1) -> list[Paragraph]:
    """Text outside the articles: titles, notes and dates, each line for itself unless a sentence goes on."""
    parts: list[_Passage] = []
    titles: set[int] = set()
    for line in before:
        if parts and (line.inline or (len(parts) - 1 not in titles and _goes_on(parts[-1].text, line))):
            parts[-1].join(line)
            continue
        if line.marked:
            titles.add(len(parts))
        parts.append(_Passage(line.text, line.start, line.end, line.number))
    return [Paragraph(first + i, p.text, (), p.start, p.end) for i, p in enumerate(parts)]


def _goes_on(text: str, line: Line) -> bool:
    return (
        len(text) >= 30
        and not ends_sentence(text)
        and not marks()["event"].search(text)
        and not line.marked
        and not _DATE.match(line.text)
        and line.kind == kinds.TEXT
    )
