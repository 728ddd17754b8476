"""Whose work is asked about: somebody, and no matter beside him.

A question is read clause by clause as (body, matter, work). Words for work, for having it, and for the regulation are
taken away; where nothing is left beside the body, its work as a whole is asked for, whatever verb says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from law.norms.actors import Actor
from law.text.rules import Rule, load_rules

_CLAUSE = re.compile(r"[^，,。；;：:！!？?…\n—]+")
#: A clause names no matter where at most so many characters are left of it.
_NO_MATTER = 1


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, those named in it, and what it names besides."""

    text: str
    actors: tuple[Actor, ...]
    besides: str  # what it says beside them
    matter: str
    tasked: bool  # it speaks of work as work
    own: bool  # of a body named before

    @property
    def wants(self) -> bool:
        """Whether it has a whole word besides that is neither work nor light: 上市 of 想上市, of which 上 would be."""
        import rjieba  # its dictionary takes a tenth of a cold start: it is read when it is first wanted

        return any(len(w) > 1 and _without_light(w) for w in rjieba.cut(self.besides))


def tasked(text: str, named: Sequence[Actor]) -> Actor | None:
    """The last of those whose work is all that a question asks about; None where it names a matter.

    >>> from law.norms.actors import actors_in
    >>> said = "草案通过以后,知识产权部门得忙哪几摊事?"
    >>> tasked(said, actors_in(said)) is not None
    True
    >>> said = "财政部门给科普多少钱?"
    >>> tasked(said, actors_in(said)) is None
    True
    >>> said = "小公司想挂牌,政府能做点什么?"  # of what the company wants
    >>> tasked(said, actors_in(said)) is None
    True
    """
    clauses = list(_clauses(text, named))
    if any(len(c.matter) > _NO_MATTER and _asks_more(c) for c in clauses):
        return None
    before: _Clause | None = None
    for clause in clauses:
        light = len(clause.matter) <= _NO_MATTER
        if clause.tasked and light and clause.actors:
            other = before and not {a.classes for a in before.actors} & {a.classes for a in clause.actors}
            wanted = before and other and before.wants and _rule("wants").search(before.text)
            return None if wanted else _subject(clause, text)
        if clause.tasked and before and light and (clause.own or not (len(before.matter) > _NO_MATTER or before.wants)):
            return _subject(before, text)
        before = clause if clause.actors else before
    return None


def names_work(text: str) -> bool:
    """Whether work is spoken of as work: 任务, 担子, 要求."""
    return bool(_rule("work").search(text))


def of_a_case(text: str) -> bool:
    """Whether a question tells a case in which something is to be done, or lets choose between two."""
    return bool(_rule("choice").search(text)) or any(
        len(c.matter) > _NO_MATTER and _rule("given").search(c.text) for c in _clauses(text, ())
    )


def _asks_more(clause: _Clause) -> bool:
    """Whether a clause asks something of its own."""
    asks = _rule("asked").search(clause.text) and _rule("ends_asking").search(clause.text)
    return bool(asks) and not clause.tasked


def _subject(clause: _Clause, text: str) -> Actor:
    """The last of the first ones named together; whom something is done to (对中小学) only where nobody else is."""
    free = [a for a in clause.actors if not _rule("done_to").search(text[a.start - 1 : a.start])] or clause.actors
    return last_listed(free, text)


def last_listed(named: Sequence[Actor], text: str) -> Actor:
    """The last of those that a text lists together with the first of those named: 企业 of 高校、院所和企业."""
    last = named[0]
    for actor in named[1:]:
        if not listed_between(text[last.end : actor.start]):
            break
        last = actor
    return last


def _clauses(text: str, named: Sequence[Actor]) -> Iterator[_Clause]:
    for found in _CLAUSE.finditer(text):
        mine = tuple(a for a in named if found.start() <= a.start and a.end <= found.end())
        left = text[found.start() : found.end()]
        for actor in reversed(mine):
            left = left[: actor.start - found.start()] + "、" + left[actor.end - found.start() :]
        own = _rule("own").search(left)
        if own and not mine:
            left = left[own.end() :]  # what leads to it is how the asker came to ask
        works, asks = _rule("work").search(left), _rule("asked").search(left)
        tasked = bool(works or (asks and _rule("doing").search(left)))
        yield _Clause(found[0], mine, left, _without_light(left), tasked, bool(own))


def _without_light(text: str) -> str:
    for name in ("work", "asked", "light", "doing", "light"):
        text = _rule(name).sub("", text)
    return text


def listed_between(between: str) -> bool:
    """Whether what stands between two only lists them."""
    return bool(_rule("listed").fullmatch(between))


def _rule(name: str) -> Rule:
    return load_rules("assistant.understand.bodies", "task.toml")[name]
