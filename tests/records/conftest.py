"""The records on both databases: an SQLite file, and a real PostgreSQL server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgres_support import Postgres, programs

from records import Records


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    folder = programs()
    if folder is None:
        pytest.skip("没有 PostgreSQL（Debian：apt-get install postgresql），记录只在 SQLite 上测试")
    server = Postgres(folder)
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """An empty database."""
    if request.param == "sqlite":
        return tmp_path / "data" / "records.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new()


@pytest.fixture
def open_records(address: str | Path) -> Iterator[Callable[..., Records]]:
    """`Records` on that database, as often as wanted."""
    opened: list[Records] = []

    def opening(**options: object) -> Records:
        opened.append(Records(address, **options))
        return opened[-1]

    yield opening
    for one in opened:
        one.close()


@pytest.fixture
def records(open_records: Callable[..., Records]) -> Records:
    return open_records()


@pytest.fixture
def program_environment() -> dict[str, str]:
    """What a program of its own needs to import this project."""
    root = Path(__file__).resolve().parents[2]
    return {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
