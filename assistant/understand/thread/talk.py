"""A conversation is followed: the opposite case, what else, the former of two, the city not yet spoken of, and a
correction.

What other programs send is `{"role", "content"}` only, so what was cited is read from the text of the answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.understand.bodies.names import formal
from assistant.understand.cities import Cities, find_cities
from assistant.understand.language import has_matter
from assistant.understand.matter import matter_in
from assistant.understand.thread.said import asks_of_a_case, said_in
from assistant.understand.thread.turns import MATTER, QUOTE, Turn, last_cited, matter_of_talk, turns_of, wholly_told
from law.norms.actors import actors_in
from law.norms.norm import DEPARTMENT
from law.regulation import Article, Regulation
from law.text.grams import bigrams
from law.text.numerals import to_int
from law.text.rules import Rule, load_rules
from law.text.script import plain

#: A correction that names so little of its own is about the same matter.
_OWN = 5
#: Two cities are both.
_BOTH = 2
#: Of one word that tells a sort of somebody, 民营, 国企, the tags begin so: adjectives that only stand before a noun,
#: and what is short for both.
_SORTS = "abj"
#: What the class of a department begins with.
_A_DEPARTMENT = f"{DEPARTMENT}:"


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
    told: str = ""  # words of the law in the topic, which an answer has quoted


def turned(text: str, found: Cities, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> Turned | None:
    """The last turn read with the conversation; None where it leans on it in none of these ways."""
    turns = turns_of(history, held)
    if not turns:
        return None
    spoken = tuple(dict.fromkeys(a.id.partition("/")[0] for t in turns for a in t.cited))
    last = last_cited(turns)
    matter = matter_of_talk(turns)
    quoted = f"{matter} {last.quote}".strip()
    ids = found.ids or _named_last(turns, held) or spoken[-1:]
    if replaced := _replaced(text, found, turns, spoken, ids, held):
        return replaced
    if found.ids and _rule("likened").search(text):
        return Turned(f"{_places(found.ids, held)}{matter}", quoted, found.ids, told=last.quote)
    if swapped := _swapped(text, matter):
        return Turned(f"{_places(ids, held)}{swapped}", swapped, ids)
    if pointed := _pointed(text, turns, held):
        near = tuple(a.id for a in pointed.cited)
        own = found.ids or tuple(dict.fromkeys(i.partition("/")[0] for i in near)) or ids
        elsewhere = found.ids and not any(i.partition("/")[0] in own for i in near)
        before = f"{pointed.topic} {pointed.quote}" if elsewhere else pointed.topic
        return Turned(f"{pointed.topic}：{text}", f"{before} {found.topic}", own, near)
    if _rule("contrast").search(text):
        case = _own(text, "contrast")
        if last.topic != matter and asks_of_a_case(text):
            return None  # of what the last turn went on to: both are weighed
        if len(case) >= MATTER:  # the other case is told: it may stand anywhere
            return Turned(f"{matter}：{text}", case if _classes(case) - _classes(matter) else f"{case} {matter}", ids)
        return Turned(f"{matter}：{text}", f"{matter} {found.topic}", ids, tuple(a.id for a in last.cited))
    rest = _rule("remainder").search(text)
    what = rest["what"] or "" if rest else ""
    if rest and not only_who(what):
        told = wholly_told(turns)
        if len(besides := _own(text, "remainder")) >= _OWN:
            return Turned(f"{besides}：{text}", f"{besides} {matter}", ids, besides=told, others=True)
        headings = (plain(a.heading) for a in last.cited[:1])
        whole = " ".join(dict.fromkeys(filter(None, [what, turns[0].topic, matter, *headings])))
        return Turned(f"{matter}：{text}", whole, ids, besides=told, others=True)
    return None


def supposes_another(text: str) -> bool:
    """Whether another case is asked of than was spoken of: 反过来, 要是自己买的呢, 学生呢?前面讲的是老师."""
    return said_in(text).supposes or any(
        _rule(name).search(text) for name in ("contrast", "contrasted", "contrasted_with")
    )


def is_likened(text: str) -> bool:
    """Whether a turn asks for the like of what was found: 常州有没有类似的说法."""
    return _rule("alike").search(text) is not None


def of_the_rule(topic: str) -> bool:
    """Whether words name the rule itself, more or less of it, or how it deals with something, and no matter of their
    own.

    >>> of_the_rule("有没有这样的制度"), of_the_rule("力度更大吗"), of_the_rule("有没有这样的平台")
    (True, True, False)
    """
    left = topic
    for name in ("degree", "how", "ruling"):
        left = _rule(name).sub("", left)
    return left != topic and not has_matter(left)


def of_the_answer(
    text: str, found: Cities, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> Turned | None:
    """The turn asked of one of several articles of the last answer, by its place among them: 前一条里怎么说, 第二条里的
    园区; None where it counts articles of the law, or so many were not cited.

    第二条 may be either: it is the second of the answer where that has more of the turn's own words.
    """
    turns = turns_of(history, held)
    counted = _rule("of_the_answer").search(text)
    cited = turns[-1].cited if turns and counted else ()
    if counted is None or len(cited) < _BOTH:
        return None
    which = counted["which"]
    at = (to_int(which[1:]) or 0) - 1 if which[0] == "第" else 0 if which[0] in "前头" else len(cited) - 1
    if not 0 <= at < len(cited):
        return None
    one, own = cited[at], text[counted.end() :]
    regulation = next(r for r in held if r.id == one.id.partition("/")[0])
    if which[0] == "第" and any(_has(a, own) >= _has(one, own) for a in regulation.find(at + 1)):
        return None
    return Turned(f"{turns[-1].topic}：{text}", f"{plain(one.heading)} {own}".strip(), (regulation.id,), (one.id,))


def _has(article: Article, words: str, besides: str = "") -> int:
    """How many bigrams of some words an article has, besides those of what else was said."""
    own = set(bigrams(matter_in(words))) - set(bigrams(besides))
    return len(own & set(bigrams(plain(f"{article.heading}{article.text}"))))


def _replaced(
    text: str,
    found: Cities,
    turns: Sequence[Turn],
    spoken: tuple[str, ...],
    ids: tuple[str, ...],
    held: Sequence[Regulation],
) -> Turned | None:
    """One part of what was asked before is put in another's place, and the rest kept: both cities, the same thing in
    another city, the rest of a set, another matter or body than was spoken of; None where no part is."""
    matter = matter_of_talk(turns)
    both = tuple(dict.fromkeys((*spoken, *(i for t in turns for i in find_cities(t.asked, held).ids))))
    if not found.ids and len(both) == _BOTH and _rule("both").search(text):
        return Turned(f"{_places(both, held)}{matter}：{text}", f"{matter} {found.topic}", both)
    thing = alike["thing"] if (alike := _rule("alike").search(text)) else ""
    if found.ids and thing and not _rule("ruling").fullmatch(thing) and (same := _alike(thing, turns)):
        asked, sentence = same
        return Turned(f"{_places(found.ids, held)}{asked} {sentence}", f"{asked} {sentence}", found.ids, told=sentence)
    if _rule("without").search(text):
        told = tuple(a.id for t in turns for a in t.cited)
        return Turned(f"{turns[0].topic}：{text}", turns[0].topic, ids, besides=told, others=True)
    if contrasted := _rule("contrasted").search(text) or _rule("contrasted_with").search(text):
        meant = contrasted["meant"]
        other = _in_place(matter, contrasted["before"], meant)
        said, own = f"{_places(found.ids or ids, held)}{other}", found.ids or ids
        if only_who(meant):
            return Turned(said, other, own, tuple(a.id for a in turns[-1].cited))
        told = tuple(a.id for t in turns for a in t.cited if not _has(a, meant, besides=contrasted["before"]))
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
    if actors and only_who(meant):
        return matter[: actors[0].start] + meant + matter[actors[0].end :]
    return f"{meant} {matter}"


def _alike(thing: str, turns: Sequence[Turn]) -> tuple[str, str] | None:
    """The latest question of before whose articles have a thing, and the sentence in which it stands."""
    latest = turns[::-1]
    for turn in sorted(latest, key=lambda t: len(matter_in(t.topic)) < MATTER):
        for article in turn.cited:
            sentences = re.split("[。；;\n]", plain(article.text))
            if said := next((s for s in sentences if thing in s), ""):
                return turn.topic, said[-QUOTE:]
    return None


def _classes(text: str) -> set[str]:
    return {c for a in actors_in(text) for c in a.classes}


def only_who(topic: str) -> bool:
    """Whether it names somebody, or a level of government, and hardly anything besides: 县里那一级."""
    left = topic = formal(topic)
    for actor in reversed(actors_in(topic)):
        left = left[: actor.start] + left[actor.end :]
    return (left != topic and len(matter_in(left)) < _OWN) or bool(_rule("level").fullmatch(topic))


def without_other_bodies(matter: str, own: str) -> str:
    """A matter without the departments that it names, where a turn names another one.

    >>> without_other_bodies("教育局在科普上做什么", "司法局呢"), without_other_bodies("教育局做什么", "谁来监督")
    ('在科普上做什么', '教育局做什么')
    """
    mine = {c for a in actors_in(own) for c in a.classes if c.startswith(_A_DEPARTMENT)}
    for actor in reversed(actors_in(matter) if mine else ()):
        if not mine & set(actor.classes) and all(c.startswith(_A_DEPARTMENT) for c in actor.classes):
            matter = matter[: actor.start] + matter[actor.end :]
    return matter


def _swapped(text: str, matter: str) -> str:
    """The matter with somebody else in the place of whom it named: 那民营的呢 after 国有企业研发投入怎么管; "" where
    nobody takes another's place: 洛阳呢, 打官司呢.
    """
    said = _rule("instead").search(text)
    before = actors_in(matter)
    if not said or not before:
        return ""
    own = _somebody(said["who"])
    mine = actors_in(own)
    if not mine or not set(mine[-1].classes) & set(before[0].classes) or said["who"] in matter:
        return ""
    return matter[: before[0].start] + own + matter[before[0].end :]


def _somebody(who: str) -> str:
    """Whom words name: somebody, last of all, or what sort of enterprise, in one word; "" where they name a place, a
    thing, or what is done.

    >>> _somebody("科技领军的大企业"), _somebody("民营"), _somebody("洛阳"), _somebody("打官司"), _somebody("银行业务")
    ('科技领军的大企业', '民营企业', '', '', '')
    """
    import rjieba

    if any(a.end == len(who) for a in actors_in(who)):
        return who
    words = list(rjieba.tag(who))
    return f"{who}企业" if len(words) == 1 and words[0][1][0] in _SORTS else ""


def _pointed(text: str, turns: Sequence[Turn], held: Sequence[Regulation]) -> Turn | None:
    """The turn that is pointed to, or of one that told of two things its former or its latter."""
    cited = [t for t in turns if t.cited]
    former, latter = _rule("former").search(text), _rule("latter").search(text)
    if not cited or not (former or latter):
        return None
    if twins := _twins(cited[-1].cited[0], held):
        return replace(cited[-1], cited=(twins[0] if former else twins[-1],))
    if several := next((t for t in reversed(cited[-_BOTH:]) if len(t.cited) > 1), None):
        return replace(several, cited=(several.cited[0 if former else 1],))
    return cited[max(0, len(cited) - 2)] if former else cited[-1]


def _twins(article: Article, held: Sequence[Regulation]) -> tuple[Article, ...]:
    """The articles of one number, where a regulation has two of it."""
    regulation = next(r for r in held if r.id == article.id.partition("/")[0])
    same = regulation.find(article.number, article.suffix)
    return same if len(same) > 1 else ()


def _named_last(turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    return next((ids for t in reversed(turns) if (ids := find_cities(t.asked, held).ids)), ())


def _places(ids: Sequence[str], held: Sequence[Regulation]) -> str:
    return "、".join(dict.fromkeys(r.place for r in held if r.id in ids))


def _own(text: str, name: str) -> str:
    """What a turn says besides the words that a rule matches."""
    return _rule("particles").sub("", _rule(name).sub("", text))


def _rule(name: str) -> Rule:
    return load_rules("assistant.understand.thread", "talk.toml")[name]
