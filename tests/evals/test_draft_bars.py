"""核稿 on the drafts of blind writers: the half that is not looked at reaches its bars."""

import pytest

from evals.drafts import BARS, DraftOutcome, figures, load_drafts, missed, outcomes


@pytest.mark.slow  # a whole set
def test_the_held_half_reaches_every_bar() -> None:
    found = outcomes([d for d in load_drafts() if d["split"] == "held"])
    assert set(figures(found)) == set(BARS)
    assert missed(found) == [], figures(found)


def test_a_figure_below_its_bar_is_named() -> None:
    right = DraftOutcome("x", {"ok": True, "error": ""}, None)
    assert missed([right]) == ["found", "passed"]


def test_the_set_is_large_enough_and_its_halves_share_no_draft() -> None:
    drafts = load_drafts()
    assert sum(len(d["citations"]) for d in drafts) >= 150
    assert len({d["id"] for d in drafts}) == len(drafts)
    assert {d["split"] for d in drafts} == {"dev", "held"}
