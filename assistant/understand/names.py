"""How the held regulations are named: titles, short names, places; gathered once for those that are held."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import CityNotHeld
from law.held import gathered
from law.regulation import Regulation
from law.text.names import Titled
from law.text.places import short_name
from law.text.script import half_width, to_simplified


def ways_to_name(regulation: Regulation) -> tuple[str, ...]:
    """Every way to name a regulation, longest first."""
    return _names(regulation.title, tuple(regulation.short_names), regulation.place)


@lru_cache(maxsize=16_384)
def _names(title: str, short_names: tuple[str, ...], place: str) -> tuple[str, ...]:
    names = {title, *short_names, re.sub(r"[（(].*?[)）]", "", title)}
    if place != title:
        names |= {place, short_name(place)}
    return tuple(sorted({to_simplified(half_width(n)) for n in names if n}, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class NameTable:
    """How the held regulations are named; names by their first two characters, so that few are compared."""

    held: Sequence[Regulation]
    names: dict[str, list[tuple[str, str]]]
    provinces: frozenset[str]
    own: frozenset[str]  # places, and short for them
    own_short: frozenset[str]  # the short ones alone
    by_city: dict[str, list[str]]
    titles: dict[str, Titled]  # by the id of the regulation


def table_of(held: Sequence[Regulation]) -> NameTable:
    """The names of the held regulations; a library gathers them once."""
    return gathered(_gathered, held)


def _gathered(held: Sequence[Regulation]) -> NameTable:
    names: dict[str, list[tuple[str, str]]] = {}
    for regulation in held:
        for name in ways_to_name(regulation):
            names.setdefault(name[:2], []).append((name, regulation.id))
    provinces = {r.province for r in held} | {short_name(r.province) for r in held if r.province}
    titles = {r.id: Titled(r.id, r.title, (r.place, short_name(r.place))) for r in held}
    by_city: dict[str, list[str]] = {}
    for regulation in held:
        by_city.setdefault(regulation.place, []).append(regulation.id)
    short = frozenset(map(short_name, by_city))
    return NameTable(held, names, frozenset(provinces), short | by_city.keys(), short, by_city, titles)


def resolve_filter(wanted: Iterable[str] | None, held: Sequence[Regulation]) -> tuple[str, ...]:
    """Regulation ids for a city filter: 武汉, 武汉市 or `wuhan`. Empty or None means all.

    Raises CityNotHeld, naming the city and what is held.
    """
    ids: list[str] = []
    for name in wanted or ():
        plain = to_simplified(str(name).strip())
        hits = [r.id for r in held if plain.lower() == r.id or plain in ways_to_name(r)]
        if not hits:
            places = "、".join(dict.fromkeys(r.place for r in held)) or "(空)"
            raise CityNotHeld(f"没有收录「{name}」。已收录:{places}。")
        ids += hits
    return tuple(dict.fromkeys(ids))
