"""Texts from questions and documents, made safe for Markdown: shown as they are, never obeyed."""

import re

from law.text.shown import shown
from prompts import say

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:^=&@])")
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
COLOURS = {"in_force": "green", "repealed": "red"}


def escape(text: str) -> str:
    """Every character that Markdown or Streamlit's directives could read is escaped.

    Addresses would become links in spite of that, so a word joiner, which nobody sees, stands within them.
    """
    return _SPECIAL.sub(r"\\\1", _ADDRESS.sub("\u2060", shown(text)))


def lines(text: str) -> str:
    """A text with each printed line on a line of its own."""
    return "  \n".join(map(escape, text.splitlines()))


def streamed(text: str) -> str:
    """An answer in the making: its quotes and bold words are kept, nothing else of Markdown."""
    cut = re.split(r"(\*\*|^> ?|^- )", text, flags=re.MULTILINE)
    return "".join(part if part in ("**", "> ", ">", "- ") else lines_kept(part) for part in cut)


def lines_kept(text: str) -> str:
    """Escaped, paragraphs kept and other line ends made into breaks."""
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", escape(text))


def badge(status: str) -> str:
    """The status of a regulation as a coloured word."""
    return f":{COLOURS.get(status, 'orange')}-badge[{say(f'status.{status}')}]"


def short(place: str) -> str:
    """常州 for 常州市, 山东 for 山东省."""
    return place[:-1] if len(place) > 2 and place[-1] in "市省" else place
