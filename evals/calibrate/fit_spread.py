"""Fit what tells a set from a fact within one regulation: `python -m evals.calibrate.fit_spread [--write]`.

It weighs how a question is put, by the head of `fit_breadth`, beside how the ranking spreads. On the questions of
`breadth_train.jsonl` that name one regulation held, each read by a head that has not seen it, and on the facts of
`dev` and the overviews of `whole_dev`, whose labels are thresholds' ground and which that head has never seen. What is
printed is of questions left out.
"""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.decide.heads import keep
from assistant.decide.whole.manner import signs
from assistant.decide.whole.plural import WANTED, design, spread_row
from assistant.decide.whole.spread import SHAPE, shape
from assistant.retrieve import retrieve
from assistant.understand.parts import take_apart
from assistant.understand.question import Question, understand
from evals.calibrate.fit_breadth import BreadthExamples, fitted, seen_by
from evals.calibrate.logistic import logistic
from evals.questions.cases import bundled_set, load_cases

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
FACTS = ("fact_law", "fact_everyday", "number", "traditional", "typo", "absent", "false_premise", "injection")
_HEADS, _FOLDS, _STEPS, _STRENGTH = 3, 6, 40, 3.0
#: How much a question of the first counts: half of them want a set, which is not so of those that people ask.
_OWN, _COUNTS = "breadth_train", 0.3


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A question of one regulation: where it is from, what is weighed, and whether a set is wanted."""

    source: str
    text: str
    told: Floats
    wanted: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A head of `fit_breadth`, not yet in its file."""

    known: Mapping[str, int]
    mean: Floats
    weights: Floats

    def wanted(self, question: Question, vector: Floats) -> dict[str, float]:
        """How likely each kind of breadth is asked for."""
        scores = design(question.text, signs(question), vector, self.known, self.mean) @ self.weights
        powers = np.exp(scores - scores.max())
        return dict(zip(WANTED, (powers / powers.sum()).tolist(), strict=True))


def main() -> None:
    """Print what questions left out are read as; with --write write the weights of the embedding model in use."""
    from assistant import Assistant
    from vectorstore.embeddings import model_name

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    helper = Assistant()
    rows = list(rows_of(helper, seen_by(helper)))
    _print(rows)
    if writes:
        file = keep(model_name(helper.embeddings), "whole", {"spread": fit(rows).astype(np.float32)})
        print(f"写入 {file.name}")


def rows_of(helper: "Assistant", seen: BreadthExamples) -> Iterator[SpreadRow]:
    """All that it is fitted on."""
    library, everything = helper.library(), range(len(seen.examples))
    folds = np.random.RandomState(0).randint(0, _HEADS, len(seen.examples))
    for fold in range(_HEADS):
        head = Fitted(*fitted(seen, np.flatnonzero(folds != fold).tolist()))
        for i in np.flatnonzero(folds == fold):
            example = seen.examples[i]
            if example.weight == 1.0 and WANTED[example.wanted] in ("fact", "set"):
                yield from _row(helper, head, _OWN, understand(example.text, library.regulations), example.wanted > 0)
    head = Fitted(*fitted(seen, everything))
    for name, kinds in (("dev", FACTS), ("whole_dev", ("overview",))):
        for case in load_cases([bundled_set(name)]):
            if case.kind in kinds and not case.history:
                question = understand(case.question, library.regulations)
                yield from _row(helper, head, name, question, name != "dev")


def _row(helper: "Assistant", head: Fitted, source: str, question: Question, wanted: bool) -> Iterator[SpreadRow]:
    library = helper.library()
    one = question.named and len(question.regulation_ids) == 1
    if not one or question.references or question.status or take_apart(question, library.regulations):
        return
    vector = helper.path.deciding.embed(question.topic)
    shaped = shape(question, retrieve(question, library, vector), library)
    told = spread_row(head.wanted(question, np.asarray(vector, dtype=np.float64)), shaped)
    yield SpreadRow(source, question.text, told, wanted)


def fit(rows: list[SpreadRow]) -> Floats:
    """A logistic with a penalty, by Newton's steps, over standardised features; given back for features as they are."""
    x, y = np.array([r.told[:-1] for r in rows]), np.array([r.wanted for r in rows]) * 1.0
    counts = np.array([_COUNTS if r.source == _OWN else 1.0 for r in rows])
    own, bias = logistic(x, y, strength=_STRENGTH, steps=_STEPS, counts=counts)
    return np.append(own, bias)


def left_out(rows: list[SpreadRow]) -> Floats:
    """(n,) how likely each wants a set, by weights that have not seen it."""
    folds = np.random.RandomState(0).randint(0, _FOLDS, len(rows))
    chances = np.zeros(len(rows))
    for fold in range(_FOLDS):
        weights = fit([r for r, f in zip(rows, folds, strict=True) if f != fold])
        mine = [1 / (1 + np.exp(-r.told @ weights)) for r, f in zip(rows, folds, strict=True) if f == fold]
        chances[folds == fold] = mine
    return chances


def _print(rows: list[SpreadRow]) -> None:
    chances = left_out(rows)
    source, wanted = np.array([r.source for r in rows]), np.array([r.wanted for r in rows])
    facts = chances[(source == "dev") & ~wanted]
    print(f"{len(rows)} questions, {int(wanted.sum())} sets; {len(SHAPE)} figures of the ranking")
    for name in dict.fromkeys(source.tolist()):
        if not (mine := chances[(source == name) & wanted]).size:
            continue
        found = "  ".join(f"{f:.0%}: {np.mean(mine > np.quantile(facts, 1 - f)):.2f}" for f in (0.01, 0.02, 0.05))
        print(f"sets of {name} found, of the facts of dev so many taken for one: {found}")


if __name__ == "__main__":
    main()
