"""A conversation taken away: as Markdown that is read as text and nothing else, or as a Word document."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from law.text.shown import shown
from records.kept import Conversation, Summary
from records.outline import HEADING, ITEM, META, NOTE, NUMBERED, QUESTION, QUOTE, TITLE, outline
from records.texts import clean

if TYPE_CHECKING:
    from records.word.answers import Full

#: What Markdown, its HTML and its links are made of.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#$@])")
_AT_START = re.compile(r"^(\s*)([-+=])|^(\s*\d+)([.)])", re.MULTILINE)
_MARKS = {TITLE: "# ", QUESTION: "## ", HEADING: "### ", ITEM: "- "}
_NOT_IN_A_NAME = re.compile(r"[\\/:*?\"<>|\s.]+")


def to_markdown(conversation: Conversation, exported: datetime | None = None) -> str:
    """The conversation as Markdown. `exported` is the date that it bears, now by default."""
    paragraphs: list[str] = []
    number = 0
    for part in outline(conversation, exported or datetime.now(UTC)):
        number = number + 1 if part.kind == NUMBERED else 0 if part.kind != QUOTE else number
        if part.kind in (TITLE, QUESTION):
            said = _inline(" ".join(part.text.split()))
        elif part.kind == QUOTE:
            said = "\n".join(f"> {line}" for line in _lines(part.text).split("\n"))
        elif part.kind == NUMBERED:
            said = f"{number}. {_lines(part.text)}"
        elif part.kind in (META, NOTE):
            said = f"*{_lines(part.text)}*"
        else:
            said = _lines(part.text)
        paragraphs.append(_MARKS.get(part.kind, "") + said)
    return "\n\n".join(paragraphs) + "\n"


def to_word(conversation: Conversation, exported: datetime | None = None, full: "Full | None" = None) -> bytes:
    """The conversation as a .docx. `exported` is the date that it bears, now by default; `full` gives the articles
    that are printed whole.
    """
    from records.word.answers import answers_document

    return answers_document(conversation, exported or datetime.now(UTC), full)


def file_name(conversation: Conversation | Summary, suffix: str) -> str:
    """A name to save it under, such as 武汉的企业买科技保险有补助吗？-20260305.docx."""
    title = _NOT_IN_A_NAME.sub(" ", shown(clean(conversation.title))).strip()[:40] or "法条助手"
    return f"{title}-{conversation.updated.astimezone():%Y%m%d}.{suffix}"


def _lines(text: str) -> str:
    """Each line on a line of its own, escaped."""
    return "  \n".join(_escaped(line.strip(" \t")) for line in text.splitlines())


def _escaped(line: str) -> str:
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", _inline(line))


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("://", ":\\//").replace("www.", "www\\.")
