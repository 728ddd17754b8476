"""Printed rows become paragraphs: joined over line and page ends, without running heads and page numbers.

A row begins a paragraph where it is indented, where the row above ended early or where an article opens; else it
goes on. A head or foot is told by its place, which is the same on other pages, or is a page number at the edge.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from law.formats.extracted import Doubt, Extracted, page_rules, table_lines
from law.formats.page_rows import Page, PrintedRow, printed_rows, rows_of
from law.regulation import Finding

#: Words of so many characters that stand in one place of so many pages are a head or a foot wherever they stand.
_AGAIN = 4
#: The shares of a page in which heads and feet stand.
_TOP, _BOTTOM = 0.13, 0.87
_ENDED = re.compile(r"[。！？；：!?;:][”’」』)）》】\]]*$")
_NUMBER = r"第[\s　]*[0-9０-９一二三四五六七八九十百零〇]+[\s　]*"
_ARTICLE = re.compile(rf"^{_NUMBER}条")
_LEAD = re.compile(rf"^{_NUMBER}[条章节编]$")
#: In characters: an indent, what a full row may lack at its end, and what no full row lacks.
_INDENT, _RAGGED, _SHORT = 0.9, 2.2, 4.5
#: What room at the end of a sentence shows that the next word, which would have fitted, begins a paragraph.
_FITS = 1.15
#: Rows enough to tell the margins of left pages from those of right ones; and too few for any to be an exception.
_ROWS_OF_A_SIDE, _FEW_ROWS = 15, 40
_APART = 1.28  # of the usual distance of rows: something is between them


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the rows of a column begin and end."""

    left: float
    right: float


def text_of(pages: Sequence[Page], form: str, findings: Sequence[Finding] = ()) -> Extracted:
    """The text of all pages, one paragraph a line."""
    kept, left_out = _without_furniture(pages)
    body = rows_of(kept)
    said = list(findings)
    if left_out:
        said.append(
            Finding(0, "page_furniture", f"页眉、页脚和页码已略去：{'、'.join(f'「{t}」' for t in left_out[:4])}。")
        )
    text, doubts = "", []
    for paragraph in _paragraphs(body):
        doubts += [replace(d, start=d.start + len(text), end=d.end + len(text)) for d in paragraph.doubts]
        text += paragraph.text + "\n"
    return Extracted(text, form, tuple(said), tuple(doubts))


# heads, feet and page numbers ---------------------------------------------------------------


def _without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without their heads and feet, and what these said."""
    rows = [printed_rows(page, page.pieces) for page in pages]
    edges = [row for own, page in zip(rows, pages, strict=True) for row in own if _at_edge(row, own, page.height)]
    places = Counter((_kind(row), place) for row in edges for place in {_place(row), _place(row) + 1})
    seats = {place for (_, place), n in places.items() if n >= 2}
    again = {told for told, n in places.items() if n >= _AGAIN and len(told[0]) >= _AGAIN}
    seats |= {_place(row) for row in edges if page_rules()["number"].match(row.text)}
    size = median([row.size for own in rows for row in own] or [0.0])
    edge = {id(row) for row in edges}
    kept: list[Page] = []
    said: dict[str, None] = {}
    for own, page in zip(rows, pages, strict=True):
        out = [
            row
            for row in own
            if id(row) in edge
            and (
                {(_kind(row), _place(row)), (_kind(row), _place(row) + 1)} & again
                or _is_furniture(row, own, size, seats, len(pages))
            )
        ]
        said |= dict.fromkeys(re.sub(r"\d+", "…", row.text) for row in out)
        gone = {piece for row in out for piece in row.pieces}
        kept.append(replace(page, pieces=tuple(p for p in page.pieces if p not in gone)))
    return kept, list(said)


def _is_furniture(row: PrintedRow, page: Sequence[PrintedRow], size: float, seats: Set[int], pages: int) -> bool:
    """At a place that other pages use too, or in small print apart from the text."""
    if {_place(row), _place(row) + 1} & seats:
        return _stands_apart(row, page, size) or bool(page_rules()["number"].match(row.text))
    return pages > 1 and row.size < 0.86 * size and _stands_apart(row, page, 0.0)


def _at_edge(row: PrintedRow, page: Sequence[PrintedRow], height: float) -> bool:
    """Among the outermost three lines of the page, and close to its edge."""
    outer = sorted({round(r.middle) for r in page})
    near = row.middle < _TOP * height or row.middle > _BOTTOM * height
    return near and round(row.middle) in (*outer[:3], *outer[-3:])


def _kind(row: PrintedRow) -> str:
    """What stays the same from page to page: the words without their numbers, or that it is a page number."""
    return "#" if page_rules()["number"].match(row.text) else re.sub(r"[\d\s　]+", "", row.text)


def _place(row: PrintedRow) -> int:
    return round(row.middle / 4) * 2


def _stands_apart(row: PrintedRow, page: Sequence[PrintedRow], size: float) -> bool:
    """Further from its neighbour than rows of text, or in smaller print."""
    others = [abs(r.middle - row.middle) for r in page if abs(r.middle - row.middle) > 0.5 * row.size]
    pitch = _pitch(page)
    return row.size < 0.93 * size or not others or (pitch > 0 and min(others) > 1.15 * pitch)


def _pitch(page: Sequence[PrintedRow]) -> float:
    """The distance of two rows of one paragraph: a lower quarter of all; 0 where there are too few."""
    steps = [
        b.middle - a.middle
        for a, b in pairwise(page)
        if a.column == b.column and 0.8 * a.size < b.middle - a.middle < 4 * a.size
    ]
    return sorted(steps)[len(steps) // 4] if len(steps) >= 2 else 0.0


# paragraphs -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    doubts: tuple[Doubt, ...]


def _paragraphs(rows: Sequence[PrintedRow]) -> Iterator[_Paragraph]:
    manner = _manner_of(rows)
    held: list[PrintedRow] = []
    at = 0
    while at < len(rows):
        table = _table_from(rows, at)
        if table:
            if held:
                yield _joined(held)
                held = []
            yield from (_Paragraph(line, ()) for line in table_lines([r.cells for r in rows[at : at + table]]))
            at += table
            continue
        row = _as_text(rows[at])
        if held and _begins(row, held[-1], held, manner):
            yield _joined(held)
            held = []
        held.append(row)
        at += 1
    if held:
        yield _joined(held)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a document is printed: its margins, the size of its words, the distance of its rows, indents or none."""

    margins: dict[tuple[int, int], _Margins]
    body: float
    pitch: float
    indented: bool


def _manner_of(rows: Sequence[PrintedRow]) -> _Manner:
    margins = _margins(rows)
    body = median([row.size for row in rows] or [0.0])
    return _Manner(margins, body, _pitch(rows), _is_indented(rows, margins, body))


def _is_indented(rows: Sequence[PrintedRow], margins: dict[tuple[int, int], _Margins], body: float) -> bool:
    """Articles are, and so are the paragraphs below a row that plainly ended one."""

    def inside(some: Sequence[PrintedRow]) -> int:
        return sum(row.left - margins[_side(row)].left > _INDENT * row.size for row in some)

    words = [row for row in rows if abs(row.size - body) < 0.12 * body]
    opening = [row for row in words if _ARTICLE.match(row.text)]
    below = [
        row
        for above, row in pairwise(words)
        if _ENDED.search(above.text)
        and margins[_side(above)].right - above.right > _SHORT * above.size
        and not page_rules()["opens"].match(row.text)
    ]
    told = len(opening) >= 3 and inside(opening) * 10 >= len(opening) * 9
    return told and (len(below) < 3 or inside(below) * 10 >= len(below) * 8)


def _begins(row: PrintedRow, above: PrintedRow, held: Sequence[PrintedRow], manner: _Manner) -> bool:
    """Whether a row begins a paragraph below another."""
    size = max(row.size, 1.0)
    own, former = manner.margins[_side(row)], manner.margins[_side(above)]
    ended = bool(_ENDED.search(above.text))
    lacking = (former.right - above.right) / size
    if page_rules()["opens"].match(row.text) and (ended or lacking > _RAGGED):
        return True
    if abs(row.size - above.size) > 0.12 * manner.body:
        return True
    if row.size > 1.15 * manner.body and not ended:
        return row.page != above.page  # a title over several rows
    if row.left - own.left > _INDENT * size:
        hangs = len(held) > 1 and abs(row.left - held[-1].left) < 0.3 * size and held[0].left < held[-1].left
        return not (hangs and lacking < _RAGGED and not ended)
    if lacking > _SHORT or (lacking > _FITS and ended and not manner.indented):
        return True
    near = row.page == above.page and row.column == above.column
    return near and ended and manner.pitch > 0 and row.middle - above.middle > _APART * manner.pitch


def _joined(rows: Sequence[PrintedRow]) -> _Paragraph:
    text, doubts = "", []
    for row in rows:
        if text[-1:].isascii() and text[-1:].isalnum() and row.text[:1].isascii() and row.text[:1].isalnum():
            text += " " if text[-1:].isalpha() and row.text[:1].isalpha() else ""
        doubts += [replace(d, start=d.start + len(text), end=d.end + len(text)) for d in row.doubts]
        text += row.text
    return _Paragraph(text, tuple(doubts))


def _side(row: PrintedRow) -> tuple[int, int]:
    """Left and right pages have margins of their own, and each column."""
    return row.page % 2, row.column


def _margins(rows: Sequence[PrintedRow]) -> dict[tuple[int, int], _Margins]:
    """The margins of each column; of left and right pages apart only where they are shifted."""
    sides: dict[tuple[int, int], list[PrintedRow]] = {}
    for row in rows:
        sides.setdefault(_side(row), []).append(row)
    own = {side: _margins_of(some) for side, some in sides.items()}
    for column in {column for _, column in sides}:
        pair = [own[side] for side in ((0, column), (1, column)) if len(sides.get(side, ())) >= _ROWS_OF_A_SIDE]
        shifted = len(pair) == 2 and abs(pair[0].left - pair[1].left) > 3
        if shifted and abs((pair[0].left - pair[1].left) - (pair[0].right - pair[1].right)) < 3:
            continue
        both = _margins_of([row for row in rows if row.column == column])
        own |= {side: both for side in sides if side[1] == column}
    return own


def _margins_of(rows: Sequence[PrintedRow]) -> _Margins:
    return _Margins(_edge([row.left for row in rows]), _full(rows))


def _full(rows: Sequence[PrintedRow]) -> float:
    """Where full rows end: at the place where most of the longer ones do; a comma may hang over it."""
    outer = -_edge([-row.right for row in rows])
    if len(rows) < _FEW_ROWS:
        return outer
    size = median(row.size for row in rows)
    near = sorted(row.right for row in rows if outer - _SHORT * size < row.right <= outer + 1)
    return max(near, key=lambda x: (sum(abs(x - other) < 0.2 * size for other in near), x), default=outer)


def _edge(values: Sequence[float]) -> float:
    """The outermost place where at least two rows begin; of a few rows, where one does."""
    ordered = sorted(values)
    if len(ordered) < _FEW_ROWS:
        return ordered[0]
    return next((a for a, b in pairwise(ordered) if b - a < 3), ordered[0])


def _as_text(row: PrintedRow) -> PrintedRow:
    """A single row with wide gaps is a line of text: a signature, or 「第一章    总则」."""
    return replace(row, cells=("\u3000".join(row.cells),)) if len(row.cells) > 1 else row


def _table_from(rows: Sequence[PrintedRow], at: int) -> int:
    """How many rows from here on are a table: two at least, of as many cells, which begin one below the other."""
    first = rows[at]
    if len(first.cells) < 2 or _LEAD.match(first.cells[0].strip()):
        return 0
    end = at + 1
    while end < len(rows) and len(rows[end].cells) == len(first.cells) and rows[end].page == first.page:
        end += 1
    return end - at if end - at > 1 else 0
