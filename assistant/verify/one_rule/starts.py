"""From what event a period runs: those that a sentence tells beside those of its articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.verify.coverage import cut, is_filler, told_words
from assistant.verify.one_rule.order import order
from assistant.verify.source import Source
from assistant.verify.words import words
from law.text.figures import figures
from law.text.references import blank_references

#: What is told of an event for it to be that one.
_SAME = 0.5
#: So many starts of a text are looked at.
_MOST = 12
_STOPS = ";。\n"


@dataclass(frozen=True, slots=True)
class _Start:
    """An event that a period runs from, and the period (kind and value), None where none stands by it."""

    event: str
    period: tuple[str, object] | None


def against_starts(said: str, sources: Sequence[Source]) -> list[str]:
    """Reasons where a period is told to run from another event than in the law.

    It is held to the period of the law of the same length, or where there is none to all that have a start.
    """
    held = [start for s in sources for start in _starts(s.text)]
    reasons: list[str] = []
    for mine in _starts(said) if held else ():
        same = [h for h in held if mine.period and h.period == mine.period]
        if all(_other(mine.event, h.event, same_period=bool(same)) for h in same or held):
            reasons.append(f"条文写的是从「{(same or held)[0].event}」起,不是「{mine.event}」")
    return reasons


def _starts(text: str) -> Iterator[_Start]:
    blank = blank_references(text)
    for m in islice(order()["begins"].finditer(text), _MOST):
        begin = max(text.rfind(c, 0, m.start()) for c in _STOPS) + 1
        end = min((at for c in _STOPS if (at := text.find(c, m.end())) >= 0), default=len(text))
        after, before = figures(blank[m.end() : end]), figures(blank[begin : m.start()])
        own = (*after[:1], *before[-1:])
        event = words().start_frame.sub("", m["event"] or m["bare"] or m["counted"])
        if len(event) > 1:
            yield _Start(event, (own[0].kind, own[0].value) if own else None)


def _other(mine: str, theirs: str, *, same_period: bool) -> bool:
    """Whether two events are not the same one."""
    if _shortens(mine, theirs):
        return False
    told, back = told_words(mine, theirs), told_words(theirs, mine)
    apart = told_words(_last(mine), theirs) < _SAME and told_words(_last(theirs), mine) < _SAME
    return told <= _SAME or apart or (same_period and told < 1 and back < _SAME)


def _last(event: str) -> str:
    """What happens: the last word of an event, 公布 of 文物保护单位公布."""
    return next((w for w in reversed(cut(event)) if len(w) > 1 and not is_filler(w)), event)


def _shortens(short: str, whole: str) -> bool:
    """Whether one text has the characters of another, in their order: 入档, of 被记入诚信档案."""
    left = iter(whole)
    return all(c in left for c in short)
