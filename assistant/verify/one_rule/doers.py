"""Who does what: each deed of a sentence beside the deeds of its articles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.actors import actors, names_of, stands_for
from assistant.verify.coverage import cut, told_words
from assistant.verify.one_rule.relations import ANYBODY
from assistant.verify.source import Source, in_own_words
from law.norms.clause.marks import begins_with_verb

#: What is told of a deed of the law for it to be that one, and of the best, to be as good.
_SAME, _NEAR = 0.6, 0.85
#: So many deeds of a text are looked at, and so many characters of a sentence.
_MOST, _LONGEST = 40, 300
_SENTENCE, _CLAUSE = re.compile(r"[^。;\n]+"), re.compile(r"[^,:]+")
#: A name has so many characters at most; one of no more than these may be anybody's: 单位.
_NAME, _BARE = 16, 2


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is done and by whom; `beside` is what stands before it in its sentence, back to the deed before."""

    who: str
    what: str
    beside: str


def against_doers(said: str, sources: Sequence[Source]) -> list[str]:
    """Reasons where something is told as done by somebody else than in the law."""
    if "由" not in said:
        return []
    text = "\n".join(s.text for s in sources)
    held = [d for s in sources for d in _deeds(s.text)][:_MOST]
    reasons: list[str] = []
    for mine in _deeds(said)[:_MOST] if held else ():
        what = in_own_words(mine.what, text)
        scored = [(told_words(what, f"{d.beside}{d.what}"), d) for d in held]
        best = max(score for score, _ in scored)
        near = [d for score, d in scored if score >= _NEAR * best]
        if best >= _SAME and not any(_same(mine.who, d.who) for d in near):
            reasons.append(f"条文写的是由「{near[0].who}」做,不是由「{mine.who}」")
    return reasons


def _deeds(text: str) -> list[_Deed]:
    found: list[_Deed] = []
    for sentence in _SENTENCE.findall(text):
        begun = ""
        for m in _CLAUSE.finditer(sentence[:_LONGEST]):
            before, by, after = m[0].partition("由")
            who = _name(after) if by and not before.endswith(("自", "理", "缘", "事")) else ""
            if not who:
                begun += m[0] + ","
                continue
            found.append(_Deed(who, f"{before},{after[len(who) :]}", begun))
            begun = ""
    return found


def _name(after: str) -> str:
    """Who stands behind 由: up to the verb."""
    if named := [a for a in actors(after) if not a.start]:
        return after[: named[0].end]
    at = 0
    for word in cut(after[:_NAME]):
        if at and begins_with_verb(after[at:]):
            return after[:at]
        at += len(word)
    return ""


def _same(one: str, other: str) -> bool:
    """Whether two names may be of one."""
    if told_words(one, other) >= _SAME or told_words(other, one) >= _SAME:
        return True
    mine, theirs = (names_of(actors(name)) - (ANYBODY if len(name) > _BARE else set()) for name in (one, other))
    return any(stands_for(n, theirs) for n in mine) or any(stands_for(n, mine) for n in theirs)
