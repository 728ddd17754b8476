"""Every rule of every rule file of the tree is held to its own examples."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from law.text.rules import Rule, load_rules

ROOT = Path(__file__).parents[3]
ROOMS = ("law", "vectorstore", "assistant", "evals", "ui", "records", "fatiao")
FILES = sorted(
    p for room in ROOMS for p in (ROOT / room).rglob("*.toml") if "rule" in tomllib.loads(p.read_text("utf-8"))
)


def rules_of(file: Path) -> dict[str, Rule]:
    return load_rules(".".join(file.parent.relative_to(ROOT).parts), file.name)


def test_rule_files_are_found() -> None:
    assert ROOT / "assistant/understand/language.toml" in FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_rules_match_what_they_must_and_nothing_that_they_must_not(file: Path) -> None:
    """At least two examples of each kind, no two alike; `faults` names the rule, what is wrong, and the texts."""
    faults: list[tuple[str, str, list[str]]] = []
    for rule in rules_of(file).values():
        if min(len(set(rule.yes)), len(set(rule.no))) < 2:
            faults.append((rule.id, "has too few examples", []))
        faults.append((rule.id, "does not match", [text for text in rule.yes if not rule.search(text)]))
        faults.append((rule.id, "matches", [text for text in rule.no if rule.search(text)]))
        patterns = [re.compile(one, rule.pattern.flags) for one in rule.alternatives if not one.isalnum()]
        alone = [p.pattern for p in patterns if not any(p.search(text) for text in rule.yes)]
        faults.append((rule.id, "has no example of an alternative that is no plain word", alone))
    assert [fault for fault in faults if fault[2] or fault[1].endswith("examples")] == []


def test_an_id_names_one_rule_of_the_whole_tree() -> None:
    counted = Counter(rule.id for file in FILES for rule in rules_of(file).values())
    assert [id_ for id_, n in counted.items() if n > 1] == []


def test_no_example_is_a_question_of_the_evaluation() -> None:
    questions = set()
    for file in (ROOT / "evals/datasets").glob("*.jsonl"):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            questions |= {bare(row[key]) for key in ("question", "sentence") if key in row}
    examples = {text for file in FILES for rule in rules_of(file).values() for text in (*rule.yes, *rule.no)}
    assert [text for text in examples if bare(text) in questions] == []


def bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
