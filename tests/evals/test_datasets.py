"""The question sets: well formed, true to the corpus, and not taken from what the index holds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import REASONS
from evals.cases import Case, DatasetError, Gold, bundled_set, load_cases
from vectorstore.corpus import load_corpus
from vectorstore.numerals import printed_date
from vectorstore.regulation import Article, Regulation
from vectorstore.script import plain

SETS = [bundled_set("dev"), bundled_set("test")]
FOLDER = SETS[0].parent
KEYS = {
    "id", "kind", "question", "history", "cities", "gold", "also_ok", "must_contain", "must_not_contain", "refuse",
    "reason", "note",
}  # fmt: skip
HELD: dict[str, Regulation] = {r.city.removesuffix("市"): r for r in load_corpus()}
CASES = load_cases(SETS)


def rows(path: Path) -> Iterator[dict]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def articles(gold: Gold) -> list[Article]:
    regulation = HELD.get(gold.city)
    found = regulation.find(gold.article) if regulation else ()
    return [a for a in found if gold.heading in ("", a.heading) or not gold.article]


def sayable(case: Case) -> str:
    """What an answer to the case may say: its gold articles, and the dates that are declared."""
    parts: list[str] = []
    for gold in (*case.gold, *case.also_ok):
        parts += [a.text + a.heading + a.label for a in articles(gold)]
        for day in HELD[gold.city].dates.values():
            parts += [printed_date(d) for d in ([day] if isinstance(day, str) else day or [])]
    return plain("\n".join(parts))


@pytest.mark.parametrize("path", [*SETS, FOLDER / "other_cities.jsonl"], ids=lambda p: p.stem)
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
    assert len(CASES) >= 40
    kinds = {c.kind for c in CASES}
    assert {"lookup", "compare2", "compare3", "followup", "traditional", "status", "off_topic", "other_city"} <= kinds
    assert {c.reason for c in CASES if c.refuse} >= {
        "city_not_in_corpus", "no_such_article", "off_topic", "not_stated",
    }  # fmt: skip
    cited = {g.city for c in CASES for g in c.gold}
    assert cited == set(HELD)


def test_ids_and_questions_are_unique() -> None:
    every = [*CASES, *load_cases([FOLDER / "other_cities.jsonl"])]
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


def test_gold_articles_are_in_the_corpus() -> None:
    strange = [(c.id, g) for c in CASES for g in (*c.gold, *c.also_ok) if not articles(g)]
    assert strange == []


def test_an_article_number_that_repeats_is_told_apart_by_its_heading() -> None:
    vague = [c.id for c in CASES for g in c.gold if len(articles(g)) > 1 and c.kind != "lookup"]
    assert vague == []


def test_what_must_be_said_stands_in_a_gold_article() -> None:
    wrong = [(c.id, m) for c in CASES if not c.refuse for m in c.must_contain if plain(m) not in sayable(c)]
    assert wrong == []


def test_nothing_must_be_said_and_not_said() -> None:
    for case in CASES:
        for word in case.must_not_contain:
            assert not any(plain(word) in plain(m) for m in case.must_contain), case.id


def test_no_question_is_one_that_the_index_holds() -> None:
    likely = {plain(q.text) for r in HELD.values() for q in r.questions}
    assert len(likely) > 500
    taken = [c.id for c in CASES if plain(c.question) in likely]
    taken += [r["question"] for r in rows(FOLDER / "off_topic.jsonl") if plain(r["question"]) in likely]
    assert taken == []


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
