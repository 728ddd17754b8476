"""The last turn by itself and with the last matter: both readings, and the regulations they are asked of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.understand.breadth import Breadth, breadth_of
from assistant.understand.cities import Cities, find_cities
from assistant.understand.language import has_matter, without_frame
from assistant.understand.matter import matter_in
from assistant.understand.thread.blend import Blend, blended
from assistant.understand.thread.said import (
    Said,
    asks_itself,
    asks_of_a_case,
    said_in,
    without_kinds,
    without_whereabouts,
)
from assistant.understand.thread.scope import (
    by_place,
    each_spoken_of,
    remaining,
    so_many,
    without_cities,
    without_count,
)
from assistant.understand.thread.talk import is_likened, of_the_rule, only_who, without_other_bodies
from assistant.understand.thread.turns import MATTER, Turn, last_cited, spoken_of, turns_of, wholly_told
from law.norms.actors import actors_in
from law.norms.norm import DEPARTMENT
from law.regulation import Regulation
from law.text.references import Reference
from law.text.rules import load_rules
from law.text.script import plain

_SHORT = 12
#: At most so many characters of an earlier question are carried over.
_CARRIED = 400
#: A correction that names so little is about the same matter; in another city, or of the city that is left, a turn that
#: names so little only asks for it.
_OWN, _LITTLE = 5, 3
#: A set is asked for of what is named with so many characters.
_NAMED = 2
#: A turn that only names somebody else has no larger share.
_SOMEBODY = 0.4
#: From this share on a turn stands by itself.
_ITSELF = 0.5


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question as it is understood. `regulation_ids` come from the question or the conversation."""

    text: str
    topic: str
    regulation_ids: tuple[str, ...] = ()
    rewritten: bool = False  # it goes on with what was spoken of
    references: tuple[Reference, ...] = ()  # what the conversation points to
    inferred: bool = False  # the regulation is that of the last answer, which nobody has named
    near: tuple[str, ...] = ()  # ids of articles that the conversation points to
    others: bool = False  # whatever else there is on the matter
    besides: tuple[str, ...] = ()  # and of those that are not wanted again
    blend: Blend | None = None  # what to look up by itself, and what with the matter of before
    inherits: bool = False  # it stands by itself, but for its cities
    courtesy: bool = False  # it only thanks, or ends the talk
    quoted: tuple[str, ...] = ()  # how the quotes of the last answer begin, where another case is supposed
    told: str = ""  # words of the law in the topic, which nobody asked


def weighed(
    said: Said, itself: FollowUp, found: Cities, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> FollowUp:
    """The turn by itself and with the last matter, each with its share."""
    asked = [plain(m["content"]) for m in history if m["role"] == "user"]
    turns = turns_of(history, held)
    named, matters = spoken_of_last(turns, held), _last_matters(_without_silences(turns) or asked, held)
    left = () if found.ids else so_many(itself.text, turns, held)
    if not (left or found.ids or found.every):
        left = (
            remaining(itself.text, turns, held)
            or by_place(itself.text, turns)
            or each_spoken_of(itself.text, turns, held)
        )
    answered = answered_of(history, held) if named is None and not (found.ids or left) else ()
    earlier = named or answered
    ids = found.ids or left or (() if found.every else earlier)
    swapped = bool(found.ids or left or found.every) and ids != earlier
    own = without_cities(found.topic)
    own = without_whereabouts(own) if swapped else own
    own = without_count(own) if left else own
    little = swapped and len(matter_in(own)) < _LITTLE and not asks_itself(own)
    matterless = not has_matter(own) or little or (swapped and of_the_rule(own))
    framed = not has_matter(without_frame(own))  # 三个城市有什么不同: of the matter of before
    another = said.corrects and not swapped and len(matter_in(own)) >= _OWN  # a matter of its own, no other side of it
    last = last_cited(turns) if turns and not another else None
    if matterless and is_likened(itself.text):  # what is like it is like what was found, not like what was refused
        matters = _last_matters([t.asked for t in turns if t.cited] or asked, held)
    matter = " ".join(matters)[:_CARRIED]
    matter = without_other_bodies(matter, own) or matter
    carried = matter if matterless or framed else f"{_without(matter, said.denied)} {own}"
    before = _still_asked(matters)
    blend = blended(said, "" if matterless or framed else own, without_kinds(own, said), carried, last, swapped=swapped)
    blend = replace(blend, before=before)
    if another and turns:
        blend = replace(blend, doubted=tuple(a.id for a in turns[-1].cited))
    if _is_whole(said, own, turns) or _compares(said, own, len(held) if found.every else len(found.ids)):
        blend = replace(blend, own=1.0)
    elif only_who(own.strip("那呢?？ ")):
        blend = replace(blend, own=min(blend.own, _SOMEBODY), somebody=True)
    alone = blend.own >= _ITSELF
    if alone and not found.ids and named is None and len(own) > _SHORT:
        answered, ids = (), ()  # asked of all cities, whatever the last answer was about
    text = itself.text if alone else f"{matter}：{itself.text}"
    if matterless:
        text = "、".join(dict.fromkeys(r.place for r in held if r.id in ids)) + matter
    return FollowUp(
        text,
        own if alone else carried,
        ids,
        not alone,
        inferred=bool(answered),
        besides=wholly_told(turns) if said.besides else (),
        blend=blend,
        inherits=bool(ids) and not found.ids,
    )


def _without(matter: str, denied: str) -> str:
    """The matter without the words that the turn says it does not mean."""
    runs = (denied[a : a + size] for size in range(len(denied), 1, -1) for a in range(len(denied) - size + 1))
    said = next((r for r in runs if r in matter and matter_in(r) == r), "")
    return matter.replace(said, "", 1) if said else matter


def _is_whole(said: Said, topic: str, turns: Sequence[Turn]) -> bool:
    """Whether a turn asks for a set in so many words, of something that it names: 讲金融的都有哪些条; for the place of
    words, 哪一条写了股权; or for what a department does that nothing cited last speaks of."""
    breadth = breadth_of(said.text, topic, several=False, named=True)
    told = breadth.is_set and (breadth.firm or breadth.counts or bool(breadth.chapter) or _of_another(breadth, turns))
    return (told or breadth.kind == "words") and not said.points and len(matter_in(topic)) >= _NAMED


def _of_another(breadth: Breadth, turns: Sequence[Turn]) -> bool:
    """Whether the duties of departments are asked for that are named neither by the last question nor by the articles
    cited in answer to it."""
    if breadth.kind != "duties" or not breadth.actors or not turns:
        return False
    texts = (turns[-1].asked, *(plain(a.text) for a in last_cited(turns).cited))
    spoken = {c for text in texts for a in actors_in(text) for c in a.classes}
    return all(c.startswith(f"{DEPARTMENT}:") and c not in spoken for c in breadth.actors)


def _compares(said: Said, own: str, cities: int) -> bool:
    """Whether a turn asks of several cities at once what it names itself: 大型仪器要不要开放,三个城市有什么不同."""
    return cities > 1 and not said.points and len(matter_in(plain(without_kinds(own, said)))) >= _OWN


def _still_asked(matters: Sequence[str]) -> str:
    """Of the questions whose matter is carried the last that asks, with what was only named after it: of 造假几年不能报
    项目, 档案由谁建 the latter."""
    first = next((n for n in range(len(matters) - 1, 0, -1) if asks_of_a_case(matters[n])), 0)
    return " ".join(matters[first:])[:_CARRIED]


def _last_matters(asked: Sequence[str], held: Sequence[Regulation]) -> list[str]:
    """The last question with a matter of its own; one that leans itself brings the one before it, and those before
    that until they name enough."""
    matters: list[str] = []
    for question in reversed(asked):
        topic = without_cities(find_cities(question, held).topic)
        if not has_matter(topic):
            continue
        matters.insert(0, topic)
        rules = load_rules("assistant.understand.thread", "readings.toml")
        leans = rules["turn"].search(topic) or rules["also"].search(topic)
        if said_in(topic).points:
            continue
        if len(topic) > _SHORT and not leans:
            break
        if len(matters) >= 2 and len(matter_in("".join(matters))) >= MATTER:
            break
    return matters or [asked[-1]]


def _without_silences(turns: Sequence[Turn]) -> list[str]:
    """The questions of a conversation without those for a mere detail of which nothing was cited, where an answer
    before them cites something: 补百分之几 is no matter that is carried to another city."""
    first = next((n for n, t in enumerate(turns) if t.cited), len(turns))
    return [t.asked for n, t in enumerate(turns) if t.cited or n < first or not _is_detail(t.topic)]


def _is_detail(topic: str) -> bool:
    """Whether a question names hardly anything besides the kind of fact that it asks for."""
    return has_matter(topic) and len(matter_in(plain(without_kinds(topic, said_in(topic))))) < _OWN


def spoken_of_last(turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...] | None:
    """As `last_cities`; of a question that names none, the one city of its answer where another was named before: it
    was the one that was left, or the former."""
    for turn in reversed(turns):
        found, told = find_cities(turn.asked, held), spoken_of([turn])
        if found.ids or found.every:
            return found.ids
        if len(told) == 1 and (last_cities([t.asked for t in turns], held) or told) != told:
            return told
    return None


def last_cities(asked: Sequence[str], held: Sequence[Regulation]) -> tuple[str, ...] | None:
    """Those that a question named last, () where it named all of them; None where none named any."""
    for question in reversed(asked):
        found = find_cities(question, held)
        if found.ids or found.every:
            return found.ids
    return None


def answered_of(history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The one regulation that the last answer that names any is about, where it is only one."""
    answers = (plain(m["content"]) for m in reversed(history) if m["role"] != "user")
    ids = next((ids for a in answers if (ids := find_cities(a, held).ids)), ())
    return ids if len(ids) == 1 else ()
