"""Whose rules are asked for: of bodies alone, whatever the matter (对高校有哪些规定, 涉及国有企业的条款).

Where nothing is named beside bodies, all the rules in which they act or are named are wanted, and the norms say which
these are. Departments and governments are asked for their duties, which `breadth` reads. Of people at large (科技人员)
a law speaks as of a matter, not only where they act, but of young and of outstanding ones in rules of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.understand.bodies.task import listed_between
from law.norms.actors import PEOPLE, Actor
from law.norms.norm import DEPARTMENT
from law.text.rules import Rule, load_rules

#: So many characters may be left beside bodies and the words that ask.
_LEFT = 1
#: People to whom rules of their own are given.
_OF_A_SORT = ("青年人才", "高层次人才")
#: What a word of the kind of a body is tagged: 国有, 民营, 科技.
_KINDS = frozenset("nabj")


@dataclass(frozen=True, slots=True)
class Concerned:
    """Bodies whose rules are asked for: their `classes`, and the names by which they were called, each with the words
    before it that say of what kind (国有企业)."""

    classes: tuple[str, ...]
    names: tuple[str, ...]


def concerned(bare: str, named: Sequence[Actor]) -> Concerned | None:
    """The bodies whose rules are all that a topic asks for, `named` being those that it names; None where it names a
    matter, or others.

    >>> from law.norms.actors import actors_in
    >>> [concerned(t, actors_in(t)) is not None for t in ("概括一下对企业的主要规定", "企业贷款的规定", "企业要做什么")]
    [True, False, False]
    """
    rules = load_rules("assistant.understand.bodies", "concerned.toml")
    if not named or not rules["asks"].search(bare) or any(_is_other(a) for a in named):
        return None
    if any(set(_OF_A_SORT) & set(a.classes) and rules["abroad"].search(bare[a.start : a.end]) for a in named):
        return None  # who is called from abroad need not be outstanding
    names: list[str] = []
    left = bare
    for actor in reversed(named):
        start = _with_its_kind(bare, actor.start, rules["frame"])
        names.insert(0, bare[start : actor.end])
        left = left[:start] + left[actor.end :]
    if any(not listed_between(bare[a.end : b.start]) for a, b in pairwise(named)):
        return None  # 企业与大学怎么合作: of one towards the other
    if names_a_matter(left):
        return None
    return Concerned(tuple(dict.fromkeys(c for a in named for c in a.classes)), tuple(dict.fromkeys(names)))


def names_a_matter(left: str, *besides: Rule) -> bool:
    """Whether anything of a matter is left in a question without those whom it names; `besides` are rules of words that
    name none."""
    import rjieba

    light = load_rules("assistant.understand", "whole.toml")["light"]
    frame = load_rules("assistant.understand.bodies", "concerned.toml")["frame"]
    everywhere = load_rules("assistant.understand", "cities.toml")["all"]

    def rest(text: str) -> str:
        for rule in (*besides, everywhere, frame, light):
            text = rule.sub("", text)
        return text

    if any(len(word) > 1 and rest(word) for word in rjieba.cut(left)):
        return True
    return len(rest(left).strip("?？!！,，。、;；:： ")) > _LEFT


def _is_other(actor: Actor) -> bool:
    """Whether he is no body without office and nobody of a sort: a department, a government, people, anybody."""
    others = {*PEOPLE, "任何主体"} - {*_OF_A_SORT}
    return any(c in others or c.startswith(DEPARTMENT) or c.endswith("政府") for c in actor.classes)


def _with_its_kind(bare: str, start: int, frame: Rule) -> int:
    """Where the name of a body begins, the words before it that say of what kind included."""
    import rjieba

    at = start
    for word, tag in reversed(rjieba.tag(bare[:start])):
        if len(word) < 2 or tag[:1] not in _KINDS or frame.search(word):
            break
        at -= len(word)
    return at
