"""The characters of a PDF page become pieces of words: where each stands is told by its baseline and its font's size.

The boxes that a PDF gives are no measure: of a font drawn as pictures 「一」 is as low as a dash. Nor is the order in
which a PDF names them: a quotation mark of another font may come before or after the words that it encloses.
"""

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from law.formats.page_rows import Piece

if TYPE_CHECKING:
    import pypdfium2

_GAP = 0.8  # characters; pieces of one line are cut here, and joined again where no column ends
_RADICALS = range(0x2E80, 0x2FE0)  # how some programs print 一, 人, 水…
#: The share of a character's size that stands above its baseline; and what a font's size can be, in points.
_ABOVE, _SMALLEST, _LARGEST = 0.88, 2.0, 150.0
#: Of a character's size: what lies on one line, and two printings of one character that are to look bold.
_SAME_LINE, _SAME_PLACE = 0.4, 0.25
_SLANTED = 0.05  # radians; beyond it a character belongs to a watermark


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    spaced: bool = False  # a space is printed before it

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pieces_of(words: "pypdfium2.PdfTextPage", height: float) -> list[Piece]:
    """The pieces of a page, `height` its height: words that stand close together on one line."""
    groups = (g for line in _printed_lines(_characters(words, height)) for g in _groups(line))
    return [_piece(group) for group in groups]


def _characters(words: "pypdfium2.PdfTextPage", height: float) -> list[_Character]:
    """Upright characters with their places; slanted ones are a watermark."""
    import pypdfium2.raw as raw

    result: list[_Character] = []
    box, spaced = raw.FS_RECTF(), False
    for i in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, i)
        text = chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if text.isspace() and not raw.FPDFText_IsGenerated(words, i):
            spaced = True
        if not text or text.isspace() or abs(raw.FPDFText_GetCharAngle(words, i)) > _SLANTED:
            continue
        if not raw.FPDFText_GetLooseCharBox(words, i, ctypes.byref(box)):
            continue
        if code in _RADICALS:
            text = unicodedata.normalize("NFKC", text)
        size, base = _size(words, i), _baseline(words, i)
        top = height - base - _ABOVE * size if size else height - box.top
        bottom = top + size if size else height - box.bottom
        result.append(_Character(text, box.left, box.right, top, bottom, spaced))
        spaced = False
    return result


def _size(words: "pypdfium2.PdfTextPage", at: int) -> float:
    """The size of a character as it is printed; 0 where the PDF tells none that can be."""
    import pypdfium2.raw as raw

    turned = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(words, at, ctypes.byref(turned)):
        return 0.0
    size = float(raw.FPDFText_GetFontSize(words, at)) * math.hypot(turned.c, turned.d)
    return size if _SMALLEST <= size <= _LARGEST else 0.0


def _baseline(words: "pypdfium2.PdfTextPage", at: int) -> float:
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(words, at, ctypes.byref(x), ctypes.byref(y))
    return y.value


def _printed_lines(characters: Sequence[_Character]) -> Iterator[list[_Character]]:
    """Characters of one height on the page, from the left; of what is printed twice to look bold, the first."""
    line: list[_Character] = []
    for one in sorted(characters, key=lambda c: c.middle):
        if line and one.middle - line[0].middle > _SAME_LINE * max(one.size, line[0].size):
            yield _from_the_left(line)
            line = []
        line.append(one)
    if line:
        yield _from_the_left(line)


def _from_the_left(line: Sequence[_Character]) -> list[_Character]:
    result: list[_Character] = []
    for one in sorted(line, key=lambda c: c.left):
        again = any(c.text == one.text and abs(c.left - one.left) < _SAME_PLACE * one.size for c in result[-2:])
        if not again:
            result.append(one)
    return result


def _groups(line: Sequence[_Character]) -> Iterator[list[_Character]]:
    group: list[_Character] = []
    for one in line:
        if group and one.left - group[-1].right >= _GAP * max(one.size, group[-1].size):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _piece(group: Sequence[_Character]) -> Piece:
    text = ""
    for before, one in zip([None, *group], group, strict=False):
        told = before is not None and (one.spaced or (before.text.isascii() and one.text.isascii()))
        if before is not None and told and one.left - before.right > 0.2 * before.size:
            text += " "
        text += one.text
    top, bottom = min(c.top for c in group), max(c.bottom for c in group)
    return Piece(text, group[0].left, group[-1].right, top, bottom, bottom - top)
