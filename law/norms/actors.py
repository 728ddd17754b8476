"""Who is named in a plain text: governments by level, departments by field, and everybody else by class."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from law.norms.grammar import GRAMMAR
from law.norms.norm import DEPARTMENT
from law.text.rules import load_rules, read_once

_NAMES = load_rules("law.norms", "actors.toml")
#: Between two, these say that the first has only named, founded or charged the second.
_WHOSE = GRAMMAR["actors.whose"]
#: What is left of an element of a list of departments when levels and 行政主管部门 are taken off.
_BARE = GRAMMAR["actors.bare"]
#: The end of a place, no level: 示范区所在地.
_GLUED = GRAMMAR["actors.glued"]
#: What stands in brackets behind a name, to be used for it from now on.
_FOR_SHORT = GRAMMAR["actors.for_short"]
#: Before 人员, what they have done is science: 完成、转化科技成果做出重要贡献的.
_OF_SCIENCE = GRAMMAR["actors.of_science"]
#: Before a department without a recorded field: what it is charged with, as written (特种设备安全监督管理部门).
_OWN_FIELD = GRAMMAR["actors.own_field"]
_AS_UNIT = GRAMMAR["actors.as_unit"]
#: Asked at every name, so that nobody hears them.
_LEVEL = _NAMES["actors.level"].pattern
_FIELD = _NAMES["actors.field"].pattern
_BETWEEN_FIELDS = _NAMES["actors.between_fields"].pattern
_ANY_LEVEL = _NAMES["actors.any_level"]
_SAME_LEVEL = _NAMES["actors.same_level"]
_CITY_LEVEL = _NAMES["actors.city_level"]
_COUNTY_LEVEL = _NAMES["actors.county_level"]
_TOWN_LEVEL = _NAMES["actors.town_level"]
_HAS_FIELD = GRAMMAR["actors.has_field"]
#: Directly behind people, this is a thing or a cause that has its name of them: 残疾人事业, 老年人工作.
_THEIR_THING = GRAMMAR["actors.their_thing"]
_AND_OTHERS, _LISTED_TOO = GRAMMAR["actors.and_others"], GRAMMAR["actors.listed_too"]
#: 企业等 (市场主体): they are the same once more.
_AND_SO_ON, _SUMS_UP = GRAMMAR["actors.and_so_on"], GRAMMAR["actors.sums_up"]
_STAFF = GRAMMAR["actors.staff"]
_WHERE_THEY_ARE = GRAMMAR["actors.where_they_are"]
_INSIDE, _BUT_THESE = GRAMMAR["actors.inside"], GRAMMAR["actors.but_these"]
_PROVINCE_KIND, _CITY_OF_PROVINCE = GRAMMAR["actors.province_kind"], GRAMMAR["actors.city_of_province"]
_EVERY_LEVEL, _COUNTY_UPWARDS = GRAMMAR["actors.every_level"], GRAMMAR["actors.county_upwards"]
_COUNTY_CITY, _HAS_DISTRICTS = GRAMMAR["actors.county_city"], GRAMMAR["actors.has_districts"]
_COMMITTEE, _ASSOCIATION = GRAMMAR["actors.committee"], GRAMMAR["actors.association"]
#: No name begins with a sign; and what so many could begin with need not be gathered.
_BEGINS = "(?=[一-鿿])"
PEOPLE = ("科技人员", "青年人才", "高层次人才", "个人")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody named: classes, and the place in the text."""

    classes: tuple[str, ...]
    start: int
    end: int


@read_once(4096)
def actors_in(text: str) -> tuple[Actor, ...]:
    """Everybody named in a plain text, in order; a government that only says whose department it is does not count."""
    found: list[Actor] = []
    for m in _words().actors.finditer(text):
        if m["gov"]:
            start = _levels_start(text, m.start(), found[-1].end if found else 0)
            found.append(Actor(_levels(text[start : m.start()]), start, m.end()))
        elif m["dept"]:
            start = _levels_start(text, m.start(), found[-1].end if found else 0)
            fields = _fields(m[0])
            own = _OWN_FIELD.search(_before(text, m.start())) if _HAS_FIELD.match(m[0]) else None
            if own and fields == (DEPARTMENT,):
                fields, start = (f"{DEPARTMENT}:{own['field']}",), m.start() - len(own["field"] + own["rest"])
            found.append(Actor(fields, start, m.end()))
        elif m["place"]:
            found.append(Actor(_levels(m[0]), m.start(), m.end()))
        else:
            names = _words().groups[m.lastgroup or ""]
            if _STAFF.fullmatch(m[0]) and _OF_SCIENCE.search(text[max(0, m.start() - 40) : m.start()]):
                names = "科技人员"
            found.append(Actor(tuple(names.split("、")), m.start(), m.end()))
    return _merged(text, found)


def _before(text: str, at: int) -> str:
    """The twelve characters before a place; where there are more, no beginning."""
    return text[:at] if at <= 12 else f"※{text[at - 12 : at]}"


def _merged(text: str, found: list[Actor]) -> tuple[Actor, ...]:
    """One directly before another only says whose it is: 人民政府科学技术部门, 高等学校、科研机构科技人员."""
    kept: list[Actor] = []
    for actor in found:
        start = actor.start
        if kept and _sums_up(text, kept[-1], actor):
            kept.append(Actor(kept[-1].classes, kept.pop().start, actor.end))
            continue
        people = actor.classes[0] in PEOPLE
        of = bool(kept) and people and text[kept[-1].end : start] == "的"
        if of or (kept and (kept[-1].end == start or _WHOSE.fullmatch(text[kept[-1].end : start]))):
            whose = kept.pop()
            start = whose.start
            theirs = _WHERE_THEY_ARE.match(text, actor.start) is not None
            while kept and whose.classes[0] not in PEOPLE and _joined_before(text, kept[-1], start, of=of):
                if not (people or (theirs and kept[-1].classes[0] in PEOPLE)):
                    break
                start = kept.pop().start
        kept.append(Actor(actor.classes, start, actor.end))
    return tuple(a for a in kept if not _only_named(text, a))


def _sums_up(text: str, last: Actor, actor: Actor) -> bool:
    """Whether somebody is only the word that sums up those before: 企业等市场主体."""
    if not _AND_SO_ON.fullmatch(text[last.end : actor.start]):
        return False
    return _SUMS_UP.fullmatch(text[actor.start : actor.end]) is not None


def _joined_before(text: str, last: Actor, start: int, *, of: bool) -> bool:
    """Whether somebody is one of those whose people are meant: 企业以及其他组织的科技人员."""
    if not of:
        return _LISTED_TOO.fullmatch(text[last.end : start]) is not None
    return last.classes[0] not in PEOPLE and bool(_AND_OTHERS.fullmatch(text[last.end : start]))


def _only_named(text: str, actor: Actor) -> bool:
    """Whether somebody is a place (开发区内), or named a second time for short (以下简称油气企业)."""
    if actor.classes[0] in PEOPLE and _THEIR_THING.match(text, actor.end):
        return True
    if actor.classes == ("单位",) and _AS_UNIT.search(text[max(0, actor.start - 24) : actor.start]):
        return True  # 以楼层为单位
    place = actor.classes[0] == "园区" and _INSIDE.match(text, actor.end) is not None
    short = _FOR_SHORT.search(text[max(0, actor.start - 12) : actor.start])
    return place or bool(_BUT_THESE.match(text, actor.end) or short)


def _levels_start(text: str, head: int, after: int) -> int:
    """Where the words begin that say the level of a government."""
    window = text[max(after, head - 30) : head]
    m = _LEVEL.search(window)
    start = head - len(window) + m.start() if m else head
    while start < head and (text[start] in "、和及与或" or _GLUED.match(text[max(0, start - 1) : head])):
        start += 1
    return start


def _levels(said: str) -> tuple[str, ...]:
    """市、县级市(区) → 市政府, 县区政府; 县级以上, and 政府 alone, → the city's and the county's."""
    bare = _CITY_OF_PROVINCE.sub("市", _PROVINCE_KIND.sub("省", said))
    if not bare or _ANY_LEVEL.search(bare):
        return ("市政府", "县区政府", "乡镇政府") if _EVERY_LEVEL.search(bare) else ("市政府", "县区政府")
    if _SAME_LEVEL.search(bare):
        return ("市政府", "县区政府")
    levels: list[str] = []
    if "省" in bare:
        levels.append("省政府")
    outside = re.sub(r"\([^()]*\)", "", bare)
    if _COUNTY_UPWARDS.search(bare) or _CITY_LEVEL.search(_COUNTY_CITY.sub("", outside)):
        levels.append("市政府")
    if _COUNTY_LEVEL.search(_HAS_DISTRICTS.sub("", bare)):
        levels.append("县区政府")
    if _TOWN_LEVEL.search(bare):
        levels.append("乡镇政府")
    return tuple(levels) or ("市政府",)


def _fields(said: str) -> tuple[str, ...]:
    said = _COMMITTEE.sub("", said)
    fields = dict.fromkeys(_words().field_of[f] for f in _FIELD.findall(said))
    if fields and "、" in said:
        fields |= dict.fromkeys(_unrecorded(said))
    named = tuple(f"{DEPARTMENT}:{f}" for f in fields)
    return named or (DEPARTMENT,)


def _unrecorded(said: str) -> Iterator[str]:
    """The fields of a list of departments that have no record, as written: 经贸、教育、计划生育等部门."""
    for element in _BETWEEN_FIELDS.split(_FIELD.sub("、", re.sub(r"\([^()]*\)", "", said))):
        bare = _BARE.sub("", element)
        if 2 <= len(bare) <= 8 and not _ASSOCIATION.search(bare):
            yield bare


def may_be_named(text: str, classes: Iterable[str]) -> bool:
    """False where it is told sooner that none of some classes is among those of `actors_in(text)`: a department has its
    field in words, and there is one.

    >>> may_be_named("由市科技局负责", ["部门:科学技术"]), may_be_named("由市财政局负责", ["部门:科学技术"])
    (True, False)
    """
    asked = [_words_for(name) for name in classes]
    if not all(asked):
        return True
    if not any(word in text for words in asked for word in words):
        return False
    return DEPARTMENT in text or _names_a_department(text)


def have_words(classes: Iterable[str]) -> bool:
    """Whether each of some classes is known by words of its own, so that `may_be_named` can tell.

    >>> have_words(["部门:科学技术"]), have_words(["企业"])
    (True, False)
    """
    return all(map(_words_for, classes))


@lru_cache(maxsize=16_384)
def _names_a_department(text: str) -> bool:
    return _departments().search(text) is not None


@lru_cache(maxsize=1024)
def _words_for(name: str) -> tuple[str, ...]:
    """The words one of which stands in every text that names a department of a recorded field; else none."""
    field = name.removeprefix(f"{DEPARTMENT}:")
    words = [word for word, its in _words().field_of.items() if its == field]
    return (field, *words) if words and field != name else ()


def class_of(name: str) -> str:
    """The class that a said name stands for: 科技局 → 部门:科学技术; "" where it names nobody.

    >>> class_of("科技局"), class_of("市科学技术主管部门"), class_of("中小企业"), class_of("桌子")
    ('部门:科学技术', '部门:科学技术', '企业', '')
    """
    found = actors_in(name)
    return found[0].classes[0] if found else ""


def is_official(actor: Actor) -> bool:
    """Whether somebody is a government, a department or a court."""
    return all(is_public(c) and c != "园区" for c in actor.classes)


def is_public(name: str) -> bool:
    """Whether a class is a government, a department, a court or the board of a zone."""
    return name.endswith("政府") or name.split(":")[0] in (DEPARTMENT, "司法机关", "园区")


@dataclass(frozen=True, slots=True)
class _ActorWords:
    actors: re.Pattern[str]
    groups: dict[str, str]
    field_of: dict[str, str]


def actor_records() -> list[dict[str, Any]]:
    """The records of classes, with their examples."""
    records: list[dict[str, Any]] = _file()["class"]
    return records


def place_acts() -> dict[str, tuple[str, ...]]:
    """The classes of a place that acts, by the word for it: 本市 is its government."""
    return {place: tuple(classes) for place, classes in _file()["place_acts"].items()}


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return tomllib.loads((files("law.norms") / "actors.toml").read_text("utf-8"))


def _department() -> str:
    return "|".join(_NAMES[f"actors.{by}"].written for by in ("charged", "institution", "office"))


@lru_cache(maxsize=1)
def _departments() -> re.Pattern[str]:
    return re.compile(f"{_BEGINS}(?:{_department()})")


@lru_cache(maxsize=1)
def _words() -> _ActorWords:
    said = _file()
    government = _NAMES["actors.government"].written
    place = _NAMES["actors.by_place"].written
    groups = {f"x{n}": record["name"] for n, record in enumerate(said["class"])}
    others = (f"(?P<x{n}>{record['pattern']})" for n, record in enumerate(said["class"]))
    named = (f"(?P<dept>{_department()})", f"(?P<gov>{government})", f"(?P<place>{place})")
    return _ActorWords(
        actors=re.compile(f"{_BEGINS}(?:{'|'.join((*named, *others))})"),
        groups=groups,
        field_of={word: field for field, words in said["parts"]["field"].items() for word in words},
    )
