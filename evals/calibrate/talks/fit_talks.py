"""How far does the last turn of a talk stand by itself? `python -m evals.calibrate.talks.fit_talks [--write]`.

On the talks of `talks_train`, `dev` and `whole_dev`: of every turn whose two readings are weighed, the articles of the
regulations asked for stand against each other, a gold one should come first. What is printed is of talks left out.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]

from assistant.understand.question import Question, understand
from assistant.understand.thread.blend import RAISES, SIGNS, Weights
from assistant.understand.thread.blend import weights as in_force
from assistant.understand.thread.weighing import raises
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.questions.labels import Labels

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
SETS = ("talks_train", "dev", "whole_dev")
#: How sharp the choice is in the unit of the ranking, and how much a weight costs.
_SHARP, _STRENGTH, _FOLDS = 1.0, 0.02, 8
_HEAD = """# Written by `python -m evals.calibrate.talks.fit_talks --write`, the first by `fit_itself`, the last by
# `fit_told`; each says on what.
# Whether a turn that names its city is read as if nothing had been said before: a logistic over `itself.SIGNS`, then
# one.
itself = {itself}
# How far the last turn of a talk stands by itself: a logistic over its signs (SIGNS, then one).
own = {own}
# What is added for an article (RAISES), in the unit of the ranking.
articles = {articles}
# What is added for each of a regulation's best articles (TOLD), in the same unit.
told = {told}
"""


@dataclass(frozen=True, slots=True)
class Talk:
    """A last turn as numbers: its `signs`; of each article the totals of both readings (n, 2), what it is raised for
    (n, RAISES), whether it is gold."""

    id: str
    signs: Floats
    totals: Floats
    raised: Floats
    gold: npt.NDArray[np.bool_]


def main() -> None:
    """Print how many talks left out have a gold article first; with --write write the weights."""
    from assistant import Assistant

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    with Assistant() as helper:
        talks = [t for c in load_cases([bundled_set(s) for s in SETS]) if (t := _talk(c, helper))]
    _print(talks)
    if writes:
        weights = _fit(talks)
        write(replace(in_force(), own=tuple(weights[: len(SIGNS) + 1]), articles=tuple(weights[len(SIGNS) + 1 :])))


def write(weights: Weights) -> None:
    """Put weights in force."""
    rows = {name: np.round(row, 3).tolist() for name, row in asdict(weights).items()}
    Path(str(files("assistant.understand.thread") / "weights.toml")).write_text(_HEAD.format(**rows), "utf-8")


def _talk(case: Case, helper: "Assistant") -> Talk | None:
    """None where it is no talk, or its last turn is not weighed."""
    if not case.history or not case.gold:
        return None
    library = helper.library()
    question = understand(case.question, library.regulations, case.history, case.cities)
    blend = question.blend
    if blend is None or not blend.words or question.references:
        return None
    asked = library.searcher.belonging(question.regulation_ids)
    read = [library.searcher.score(helper.path.deciding.embed(t), t) for t in (blend.alone, blend.carried)]
    labels = Labels(library.regulations)
    gold = {a.id for g in case.gold for a in labels.articles(g)}
    ids = library.searcher.ids_at(np.flatnonzero(asked))
    right = np.array([i in gold for i in ids])
    if not right.any():
        return None
    totals = np.stack([s.total[asked] for s in read], axis=1).astype(np.float64)
    return Talk(case.id, np.array([*blend.signs, 1.0]), totals, _raised(question, helper, asked), right)


def _raised(question: Question, helper: "Assistant", asked: npt.NDArray[np.bool_]) -> Floats:
    assert question.blend is not None
    return raises(question.blend, helper.library(), asked)


def _scores(weights: Floats, talk: Talk) -> Floats:
    own = 1 / (1 + np.exp(-(talk.signs @ weights[: len(SIGNS) + 1])))
    result: Floats = own * talk.totals[:, 0] + (1 - own) * talk.totals[:, 1] + talk.raised @ weights[len(SIGNS) + 1 :]
    return result


def _fit(talks: Sequence[Talk]) -> Floats:
    def cost(weights: Floats) -> float:
        lost = 0.0
        for talk in talks:
            scores = _SHARP * _scores(weights, talk)
            chances = np.exp(scores - scores.max())
            lost -= float(np.log(chances[talk.gold].sum() / chances.sum() + 1e-9))
        return lost / len(talks) + _STRENGTH * float(weights @ weights)

    start = np.zeros(len(SIGNS) + 1 + len(RAISES))
    return np.asarray(minimize(cost, start, method="L-BFGS-B").x)


def _print(talks: Sequence[Talk]) -> None:
    folds = np.random.RandomState(0).randint(0, _FOLDS, len(talks))
    first: list[bool] = []
    missed: list[str] = []
    for fold in range(_FOLDS):
        weights = _fit([t for t, f in zip(talks, folds, strict=True) if f != fold])
        for talk in (t for t, f in zip(talks, folds, strict=True) if f == fold):
            first.append(bool(talk.gold[np.argmax(_scores(weights, talk))]))
            missed += [] if first[-1] else [talk.id]
    halves = [bool(t.gold[np.argmax(t.totals.mean(axis=1))]) for t in talks]
    print(f"{len(talks)} talks; first of those left out {np.mean(first):.3f}, by halves {np.mean(halves):.3f}")
    print("missed:", " ".join(missed))
    weights = _fit(talks)
    for name, weight in zip((*SIGNS, "one", *RAISES), weights, strict=True):
        print(f"{name}: {weight:.2f}")


if __name__ == "__main__":
    main()
