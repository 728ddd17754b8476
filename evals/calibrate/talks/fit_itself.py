"""When is a turn of a talk read as if nothing had been said? `python -m evals.calibrate.talks.fit_itself [--write]`.

Each turn that names its city, or all of them, and a matter is asked twice, going on with what was said and by itself:
the last turns of the talks of `talks_train`, `dev` and `whole_dev`, and questions of the latter two without a talk,
asked after another of them. By how much of the gold is cited, and of what is cited is gold, one reading is the better;
where both are as good a turn tells nothing. What is printed is of turns left out.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from assistant import Answer
from assistant.understand.cities import Cities
from assistant.understand.thread import followup
from assistant.understand.thread.blend import weights
from assistant.understand.thread.itself import LEAST, SIGNS, may_be, signs
from assistant.understand.thread.said import Said
from evals.calibrate.logistic import logistic
from evals.calibrate.talks.fit_talks import SETS, write
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.questions.labels import Labels

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
History = Sequence[Mapping[str, str]]
#: So many questions are asked after another one; each counts half: in talks more turns go on than go over to something
#: else.
_PAIRS, _COUNTS = 3000, 0.5
_FOLDS, _STRENGTH, _STEPS = 8, 1.0, 20


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn as numbers: how its id begins (those alike are left out together), whether it is of a talk; its signs; the
    F1 of what is cited going on and by itself, 0 to 1."""

    of: str
    talk: bool
    signs: tuple[float, ...]
    going_on: float
    by_itself: float


def main() -> None:
    """Print what turns left out come to; with --write write the weights."""
    from assistant import Assistant

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    with Assistant() as helper:
        turns = list(_turns(helper))
    _print(turns)
    if writes:
        write(replace(weights(), itself=tuple(_fit(turns))))


def _turns(helper: "Assistant") -> Iterator[Turn]:
    labels = Labels(helper.library().regulations)
    cases = load_cases([bundled_set(s) for s in SETS])
    for case in cases:
        if case.history and case.gold and (turn := _turn(case, case.history, helper, labels, talk=True)):
            yield turn
    single = [c for c in cases if not (c.history or c.cities) and c.gold]
    chosen = random.Random(1)
    answers: dict[str, str] = {}
    for _ in range(_PAIRS):
        first, then = chosen.sample(single, 2)
        answers[first.id] = answers.get(first.id) or helper.ask(first.question).text
        said = ({"role": "user", "content": first.question}, {"role": "assistant", "content": answers[first.id]})
        if turn := _turn(then, said, helper, labels, talk=False):
            yield turn


def _turn(case: Case, said: History, helper: "Assistant", labels: Labels, *, talk: bool) -> Turn | None:
    """None where it cannot stand by itself, or is read before it is looked at whether it does."""
    seen: list[tuple[float, ...]] = []

    def never(of: Said, found: Cities, before: Sequence[str]) -> bool:
        if may_be(of, found):
            seen.append(signs(of, found, before))
        return False

    with patch.object(followup, "by_itself", never):
        going_on = helper.ask(case.question, history=said, cities=case.cities or None)
    if not seen:
        return None
    alone = helper.ask(case.question, cities=case.cities or None)
    return Turn(case.id[:6], talk, seen[0], _right(going_on, case, labels), _right(alone, case, labels))


def _right(answer: Answer, case: Case, labels: Labels) -> float:
    """The harmonic mean of the share of gold cited and the share of what is cited that is gold or may be."""
    gold, fine = ({a.id for g in of for a in labels.articles(g)} for of in (case.gold, case.also_ok))
    cited = {c.id for c in answer.citations}
    if not gold & cited:
        return 0.0
    share, precise = len(gold & cited) / len(gold), len((gold | fine) & cited) / len(cited)
    return 2 * share * precise / (share + precise)


def _fit(turns: Sequence[Turn]) -> Floats:
    """Weights over SIGNS, then one."""
    gained = np.array([t.by_itself - t.going_on for t in turns])
    counts = np.abs(gained) * np.array([1.0 if t.talk else _COUNTS for t in turns])
    x = np.array([t.signs for t in turns])
    by, one = logistic(x, (gained > 0).astype(np.float64), strength=_STRENGTH, steps=_STEPS, counts=counts)
    return np.append(by, one)


def _print(turns: Sequence[Turn]) -> None:
    names = sorted({t.of for t in turns})
    fold = dict(zip(names, np.random.RandomState(0).randint(0, _FOLDS, len(names)), strict=True))
    chance = np.zeros(len(turns))
    for out in range(_FOLDS):
        fitted = _fit([t for t in turns if fold[t.of] != out])
        for n, turn in enumerate(turns):
            if fold[turn.of] == out:
                chance[n] = 1 / (1 + np.exp(-fitted @ np.append(turn.signs, 1.0)))
    for talk, name in ((True, "turns of talks"), (False, "questions after another")):
        of = np.array([t.talk == talk for t in turns])
        on, alone = (np.array([getattr(t, a) for t in turns]) for a in ("going_on", "by_itself"))
        print(f"{of.sum()} {name}: going on {on[of].mean():.4f}, by itself {alone[of].mean():.4f}")
        for least in (0.5, 0.6, LEAST, 0.8):
            read = np.where(chance >= least, alone, on)
            print(f"  from {least}: {read[of].mean():.4f}, {(chance >= least)[of].mean():.3f} by themselves")
    for sign, weight in zip((*SIGNS, "one"), _fit(turns), strict=True):
        print(f"{sign}: {weight:.2f}")


if __name__ == "__main__":
    main()
