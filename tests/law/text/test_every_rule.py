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


RULES = [pytest.param(rule, id=rule.id) for file in FILES for rule in rules_of(file).values()]


def test_rule_files_are_found() -> None:
    assert ROOT / "assistant/understand/language.toml" in FILES


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_matches_what_it_must_and_nothing_that_it_must_not(rule: Rule) -> None:
    assert min(len(set(rule.yes)), len(set(rule.no))) >= 2, "two examples of each, or more, no two alike"
    assert [text for text in rule.yes if not rule.search(text)] == []
    assert [text for text in rule.no if rule.search(text)] == []


@pytest.mark.parametrize("rule", RULES)
def test_an_alternative_that_is_no_plain_word_has_an_example(rule: Rule) -> None:
    patterns = [re.compile(one, rule.pattern.flags) for one in rule.alternatives if not one.isalnum()]
    assert [p.pattern for p in patterns if not any(p.search(text) for text in rule.yes)] == []


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
