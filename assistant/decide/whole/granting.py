"""How much, and where to apply: of a help that an article grants both may be unstated, and the grant is the answer."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Hit
from assistant.decide.calibration import Calibration
from assistant.decide.decision import Decision, Evidence
from assistant.decide.evidence import evidence_of
from assistant.decide.stated.wanted import wants_of
from assistant.decide.whole.answered import Answered
from assistant.decide.whole.combine import unstated_of
from assistant.retrieve import Found
from assistant.understand.question import Question
from law.norms.actors import is_public
from vectorstore.library import Library

#: Means that put money into somebody's hands.
_MONEY = frozenset(("资金", "补助", "奖励", "税收"))
#: What is asked of a help that is taken for granted: how much it is, and to whom one applies.
_HOW_MUCH, _MUCH_KINDS = frozenset(("money", "share")), frozenset(("amount", "sum", "percentage"))
_WHERE_KINDS = frozenset(("office", "apply", "address", "procedure", "place"))
#: An article stands out that is this good (summed standard scores).
_CLEAR = 10.0


def granted(
    question: Question,
    found: Found,
    decision: Decision,
    parts: Sequence[Answered],
    library: Library,
    calibration: Calibration,
) -> Decision:
    """The decision, with the articles that grant the help instead of a refusal, where how much it is and where to apply
    are asked and neither is stated."""
    if decision.reason != "not_stated" or not (any(map(_how_much, parts)) and any(map(_where, parts))):
        return decision
    if not all(_how_much(p) or _where(p) for p in parts):
        return decision
    chosen = [hits[0] for hits in found.by_regulation.values() if hits and _grants(hits[0], library)]
    if not chosen:
        return decision
    evidence = tuple(_granting(evidence_of(found, library, h, calibration, (), question), library) for h in chosen)
    cited = {h.id for h in chosen}
    related = tuple(h for h in found.hits if h.id not in cited)[:3]
    return replace(
        decision,
        reason="",
        refusal="",
        evidence=evidence,
        related=related,
        unstated=unstated_of(parts, parts, evidence),
    )


def _grants(best: Hit, library: Library) -> bool:
    """Whether an article stands out and has a rule that gives somebody money, or by which an authority gives it."""
    return best.score >= _CLEAR and bool(_granting_paragraphs(best.id, library))


def _granting(evidence: Evidence, library: Library) -> Evidence:
    """What is quoted, less the 款 that grant nothing."""
    granting = _granting_paragraphs(evidence.article.id, library)
    kept = tuple(p for p in evidence.paragraphs if p.number in granting)
    return replace(evidence, paragraphs=kept) if kept else evidence


def _granting_paragraphs(article_id: str, library: Library) -> set[int]:
    rules = library.norms_of_article(article_id)
    given = (n for n in rules if _MONEY.intersection(n.means))
    return {n.paragraph for n in given if n.beneficiaries or all(map(is_public, n.actors))}


def _how_much(part: Answered) -> bool:
    return bool(wants_of(part.part.own) & _HOW_MUCH or {k.name for k in part.part.kinds} & _MUCH_KINDS)


def _where(part: Answered) -> bool:
    wanted, kinds = wants_of(part.part.own), {k.name for k in part.part.kinds}
    return "recipient" in wanted or bool(wanted & {"place", "how", "who"} and kinds & _WHERE_KINDS)
