"""A draft as blocks (paragraphs, lines, table cells), and given back: Word with comments, or text with marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.checked import Checked, Review
from assistant.check.citing import Beside, beside_cells
from law.errors import DocumentError
from law.formats.document import decode
from prompts import say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

#: Bytes of a draft.
MAX_BYTES = 20_000_000
_WORD = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was read; `word` holds the bytes of a Word file, b"" for text.

    `beside` has, by the number of a block that stands in a table, the words of the cells beside it.
    """

    name: str
    blocks: tuple[str, ...]
    word: bytes = b""
    beside: Mapping[int, Beside] = field(default_factory=dict)


def read_draft(path: Path) -> Draft:
    """A draft in Word, Markdown or plain text. Raises DocumentError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"读不到「{path}」（{error.strerror or error}），请检查路径和权限。") from error
    return draft_of(data, path.name)


def draft_of(data: bytes, name: str) -> Draft:
    """The same from the bytes of a file. Raises DocumentError."""
    if len(data) > MAX_BYTES:
        raise DocumentError(f"「{name}」太大（{len(data)} 字节，最多 {MAX_BYTES}），请分成几份。")
    if data.startswith(_WORD):
        read = [(p.text, cells) for p, cells in _paragraphs(_opened(data, name))]
        return Draft(name, tuple(t for t, _ in read), data, {n: cells for n, (_, cells) in enumerate(read) if cells})
    return Draft(name, tuple(decode(data, name).text.splitlines()))


def commented(draft: Draft, review: Review) -> bytes:
    """The draft itself with a comment at each citation that is to be looked at; text gets its marks in brackets."""
    notes: dict[int, list[Checked]] = {}
    for one in review.citations:
        if one.kind != "right":
            notes.setdefault(one.mention.place.block, []).append(one)
    if not draft.word:
        return "\n".join(_marked(draft.blocks, notes)).encode()
    document = _opened(draft.word, draft.name)
    for number, (paragraph, _) in enumerate(_paragraphs(document)):
        for one in notes.get(number, ()):
            if paragraph.runs:
                document.add_comment(paragraph.runs, _comment(one), author="法条助手", initials="法")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _comment(one: Checked) -> str:
    right = say("check.right", labels="、".join(one.labels)) if one.labels else ""
    return f"{one.mention.as_written}：{one.why}{right}"


def _marked(blocks: Sequence[str], notes: dict[int, list[Checked]]) -> Iterator[str]:
    for number, text in enumerate(blocks):
        marked = text
        for one in sorted(notes.get(number, ()), key=lambda c: -c.mention.place.end):
            end = one.mention.place.end
            marked = f"{marked[:end]}【核稿：{_comment(one)}】{marked[end:]}"
        yield marked


def _opened(data: bytes, name: str) -> "WordDocument":
    from zipfile import BadZipFile

    from docx import Document

    try:
        return Document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError) as error:
        raise DocumentError(f"「{name}」不是可读的 Word 文档，请另存为 .docx 后再试。") from error


def _paragraphs(document: "WordDocument") -> "Iterator[tuple[Paragraph, Beside]]":
    """Paragraphs in the order of the document, those of table cells too, each cell once with what stands beside it."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            seen: set[object] = set()  # the elements themselves: an id alone is soon another's
            for row in block.rows:
                cells = list(row.cells)
                for cell, beside in zip(cells, beside_cells([c.text for c in cells]), strict=True):
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from ((p, beside) for p in cell.paragraphs)
        else:
            yield block, ()
