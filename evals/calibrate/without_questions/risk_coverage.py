"""Risk and coverage of confirmed answers: of each set what is confirmed, how much of that is right, what is refused."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from evals.calibrate.without_questions.elsewhere import NOTHING, Asked

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Confirmations:
    """Questions that come to the point where one article is to be cited: `values` (n, features), whether that article
    is right, whether any is (a refusal is wanted else), whether it is asked in everyday words, and of which regulation
    the article is, by its title. `beside` counts the answerable questions that are answered without that (look-ups),
    `open` those that are answered by nothing, `refused` the others that are rightly refused before. `found` has of each
    question that has an answer the share of its articles among the first five, and whether it is in everyday words.
    `asked` are the same rows for the net that says how likely an article states what is asked, `between` (n, 2 d)
    what lies between question and article, and where the question's words lead, for the one that is added to the
    curve."""

    name: str
    values: Floats
    right: Marks
    answerable: Marks
    everyday: Marks
    titles: npt.NDArray[np.str_]
    beside: int = 0
    open: int = 0
    refused: int = 0
    found: tuple[tuple[float, bool], ...] = ()
    asked: Asked = NOTHING
    between: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def answerables(self) -> int:
        """How many questions have an answer, whatever came of them."""
        return int(self.answerable.sum()) + self.beside + self.open

    @property
    def labels(self) -> Floats:
        """1 where the article is right."""
        return self.right.astype(np.float64)


def print_curve(sets: Sequence[Confirmations], confidences: Sequence[Floats]) -> None:
    """Risk and coverage of some sets together: what each threshold confirms, and how much of that is right."""
    confidence, answerable = np.concatenate(confidences), np.concatenate([s.answerable for s in sets])
    right, everyday = np.concatenate([s.right for s in sets]), np.concatenate([s.everyday for s in sets])
    beside, whole = sum(s.beside for s in sets), sum(s.answerables for s in sets)
    absent = sum(s.refused for s in sets) + (~answerable).sum()
    sys.stdout.write(f"合计：{_first_five([one for s in sets for one in s.found])}\n")
    for cut in np.arange(0.3, 0.95, 0.05):
        cited, wrongly = (confidence >= cut) & answerable, (confidence[~answerable] >= cut).sum()
        share = (cited.sum() + beside) / whole
        sys.stdout.write(
            f"{cut:.2f} 起：确认 {share:.3f}，其中对 {_mean(right[cited]):.3f}，"
            f"口语 {_mean(right[cited & everyday]):.3f}；应拒而引 {wrongly}/{absent}\n"
        )


def print_set(rows: Confirmations, confidence: Floats, cut: float) -> None:
    """What a set's threshold does to it."""
    cited, absent = (confidence >= cut) & rows.answerable, ~rows.answerable
    spoken = cited & rows.everyday
    share = (cited.sum() + rows.beside) / rows.answerables
    sys.stdout.write(
        f"{rows.name}：{_first_five(rows.found)}；{len(confidence)} 题，AUC {_auc(confidence, rows.right):.3f}；"
        f"{cut:.2f} 起引用：确认 {share:.3f}，其中对 {_mean(rows.right[cited]):.3f}，"
        f"口语 {_mean(rows.right[spoken]):.3f}（{spoken.sum()} 题）；"
        f"应拒而引 {(confidence[absent] >= cut).sum()}/{absent.sum() + rows.refused}\n"
    )


def _first_five(found: Sequence[tuple[float, bool]]) -> str:
    every, spoken = np.array([share for share, _ in found]), np.array([share for share, said in found if said])
    return f"前五条里有 {_mean(every):.3f}（{len(every)} 题），口语 {_mean(spoken):.3f}（{len(spoken)} 题）"


def _mean(marks: Marks | Floats) -> float:
    return float(marks.mean()) if len(marks) else float("nan")


def _auc(confidence: Floats, right: Marks) -> float:
    return float((confidence[right][:, None] > confidence[~right][None, :]).mean()) if (~right).any() else float("nan")
