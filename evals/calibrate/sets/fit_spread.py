"""Fit what tells a set from a fact within one regulation, and what belongs:
`python -m evals.calibrate.sets.fit_spread`.

Both weigh how a question is put, by the head of `fit_breadth`, beside how the ranking spreads. On the questions of
`breadth_train.jsonl` and `sets_train.jsonl` that name one regulation held, each read by a head that has not seen it,
and on the facts of `dev` and the overviews of `whole_dev`, whose labels are thresholds' ground and which that head has
never seen; what belongs on those of them that have gold, sets and facts alike. What is printed is of questions left
out, gold and right with all of their writer. `--write` keeps the weights.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.decide.heads import keep
from assistant.decide.whole.manner import signs
from assistant.decide.whole.members import FEATURES, NEAR, features_within
from assistant.decide.whole.plural import POSSIBLE, WANTED, design, spread_row
from assistant.decide.whole.sets import MOST
from assistant.decide.whole.spread import SHAPE, shape
from assistant.retrieve import retrieve
from assistant.understand.parts import take_apart
from assistant.understand.question import Question, understand
from evals.calibrate.logistic import logistic
from evals.calibrate.sets.fit_breadth import BreadthExamples, fitted, seen_by, sets_train
from evals.calibrate.sets.fit_members import BELONGS, MAY, told_of
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
FACTS = ("fact_law", "fact_everyday", "number", "traditional", "typo", "absent", "false_premise", "injection")
_HEADS, _FOLDS, _STEPS, _STRENGTH = 3, 6, 40, 3.0
#: How much a question of the first counts: half of them want a set, which is not so of those that people ask. Of what
#: belongs, and how strongly that is held down.
_OWN, _COUNTS, _COUNTS_BELONGING, _HELD_DOWN = "breadth_train", 0.3, 0.6, 10.0
#: So many of the best articles of a question are what it is told by, which belong.
_LOOKED_AT = 24
_CUTS = (0.06, 0.07, 0.08, 0.085, 0.09, 0.1, 0.11, 0.12, 0.15)


@dataclass(frozen=True, slots=True)
class Within:
    """The articles of the regulation that is asked: features, whether each belongs, may, or not; whether it is one of
    the best."""

    features: Floats
    belongs: npt.NDArray[np.int_]
    best: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A question of one regulation: where it is from, what is weighed, whether a set is wanted; its articles where it
    is known which belong, and who wrote it."""

    source: str
    text: str
    told: Floats
    wanted: bool
    within: Within | None = None
    writer: str = ""


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
        belongs, ease = fit_belonging(rows)
        made = {"spread": fit(rows), "belongs": belongs, "ease": ease}
        file = keep(model_name(helper.embeddings), "whole", {n: w.astype(np.float32) for n, w in made.items()})
        print(f"写入 {file.name}")


def rows_of(helper: "Assistant", seen: BreadthExamples) -> Iterator[SpreadRow]:
    """All that it is fitted on."""
    library, everything = helper.library(), range(len(seen.examples))
    folds = np.random.RandomState(0).randint(0, _HEADS, len(seen.examples))
    known = {understand(c.question, library.regulations).text: c for c in sets_train() if c.gold and not c.refuse}
    for fold in range(_HEADS):
        head = Fitted(*fitted(seen, np.flatnonzero(folds != fold).tolist()))
        for i in np.flatnonzero(folds == fold):
            example = seen.examples[i]
            if example.weight == 1.0 and WANTED[example.wanted] in ("fact", "set"):
                question = understand(example.text, library.regulations)
                yield from _row(helper, head, _OWN, question, example.wanted > 0, known.get(question.text))
    head = Fitted(*fitted(seen, everything))
    for name, kinds in (("dev", FACTS), ("whole_dev", ("overview",))):
        for case in load_cases([bundled_set(name)]):
            if case.kind in kinds and not case.history:
                question = understand(case.question, library.regulations)
                yield from _row(helper, head, name, question, name != "dev", case)


def _row(
    helper: "Assistant", head: Fitted, source: str, question: Question, wanted: bool, case: Case | None
) -> Iterator[SpreadRow]:
    library = helper.library()
    one = question.named and len(question.regulation_ids) == 1
    if not one or question.references or question.status or take_apart(question, library.regulations):
        return
    vector = helper.path.deciding.embed(question.topic)
    found = retrieve(question, library, vector)
    told = spread_row(head.wanted(question, np.asarray(vector, dtype=np.float64)), shape(question, found, library))
    (id_,) = question.regulation_ids
    belongs = told_of(case, library.regulation(id_)) if case else np.zeros(0, dtype=np.int_)
    if case is None or not (belongs == BELONGS).any():
        yield SpreadRow(source, question.text, told, wanted)
        return
    own = features_within(question.topic, found, library, id_)
    total = own[:, FEATURES.index("total")]
    within = Within(own, belongs, total >= np.sort(total)[-min(_LOOKED_AT, len(total))])
    yield SpreadRow(source, question.text, told, wanted, within, case.id.partition("-")[0])


def fit(rows: Sequence[SpreadRow]) -> Floats:
    """A logistic with a penalty, by Newton's steps, over standardised features; given back for features as they are."""
    x, y = np.array([r.told[:-1] for r in rows]), np.array([r.wanted for r in rows]) * 1.0
    counts = np.array([_COUNTS if r.source == _OWN else 1.0 for r in rows])
    own, bias = logistic(x, y, strength=_STRENGTH, steps=_STEPS, counts=counts)
    return np.append(own, bias)


def fit_belonging(rows: Sequence[SpreadRow]) -> tuple[Floats, Floats]:
    """What tells whether an article belongs, of sets and of facts alike: weights over its own features, and over what
    is told of the question, with one."""
    x, y, counts = [], [], []
    for row in rows:
        if row.within:
            counted = row.within.best & (row.within.belongs != MAY)
            own = row.within.features[counted]
            x.append(np.hstack([own, np.tile(row.told[:-1], (len(own), 1))]))
            y.append(row.within.belongs[counted] == BELONGS)
            counts.append(np.full(len(own), _COUNTS_BELONGING if row.source == _OWN else 1.0))
    weights, bias = logistic(
        np.vstack(x), np.concatenate(y) * 1.0, strength=_HELD_DOWN, steps=_STEPS, counts=np.concatenate(counts)
    )
    split = len(FEATURES) + len(NEAR)
    return weights[:split], np.append(weights[split:], bias)


def left_out(rows: Sequence[SpreadRow]) -> Floats:
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
    chosen = list(_by_others(rows))
    for cut in _CUTS:
        said = []
        for name in ("whole_dev", "dev"):
            mine_at = [shares(r.within, p, b, cut) for r, p, b in chosen if r.source == name and r.within]
            said.append("{}: {:.3f}/{:.3f}".format(name, *np.mean(mine_at, axis=0)))
        print(f"gold and right at {cut}: {'  '.join(said)}")


def _by_others(rows: Sequence[SpreadRow]) -> Iterator[tuple[SpreadRow, float, Floats]]:
    """Each question with gold that is measured, how likely it wants a set and how likely each article belongs, by
    weights that have seen nothing of its writer's."""
    writers = sorted({r.writer for r in rows if r.within and r.source != _OWN})
    for fold in range(_FOLDS):
        out = set(writers[fold::_FOLDS])
        kept = [r for r in rows if r.source == _OWN or r.writer not in out]
        spread, (belongs, ease) = fit(kept), fit_belonging(kept)
        for row in rows:
            if row.within and row.source != _OWN and row.writer in out:
                chance = float(1 / (1 + np.exp(-row.told @ spread)))
                yield row, chance, 1 / (1 + np.exp(-(row.within.features @ belongs + row.told @ ease)))


def shares(within: Within, chance: float, belongs: Floats, cut: float) -> tuple[float, float]:
    """The share of gold chosen, and of right among the chosen: the best article alone where no set is wanted."""
    total = within.features[:, FEATURES.index("total")]
    least = max(min(cut, float(belongs.max())), float(np.sort(belongs)[-min(MOST, len(belongs))]))
    chosen = belongs >= least if chance >= POSSIBLE else total == total.max()
    gold = within.belongs == BELONGS
    return float((gold & chosen).sum() / gold.sum()), float(((within.belongs > 0) & chosen).sum() / chosen.sum())


if __name__ == "__main__":
    main()
