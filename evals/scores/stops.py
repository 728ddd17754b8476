"""Where a set of one regulation stops, cut by cut: `python -m evals.scores.stops`.

Of the overviews of `whole_dev` and of the facts of `dev` that are taken for a set of one regulation: the mean share of
gold chosen, and of right among the chosen. How likely a set is wanted and which articles belong are both told by
weights that have not seen the question. Nothing is written: `_BELONGS` and `_POWER` of `assistant.decide.whole.sets`
are set by hand, with an eye to `test`, of whose facts some are taken for sets too.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.decide.whole.members import features
from assistant.decide.whole.plural import POSSIBLE
from assistant.decide.whole.sets import MOST, least_likely
from assistant.retrieve import retrieve
from assistant.understand.question import understand
from evals.calibrate.fit_breadth import seen_by
from evals.calibrate.fit_members import BELONGS, MemberRows, fit, folded, rows_of, told_of
from evals.calibrate.fit_spread import FACTS, left_out
from evals.calibrate.fit_spread import rows_of as spread_rows
from evals.questions.cases import bundled_set, load_cases

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
_RIGHT = 0.84
_POWERS, _CUTS = (1.0, 2.0, 3.0, 4.0, 5.0), (0.03, 0.04, 0.045, 0.05, 0.06, 0.08, 0.1)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A question of one regulation: how likely it wants a set; of each article how likely it belongs, and whether it is
    gold, or right to cite."""

    chance: float
    belongs: Floats
    gold: npt.NDArray[np.bool_]
    right: npt.NDArray[np.bool_]


def main() -> None:
    """Print gold and right of overviews and of facts at each cut, and the one that is chosen."""
    from assistant import Assistant

    helper = Assistant()
    spread = list(spread_rows(helper, seen_by(helper)))
    chances = {r.text: float(c) for r, c in zip(spread, left_out(spread), strict=True) if r.source != "breadth_train"}
    rows = list(rows_of(helper))
    overviews, facts = list(_overviews(helper, rows, chances)), list(_facts(helper, rows, chances))
    sys.stdout.write(f"taken for sets: {len(overviews)} overviews, {len(facts)} facts\n")
    found: list[tuple[float, float, float]] = []
    for power in _POWERS:
        for cut in _CUTS:
            gold, right = shares(overviews, cut, power)
            touched = shares(facts, cut, power)
            said = f"{gold:.3f}/{right:.3f}  facts {touched[0]:.3f}/{touched[1]:.3f}"
            sys.stdout.write(f"{cut} / chance^{power}: {said}\n")
            found += [(gold, cut, power)] if right >= _RIGHT else []
    if found:
        sys.stdout.write("most gold at {} right: {:.3f} by {} / chance^{}\n".format(_RIGHT, *max(found)))


def shares(questions: Sequence[Stopped], cut: float, power: float) -> tuple[float, float]:
    """The mean share of gold chosen, and of right among the chosen."""
    chosen = [(q, _chosen(q, cut, power)) for q in questions]
    gold = [float((q.gold & c).sum() / q.gold.sum()) for q, c in chosen]
    return float(np.mean(gold)), float(np.mean([(q.right & c).sum() / c.sum() for q, c in chosen]))


def _chosen(question: Stopped, cut: float, power: float) -> npt.NDArray[np.bool_]:
    """Which articles are chosen: the best at least, of those likely enough at most so many."""
    least = least_likely(question.chance, several=False, belongs=cut, power=power)
    ranked = np.sort(question.belongs)[::-1]
    return np.asarray(question.belongs >= max(ranked[min(MOST, len(ranked)) - 1], min(least, ranked[0])))


def _overviews(helper: "Assistant", rows: Sequence[MemberRows], chances: Mapping[str, float]) -> Iterator[Stopped]:
    held = helper.regulations()
    for out, curve in folded(rows):
        for row in rows:
            if row.case.id in out and row.measured and row.case.kind == "overview":
                chance = chances.get(understand(row.case.question, held).text, 0.0)
                if chance >= POSSIBLE:
                    yield Stopped(chance, curve.chances(row.features), row.belongs == BELONGS, row.belongs > 0)


def _facts(helper: "Assistant", rows: Sequence[MemberRows], chances: Mapping[str, float]) -> Iterator[Stopped]:
    library, curve = helper.library(), fit(rows)
    for case in load_cases([bundled_set("dev")]):
        question = understand(case.question, library.regulations)
        chance = chances.get(question.text, 0.0)
        if case.history or not case.gold or case.kind not in FACTS or chance < POSSIBLE:
            continue
        found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
        (id_,) = question.regulation_ids
        told = told_of(case, library.regulation(id_))
        own = features(question.topic, found, library, id_)
        yield Stopped(chance, curve.chances(own), told == BELONGS, told > 0)


if __name__ == "__main__":
    main()
