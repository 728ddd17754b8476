"""The tour tells the values of today."""

import runpy
from pathlib import Path

from assistant import Assistant

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_tour_tells_what_the_path_does_today(helper: Assistant) -> None:
    made = runpy.run_path(str(DOCS / "tour.py"))["tour"](helper)
    assert made == (DOCS / "tour.md").read_text("utf-8"), "run `make tour`"


def test_every_page_that_a_page_links_to_is_there() -> None:
    import re

    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"
