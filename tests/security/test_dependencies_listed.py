"""The list of watched packages in `docs/security.md` is that of the pins; it cannot go stale unseen."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE))
SECTION = (ROOT / "docs" / "security.md").read_text("utf-8").partition("## Dependencies")[2]
#: The first cell of each row: `streamlit 1.67.0, starlette 1.10.0`.
LISTED = re.findall(r"([a-z][\w-]*) (\d[\w.]*)", "\n".join(re.findall(r"^\| ([^|]*\d[^|]*) \|", SECTION, re.MULTILINE)))
#: Listens, parses what strangers send, or carries what is private: left out of the list, these would not be missed.
WATCHED = ("streamlit", "starlette", "uvicorn", "chromadb", "openai", "sqlalchemy", "psycopg", "lxml", "authlib", "mcp")


@pytest.mark.parametrize(("name", "version"), LISTED)
def test_a_version_that_is_listed_is_the_one_pinned(name: str, version: str) -> None:
    assert PINNED.get(name) == version


def test_what_is_watched_is_listed_with_a_date() -> None:
    assert set(WATCHED) <= {name for name, _ in LISTED}
    assert re.search(r"Listed on \d{4}-\d\d-\d\d", SECTION)
