"""How likely something is stated is told of a regulation by nets that have seen nothing of it, and what is asked of
published texts names articles that they have."""

import json
from pathlib import Path

import numpy as np
import pytest

from evals.calibrate.net import odds
from evals.calibrate.without_questions.elsewhere import Asked, curve_of, joined, unseen_odds
from evals.questions.cases import bundled_set
from law.corpus import load_path

SHARED = Path(__file__).parents[3] / "shared"


def _asked(title: str, *, turned: bool = False, size: int = 240) -> Asked:
    """One signal tells what is stated; `turned` where it tells the opposite."""
    random = np.random.default_rng(len(title) + turned)
    signals = random.normal(size=(size, 3))
    stated = ((signals[:, 0] > 0) != turned).astype(float)
    return Asked(signals, random.normal(size=(size, 80)), stated, np.array([title] * size))


def test_what_is_told_of_a_regulation_was_learnt_of_others() -> None:
    given = joined([_asked("办法"), _asked("规定"), _asked("细则")])
    rows = _asked("条例", turned=True)
    scores = unseen_odds(rows, given)
    assert scores[rows.stated == 1].mean() < scores[rows.stated == 0].mean()  # what it learnt stands in other laws


def test_a_net_that_has_seen_a_regulation_tells_what_it_states() -> None:
    rows = _asked("条例")
    scores = odds(curve_of(rows), rows.signals, rows.vectors)
    assert scores[rows.stated == 1].mean() > scores[rows.stated == 0].mean()


def test_what_is_asked_elsewhere_names_articles_that_there_are() -> None:
    folders = [SHARED / "samples", SHARED / "more"]
    if not all(folder.is_dir() for folder in folders):
        pytest.skip("the published texts lie beside the project and are not there")
    rows = [json.loads(line) for line in bundled_set("stated_elsewhere").read_text("utf-8").splitlines()]
    read = {text: load_path(_there(text, folders)) for text in {row["text"] for row in rows}}
    assert [row for row in rows if not read[row["text"]].find(row["article"])] == []
    assert len({(row["text"], row["article"], row["asked"]) for row in rows}) == len(rows)


def _there(text: str, folders: list[Path]) -> Path:
    return next(folder / text for folder in folders if (folder / text).exists())
