"""What a regulation is called where one of several is chosen: no two look alike."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from assistant import Regulation
from prompts import say
from ui.text import escape

#: Characters of a title that fit a button.
_LONGEST = 22


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
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 8]}…{title[-7:]}"


def called(names: dict[str, str], id_: str) -> str:
    """The name of an id that may be held no longer, safe for Markdown."""
    return escape(names.get(id_, id_))


def caller(regulations: Sequence[Regulation]) -> partial[str]:
    """What a widget calls each id by."""
    return partial(called, names_of(regulations))
