"""What every reader of a format hands on: lines of text, and what is doubtful about them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from law.regulation import Finding
from law.text.rules import Rule, load_rules

#: `progress(step, done, total)`, as `vectorstore.ingest` reports it too.
Progress = Callable[[str, int, int], None]
_ENDS = re.compile(r"[。！？；：!?;:][”’」』)）》】\]]*\s*$")
_HEAD_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Doubt:
    """Characters that were recognised from a picture without certainty; offsets in the text, `score` of 1."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Extracted:
    """The words of a file. `title` is what its format calls it (an HTML heading), "" where it calls it nothing."""

    text: str
    format: str
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@lru_cache(maxsize=1)
def page_rules() -> Mapping[str, Rule]:
    """The rules of `pages.toml` by name."""
    return load_rules("law.formats", "pages.toml")


def ends(line: str) -> bool:
    """Whether a line ends a sentence, or a part of a list."""
    return bool(_ENDS.search(line))


def rejoined(pieces: Sequence[str]) -> Iterator[str]:
    """Pieces between soft line breaks: one that broke off in mid-sentence is joined with the next.

    >>> list(rejoined(["第一条 为了", "发展，制定。", "第二条 甲。"]))
    ['第一条 为了发展，制定。', '第二条 甲。']
    """
    held = ""
    for piece in pieces:
        if held.strip() and piece.strip() and not _ENDS.search(held) and not page_rules()["opens_piece"].match(piece):
            held = held.rstrip() + piece.strip()
            continue
        if held:
            yield held
        held = piece
    yield held


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One line a row, cells set apart by tabs, each told with the head of its column.

    >>> list(table_lines([["级别", "收费"], ["一级", "5元"]]))
    ['级别\\t收费', '级别：一级\\t收费：5元']
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    heads = list(filled[0]) if len(filled) > 1 and _is_head(filled[0]) else []
    for at, row in enumerate(filled):
        if at == 0 and heads:
            yield "\t".join(cell.strip() for cell in row)
            continue
        said = [
            f"{heads[i].strip()}：{cell.strip()}" if i < len(heads) and heads[i].strip() else cell.strip()
            for i, cell in enumerate(row)
            if cell.strip()
        ]
        alone = len([cell for cell in row if cell.strip()]) == 1
        yield next(cell.strip() for cell in row if cell.strip()) if alone else "\t".join(said)


def _is_head(row: Sequence[str]) -> bool:
    said = [cell.strip() for cell in row if cell.strip()]
    return len(said) > 1 and all(len(cell) <= _HEAD_LENGTH and not re.search(r"[。；]|^\d+$", cell) for cell in said)
