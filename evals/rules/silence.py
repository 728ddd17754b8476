"""What becomes of answers and of sentences when one rule is silent.

A rule that matches nothing in answering a question cannot change the answer, so only those on which it spoke are asked
again, and of these only what comes out otherwise is scored again: the figures without a rule are exact.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.verify.source import source_of
from evals.evaluation import evaluate
from evals.rules.heard import Heard, Spoken
from evals.scores.figures import BY_KEY
from evals.scores.scoring import Score
from law.text.rules import without

if TYPE_CHECKING:
    from assistant import Answer, Assistant

#: Figures that are compared: what is said, not how it was ranked.
COMPARED = (
    "cited",
    "right",
    "to_the_point",
    "facts",
    "counted",
    "silence",
    "false_silence",
    "forbidden",
    "refused",
    "wrongly_refused",
    "reason",
    "invented",
    "unfaithful",
    "unsupported",
)


@dataclass(frozen=True, slots=True)
class Silenced:
    """A set without a rule: how many questions were asked again, whose answers came out otherwise, and of these which
    are `better` and `worse`, by their ids; by figure, by how much it differs over the whole set."""

    rule: str
    asked: int
    changed: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    figures: dict[str, float] | None = None


@dataclass(slots=True)
class Worth:
    """What a rule does to sentences: wrong ones that it alone catches, right ones that it wrongly drops; and what would
    be caught or dropped if it were silent."""

    catches: int = 0
    drops: int = 0
    hides: int = 0
    saves: int = 0


def silenced(helper: "Assistant", rule: str, spoken: Spoken) -> Silenced:
    """A set without the rule."""
    cases = [c for c in spoken.by_rule.get(rule, ()) if spoken.scores[c.id].answer is not None]
    source_of.cache_clear()
    with without(rule):
        answers = {c.id: _asked(helper, spoken.scores[c.id]) for c in cases}
    source_of.cache_clear()
    otherwise = {id_: a for id_, a in answers.items() if not _same(a, spoken.scores[id_].answer)}
    if not otherwise:
        return Silenced(rule, len(cases))
    left = iter(otherwise.values())

    def told(question: str, **how: object) -> "Answer":
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return answer

    scores = evaluate(told, [c for c in cases if c.id in otherwise], regulations=helper.regulations()).scores
    gains = {s.case.id: _worth(s) - _worth(spoken.scores[s.case.id]) for s in scores}
    return Silenced(
        rule,
        len(cases),
        tuple(otherwise),
        tuple(id_ for id_, gain in gains.items() if gain > 1e-9),
        tuple(id_ for id_, gain in gains.items() if gain < -1e-9),
        _differences(spoken.scores, {s.case.id: s for s in scores}),
    )


def _asked(helper: "Assistant", before: Score) -> "Answer | Exception":
    case = before.case
    try:
        return helper.ask(case.question, history=list(case.history), cities=list(case.cities) or None)
    except Exception as error:  # whatever comes of it is the answer without the rule
        return error


def _same(one: "Answer | Exception", other: "Answer | None") -> bool:
    return other is not None and not isinstance(one, Exception) and replace(one, seconds=other.seconds) == other


def _worth(one: Score) -> float:
    """How good an answer is: faultless first, then by the sum of what it has."""
    signed = (float(getattr(one, key) or 0) * (-1 if BY_KEY[key].lower else 1) for key in COMPARED)
    return (0.0 if one.failed or one.unscored else 100.0) + sum(signed)


def _differences(before: dict[str, Score], again: dict[str, Score]) -> dict[str, float]:
    told: dict[str, float] = {}
    for key in COMPARED:
        was, now = _figure(key, before), _figure(key, before | again)
        if was is not None and now is not None and abs(now - was) > 1e-9:
            told[key] = now - was
    return told


def _figure(key: str, scores: dict[str, Score]) -> float | None:
    """A share as its mean, faults by what could be at fault."""
    values = [float(v) for s in scores.values() if (v := getattr(s, key)) is not None and not s.unscored]
    base = BY_KEY[key].base
    things = sum(getattr(s, base) for s in scores.values() if not s.unscored) if base else len(values)
    return sum(values) / things if things else None


def worth(rule: str, heard: Heard, verdicts: dict[str, bool]) -> Worth:
    """What becomes of the sentences when the rule is silent; `verdicts` are those with every rule."""
    told = Worth()
    source_of.cache_clear()
    with without(rule):
        for one in heard.cases:
            silent = one.kept()
            if silent != verdicts[one.id]:
                name = ("drops" if silent else "saves") if one.right else ("catches" if silent else "hides")
                setattr(told, name, getattr(told, name) + 1)
    source_of.cache_clear()
    return told
