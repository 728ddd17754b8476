"""Every kind of finding that the readers of documents give has a Chinese word for the table."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import law
import prompts

_LAW, _WORDING = Path(law.__file__).parent, Path(prompts.__file__).parent / "wording.toml"
#: Calls whose second argument is the kind.
_CALLS = {"Finding", "_find"}


def _kinds() -> Iterator[str]:
    for file in _LAW.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                kind = node.args[1]
                if name in _CALLS and isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                    yield kind.value


def test_no_kind_is_shown_by_its_english_name() -> None:
    words = tomllib.loads(_WORDING.read_text(encoding="utf-8"))["finding"]
    kinds = set(_kinds())
    assert len(kinds) > 20
    assert kinds <= words.keys()
