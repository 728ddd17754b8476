"""The table of attacks in `docs/security.md`: what it names exists, and nothing of these two folders is left out."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "security.md").read_text("utf-8").partition("## Attack by attack")[2].partition("\n## ")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line.startswith("| ")][
    1:
]
NAMED = [test.strip("`") for *_, test in ROWS if test]


def _tests_in(file: Path) -> set[str]:
    found = ast.walk(ast.parse(file.read_text("utf-8")))
    return {
        n.name for n in found if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and n.name.startswith("test_")
    }


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_the_table_names_exists(named: str) -> None:
    file, _, name = named.partition("::")
    assert (ROOT / file).is_file()
    assert name in _tests_in(ROOT / file)


def test_every_row_has_an_attack_and_a_test() -> None:
    assert len(NAMED) > 60
    assert len(set(NAMED)) == len(NAMED)
    above = ""
    for attack, _, test in ROWS:
        assert attack or above
        assert test or re.fullmatch(r"\*\*.+\*\*", attack)
        above = attack or above


def test_every_module_of_attacks_stands_in_the_table() -> None:
    named = {n.partition("::")[0] for n in NAMED}
    about = {"test_table.py", "test_dependencies_listed.py"}  # these hold this page, and try nothing
    held = {p for folder in ("security", "reliability") for p in (ROOT / "tests" / folder).glob("test_*.py")}
    assert not {str(p.relative_to(ROOT)) for p in held if p.name not in about} - named
