"""Answers that are left open (`unconfirmed`): how they are scored, and what leaving open saves, as a curve.

Of regulations that have likely questions every refusal of an answerable question is a fault. Of the others an answer
may be left open: `cited`, `facts` and `wrongly_refused` count what is confirmed, the share confirmed is a figure of its
own, and so is whether the right article is among what was cited or offered.
"""

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant import Regulation
from evals.questions.case import Case, Gold
from evals.scores.ranking import named, same
from evals.scores.scoring import Score

OPEN = "unconfirmed"
#: The shares of the answerable questions at which the curve is printed.
COVERED = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)
EVERYDAY = "fact_everyday"


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Were only the `covered` share of surest answers given: from which confidence on, how often the cited is right,
    of all and of everyday words (None where there is none), and how many questions without an answer were answered."""

    covered: float
    confidence: float
    right: float
    everyday: float | None
    answered_of_absent: int


def cities_curated(regulations: Sequence[Regulation], asked_about: Collection[str]) -> frozenset[str]:
    """The cities, without 市, whose regulations have likely questions in service."""
    return frozenset(r.place.removesuffix("市") for r in regulations if r.id in asked_about)


def with_confirmation(one: Score, curated: Collection[str]) -> Score:
    """The score of a question on a regulation without likely questions, counted as the module says."""
    case, answer = one.case, one.answer
    if answer is None or case.refuse or not case.gold or any(g.city in curated for g in case.gold):
        return one
    seen = [*map(named, answer.citations), *map(named, answer.related)]
    offered = float(any(same(g, s) for g in case.gold for s in seen))
    if answer.reason != OPEN:
        return replace(one, confirmed=1.0, offered=offered)
    failed = one.failed and not offered
    return replace(
        one,
        confirmed=0.0,
        offered=offered,
        cited=None,
        facts=None,
        wrongly_refused=None,
        refusal_right=None,
        failed=failed,
        why=one.why if failed else "",
    )


def risk_coverage(scores: Sequence[Score]) -> list[RiskPoint]:
    """What is cited, or would be were it not left open, from the surest answer down; [] where none has a confidence.

    Look-ups and the like, which are not in question, count as sure.
    """
    known = [s for s in scores if s.answer is not None and not s.unscored]
    rated = sorted(((_confidence(s), s) for s in known if _confidence(s) > 0), key=lambda pair: -pair[0])
    answerable = [(c, s) for c, s in rated if s.case.gold and not s.case.refuse]
    total = sum(bool(s.case.gold) and not s.case.refuse for s in known)
    if not total or not any(s.answer is not None and s.answer.confidence is not None for s in known):
        return []
    points = []
    for share in COVERED:
        given = answerable[: max(1, round(share * total))]
        cut = given[-1][0]
        spoken = [_right(s) for _, s in given if s.case.kind == EVERYDAY]
        points.append(
            RiskPoint(
                len(given) / total,
                min(cut, 1.0),
                _mean([_right(s) for _, s in given]),
                _mean(spoken) if spoken else None,
                sum(c >= cut and s.case.refuse for c, s in rated),
            )
        )
    return list({p.covered: p for p in points}.values())


def print_curve(points: Sequence[RiskPoint]) -> None:
    """The curve, for a terminal."""
    if not points:
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "回答的份额", "把握从", "引用准确", "其中口语", "应拒而答", title="风险与覆盖：只答最有把握的，引用有多准"
    )
    for p in points:
        spoken = "—" if p.everyday is None else f"{p.everyday:.3f}"
        table.add_row(f"{p.covered:.3f}", f"{p.confidence:.2f}", f"{p.right:.3f}", spoken, str(p.answered_of_absent))
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)


def _confidence(one: Score) -> float:
    """Of the answer; above 1 where it cites without having been in question, 0 where it refuses otherwise."""
    assert one.answer is not None
    if one.answer.confidence is not None:
        return one.answer.confidence
    return 2.0 if one.answer.citations else 0.0


def _right(one: Score) -> float:
    """The share of what is cited that is right; of an answer left open, whether its first candidate is."""
    if one.right is not None:
        return one.right
    assert one.answer is not None
    first = one.answer.related[:1]
    return float(any(_fits(one.case, named(h)) for h in first))


def _fits(case: Case, got: Gold) -> bool:
    return any(same(g, got) for g in (*case.gold, *case.also_ok))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
