"""Which regulations are meant? By city or district, by title or short name, by province, by conversation."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import CityNotHeld
from law.regulation import Regulation
from law.text.places import parts_in, places_in, short_name
from law.text.script import to_simplified

#: A title without the signs of markup, since it is said again in the answer.
_TITLED = re.compile(r"《([^《》<>\[\]`|\\*_]{2,60})》")
_STATUTE = re.compile(
    r"中华人民共和国[一-鿿]{2,16}?(?:法|条例)|国家[一-鿿]{2,10}?(?:条例|办法)|"
    r"(?:中华人民共和国|国家|国务院)?[一-鿿]{0,12}?(?:民法典|宪法|(?<![办方立执司违合依无没用说做想看手魔书语])法(?=第|规定|里|中|怎么|对|是怎|有没有))"
)
#: What follows a city's name where a title is meant: 市知识产权条例; a sentence (有, 对, 的…) is not one.
_NO_SENTENCE = r"(?:(?![有没的对怎什哪这那部是里和与及、草案关于出发改])[一-鿿])"
_OTHER_TITLE = re.compile(rf"((?:市{_NO_SENTENCE}{{2,20}}?|{_NO_SENTENCE}{{4,20}}?)(?:条例|办法|细则))")
_JOINS = re.compile(r"[和与跟同及、,，/\s]+|还是|以及|对比|相比")
_ALL = re.compile(r"(?:三|各|几|每|哪)(?:个|座)?(?:地|市|城市|城)|分别|哪里|哪些地方|对比|比较|相比|区别|不同|异同")


@dataclass(frozen=True, slots=True)
class Cities:
    """`ids` of the regulations that a question names, in its order; `unknown` names not held.

    `every` is true where the question asks for all of them (三地, 哪几个城市) in so many words.
    """

    ids: tuple[str, ...]
    unknown: tuple[str, ...]
    every: bool
    topic: str  # the question without these names
    named_at: tuple[tuple[int, str], ...] = ()  # where each held regulation is named, in order
    parts: tuple[tuple[str, str], ...] = ()  # a district or county named for itself, and the city it belongs to


def names_of(regulation: Regulation) -> tuple[str, ...]:
    """Every way to name a regulation, longest first."""
    return _names(regulation.title, tuple(regulation.short_names), regulation.place)


@lru_cache(maxsize=16_384)
def _names(title: str, short_names: tuple[str, ...], place: str) -> tuple[str, ...]:
    names = {title, *short_names, re.sub(r"[（(].*?[)）]", "", title)}
    if place != title:
        names |= {place, short_name(place)}
    return tuple(sorted({to_simplified(n) for n in names if n}, key=len, reverse=True))


#: Names with their regulation ids, by their first two characters: only few are compared at each place of a question.
Names = dict[str, list[tuple[str, str]]]
#: The last held regulations that were asked about, with their names, so that a question need not gather them again.
_gathered: list[tuple[Sequence[Regulation], Names, set[str]]] = []


def _named(held: Sequence[Regulation]) -> tuple[Names, set[str]]:
    """Every name by how it begins, and the provinces in both forms."""
    for known, names, provinces in _gathered:
        if known is held:
            return names, provinces
    names = {}
    for regulation in held:
        for name in names_of(regulation):
            names.setdefault(name[:2], []).append((name, regulation.id))
    provinces = {r.province for r in held} | {short_name(r.province) for r in held if r.province}
    _gathered[:] = [(held, names, provinces), *_gathered[:3]]
    return names, provinces


def find_cities(text: str, held: Sequence[Regulation]) -> Cities:
    """Read the cities of a Simplified question. Spans that name them are cut out of the topic."""
    names, provinces = _named(held)
    spans = _outermost([
        (at, at + len(name), id_)
        for at in range(len(text))
        for name, id_ in names.get(text[at : at + 2], ())
        if text.startswith(name, at)
    ])  # fmt: skip
    parts = _parts_of(_blanked(text, spans), held)
    spans += [(start, end, id_) for start, end, _, id_ in parts]
    unknown, spans = _other_titles(text, spans, held)
    named = bool(spans)
    for start, end, place in places_in(_blanked(text, spans)):
        if named and (place.name in provinces or place.short in provinces):
            continue  # 江苏常州
        unknown.append(text[start:end])
        spans.append((start, end, ""))
    unknown += _statutes(text, held, named)
    ids = tuple(dict.fromkeys(id_ for _, _, id_ in sorted(spans) if id_))
    topic = _cut(text, spans)
    named_at = tuple((start, id_) for start, _, id_ in sorted(spans) if id_)
    itself = {id_ for start, _, id_ in spans if start not in {at for at, *_ in parts}}
    inner = tuple(dict.fromkeys(part for _, _, part, id_ in parts if id_ not in itself))
    return Cities(ids, tuple(dict.fromkeys(unknown)), bool(_ALL.search(text)), topic, named_at, inner)


def _parts_of(text: str, held: Sequence[Regulation]) -> list[tuple[int, int, tuple[str, str], str]]:
    """Districts and counties of held cities, unless they are held themselves: (start, end, (name, city), id)."""
    by_city: dict[str, list[str]] = {}
    for regulation in held:
        by_city.setdefault(regulation.place, []).append(regulation.id)
    own = {short_name(place) for place in by_city}
    return [
        (start, end, (name, city), id_)
        for start, end, name, city in parts_in(text, by_city)
        if short_name(name) not in own
        for id_ in by_city[city]
    ]


def mend_names(text: str, held: Sequence[Regulation]) -> str:
    """A city's name typed by its sound, 武汗 or 落阳, as it should be; the text itself where there is none."""
    typed = set(text)
    for regulation in held:
        sounds = regulation.sound_alikes
        if not sounds or not all(typed.intersection(alike) for alike in sounds):
            continue
        for at in range(len(text) - len(sounds) + 1):
            if all(text[at + n] in alike for n, alike in enumerate(sounds)):
                return text[:at] + short_name(regulation.place) + text[at + len(sounds) :]
    return text


def resolve_filter(wanted: Iterable[str] | None, held: Sequence[Regulation]) -> tuple[str, ...]:
    """Regulation ids for a city filter: 武汉, 武汉市 or `wuhan`. Empty or None means all.

    Raises CityNotHeld, naming the city and what is held.
    """
    ids: list[str] = []
    for name in wanted or ():
        plain = to_simplified(str(name).strip())
        hits = [r.id for r in held if plain.lower() == r.id or plain in names_of(r)]
        if not hits:
            places = "、".join(dict.fromkeys(r.place for r in held)) or "(空)"
            raise CityNotHeld(f"没有收录「{name}」。已收录:{places}。")
        ids += hits
    return tuple(dict.fromkeys(ids))


def _blanked(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """The text with what is already understood blanked out, every other character in its place."""
    for start, end, _ in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _outermost(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    return [
        s for s in dict.fromkeys(spans)
        if not any((o[0] <= s[0] and s[1] <= o[1] and (o[1] - o[0]) > (s[1] - s[0])) for o in spans)
    ]  # fmt: skip


def _other_titles(
    text: str, spans: list[tuple[int, int, str]], held: Sequence[Regulation]
) -> tuple[list[str], list[tuple[int, int, str]]]:
    """常州市知识产权条例: a held city's name that opens the title of a text that is not held.

    A short title is held where its characters stand in order in a held one: 科创条例, 科技进步条例.
    """
    unknown: list[str] = []
    kept: list[tuple[int, int, str]] = []
    for start, end, id_ in spans:
        title = _OTHER_TITLE.match(text, end)
        mine = [r for r in held if r.id == id_] if title else []
        if title and mine and not any(_abbreviates(title[1].removeprefix("市"), to_simplified(r.title)) for r in mine):
            unknown.append(text[start : title.end()].strip("《》"))
            kept.append((start, title.end(), ""))
        else:
            kept.append((start, end, id_))
    return unknown, kept


def _abbreviates(short: str, title: str) -> bool:
    rest = iter(title)
    return all(ch in rest for ch in short)


def _statutes(text: str, held: Sequence[Regulation], named: bool) -> list[str]:
    """Laws that a question is about and that are not held; with a held city named they are background."""
    if named:
        return []
    titles = _TITLED.findall(text)
    known = [n for r in held for n in names_of(r)] if titles else []
    if unknown := [f"《{t}》" for t in titles if not any(t in n or n in t for n in known)]:
        return unknown
    return [m[0] for m in _STATUTE.finditer(text) if len(m[0]) >= 2]


def _cut(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    kept: list[str] = []
    at = 0
    for start, end, _ in sorted(spans):
        between = text[at:start]
        if not (kept and _JOINS.fullmatch(between)):
            kept.append(between)
        at = max(at, end)
    topic = "".join([*kept, text[at:]])
    topic = re.sub(r"《\s*》", "", topic)
    topic = re.sub(r"^(?:[市的在对,，、。和与跟同及:：\s]|那边|那里|这边)+", "", topic)
    return topic.strip() or text
