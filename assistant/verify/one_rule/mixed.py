"""A statement laid beside one rule of an article: what it speaks of and what it says of it must be of the same rule."""

import re
from collections.abc import Sequence

from assistant.verify.actors import SaidActor, actors, names_of, stands_for
from assistant.verify.one_rule.units import Signed, Unit, signed_words
from assistant.verify.source import Source, in_own_words
from assistant.verify.words import grammar, words

#: What of a body must be told for it to be that rule: characters, a figure counting as many as this.
_LEAST = 4
#: What is told of what only one of two rules speaks of, for that to be spoken of.
_SPOKEN = 0.5
#: What a class of actors counts, whose words count by themselves.
_CLASS = 2
#: Rules whose body is told nearly as well as the best.
_NEAR = 0.8
#: Another that is told to this share of the best may be meant, where it has more of all that is told.
_HALF = 0.5
#: What one rule must hold of all that is told for it to be told of that alone.
_WHOLE = 0.9
_TIMES = frozenset({"months", "days", "workdays", "hours"})
#: Clauses of a sentence that are looked at, characters of each, and rules of its articles.
_MOST, _LONGEST, _MOST_UNITS = 40, 200, 80


def mixed_up(said: str, sources: Sequence[Source]) -> list[str]:
    """Reasons against a plain stretch that says of what one rule speaks of what another rules."""
    units = [u for s in sources for u in s.units][:_MOST_UNITS]
    if len(units) < 2:
        return []
    text = "\n".join(s.text for s in sources)
    heads = frozenset().union(*(u.head for u in units))
    reasons: list[str] = []
    for sentence in re.split(r"[;。!?\n]", said)[:_MOST]:
        topic: frozenset[Signed] = frozenset()
        ruled = True
        clauses = [c for c in re.split(r"[,:]", sentence) if 0 < len(c) <= _LONGEST][:_MOST]
        for clause in clauses:
            own = signed_words(in_own_words(clause, text))
            fresh = ruled and (own & heads) - topic
            topic = own if fresh else topic | own
            ruled = _rules(clause, last=False)
            if _rules(clause, last=clause is clauses[-1]) and (found := _mixed(own, topic, units)):
                reasons.append(f"「{clause}」把条文里的两项说成了一项:条文是「{found.text}」")
            elif "由" in clause and (found := _by_another(clause, own, units)):
                reasons.append(f"「{clause}」换了由谁来做:条文是「{found.text}」")
    return reasons


def _rules(clause: str, *, last: bool) -> bool:
    """Whether a clause rules something, and does not only say of what is spoken."""
    if grammar("speaks_of").search(clause) or grammar("names_topics").search(clause):
        return False
    return last or "由" in clause or any(True for _ in words().marks.finditer(clause))


def _mixed(own: frozenset[Signed], whole: frozenset[Signed], units: Sequence[Unit]) -> Unit | None:
    """The rule that is told of something else than it speaks of, if any."""
    scored = [(_size(own & u.body), u) for u in units]
    best = max(size for size, _ in scored)
    if best < _LEAST:
        return None
    near = [u for size, u in scored if size >= _NEAR * best]
    known = whole & frozenset().union(*(u.all for u in units))
    if any(_size(known & _with_beside(u, near)) >= _WHOLE * _size(known) and not _turned(u.head, whole) for u in units):
        return None
    if not all(u.head for u in near):
        return None
    of_best = max(_size(known & u.all) for u in near)
    if any(size >= _HALF * best and _size(known & u.all) >= of_best for size, u in scored if u not in near):
        return None
    theirs = frozenset().union(*(_with_beside(u, near) for u in near))
    heads = frozenset().union(*(u.head for u in near))
    kinds = _figures(own & frozenset().union(*(u.body for u in near)))
    for unit in units:
        strange, missing = unit.head - theirs, heads - unit.all
        if unit in near or not strange & whole or not missing:
            continue
        told, other = _size(missing & whole) / _size(missing), _size(strange & whole) / _size(strange)
        other_one = not whole & heads or _size(missing) >= _SPOKEN * _size(heads)
        apart = not told and other_one and _named(strange & whole)
        apart = apart or _turned(missing, whole)
        if apart or (0 < told < _SPOKEN <= other and kinds & _figures(unit.body)):
            return near[0]
    return None


def _turned(spoken_of: frozenset[Signed], whole: frozenset[Signed]) -> bool:
    """Whether what is spoken of is told as its opposite: 医院 for 医院外."""
    return any((word, not denied) in whole and (word, denied) not in whole for word, denied in spoken_of)


def _named(told: frozenset[Signed]) -> bool:
    """Whether more than a class of actors is among words."""
    return any(word[0] != "@" for word, _ in told)


def _figures(told: frozenset[Signed]) -> frozenset[str]:
    """The kinds of the figures among words, every length of time as one."""
    kinds = (word.partition(":")[0] for word, _ in told if ":" in word)
    return frozenset("time" if kind in _TIMES else kind for kind in kinds)


def _by_another(clause: str, own: frozenset[Signed], units: Sequence[Unit]) -> Unit | None:
    """The rule that is told as done by somebody else: 由物业服务人决定, of what 业主大会 decides."""
    mine = _by(clause)
    if not mine:
        return None
    rest = frozenset(w for w in own if w[0][0] != "@" and not any(w[0] in a.said for a in mine))
    scored = [(_size(rest & u.all), u) for u in units]
    best = max(size for size, _ in scored)
    near = [u for size, u in scored if size >= _NEAR * best]
    if best < 2 * _LEAST or not all(_by(u.text) for u in near):
        return None
    for actor in mine:
        known = any(
            actor.said in u.text or any(stands_for(n, names_of(actors(u.text))) for n in actor.names) for u in near
        )
        if not known:
            return near[0]
    return None


def _by(text: str) -> list[SaidActor]:
    """Who does something, right behind 由."""
    return [a for a in actors(text) if text[: a.start].endswith("由")] if "由" in text else []


def _with_beside(unit: Unit, near: Sequence[Unit]) -> frozenset[Signed]:
    """The words of a rule, and of what it goes on from where it is one of those that are told."""
    return unit.all | unit.around if unit in near else unit.all


def _size(told: frozenset[Signed]) -> int:
    return sum(_CLASS if word[0] == "@" else _LEAST if ":" in word else len(word) for word, _ in told)
