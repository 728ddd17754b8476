"""Fit the curves that say which articles belong to a set: `python -m evals.calibrate.sets.fit_members [--write]`.

On the overviews of `sets_train` and of `whole_dev`, over one city and over several: what is gold belongs, articles that
may be cited as well count neither way. Once with likely questions and once without. What is printed is of questions
of `whole_dev` left out.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.decide.whole.members import FEATURES, BelongingCurve, features
from evals.calibrate.logistic import logistic
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from law.regulation import Regulation

if TYPE_CHECKING:
    from assistant import Assistant

Floats = npt.NDArray[np.float64]
KINDS = ("overview", "overview_cities")
_OWN, _MEASURED = "sets_train", "whole_dev"
_FOLDS, _STEPS, _STRENGTH = 8, 30, 3.0
_CUTS = (0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)
BELONGS, MAY = 1, 2


@dataclass(frozen=True, slots=True)
class MemberRows:
    """One question in one regulation: features of its articles, and whether each belongs (1), may (2), or not (0);
    `measured` are those of which figures are printed."""

    case: Case
    measured: bool
    features: Floats
    belongs: npt.NDArray[np.int_]


def main() -> None:
    """Print what is chosen at each cut; with --write write the curves."""
    from assistant import Assistant, load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    writes = parser.parse_args().write
    curves: dict[str, BelongingCurve] = {}
    for name, asked in (("asked_about", True), ("bare", False)):
        helper = Assistant(load_settings().model_copy(update={"likely_questions": asked}))
        rows = list(rows_of(helper))
        print(f"{name}: {len({r.case.id for r in rows})} questions")
        for kind in KINDS:
            print("  " + "  ".join(_line(rows, kind)))
        curves[name] = fit(rows)
        print("  " + "  ".join(f"{n} {w:.2f}" for n, w in zip(FEATURES, curves[name].weights, strict=True)))
    if writes:
        _write(curves)


def rows_of(helper: "Assistant") -> Iterator[MemberRows]:
    """All that they are fitted on."""
    from assistant.retrieve import retrieve
    from assistant.understand.breadth import Breadth
    from assistant.understand.question import understand

    library = helper.library()
    cases = [(name == _MEASURED, case) for name in (_OWN, _MEASURED) for case in load_cases([bundled_set(name)])]
    for measured, case in cases:
        if case.kind not in KINDS or case.refuse or case.history:
            continue
        question = replace(understand(case.question, library.regulations), breadth=Breadth("set"))
        found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
        for id_ in question.regulation_ids:
            own = features(question.topic, found, library, id_)
            yield MemberRows(case, measured, own, told_of(case, library.regulation(id_)))


def told_of(case: Case, regulation: Regulation) -> npt.NDArray[np.int_]:
    """(numbered articles,) BELONGS, MAY or 0, as a question says."""
    city = regulation.place.removesuffix("市")
    gold, ok = ({g.article for g in golds if g.city == city} for golds in (case.gold, case.also_ok))
    return np.array([BELONGS if a.number in gold else MAY if a.number in ok else 0 for a in regulation.numbered])


def fit(rows: Sequence[MemberRows]) -> BelongingCurve:
    """A logistic with a penalty, by Newton's steps, over standardised features; given back for features as they are."""
    x = np.vstack([r.features[r.belongs != MAY] for r in rows])
    y = np.concatenate([(r.belongs[r.belongs != MAY] == BELONGS) * 1.0 for r in rows])
    own, bias = logistic(x, y, strength=_STRENGTH, steps=_STEPS)
    return BelongingCurve(own, bias)


def folded(rows: Sequence[MemberRows]) -> Iterator[tuple[set[str], BelongingCurve]]:
    """Ids of some of the questions, and the curve fitted on all others, until each was left out."""
    ids = list(dict.fromkeys(r.case.id for r in rows))
    for fold in range(_FOLDS):
        out = set(ids[fold::_FOLDS])
        yield out, fit([r for r in rows if r.case.id not in out])


def _line(rows: Sequence[MemberRows], kind: str) -> list[str]:
    """Of each cut the mean share of gold chosen and of right among the chosen, each question left out of its curve."""
    chances: list[tuple[MemberRows, Floats]] = []
    for out, curve in folded(rows):
        mine = [r for r in rows if r.measured and r.case.id in out and r.case.kind == kind]
        chances += [(r, curve.chances(r.features)) for r in mine]
    return [f"{cut}: {_at(chances, cut)}" for cut in _CUTS]


def _at(chances: Sequence[tuple[MemberRows, Floats]], cut: float) -> str:
    cited, right = [], []
    for id_ in dict.fromkeys(r.case.id for r, _ in chances):
        mine = [(r.belongs, p >= min(cut, p.max())) for r, p in chances if r.case.id == id_]
        gold = sum(int((b == BELONGS).sum()) for b, _ in mine)
        cited.append(sum(int((b[s] == BELONGS).sum()) for b, s in mine) / gold)
        right.append(sum(int((b[s] > 0).sum()) for b, s in mine) / sum(int(s.sum()) for _, s in mine))
    return f"{np.mean(cited):.3f}/{np.mean(right):.3f}"


def _write(curves: dict[str, BelongingCurve]) -> None:
    lines = ["# Written by `python -m evals.calibrate.sets.fit_members --write`."]
    for name, curve in curves.items():
        lines += [f"[{name}]", f"bias = {curve.bias:.4f}"]
        lines += [f"{f} = {w:.4f}" for f, w in zip(FEATURES, curve.weights, strict=True)]
    file = Path(str(files("assistant.decide.whole") / "members.toml"))
    file.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"写入 {file.name}")


if __name__ == "__main__":
    main()
