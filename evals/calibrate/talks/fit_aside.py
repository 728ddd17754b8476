"""Is a turn of a talk about something else? `python -m evals.calibrate.talks.fit_aside [--write]`.

Of the law are the turns of the looked-at talks that are answered or stated nowhere, and every third thing of
`things.jsonl`, asked in one of these talks; about something else are the turns of
`asides.jsonl`, each asked in two, and such turns of these talks.
What is printed is of turns left out (no writer is in both): how many asides are heard where so many of the answered
turns are lost.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.decide.heads import keep
from assistant.decide.of_the_law.aside import OF_THE_LAW, signals_of_turn
from assistant.decide.stated.head import Curve
from assistant.decide.stated.signals import Floats
from assistant.retrieve import retrieve
from assistant.understand.question import History, understand
from evals.calibrate.fit_stated import curve_arrays
from evals.calibrate.net import fit_net, odds_left_out, print_lost
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.questions.things import load_asides, load_things
from vectorstore.embeddings import model_name

if TYPE_CHECKING:
    from assistant import Assistant

SETS = ("talks_train", "talks_dev", "threads", "dev", "whole_dev")
#: In so many talks each aside is asked; every so many of the things of a message is a turn.
_PLACES, _EACH = 2, 3
_FOLDS = 6
_LOST = (0.001, 0.002, 0.005, 0.01)
_SEED = 45


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn: who wrote it, its text, whether it is answered, whether it is about something else."""

    source: str
    text: str
    answered: bool
    aside: bool
    values: Floats
    vector: Floats


def main() -> None:
    """Print what is heard and lost of turns left out; with --write write the net of the embedding model in use."""
    from assistant import Assistant

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    with Assistant() as helper:
        turns = list(heard_turns(helper))
        name = model_name(helper.embeddings)
    _print(turns)
    if writes:
        keep(name, "aside", curve_arrays("", _fit(turns)))


def heard_turns(helper: "Assistant") -> Iterator[Heard]:
    """All turns that are looked up by themselves."""
    talks = [c for c in load_cases([bundled_set(s) for s in SETS]) if c.history and not c.cities]
    of_the_law = [c for c in talks if c.reason != "off_topic"]
    dice = random.Random(_SEED)
    for case in of_the_law:
        yield from _heard(helper, _writer(case), case.question, case.history, answered=bool(case.gold))
    for case in talks:
        if case.reason == "off_topic":
            yield from _heard(helper, _writer(case), case.question, case.history, aside=True)
    for aside in load_asides():
        for case in dice.sample(of_the_law, _PLACES):
            yield from _heard(helper, aside.writer, aside.said, case.history, aside=True)
    for thing in [t for some in load_things().values() for t in some][::_EACH]:
        yield from _heard(helper, "things", thing.said, dice.choice(of_the_law).history)


def _writer(case: Case) -> str:
    return case.id.partition("-")[0]


def _heard(
    helper: "Assistant", source: str, text: str, before: History, *, answered: bool = False, aside: bool = False
) -> Iterator[Heard]:
    library = helper.library()
    question = understand(text, library.regulations, before)
    if question.blend is None or question.references or question.status:
        return
    found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
    if found.alone is None or found.own is None:
        return
    values = signals_of_turn(question, found, library)
    yield Heard(source, text, answered, aside, values, np.asarray(found.own, dtype=np.float64))


def _rows(turns: Sequence[Heard]) -> tuple[Floats, Floats, Floats]:
    values, vectors = np.array([t.values for t in turns]), np.array([t.vector for t in turns])
    return values, vectors, np.array([float(not t.aside) for t in turns])


def _fit(turns: Sequence[Heard]) -> Curve:
    return fit_net(*_rows(turns), np.ones(len(turns)))


def _print(turns: Sequence[Heard]) -> None:
    odds = odds_left_out([t.source for t in turns], *_rows(turns), folds=_FOLDS, seed=_SEED)
    aside, answered = np.array([t.aside for t in turns]), np.array([t.answered for t in turns])
    print(f"{len(turns)} turns, {aside.sum()} of them about something else, {answered.sum()} answered; left out:")
    print_lost(odds[answered], odds[aside], _LOST, (OF_THE_LAW,))


if __name__ == "__main__":
    main()
