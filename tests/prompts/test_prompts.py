"""Words as data: every template can be filled, and a missing variable fails by name."""

import ast
import string
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from prompts import MissingVariable, say

ROOT = Path(__file__).resolve().parents[2]
WORDING = tomllib.loads((files("prompts") / "wording.toml").read_text("utf-8"))
TEMPLATES = {f"{s}.{k}": t for s, keys in WORDING.items() if isinstance(keys, dict) for k, t in keys.items()}


def variables(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def calls() -> list[tuple[str, int, str, set[str] | None]]:
    """Every `say("…", a=…)` of the program with a plain name: file, line, template, variables (None: **values)."""
    found = []
    for folder in ("assistant", "fatiao", "ui", "evals", "records"):
        for path in sorted((ROOT / folder).glob("**/*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
                if named and node.args and isinstance(node.args[0], ast.Constant):
                    given = [k.arg for k in node.keywords]
                    found.append((path.name, node.lineno, node.args[0].value, None if None in given else set(given)))
    return found


def test_every_template_can_be_filled() -> None:
    for name, template in TEMPLATES.items():
        wanted = variables(template)
        assert all(w.isidentifier() for w in wanted), name  # by name: no {} and no {0}
        filled = say(name, **{w: f"<{w}>" for w in wanted})
        assert all(f"<{w}>" in filled for w in wanted), name
        assert filled.strip(), name


def test_each_missing_variable_fails_by_name() -> None:
    for name, template in TEMPLATES.items():
        if not (wanted := variables(template)):
            continue
        for one in wanted:
            with pytest.raises(MissingVariable, match=one) as failed:
                say(name, **dict.fromkeys(wanted - {one}, "x"))
            assert name in str(failed.value)
        with pytest.raises(MissingVariable) as failed:
            say(name)
        assert all(one in str(failed.value) for one in wanted), name  # all of them at once


@pytest.mark.parametrize("name", ["refusal.nosuch", "nosuch.off_topic", "off_topic", "", "."])
def test_an_unknown_template_fails_by_name(name: str) -> None:
    with pytest.raises(KeyError, match=r"wording\.toml"):
        say(name)


def test_a_value_is_never_read_as_a_template() -> None:
    assert "{held} {0} %s" in say("refusal.off_topic", held="{held} {0} %s")


def test_the_program_asks_only_for_what_is_there_and_gives_what_it_needs() -> None:
    asked = calls()
    assert len(asked) >= 15
    for file, line, name, given in asked:
        assert name in TEMPLATES, f"{file}:{line}"
        assert given is None or variables(TEMPLATES[name]) <= given, f"{file}:{line}"


def test_every_reason_and_every_status_has_its_words() -> None:
    from assistant.understand.language import _kinds
    from law.regulation import STATUSES

    assert {f"notice.{s}" for s in STATUSES if s != "in_force"} <= TEMPLATES.keys()
    assert {f"kind.{k.name}" for k in _kinds()} <= TEMPLATES.keys()


def test_no_fact_of_a_regulation_is_written_into_the_words() -> None:
    from law.corpus import load_corpus

    for regulation in load_corpus():
        for name, template in TEMPLATES.items():
            assert regulation.place.removesuffix("市") not in template, name
            assert regulation.title not in template, name
