"""Which regulations are meant? By city or district, by title or short name, by province, by conversation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.names import NameTable, table_of, ways_to_name
from law.held import gathered, with_ids
from law.parsing.standing import NATIONAL
from law.regulation import Regulation
from law.text.districts import districts_in, parts_in, without_kind
from law.text.names import NamedAs, Titled, names_in, of_its_articles
from law.text.places import places_in, short_name
from law.text.places_left_out import Span, are_joined, left_out
from law.text.rules import Rule, load_rules, unheard
from law.text.script import HAN, half_width, plain, to_simplified

#: A title without the signs of markup, since it is said again in the answer.
_TITLED = re.compile(r"《([^《》<>\[\]`|\\*_]{2,60})》")
#: What is said again in an answer holds no signs of markup.
_SIGNS = re.compile(r"[^\w()《》〈〉·、—-]|_")


@dataclass(frozen=True, slots=True)
class Cities:
    """`ids` of the regulations that a question names, in its order; `unknown` names not held.

    Where it only says which are left out, `ids` are the others.

    `every` is true where the question asks for all of them (三地, 哪几个城市) in so many words.
    """

    ids: tuple[str, ...]
    unknown: tuple[str, ...]
    every: bool
    topic: str  # the question without these names
    named_at: tuple[tuple[int, str], ...] = ()  # where each is named, in order; "" for one that is not held
    parts: tuple[tuple[str, str], ...] = ()  # a district or county named for itself, and the city it belongs to
    excluded: tuple[str, ...] = ()  # named to be left out: 除武汉外


#: What may be a place's name in Latin letters, as ids are spelled.
_SPELLED = re.compile("(?<![A-Za-z0-9/])[A-Za-z]{4,}(?![A-Za-z0-9/])")
#: A subject of fewer characters chooses no law.
_LEAST_SUBJECT = 2
#: So many characters of a title name it, whatever city stands elsewhere in the question.
_WHOLE_NAME = 8
#: So many characters at the end of a title say which text is meant: 科学技术投入条例.
_TOLD = 8
#: The turns of a talk and the things that a message asks are read in several places: so many texts are kept.
_KEPT = 64


def find_cities(text: str, held: Sequence[Regulation]) -> Cities:
    """Read the cities of a Simplified question. Spans that name them are cut out of the topic."""
    if not unheard():
        return _read(text, held)
    kept = gathered(_nothing_read, held)
    if (found := kept.get(text)) is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[text] = _read(text, held)
    return found


def _nothing_read(_: Sequence[Regulation]) -> dict[str, Cities]:
    return {}


def _read(text: str, held: Sequence[Regulation]) -> Cities:
    table = table_of(held)
    spans = _outermost(
        [
            (at, at + len(name), id_)
            for at in range(len(text))
            for name, id_ in table.names.get(text[at : at + 2], ())
            if text.startswith(name, at)
        ]
    )
    spans += _of_the_nation(_blanked(text, spans), table)
    parts = _parts_of(_blanked(text, spans), table)
    spans += [(start, end, id_) for start, end, _, id_ in parts]
    strange = _not_held(text, spans, table)
    spans, titles = _with_titles(text, spans, strange, table, held)
    spans = _of_the_subject(text, spans, table)
    spans, outside = left_out(text, spans)
    ends = {start: end for start, end, _ in strange}  # of 江苏省科技条例 the place says enough
    unknown = [text[start : ends.get(start, end)].strip("《》") for start, end, _ in _outermost([*strange, *titles])]
    unknown = [_SIGNS.sub("", u) for u in unknown if not any(u in text[a:b] for a, b, _ in outside)]
    unknown += _statutes(_blanked(text, spans), held, named=bool(spans or titles))
    ids = tuple(dict.fromkeys(id_ for _, _, id_ in sorted(spans) if id_))
    if len(ids) == 1 and not outside and _others_too(_blanked(text, spans), spans):
        ids = (*ids, *(r.id for r in held if r.id not in ids))
    excluded = tuple(dict.fromkeys(id_ for *_, id_ in outside if id_ and id_ not in ids))
    if excluded and not ids and not unknown:
        ids = tuple(r.id for r in held if r.id not in excluded)
    counted = [(m.start(), m.end(), "") for m in _rules()["counted"].finditer(text)]
    every_span = [*spans, *outside, *strange, *titles, *counted]
    named_at = tuple((start, id_) for start, _, id_ in sorted([*spans, *strange, *titles]))
    itself = {id_ for start, _, id_ in spans if start not in {at for at, *_ in parts}}
    inner = tuple(dict.fromkeys(part for _, _, part, id_ in parts if id_ not in itself))
    return Cities(
        ids,
        tuple(dict.fromkeys(unknown)),
        all_cities(text) and not excluded,
        _cut(text, every_span),
        named_at,
        inner,
        excluded,
    )


def all_cities(text: str) -> bool:
    """Whether all that are held are asked for in so many words: 三地, 各城市, 分别."""
    return bool(_rules()["all"].search(text))


def _others_too(text: str, spans: Sequence[Span]) -> bool:
    """Whether after the one city that is named all of them are asked for, in a clause of its own: 洛阳给多少，三个城市
    一样吗."""
    asked = _rules()["all_beside"].search(text)
    return asked is not None and all(end <= asked.start() for _, end, _ in spans)


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "cities.toml")


def _of_the_nation(text: str, table: NameTable) -> list[Span]:
    """Where a question means the laws of the nation and names none: all that are held."""
    named = load_rules("assistant.understand", "language.toml")["nation"].search(text)
    national = [r.id for r in table.held if r.level in NATIONAL and not r.city] if named else []
    return [(named.start(), named.end(), id_) for id_ in national] if named else []


def _not_held(text: str, spans: Sequence[Span], table: NameTable) -> list[Span]:
    """Cities, provinces, districts and zones that no held regulation belongs to."""
    blank = _blanked(text, spans)
    found: list[Span] = []
    for start, end, place in places_in(blank):
        if not spans or (place.name not in table.provinces and place.short not in table.provinces):  # 江苏常州
            found.append((start, end, ""))
    for start, end, cities in districts_in(_blanked(blank, found)):
        if not cities and _is_spoken_of(text[start:end], table):
            continue  # in no table of divisions, but the law names it
        if table.own.isdisjoint(cities) and (not spans or _is_asked_too(text, start, end, spans)):
            found.append((start, end, ""))
    return found


def _is_spoken_of(part: str, table: NameTable) -> bool:
    """Whether a regulation speaks of a place, or has its name among its words."""
    name = without_kind(part)
    return any(name in a.text for r in table.held for a in r.articles)


def _is_asked_too(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether a district or a place abroad stands beside a held city as one more to be asked for: 武汉和浦东新区."""
    joined = (text[b:start] if b <= start else text[end:a] for a, b, _ in spans)
    return any(are_joined(between) for between in joined) or bool(_rules()["numbered"].search(text[end:]))


def _with_titles(
    text: str, spans: list[Span], strange: Sequence[Span], table: NameTable, held: Sequence[Regulation]
) -> tuple[list[Span], list[Span]]:
    """The spans with what the names of regulations add to them, and those that are titles of no held one."""
    places: dict[tuple[int, int], list[str]] = {}
    for start, end, id_ in sorted([*spans, *strange]):
        places.setdefault((start, end), []).extend([id_] if id_ else [])
    read = names_in(text, [(a, b, tuple(ids)) for (a, b), ids in places.items()], table.titles.values())
    if strange and not spans:  # 我在无锡，我们这儿的科技条例: a few words of a title do not stand against another city
        read = tuple(n for n in read if not n.ids or n.end - n.start >= _WHOLE_NAME)
    read = tuple(n for n in read if n.ids or not _is_told_of(text, n, spans, held))
    titles = [(n.start, n.end, "") for n in read if not n.ids]
    kept = [s for s in spans if not any(n.start <= s[0] and s[1] <= n.end for n in read)]
    kept += [(n.start, n.end, id_) for n in read for id_ in _of_the_place(text, n, spans)]
    return _narrowed(text, kept), titles


def _is_told_of(text: str, name: NamedAs, spans: Sequence[Span], held: Sequence[Regulation]) -> bool:
    """Whether the regulations of the place that stands in a title speak of that text themselves, such as of one that
    they put out of force; not where its articles are asked of, of which they say nothing."""
    ids = {id_ for start, end, id_ in spans if name.start <= start and end <= name.end}
    end = text[: name.end].rstrip("《》 ")[-_TOLD:]
    if not ids or len(HAN.findall(end)) < _TOLD or of_its_articles(text, name.end):
        return False
    return any(end in plain(a.text) for r in with_ids(ids, held) if r.may_say([end]) for a in r.numbered)


def _of_the_subject(text: str, spans: list[Span], table: NameTable) -> list[Span]:
    """Of several laws of a place, the one whose subject stands right after it: 南昌二类冷库第三条."""
    places: dict[tuple[int, int], list[str]] = {}
    for start, end, id_ in spans:
        places.setdefault((start, end), []).append(id_)
    several = {place: ids for place, ids in places.items() if len(ids) > 1}
    wanted = {i for ids in several.values() for i in ids}
    titled = {i: table.titles[i] for i in wanted}
    dropped: set[Span] = set()
    for (start, end), ids in several.items():
        said = _rules()["after_place"].sub("", text[end:])
        fit = {i: s for i in ids if (s := _subject(titled[i])) and said.startswith(s)}
        longest = [i for i, s in fit.items() if len(s) == max(map(len, fit.values()))]
        if len(longest) == 1:
            dropped |= {(start, end, i) for i in ids if i != longest[0]}
    return [s for s in spans if s not in dropped]


def _subject(one: Titled) -> str:
    """一类冷库 of 南昌市一类冷库管理办法; "" where a title says less than two characters of its own."""
    title = to_simplified(half_width(one.title))
    for place in one.place:
        title = title.removeprefix(place)
    subject = _rules()["no_subject"].sub("", title)
    return subject if len(subject) >= _LEAST_SUBJECT and title.startswith(subject) else ""


def _narrowed(text: str, spans: list[Span]) -> list[Span]:
    """The spans without a place that a title of its own follows: 郑州《殡葬管理条例》 is one law, not all of 郑州."""
    ids: dict[tuple[int, int], set[str]] = {}
    for start, end, id_ in spans:
        ids.setdefault((start, end), set()).add(id_)
    wider = {
        place
        for place, all_of_it in ids.items()
        for named, its_own in ids.items()
        if named[0] >= place[1] and its_own < all_of_it and _rules()["to_its_title"].search(text[place[1] : named[0]])
    }
    return [s for s in spans if s[:2] not in wider]


def _of_the_place(text: str, name: NamedAs, spans: Sequence[Span]) -> tuple[str, ...]:
    """The regulations of a name, those of the place right before it where it has one of that title."""
    before = {
        id_ for _, end, id_ in spans if end <= name.start and _rules()["to_its_title"].search(text[end : name.start])
    }
    return tuple(i for i in name.ids if not before or i in before) or name.ids


def _parts_of(text: str, table: NameTable) -> list[tuple[int, int, tuple[str, str], str]]:
    """Districts and counties of held cities, unless they are held themselves: (start, end, (name, city), id)."""
    return [
        (start, end, (name, city), id_)
        for start, end, name, city in parts_in(text, table.by_city)
        if short_name(name) not in table.own_short
        for id_ in table.by_city[city]
    ]


def mend_names(text: str, held: Sequence[Regulation]) -> str:
    """A city's name typed by its sound, 武汗, 落阳 or wuhan, as it should be; the text itself where there is none."""
    for spelled in _SPELLED.finditer(text):
        if place := next((r.place for r in held if r.id == spelled[0].lower()), ""):
            return text[: spelled.start()] + short_name(place) + text[spelled.end() :]
    typed = set(text)
    for regulation in held:
        sounds = regulation.sound_alikes
        if not sounds or not all(typed.intersection(alike) for alike in sounds):
            continue
        for at in range(len(text) - len(sounds) + 1):
            if all(text[at + n] in alike for n, alike in enumerate(sounds)):
                return text[:at] + short_name(regulation.place) + text[at + len(sounds) :]
    return text


def _blanked(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """The text with what is already understood blanked out, every other character in its place."""
    for start, end, _ in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _outermost(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    return [
        s
        for s in dict.fromkeys(spans)
        if not any((o[0] <= s[0] and s[1] <= o[1] and (o[1] - o[0]) > (s[1] - s[0])) for o in spans)
    ]


def _statutes(text: str, held: Sequence[Regulation], *, named: bool) -> list[str]:
    """Laws that a question is about and that are not held; with a held city named they are background."""
    if named:
        return []
    titles = _TITLED.findall(text)
    known = [n for r in held for n in ways_to_name(r)] if titles else []
    if unknown := [f"《{t}》" for t in titles if not any(t in n or n in t for n in known)]:
        return unknown
    return [m[0] for m in _rules()["statute"].finditer(text) if len(m[0]) >= 2]


def _cut(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    kept: list[str] = []
    at = 0
    for start, end, _ in sorted(spans):
        between = text[at:start]
        if not (kept and are_joined(between)):
            kept.append(between)
        at = max(at, end - bool(_rules()["market"].match(text[end - 1 :])))  # 武汉|市场监管
    topic = "".join([*kept, text[at:]])
    topic = re.sub(r"《\s*》|[（(]\s*[）)]", "", topic)
    topic = _rules()["left_at_head"].sub("", topic)
    return topic.strip() or text
