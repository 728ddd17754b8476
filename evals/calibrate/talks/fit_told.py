"""Which of a regulation's best articles does a turn of a talk mean?
`python -m evals.calibrate.talks.fit_told [--write]`.

On the talks that `fit_talks` is fitted on: of every turn that is read twice the best articles of each regulation asked
for stand against each other, as the weights in force rank them; a gold one should come first. What is printed is of
talks left out: all their turns are.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]

from assistant.raising import best_of, own_scores, tellings
from assistant.retrieve import scores
from assistant.understand.question import understand
from assistant.understand.thread.blend import TOLD, weights
from evals.calibrate.talks.fit_talks import SETS, write
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.questions.labels import Labels

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
#: How many parts are left out in turn; how much a weight but that of the total costs, in
#: deviations of what it weighs.
_FOLDS, _STRENGTH = 10, 0.01


@dataclass(frozen=True, slots=True)
class Choice:
    """The best articles of one regulation for a turn: `rows` (articles, 1 + TOLD), the total first; whether each is
    gold."""

    talk: str
    rows: Floats
    gold: npt.NDArray[np.bool_]


def main() -> None:
    """Print how often a gold article comes first in talks left out; with --write write the weights."""
    from assistant import Assistant

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    with Assistant() as helper:
        choices = [x for c in load_cases([bundled_set(s) for s in SETS]) for x in _choices(c, helper)]
    _print(choices)
    if writes:
        total, *told = _fit(choices)
        write(replace(weights(), told=tuple(w / total for w in told)))


def _choices(case: Case, helper: "Assistant") -> Iterator[Choice]:
    """Of each regulation asked for; none where the turn is not read twice, or nothing good is among the best."""
    library = helper.library()
    question = understand(case.question, library.regulations, case.history, case.cities)
    turn = question.blend
    if turn is None or question.references or not case.gold:
        return
    labels = Labels(library.regulations)
    gold = {a.id for g in case.gold for a in labels.articles(g)}
    vectors = helper.path.deciding.embed_all(question.topics)
    asked = library.searcher.belonging(question.regulation_ids)
    scored, _, running = scores(question, library, vectors, asked)
    words = own_scores(turn, library)
    for regulation_id in running:
        best = best_of(scored, library.places(regulation_id))
        right = np.array([i in gold for i in library.searcher.ids_at(best)])
        told = tellings(turn, library, best, None if words is None else words[best])
        if right.any():
            yield Choice(_talk(case.id), np.column_stack([scored.total[best], told]), right)


def _talk(id_: str) -> str:
    """The talk of a turn: its id without the last number where it has two."""
    return id_.rpartition("-")[0] if id_.count("-") > 1 else id_


def _fit(choices: Sequence[Choice]) -> Floats:
    """The weights of the total and of TOLD, of a choice by chances."""
    rows = [c.rows - c.rows.mean(axis=0) for c in choices]
    spread = np.concatenate(rows).std(axis=0) + 1e-9
    scaled = [r / spread for r in rows]

    def cost(by: Floats) -> tuple[float, Floats]:
        lost, slope = 0.0, np.zeros(len(by))
        for x, choice in zip(scaled, choices, strict=True):
            score = x @ by
            chances = np.exp(score - score.max())
            chances /= chances.sum()
            good = chances * choice.gold
            lost -= float(np.log(good.sum() + 1e-9))
            slope -= (good / (good.sum() + 1e-9) - chances) @ x
        costs = np.append(0.0, by[1:])
        return lost / len(choices) + _STRENGTH * float(costs @ costs), slope / len(choices) + 2 * _STRENGTH * costs

    result: Floats = minimize(cost, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x / spread
    return result


def _print(choices: Sequence[Choice]) -> None:
    talks = sorted({c.talk for c in choices})
    fold = dict(zip(talks, np.random.RandomState(0).randint(0, _FOLDS, len(talks)), strict=True))
    first = 0
    for left_out in range(_FOLDS):
        by = _fit([c for c in choices if fold[c.talk] != left_out])
        first += sum(bool(c.gold[np.argmax(c.rows @ by)]) for c in choices if fold[c.talk] == left_out)
    before = sum(bool(c.gold[0]) for c in choices)
    print(f"{len(choices)} choices of {len(talks)} talks; first of those left out {first}, by the total alone {before}")
    for name, weight in zip(("total", *TOLD), _fit(choices), strict=True):
        print(f"{name}: {weight:.2f}")


if __name__ == "__main__":
    main()
