"""The arrows between the rooms run one way, and no room is too full."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: What each room may import of the others; a room of `assistant` is one of its own.
MAY_USE = {
    "law": set(),
    "prompts": set(),
    "vectorstore": {"law"},
    "assistant": {"law", "vectorstore", "prompts"},
    "records": {"assistant", "law", "prompts"},
    "ui": {"assistant", "records", "law", "vectorstore", "prompts"},
    "evals": {"assistant", "law", "vectorstore", "prompts"},
}
#: Rooms of `assistant` in the order of the path: each may use those before it.
ORDER = ("understand", "decide", "write", "verify", "check", "model", "desk")
MOST = 15


@cache  # asked of every file by several tests
def imports(path: Path) -> tuple[str, ...]:
    """The modules that a file imports when it is loaded or called, those for types alone aside."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and any(getattr(n, "id", "") == "TYPE_CHECKING" for n in ast.walk(node.test))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("room", MAY_USE)
def test_a_room_uses_only_what_stands_before_it(room: str) -> None:
    rooms = {*MAY_USE, "fatiao"}
    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / room).rglob("*.py")
        for name in imports(path)
        if (top := name.partition(".")[0]) in rooms and top != room and top not in MAY_USE[room]
    ]
    assert not wrong


@pytest.mark.parametrize("room", ORDER)
def test_the_rooms_of_the_assistant_follow_the_path(room: str) -> None:
    later = {f"assistant.{r}" for r in ORDER[ORDER.index(room) + 1 :]}
    wrong = [
        (path.name, name)
        for path in (ROOT / "assistant" / room).glob("*.py")
        for name in imports(path)
        if ".".join(name.split(".")[:2]) in later
    ]
    assert not wrong


def test_no_module_of_the_assistant_comes_back_to_itself_by_its_imports() -> None:
    """Also where a function imports while it is called: no circle, however long."""
    folder = ROOT / "assistant"
    names = {
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in folder.rglob("*.py")
    }
    uses = {name: {used for used in imports(path) if used in names} for name, path in names.items()}
    while leaves := {name for name, used in uses.items() if not used & uses.keys()}:
        uses = {name: used for name, used in uses.items() if name not in leaves}
    assert not sorted(uses)


def test_no_room_holds_more_than_about_fifteen_modules() -> None:
    folders = {p.parent for room in (*MAY_USE, "fatiao") for p in (ROOT / room).rglob("*.py")}
    assert not {str(f.relative_to(ROOT)): n for f in folders if (n := len([*f.glob("[a-z]*.py")])) > MOST}


def test_one_room_touches_chroma() -> None:
    rooms = [ROOT / room for room in (*MAY_USE, "fatiao")]
    found = {
        str(path.parent.relative_to(ROOT))
        for room in rooms
        for path in room.rglob("*.py")
        if any(name.partition(".")[0] == "chromadb" for name in imports(path))
    }
    assert found == {"vectorstore/chroma"}
