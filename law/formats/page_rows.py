"""Pieces of words on a page become rows in reading order, columns one after the other.

Coordinates are points, counted from the left and from the top. A size is the height of a character, which for
Chinese is its width as well: distances are told in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from law.formats.extracted import Doubt, page_rules

#: In characters: pieces further apart stand in different cells; and a gap that is printed as a space.
CELL_GAP, SPACE_GAP = 2.6, 0.6
#: A gutter lies in the middle of the page; few pieces cross it, and both sides hold lines enough.
_MIDDLE = (0.35, 0.65)
_HANGING = "。，、；：！？”’）》"
_MOST_CROSSING, _LEAST_LINES, _LEAST_SHARE = 0.25, 4, 0.12


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand close together on one line. `score` is 1 but for what was recognised from a picture."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    score: float = 1.0

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page of pieces; `number` counts from 1."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One printed line of one column. `cells` is more than one where a table has been printed."""

    page: int
    column: int
    cells: tuple[str, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    doubts: tuple[Doubt, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """Its words, cells set apart by tabs."""
        return "\t".join(self.cells)

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


def rows_of(pages: Sequence[Page]) -> list[PrintedRow]:
    """The rows of all pages in reading order.

    Where most pages are divided, so is one whose second column holds too few lines to tell it.
    """
    own = [_gutter(page) for page in pages]
    told = sorted(x for x in own if x)
    common = told[len(told) // 2] if told and len(told) * 2 >= len(pages) - 1 else 0.0
    return [
        row
        for page, gutter in zip(pages, own, strict=True)
        for row in _rows_of(page, gutter or (common if _is_free(page, common) else 0.0))
    ]


def _is_free(page: Page, gutter: float) -> bool:
    return gutter > 0 and sum(_crosses(p, gutter) for p in page.pieces) <= _MOST_CROSSING * len(page.pieces)


def _rows_of(page: Page, gutter: float) -> list[PrintedRow]:
    if not gutter:
        return printed_rows(page, page.pieces)
    lines = [p for p in page.pieces if _crosses(p, gutter)]
    across = [p for p in page.pieces if any(abs(p.middle - o.middle) < 0.5 * o.size for o in lines)]
    edges = sorted({round(p.middle) for p in lines})
    result: list[PrintedRow] = []
    for above, below in zip([-1.0, *edges], [*edges, page.height + 1], strict=True):
        band = [p for p in page.pieces if above < p.middle < below and p not in across]
        band = _without_contents_pages(band, gutter)
        result += printed_rows(page, [p for p in band if p.left + p.right <= 2 * gutter], 1)
        result += printed_rows(page, [p for p in band if p.left + p.right > 2 * gutter], 2)
        result += printed_rows(page, [p for p in across if abs(p.middle - below) < 0.6 * p.size])
    return result


def _without_contents_pages(band: Sequence[Piece], gutter: float) -> list[Piece]:
    """Without the numbers of pages that a contents has at the other side of the gutter, beside its titles."""
    titles = [p for p in band if p.right <= gutter and page_rules()["titled"].match(p.text)]
    return [
        p
        for p in band
        if p.left < gutter
        or not page_rules()["number"].match(p.text)
        or not any(abs(p.middle - t.middle) < 0.5 * t.size for t in titles)
    ]


def _crosses(piece: Piece, gutter: float) -> bool:
    """A full stop may hang over the end of its column; words do not."""
    hanging = piece.size if piece.text[-1:] in _HANGING else 0.0
    return piece.left < gutter - 0.9 * piece.size and piece.right - hanging > gutter + 0.9 * piece.size


def _gutter(page: Page) -> float:
    """Where a page of two columns is divided; 0 where it has one."""
    pieces = page.pieces
    best, fewest = 0.0, len(pieces) * _MOST_CROSSING
    whole = sum(len(p.text) for p in pieces)
    for x in sorted({p.right + 1 for p in pieces if _MIDDLE[0] * page.width < p.right + 1 < _MIDDLE[1] * page.width}):
        left = [p for p in pieces if p.right <= x]
        right = [p for p in pieces if p.left >= x]
        crossing = sum(_crosses(p, x) for p in pieces)
        if crossing >= fewest or min(len(left), len(right)) < _LEAST_LINES:
            continue
        if min(sum(len(p.text) for p in side) for side in (left, right)) < _LEAST_SHARE * whole:
            continue
        column = x - min(p.left for p in left)
        if median(p.right - p.left for p in left) < column * 0.5 and len(left) < 12:
            continue
        best, fewest = x, crossing
    return best


def printed_rows(page: Page, pieces: Sequence[Piece], column: int = 0) -> list[PrintedRow]:
    """Pieces side by side as rows, from the top."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        last = groups[-1] if groups else []
        if last and piece.middle - last[0].middle < 0.5 * min(piece.size, last[0].size):
            last.append(piece)
        else:
            groups.append([piece])
    return [_row(page, sorted(g, key=lambda p: p.left), column) for g in groups]


def _row(page: Page, pieces: Sequence[Piece], column: int) -> PrintedRow:
    cells: list[str] = [""]
    doubts: list[Doubt] = []
    before: Piece | None = None
    for piece in pieces:
        gap = (piece.left - before.right) / max(1.0, piece.size) if before else 0.0
        if before and gap > CELL_GAP:
            cells.append("")
        elif before and gap > SPACE_GAP:
            cells[-1] += "\u3000"
        if piece.score < 1:
            at = len("\t".join(cells))
            doubts.append(Doubt(at, at + len(piece.text), piece.score))
        cells[-1] += piece.text
        before = piece
    return PrintedRow(
        page.number,
        column,
        tuple(cells),
        pieces[0].left,
        max(p.right for p in pieces),
        min(p.top for p in pieces),
        max(p.bottom for p in pieces),
        median(p.size for p in pieces),
        tuple(doubts),
        tuple(pieces),
    )
