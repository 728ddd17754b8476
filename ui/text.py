"""Texts from questions and documents, made safe for Markdown: shown as they are, never obeyed; and what a regulation is
called where one of several is chosen, so that no two look alike."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

from assistant import Regulation
from law.text.shown import shown
from prompts import say

#: Characters of a title that fit a button.
_TITLE = 22
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:^=&@])")
_ITEM = re.compile(r"(?:  )?- ")
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


def with_lists(text: str) -> str:
    """As `lines`, but lines of an answer that begin with a dash are a list, and those indented a list within it."""
    said, listed = "", False
    for line in text.splitlines():
        item = _ITEM.match(line)
        between = "\n" if item else "\n\n" if listed else "  \n"
        said += (between if said else "") + (item[0] + escape(line[item.end() :]) if item else escape(line))
        listed = bool(item)
    return said


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


def names_of(regulations: Sequence[Regulation]) -> dict[str, str]:
    """By id: the place where only one text is of it, else the title, its status where two have one title.

    Two that are still alike are told apart by their ids.
    """
    places = Counter(r.place for r in regulations)
    titles = Counter(r.title for r in regulations)
    names: dict[str, str] = {}
    for one in regulations:
        name = one.place if places[one.place] == 1 and one.place != one.title else _short(one)
        names[one.id] = f"{name}（{say(f'status.{one.status}')}）" if titles[one.title] > 1 else name
    alike = Counter(names.values())
    return {id_: f"{name}（{id_}）" if alike[name] > 1 else name for id_, name in names.items()}


def _short(regulation: Regulation) -> str:
    title = regulation.title
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 8]}…{title[-7:]}"


def called(names: dict[str, str], id_: str) -> str:
    """The name of an id that may be held no longer, safe for Markdown."""
    return escape(names.get(id_, id_))


def caller(regulations: Sequence[Regulation]) -> partial[str]:
    """What a widget calls each id by."""
    return partial(called, names_of(regulations))
