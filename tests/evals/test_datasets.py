"""The question sets: well formed, true to the corpus, and not taken from what the index holds."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bundled import HELD

from assistant.answer import REASONS
from evals.questions.case import DatasetError, Gold
from evals.questions.cases import bundled_set, load_cases
from evals.questions.kinds import NAMES
from evals.questions.labels import Labels
from evals.questions.near import near_cases, near_likely_questions
from evals.questions.things import load_things
from law.regulation import Regulation
from law.text.script import plain, to_traditional

SETS = [bundled_set("dev"), bundled_set("test")]
FOLDER = SETS[0].parent
WHOLE = [
    bundled_set(name)
    for name in ("whole_dev", "whole_test", "whole_fresh", "parts_fresh", "halves", "messages", "messages_fresh")
]
OTHER = (FOLDER / "other_cities.jsonl", FOLDER / "other_cities_fresh.jsonl")
KEYS = {
    "id", "kind", "question", "history", "cities", "gold", "also_ok", "must_contain", "must_not_contain", "unstated",
    "unstated_asked", "refuse", "reason", "note",
}  # fmt: skip
BY_CITY: dict[str, Regulation] = {r.city.removesuffix("市"): r for r in HELD}
LABELS = Labels(BY_CITY.values())
CASES = load_cases(SETS)
#: What the datasheet promises at least of each kind, over both sets.
KINDS = {
    "fact_law": 15, "fact_everyday": 80, "no_city": 15, "lookup": 15, "number": 15, "traditional": 15, "typo": 15,
    "compare2": 15, "compare3": 15, "followup": 15, "status": 15, "absent": 15, "other_city": 15, "off_topic": 15,
    "false_premise": 15, "injection": 15,
}  # fmt: skip


def rows(path: Path) -> Iterator[dict]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


@pytest.mark.parametrize("path", [*SETS, *WHOLE, *OTHER], ids=lambda p: p.stem)
def test_each_line_has_the_keys_and_types_of_a_case(path: Path) -> None:
    for row in rows(path):
        assert row.keys() <= KEYS, row["id"]
        assert row.keys() >= {"id", "kind", "question"}, row["id"]
        assert row["question"].strip() == row["question"] != ""
        assert type(row.get("refuse", False)) is bool
        for key in ("history", "cities", "gold", "also_ok", "must_contain", "must_not_contain"):
            assert isinstance(row.get(key, []), list), (row["id"], key)
        for turn in row.get("history", []):
            assert turn.keys() == {"role", "content"}
            assert turn["role"] in ("user", "assistant")
        for gold in (*row.get("gold", []), *row.get("also_ok", [])):
            assert {"city", "article"} <= gold.keys() <= {"city", "article", "heading"}
            assert type(gold["article"]) is int


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(c.kind for c in CASES)
    assert len(CASES) >= 320
    assert {k: (kinds[k], n) for k, n in KINDS.items() if kinds[k] < n} == {}
    assert {c.reason for c in CASES if c.refuse} >= {
        "city_not_in_corpus", "no_such_article", "off_topic", "not_stated",
    }  # fmt: skip
    assert set(KINDS) <= set(kinds) <= set(NAMES)
    turns = {sum(t["role"] == "user" for t in c.history) for c in CASES if c.kind == "followup"}
    assert {1, 2} <= turns <= {1, 2, 3, 4}


def test_every_article_is_gold_somewhere() -> None:
    gold = {a.id for c in CASES for g in c.gold for a in LABELS.articles(g)}
    assert [a.id for r in BY_CITY.values() for a in r.numbered if a.id not in gold] == []


def test_dev_and_test_share_no_question() -> None:
    dev, test = (load_cases([path]) for path in SETS)
    assert len(test) >= 150
    asked = [{(plain(c.question), str(c.history)) for c in cases} for cases in (dev, test)]
    assert asked[0] & asked[1] == set()
    assert near_cases(test, dev, list(BY_CITY.values())) == []


def test_what_messages_ask_stands_in_them_and_of_an_article_that_is_there() -> None:
    messages = {c.id: c for c in load_cases([bundled_set("messages")])}
    for id_, things in load_things().items():
        assert all(t.said in messages[id_].question for t in things), id_
        assert all(LABELS.articles(Gold(t.city, t.article)) for t in things), id_
        assert all(t.stated for t in things) == (not messages[id_].unstated), id_


def test_no_message_that_is_learnt_from_nearly_stands_in_a_set_that_measures() -> None:
    names = ("test", "whole_test", "whole_fresh", "parts_fresh", "halves", "messages_fresh", "silent_fresh")
    measuring = load_cases([bundled_set(name) for name in names])
    assert near_cases(load_cases([bundled_set("messages")]), measuring, list(BY_CITY.values())) == []


def test_ids_and_questions_are_unique() -> None:
    every = [*CASES, *load_cases(OTHER)]
    assert len({c.id for c in every}) == len(every)
    asked = [(plain(c.question), str(c.history), c.cities) for c in every]
    assert len(set(asked)) == len(asked)
    off_topic = [r["question"] for r in rows(FOLDER / "off_topic.jsonl")]
    assert len(set(off_topic)) == len(off_topic) >= 100


def test_a_case_is_either_answered_or_refused_with_a_reason() -> None:
    for case in CASES:
        assert case.refuse != bool(case.gold), case.id
        assert (case.reason in REASONS) == case.refuse, case.id
        assert case.refuse or not case.reason, case.id


def test_no_label_is_wrong() -> None:
    """Gold is held, what must be said stands in it, nothing must be said and not said."""
    assert {c.id: f for c in CASES if (f := LABELS.faults(c))} == {}


def test_no_label_of_the_questions_that_want_more_than_one_article_is_wrong() -> None:
    cases = load_cases(WHOLE)
    assert {c.id: f for c in cases if (f := LABELS.faults(c))} == {}
    assert {c.kind for c in cases} <= set(NAMES)
    assert all(c.unstated for c in cases if c.kind == "half_stated")


def test_a_planted_wrong_label_does_not_pass() -> None:
    case = next(c for c in CASES if c.gold and c.must_contain)
    for planted in ({"gold": (Gold("武汉", 99),)}, {"must_contain": ("给予一亿元奖励",)}, {"refuse": True}):
        assert LABELS.faults(replace(case, **planted))


def test_an_article_number_that_repeats_is_told_apart_by_its_heading() -> None:
    vague = [c.id for c in CASES for g in c.gold if len(LABELS.articles(g)) > 1 and c.kind != "lookup"]
    assert vague == []


def test_no_question_is_one_that_the_index_holds() -> None:
    likely = {plain(q.text) for r in BY_CITY.values() for q in r.questions}
    assert len(likely) > 500
    taken = [c.id for c in CASES if plain(c.question) in likely]
    taken += [r["question"] for r in rows(FOLDER / "off_topic.jsonl") if plain(r["question"]) in likely]
    assert taken == []


@pytest.mark.slow
def test_no_question_is_near_one_that_the_index_holds() -> None:
    near = near_likely_questions(CASES, list(BY_CITY.values()))
    assert [(p.case.id, p.case.question, p.other, round(p.likeness, 2)) for p in near] == []


def test_nearness_sees_through_names_marks_and_script_and_not_too_far() -> None:
    regulations = [replace(r, questions=r.questions[:1]) for r in BY_CITY.values()]
    case = replace(CASES[0], kind="fact_law")
    likely = regulations[0].questions[0].text
    for same in (likely, f"请问{likely}", f"武漢市{to_traditional(likely)}！！", f"{likely}呢"):
        assert near_likely_questions([replace(case, question=same)], regulations), same
    assert near_likely_questions([replace(case, question="今年的预算从哪里来")], regulations) == []
    assert near_likely_questions([replace(case, question=likely, kind="lookup")], regulations) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "空"),
        ("\n\n", "空"),
        ("not json\n", "第 1 行"),
        ('{"id": "1", "question": "x"}\n{"id": "2"}\n', "第 2 行"),
        ("[1]\n", "第 1 行"),
        ('{"id": "1", "question": "x", "gold": [{"city": "武汉"}]}\n', "第 1 行"),
        ('{"id": "1", "question": "x", "gold": [58]}\n', "第 1 行"),
    ],
)
def test_a_malformed_set_is_named_with_its_line(text: str, word: str, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(DatasetError, match=word):
        load_cases([path])


def test_a_set_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "missing.jsonl", tmp_path / "latin.jsonl", tmp_path):
        with pytest.raises(DatasetError, match=path.name):
            load_cases([path])


def test_a_set_with_a_mark_before_it_and_city_names_in_full_is_read(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('\ufeff{"id": 1, "question": "x", "gold": [{"city": "武汉市", "article": "58"}]}\n', "utf-8")
    (case,) = load_cases([path])
    assert (case.id, case.gold) == ("1", (Gold("武汉", 58),))


def test_the_datasheet_counts_what_is_there() -> None:
    said = (FOLDER / "README.md").read_text("utf-8")
    for path in FOLDER.glob("*.jsonl"):
        assert f"`{path.name}`" in said, path.name
    for path in (*SETS, *OTHER, FOLDER / "off_topic.jsonl"):
        assert f"| `{path.name}` | {len(list(rows(path)))} |" in said, path.name
    dev, test = (Counter(c.kind for c in load_cases([path])) for path in SETS)
    table = {}
    for line in said.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].startswith("`") and cells[2][:1].isdigit():
            kinds = [k.strip(" `") for k in cells[0].split(",")]
            counts = ([int(n) for n in cell.split(",")] for cell in cells[2:])
            table |= dict(zip(kinds, zip(*counts, strict=True), strict=True))
    assert table == {k: (dev[k], test[k]) for k in dev | test}


@pytest.mark.parametrize("path", OTHER, ids=lambda p: p.stem)
def test_each_part_of_the_other_cities_says_which_texts_it_asks_of(path: Path) -> None:
    listed = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    parts = {c.id.partition("-")[0] for c in load_cases([path])}
    assert parts == set(listed)
    assert all(part["texts"] for part in listed.values())


def test_what_is_only_measured_asks_of_other_texts_than_what_is_fitted_on() -> None:
    listed = [tomllib.loads(path.with_suffix(".toml").read_text("utf-8")).values() for path in OTHER]
    fitted, fresh = ({text for part in parts for text in part["texts"]} for parts in listed)
    assert fitted & fresh == set()
