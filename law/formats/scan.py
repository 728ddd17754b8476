"""Pictures of pages become pieces of words (rapidocr; its models lie in its wheel, no network is asked).

A page takes some seconds. What was recognised without certainty keeps its score, so that the articles it stands in
can be marked for review.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from law.errors import DocumentError
from law.formats.extracted import Progress, page_rules
from law.formats.page_rows import Page, Piece

if TYPE_CHECKING:
    import pypdfium2

_FULL = str.maketrans("(),;:!?", "（），；：！？")
_HALF = re.compile(r"[();!?]|(?<![0-9])[,:]|[,:](?![0-9])")
#: So many characters around one are read to see whether it makes a word.
_AROUND = 8
#: Dots per inch at which a page is drawn; the larger side of the picture, beyond which nothing is gained.
DPI, MAX_PIXELS = 200, 3_000
#: Below this score the words are to be read again by a person; below the other they are specks.
DOUBTFUL, SPECK = 0.93, 0.5


def recognise(
    document: "pypdfium2.PdfDocument", numbers: Sequence[int], progress: Progress | None = None
) -> Iterator[Page]:
    """The pages of these numbers (from 1), one after the other. Raises DocumentError where rapidocr is absent."""
    engine = _engine()
    for done, number in enumerate(numbers, 1):
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(DPI / 72, MAX_PIXELS / max(width, height, 1.0))
        picture = page.render(scale=scale, rev_byteorder=False).to_numpy()
        page.close()
        found = engine(picture[:, :, :3])
        yield Page(number, width, height, tuple(_pieces(found, scale)))
        if progress:
            progress("ocr", done, len(numbers))


@lru_cache(maxsize=1)
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise DocumentError(
            "识别扫描件需要另外的组件，请在项目文件夹里运行 .venv/bin/python -m pip install -e '.[office]'。"
        ) from error
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


def full_width(text: str) -> str:
    """Punctuation between Chinese characters is Chinese; a picture does not tell ( from （.

    >>> full_width("(一)甲,乙;1,000元")
    '（一）甲，乙；1,000元'
    """
    if not re.search("[一-鿿]", text):
        return text
    return _HALF.sub(lambda m: m[0].translate(_FULL), text)


def as_a_word(text: str) -> str:
    """Of characters that look alike the one that makes a word with its neighbours, where the other makes none.

    >>> as_a_word("科学技术主管部内给予奖励"), as_a_word("本行政区域内的企业")
    ('科学技术主管部门给予奖励', '本行政区域内的企业')
    """
    alike, right = _alike(), {m.start() for m in page_rules()["as_it_stands"].finditer(text)}
    for at, ch in enumerate(text):
        if at not in right and (other := alike.get(ch)) and not _in_word(text, at):
            changed = text[:at] + other + text[at + 1 :]
            text = changed if _in_word(changed, at) else text
    return text


@lru_cache(maxsize=1)
def _alike() -> dict[str, str]:
    """For a character the one that looks like it."""
    pairs = page_rules()["alike"].alternatives
    return {p[0]: p[1] for p in pairs} | {p[1]: p[0] for p in pairs}


def _in_word(text: str, at: int) -> bool:
    """Whether the character at a place is part of a word of two characters or more."""
    import rjieba

    begin = max(0, at - _AROUND)
    for word in rjieba.cut(text[begin : at + _AROUND], hmm=False):
        begin += len(word)
        if begin > at:
            return len(word) > 1
    return False


def _pieces(found: Any, scale: float) -> Iterator[Piece]:
    if found is None or found.boxes is None:
        return
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score < SPECK or not text.strip():
            continue
        left, right = float(box[:, 0].min()) / scale, float(box[:, 0].max()) / scale
        top, bottom = float(box[:, 1].min()) / scale, float(box[:, 1].max()) / scale
        words = as_a_word(full_width(text.strip()))
        certain = float(score) if score < DOUBTFUL else 1.0
        if words != full_width(text.strip()):
            certain = min(certain, DOUBTFUL)
        yield Piece(words, left, right, top, bottom, _size(words, right - left, bottom - top), certain)


def _size(text: str, width: float, height: float) -> float:
    """The width of a character, where there are enough to tell it; a box is higher than its words."""
    wide = sum(1.0 if ord(ch) > 0x2000 else 0.5 for ch in text)
    return width / wide if wide >= 4 else height * 0.75
