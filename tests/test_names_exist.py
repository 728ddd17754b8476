"""What is imported from a room exists there: mypy believes a room with a `__getattr__` whatever is asked of it."""

import ast
import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAZY = ("assistant", "fatiao", "records")
FOLDERS = ("assistant", "records", "ui", "evals", "fatiao", "tests")


def test_every_name_that_is_imported_from_a_lazy_room_exists() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.module}.{alias.name}"
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module in LAZY
        for alias in node.names
        if not _held(str(node.module), alias.name)
    ]
    assert wrong == []


def _held(room: str, name: str) -> bool:
    return hasattr(importlib.import_module(room), name) or importlib.util.find_spec(f"{room}.{name}") is not None
