"""What the docstrings show is what happens."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("assistant", "evals", "fatiao", "law", "prompts", "ui", "vectorstore")
SHOWING = sorted(
    str(file.relative_to(ROOT)).removesuffix(".py").replace("/", ".")
    for room in ROOMS
    for file in (ROOT / room).rglob("*.py")
    if ">>> " in file.read_text("utf-8")
)


@pytest.mark.parametrize("name", SHOWING)
def test_an_example_gives_what_stands_below_it(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed
