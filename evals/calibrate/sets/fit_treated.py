"""Does a regulation treat the matter asked of it? `python -m evals.calibrate.sets.fit_treated [--write]`.

Of the questions of `matters.jsonl`, of the sets and facts of `whole_dev`, `sets_train` and `dev`, each regulation that
is asked by name or among all: one that has a gold article treats the matter; one that has none does not, unless it has
one that may be cited and is not said to be silent. What is printed is of questions left out (of `matters.jsonl` of
whole writers): how many of the silent regulations are seen where so many of those that treat the matter are lost.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.decide.heads import keep
from assistant.decide.of_the_law.treated import OF_A_FACT, OF_A_SET, signals_of_matter
from assistant.decide.stated.head import Curve
from assistant.decide.stated.signals import Floats
from assistant.retrieve import retrieve
from assistant.understand.question import understand
from evals.calibrate.fit_stated import curve_arrays
from evals.calibrate.net import fit_net, odds_left_out, print_lost
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from vectorstore.embeddings import model_name

if TYPE_CHECKING:
    from assistant import Assistant

MATTERS = "matters"
#: What is fitted on of each set: all, or these kinds.
_KINDS = {
    MATTERS: (),
    "sets_train": (),
    "whole_dev": ("overview", "overview_cities", "fact"),
    "dev": ("compare2", "compare3", "no_city", "fact_everyday", "fact_law"),
}
#: Sets whose labels name only what was written for: a regulation without a gold article may treat the matter too.
_UNSURE = ("sets_train",)
_FOLDS = 6
_LOST = (0.005, 0.01, 0.02, 0.03)


@dataclass(frozen=True, slots=True)
class Asked:
    """A regulation of which something is asked: who wrote the question, and whether it treats the matter."""

    source: str
    treated: bool
    values: Floats
    vector: Floats


def main() -> None:
    """Print what is seen and lost of questions left out; with --write write the net of the embedding model in use."""
    from assistant import Assistant

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    with Assistant() as helper:
        asked = list(asked_of(helper))
        name = model_name(helper.embeddings)
    _print(asked)
    if writes:
        keep(name, "treated", curve_arrays("", _fit(asked)))


def asked_of(helper: "Assistant") -> Iterator[Asked]:
    """Every regulation asked, question by question."""
    for name, kinds in _KINDS.items():
        for case in load_cases([bundled_set(name)]):
            whole = not (case.history or case.cities) and (not kinds or case.kind in kinds)
            if whole and not (case.refuse and name != MATTERS):
                yield from _asked(helper, case, name)


def _asked(helper: "Assistant", case: Case, name: str) -> Iterator[Asked]:
    library = helper.library()
    question = understand(case.question, library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
    gold, also = ({g.city for g in golds} for golds in (case.gold, case.also_ok))
    source = case.id.partition("-")[0] if name == MATTERS else case.id
    for id_, hits in found.by_regulation.items():
        city = library.regulation(id_).place.removesuffix("市")
        named = (question.named or question.every) and name not in _UNSURE
        mute = named and (city in case.unstated or city not in also or not case.gold)
        if hits and (city in gold or mute):
            values = signals_of_matter(question, found, library, id_)
            yield Asked(source, city in gold, values, np.asarray(found.vector, dtype=np.float64))


def _rows(asked: Sequence[Asked]) -> tuple[Floats, Floats, Floats]:
    values, vectors = np.array([a.values for a in asked]), np.array([a.vector for a in asked])
    return values, vectors, np.array([float(a.treated) for a in asked])


def _fit(asked: Sequence[Asked]) -> Curve:
    return fit_net(*_rows(asked), np.ones(len(asked)))


def _print(asked: Sequence[Asked]) -> None:
    odds = odds_left_out([a.source for a in asked], *_rows(asked), folds=_FOLDS)
    treated = np.array([a.treated for a in asked])
    print(f"{len(asked)} asked, {(~treated).sum()} of them silent; left out:")
    print_lost(odds[treated], odds[~treated], _LOST, (OF_A_SET, OF_A_FACT))


if __name__ == "__main__":
    main()
