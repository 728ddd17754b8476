"""On what conditions: those of the rule that a sentence tells must be told along."""

from collections.abc import Sequence

from assistant.verify.beyond.case_facts import is_told
from assistant.verify.clauses import SaidClause, is_binding
from assistant.verify.coverage import told_words
from assistant.verify.source import Match, Neighbours, near_best, share_of
from assistant.verify.verdict import Untold
from assistant.verify.words import T, grammar, words
from law.text.figures import figures
from law.text.references import blank_references

#: Rules this like the best may be the one that is told: one whose conditions are told is enough.
LIKE = 0.8
#: A condition told to this share is told: then what narrows it must be as well.
QUALIFIED = 0.3


def against_conditions(
    clause: SaidClause, found: Sequence[Match], said: str, pairs: frozenset[str], near: Neighbours, case: str = ""
) -> list[str]:
    """Conditions and exceptions of the rule that the clause tells, where the sentence and the case leave them out."""
    absolute = bool(words().absolute.search(said))
    partly = found[0].told < T.told_whole and not absolute and not words().sufficient.search(clause.text)
    if found[0].score < T.aligned_conditions or partly:
        return []
    like = near_best(found, LIKE)
    alike = [m for m in like if not clause.marked or clause.marks & m.clause.marks] or like
    dropped = [_dropped(m.clause, said, pairs, near, absolute=absolute, case=case) for m in alike]
    return dropped[0] if all(dropped) else []


def _dropped(
    law: SaidClause, said: str, pairs: frozenset[str], near: Neighbours, *, absolute: bool, case: str
) -> list[str]:
    least = T.condition_absolute if absolute else T.condition
    dropped: list[str] = [
        Untold(f"略去了条件「{m[0]}」")
        for m in words().attributive.finditer(law.text)
        if _told_part(m[0], pairs, near) < max(least if absolute else 0, T.attributive) and not _in_case(m[0], case)
    ]
    named = [*dropped]  # of the conditions, which may stand beside
    beside = said
    for condition in law.conditions:
        beside = beside.replace(condition, "")  # 在…的前提下 of another condition tells no exception
    if law.exceptions and (absolute or not words().excepting.search(beside)):
        untold = min(share_of(e, pairs, near) for e in law.exceptions) < T.exception
        dropped += [Untold(f"略去了例外「{e}」") for e in law.exceptions if untold]
    said_figures = {(f.kind, f.value) for f in figures(blank_references(said))}
    if words().pointed_to.search(said):
        return [d for d in dropped if d not in named]
    for condition in law.conditions:
        if _in_case(condition, case):
            continue
        conjuncts = [c for c in grammar("conjuncts").split(_narrowing(condition)) if len(c) >= 4]
        left = [c for c in conjuncts if len(conjuncts) > 1 and told_words(c, said) < T.condition_words / 2]
        dropped += [Untold(f"略去了条件「{c}」") for c in left]
        if _told_part(_narrowing(condition), pairs, near) >= QUALIFIED:
            narrower = [m[0] for m in words().qualifying.finditer(condition)]
            dropped += [Untold(f"略去了条件「{q}」") for q in narrower if told_words(q, said) < T.condition_words]
        if not (absolute or is_binding(condition)):
            continue
        held = {(f.kind, f.value) for f in figures(blank_references(condition))}
        untold = _told_part(_narrowing(condition), pairs, near) < least
        if untold and not absolute:
            untold = (
                max(told_words(c, said) for c in grammar("alternatives").split(_narrowing(condition)))
                < T.condition_words
            )
        if untold or (held and not held & said_figures):
            dropped.append(Untold(f"略去了条件「{condition}」"))
    return dropped


def _in_case(condition: str, case: str) -> bool:
    """Whether the question tells a condition of its case, the figures of the condition too."""
    told = {(f.kind, f.value) for f in figures(case)}
    return is_told(condition, case) and all((f.kind, f.value) in told for f in figures(blank_references(condition)))


def _told_part(text: str, pairs: frozenset[str], near: Neighbours) -> float:
    """How much of the best told alternative of a condition is said."""
    return max(share_of(c, pairs, near) for c in grammar("alternatives").split(text))


def speaks_of_exception(law: SaidClause, pairs: frozenset[str], near: Neighbours) -> bool:
    """Whether a sentence of these bigrams tells an exception of a clause of the law."""
    return any(_told_part(e, pairs, near) >= T.exception_told for e in law.exceptions)


def _narrowing(condition: str) -> str:
    """What narrows, without what is narrowed: 对注册地在本市境内的创业投资机构 without its last word."""
    cut = condition.rfind("的")
    return condition[:cut] if condition.startswith("对") and 6 <= cut < len(condition) - 1 else condition
