"""How full each room is, as a command tells it."""

from pathlib import Path

from rich.console import Console

from evals.rooms import print_counts, room_counts


def test_every_room_is_counted_and_its_longest_module_named(tmp_path: Path) -> None:
    (tmp_path / "law" / "text").mkdir(parents=True)
    (tmp_path / "law" / "text" / "__init__.py").write_text("")
    (tmp_path / "law" / "text" / "one.py").write_text("a\nb\n")
    (tmp_path / "law" / "text" / "two.py").write_text("a\n")
    (counted,) = room_counts(tmp_path)
    assert (counted.name, counted.modules, counted.lines, counted.longest, counted.most) == (
        "law/text",
        2,
        3,
        "one.py",
        2,
    )


def test_the_rooms_of_the_project_are_printed() -> None:
    console = Console(record=True, width=100)
    print_counts(console)
    assert "vectorstore/ranking" in console.export_text()
