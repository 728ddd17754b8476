"""A conversation is followed: the opposite case, what else, the former of two, the city not yet spoken of, and a
correction.

What other programs send is `{"role", "content"}` only, so what was cited is read from the text of the answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.understand.cities import Cities, find_cities
from assistant.understand.matter import matter_in
from law.norms.actors import actors_in
from law.regulation import Article, Regulation
from law.text.references import references_in
from law.text.rules import Rule, load_rules
from law.text.script import plain

_SOURCE = re.compile(r"《(?P<title>[^《》]+)》(?P<where>第[^条]{1,8}条[^\n《》]{0,40})")
_QUOTED = re.compile(r"^\s*>\s*(.+)", re.M)
#: So much of a quote says what the matter is; a question says it with so many characters that mean something.
_QUOTE, _MATTER = 60, 6
#: Messages of the conversation that are read, and how much of a question.
_RECENT, _READ = 12, 400
_HEADED = re.compile(r"【([^【】]+)】")
#: A correction that names so little of its own is about the same matter.
_OWN = 5
#: Two cities are both.
_BOTH = 2


@dataclass(frozen=True, slots=True)
class Turned:
    """What the last turn is understood to ask. `near` are ids of the articles it points to, `besides` of those it does
    not want again."""

    text: str
    topic: str
    regulation_ids: tuple[str, ...]
    near: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    others: bool = False  # whatever else there is


@dataclass(frozen=True, slots=True)
class _Turn:
    """One question of the conversation and the articles cited in answer to it."""

    asked: str
    topic: str
    cited: tuple[Article, ...]
    quote: str = ""  # the first words that were quoted


def turned(text: str, found: Cities, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> Turned | None:
    """The last turn read with the conversation; None where it leans on it in none of these ways."""
    turns = _turns(history, held)
    if not turns:
        return None
    spoken = tuple(dict.fromkeys(a.id.partition("/")[0] for t in turns for a in t.cited))
    last = turns[-1]
    matter = _matter(turns)
    quoted = f"{matter} {last.quote}".strip()
    ids = found.ids or _named_last(turns, held) or spoken[-1:]
    if replaced := _replaced(text, found, turns, spoken, ids, held):
        return replaced
    if _rule("remaining").search(text) and (left := _left(turns, spoken, held)):
        return Turned(f"{_places(left, held)}{matter}", quoted, left)
    if found.ids and _rule("likened").search(text):
        return Turned(f"{_places(found.ids, held)}{matter}", quoted, found.ids)
    if corrected := _rule("corrected").search(text):
        return _corrected(corrected["meant"], matter, ids, held)
    if swapped := _swapped(text, matter):
        return Turned(f"{_places(ids, held)}{swapped}", swapped, ids)
    if pointed := _pointed(text, turns, held):
        near = tuple(a.id for a in pointed.cited)
        own = found.ids or tuple(dict.fromkeys(i.partition("/")[0] for i in near)) or ids
        return Turned(f"{pointed.topic}：{text}", f"{pointed.topic} {found.topic}", own, near)
    if contrast := _rule("contrast").search(text):
        case = _own(text, contrast)
        if len(case) >= _MATTER:  # the other case is told: it may stand anywhere
            return Turned(f"{matter}：{text}", case if _classes(case) - _classes(matter) else f"{case} {matter}", ids)
        return Turned(f"{matter}：{text}", f"{matter} {found.topic}", ids, tuple(a.id for a in last.cited))
    if rest := _rule("remainder").search(text):
        told = tuple(a.id for t in turns for a in t.cited)
        if len(besides := _own(text, rest)) >= _OWN:
            return Turned(f"{besides}：{text}", f"{besides} {matter}", ids, besides=told)
        whole = " ".join(dict.fromkeys([turns[0].topic, matter, *(plain(a.heading) for a in last.cited[:1])]))
        return Turned(f"{matter}：{text}", whole, ids, besides=told, others=True)
    return None


def _replaced(
    text: str,
    found: Cities,
    turns: Sequence[_Turn],
    spoken: tuple[str, ...],
    ids: tuple[str, ...],
    held: Sequence[Regulation],
) -> Turned | None:
    """One part of what was asked before is put in another's place, and the rest kept: both cities, the same thing in
    another city, the rest of a set, another matter or body than was spoken of; None where no part is."""
    matter = _matter(turns)
    both = tuple(dict.fromkeys((*spoken, *(i for t in turns for i in find_cities(t.asked, held).ids))))
    if not found.ids and len(both) == _BOTH and _rule("both").search(text):
        return Turned(f"{_places(both, held)}{matter}：{text}", f"{matter} {found.topic}", both)
    if found.ids and (alike := _rule("alike").search(text)) and (same := _alike(alike["thing"], turns)):
        return Turned(f"{_places(found.ids, held)}{same}", same, found.ids)
    if _rule("without").search(text):
        told = tuple(a.id for t in turns for a in t.cited)
        return Turned(f"{turns[0].topic}：{text}", turns[0].topic, ids, besides=told, others=True)
    if contrasted := _rule("contrasted").search(text) or _rule("contrasted_with").search(text):
        meant = contrasted["meant"]
        other = _in_place(matter, contrasted["before"], meant)
        said, own = f"{_places(found.ids or ids, held)}{other}", found.ids or ids
        if _only_who(meant):
            return Turned(said, other, own, tuple(a.id for a in turns[-1].cited))
        told = tuple(a.id for t in turns for a in t.cited)
        return Turned(said, f"{meant} {other}", own, besides=told, others=True)
    return None


def _in_place(matter: str, before: str, meant: str) -> str:
    """A matter with what is meant where it named what was spoken of, by its words or as somebody."""
    runs = (
        before[a:b] for size in range(len(before), 1, -1) for a in range(len(before) - size + 1) for b in (a + size,)
    )
    if said := next((r for r in runs if r in matter), ""):
        return matter.replace(said, meant, 1)
    actors = actors_in(matter)
    if actors and _only_who(meant):
        return matter[: actors[0].start] + meant + matter[actors[0].end :]
    return f"{meant} {matter}"


def _alike(thing: str, turns: Sequence[_Turn]) -> str:
    """The question of before whose articles have a thing, with the sentence in which it stands."""
    for turn in sorted(turns, key=lambda t: len(matter_in(t.topic)) < _MATTER):
        for article in turn.cited:
            sentences = re.split("[。；;\n]", plain(article.text))
            if said := next((s for s in sentences if thing in s), ""):
                return f"{turn.topic} {said[-_QUOTE:]}"
    return ""


def _matter(turns: Sequence[_Turn]) -> str:
    """The last question that names a matter of its own."""
    named = (t.topic for t in reversed(turns) if len(matter_in(t.topic)) >= _MATTER)
    return next(named, turns[0].topic)


def _corrected(meant: str, matter: str, ids: tuple[str, ...], held: Sequence[Regulation]) -> Turned:
    """What is meant instead; where it is only somebody or a city, of the same matter."""
    cities = find_cities(meant, held)
    topic = cities.topic.strip("，,。?？!！的那一头边")
    itself = len(matter_in(topic)) >= _OWN and not _only_who(topic)
    whole = topic if itself else f"{topic} {matter} {topic}" if not cities.ids else f"{matter} {topic}"
    said = whole if itself or cities.ids else topic
    return Turned(f"{_places(cities.ids or ids, held)}{said}", whole, cities.ids or ids)


def _classes(text: str) -> set[str]:
    return {c for a in actors_in(text) for c in a.classes}


def _only_who(topic: str) -> bool:
    """Whether it names somebody, or a level of government, and hardly anything besides: 县里那一级."""
    left = topic
    for actor in reversed(actors_in(topic)):
        left = left[: actor.start] + left[actor.end :]
    return (left != topic and len(matter_in(left)) < _OWN) or bool(_rule("level").fullmatch(topic))


def _swapped(text: str, matter: str) -> str:
    """The matter with somebody else in the place of whom it named: 那民营的呢 after 国有企业研发投入怎么管; "" where
    nobody takes another's place.
    """
    said = _rule("instead").search(text)
    before = actors_in(matter)
    if not said or not before:
        return ""
    mine = actors_in(said["who"]) or actors_in(f"{said['who']}企业")
    if not mine or not set(mine[0].classes) & set(before[0].classes) or said["who"] in matter:
        return ""
    own = said["who"] if actors_in(said["who"]) else f"{said['who']}企业"
    return matter[: before[0].start] + own + matter[before[0].end :]


def _pointed(text: str, turns: Sequence[_Turn], held: Sequence[Regulation]) -> _Turn | None:
    """The turn that is pointed to: the former, the latter, or the last one whose articles name the thing."""
    cited = [t for t in turns if t.cited]
    former, latter = _rule("former").search(text), _rule("latter").search(text)
    if cited and (former or latter):
        if twins := _twins(cited[-1].cited[0], held):
            return replace(cited[-1], cited=(twins[0] if former else twins[-1],))
        return cited[max(0, len(cited) - 2)] if former else cited[-1]
    if named := _rule("named").search(text):
        return next((t for t in reversed(cited) if any(named["thing"] in plain(a.text) for a in t.cited)), None)
    return None


def _twins(article: Article, held: Sequence[Regulation]) -> tuple[Article, ...]:
    """The articles of one number, where a regulation has two of it."""
    regulation = next(r for r in held if r.id == article.id.partition("/")[0])
    same = regulation.find(article.number, article.suffix)
    return same if len(same) > 1 else ()


def _turns(history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> list[_Turn]:
    turns: list[_Turn] = []
    for said in history[-_RECENT:]:
        content = plain(said["content"][:_READ])
        if said["role"] == "user":
            turns.append(_Turn(content, find_cities(content, held).topic, ()))
        elif turns:
            quoted = _QUOTED.search(said["content"])
            quote = plain(quoted[1])[:_QUOTE] if quoted else ""
            turns[-1] = replace(turns[-1], cited=cited_in(said["content"], held), quote=quote)
    return turns


def cited_in(content: str, held: Sequence[Regulation]) -> tuple[Article, ...]:
    """The articles that the text of an answer cites, in its order: 《常州市科技创新促进条例》第二十条."""
    by_title = {plain(r.title): r for r in held}
    found: list[Article] = []
    for source in _SOURCE.finditer(content):
        regulation = by_title.get(plain(source["title"]))
        numbers = [r for r in references_in(plain(source["where"])) if r.number]
        if regulation is None or not numbers:
            continue
        heading = _HEADED.search(source["where"])
        same = regulation.find(numbers[0].number, numbers[0].suffix)
        found += [a for a in same if not heading or len(same) == 1 or plain(a.heading) == plain(heading[1])][:1]
    return tuple(dict.fromkeys(found or _cited_by_city(content, held)))


def _cited_by_city(content: str, held: Sequence[Regulation]) -> list[Article]:
    """The articles of an answer of another make, which names them by their city: 「…(洛阳市第九条)」."""
    text = plain(_QUOTED.sub("", content))
    cities = find_cities(text, held)
    starts = [*(at for at, _ in cities.named_at), len(text)]
    found: list[Article] = []
    for (at, id_), end in zip(cities.named_at, starts[1:], strict=True):
        regulation = next((r for r in held if r.id == id_), None)
        for reference in references_in(text[at:end]) if regulation else ():
            found += regulation.find(reference.number, reference.suffix)[:1] if regulation and reference.number else []
    return found


def _left(turns: Sequence[_Turn], spoken: Sequence[str], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The regulations that neither a question nor an answer has spoken of."""
    named = {i for t in turns for i in find_cities(t.asked, held).ids} | set(spoken)
    return tuple(r.id for r in held if r.id not in named)


def _named_last(turns: Sequence[_Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    return next((ids for t in reversed(turns) if (ids := find_cities(t.asked, held).ids)), ())


def _places(ids: Sequence[str], held: Sequence[Regulation]) -> str:
    return "、".join(dict.fromkeys(r.place for r in held if r.id in ids))


def _own(text: str, hit: re.Match[str]) -> str:
    """What a turn says besides the words that a rule has matched."""
    return re.sub(r"[，,。?？!！呢吗吧了的那还有\s]", "", text[: hit.start()] + text[hit.end() :])


def _rule(name: str) -> Rule:
    return load_rules("assistant.understand", "talk.toml")[name]
