"""`fatiao feedback`: lists what users said, and turns it into evaluation questions."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Answer, Assistant, load_settings
from evals.questions.case import Gold
from evals.questions.cases import load_cases
from evals.scores.scoring import score
from records import Records

KEYS = {
    "id", "kind", "question", "history", "cities", "gold", "also_ok", "must_contain", "must_not_contain", "refuse",
    "reason", "unstated", "note",
}  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FATIAO_RETENTION_DAYS", "1")
    records = Records(load_settings().records_database)
    yield records
    records.close()


def talk(records: Records, helper: Assistant, *questions: str, user: str = "张三", cities: tuple = ()) -> int:
    conversation = records.start(user)
    for question in questions:
        history = records.conversation(conversation, user).history
        turn = records.asked(conversation, user, question, cities)
        records.answered(turn, helper.ask(question, history=history, cities=cities))
    return turn


def test_without_feedback_it_says_so(kept: Records, fatiao: Callable) -> None:
    ran = fatiao("feedback")
    assert (ran.code, ran.out, ran.err) == (0, "还没有反馈。\n", "")
    assert json.loads(fatiao("feedback", "--json").out) == []


def test_feedback_is_listed_newest_first(kept: Records, helper: Assistant, fatiao: Callable) -> None:
    kept.rate(talk(kept, helper, "武汉第58条"), "张三", True)
    kept.rate(talk(kept, helper, "常州条例第二十条"), "张三", False, "[bold]引错了[/bold]\x1b[31m")
    ran = fatiao("feedback")
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    assert ran.out.index("👎") < ran.out.index("👍")
    squeezed = "".join(line.replace("│", "").replace(" ", "") for line in ran.out.splitlines())
    for word in ("常州条例", "[bold]", "张三", "offline", "武汉第五十八"):
        assert word in squeezed
    said = json.loads(fatiao("feedback", "--json").out)
    assert [(f["id"], f["up"], f["question"]) for f in said] == [
        (2, False, "常州条例第二十条"),
        (1, True, "武汉第58条"),
    ]
    assert {c["id"] for c in said[1]["citations"]} == {"wuhan/58"}
    assert said[0]["reason"] == "[bold]引错了[/bold][31m"
    assert [f["id"] for f in json.loads(fatiao("feedback", "--json", "-n", "1").out)] == [2]


def test_a_thumb_up_becomes_a_question_that_scores(
    kept: Records, helper: Assistant, fatiao: Callable, tmp_path: Path
) -> None:
    kept.rate(talk(kept, helper, "武汉第58条", "换成常州第二十条呢", cities=("武汉", "常州")), "张三", True, "很准")
    target = tmp_path / "new.jsonl"
    ran = fatiao("feedback", "--to-case", "1", target)
    assert (ran.code, ran.out) == (0, "")
    assert "feedback-1" in ran.err
    row = json.loads(target.read_text("utf-8"))
    assert row.keys() == KEYS
    assert "张三" not in target.read_text("utf-8")  # a question set says nothing of who asked
    (case,) = load_cases([target])
    assert (case.question, case.cities, case.gold) == ("换成常州第二十条呢", ("武汉", "常州"), (Gold("常州", 20),))
    assert case.history[0] == {"role": "user", "content": "武汉第58条"}
    assert "很准" in case.note
    answer = helper.ask(case.question, history=case.history, cities=case.cities)
    marks = score(case, answer, {a.id: a for r in helper.regulations() for a in r.articles})
    assert (marks.cited, marks.right, marks.unfaithful) == (1.0, 1.0, 0)


def test_an_article_whose_number_repeats_is_told_apart(
    kept: Records, helper: Assistant, fatiao: Callable, tmp_path: Path
) -> None:
    kept.rate(talk(kept, helper, "武汉第55条"), "张三", True)
    fatiao("feedback", "--to-case", "1", tmp_path / "new.jsonl")
    (case,) = load_cases([tmp_path / "new.jsonl"])
    assert {(g.city, g.article) for g in case.gold} == {("武汉", 55)}
    assert len(case.gold) == 2


def test_a_thumb_down_leaves_the_gold_to_a_person(
    kept: Records, helper: Assistant, fatiao: Callable, tmp_path: Path
) -> None:
    kept.rate(talk(kept, helper, "武汉第58条"), "张三", False, "问的是第二款")
    target = tmp_path / "new.jsonl"
    ran = fatiao("feedback", "--to-case", "1", target)
    assert ran.code == 0
    assert "gold" in ran.err
    (case,) = load_cases([target])
    assert (case.gold, case.refuse) == ((), False)
    assert all(w in case.note for w in ("待补", "问的是第二款", "武汉第五十八条"))


def test_a_refusal_that_was_right(kept: Records, helper: Assistant, fatiao: Callable, tmp_path: Path) -> None:
    kept.rate(talk(kept, helper, "武汉第32条"), "张三", True)
    fatiao("feedback", "--to-case", "1", tmp_path / "new.jsonl")
    (case,) = load_cases([tmp_path / "new.jsonl"])
    assert (case.refuse, case.reason, case.gold) == (True, "no_such_article", ())


def test_cases_are_added_one_under_the_other_and_once(kept: Records, fatiao: Callable, tmp_path: Path) -> None:
    conversation = kept.start("甲")
    for question in ("一", "二"):
        turn = kept.asked(conversation, "甲", question)
        kept.answered(turn, Answer("", question, "答"))
        kept.rate(turn, "甲", False)
    target = tmp_path / "set.jsonl"
    target.write_text('{"id": "x", "question": "有的"}', "utf-8")  # without a line end
    assert fatiao("feedback", "--to-case", "2", target).code == 0
    assert fatiao("feedback", "--to-case", "1", target).code == 0
    assert [c.id for c in load_cases([target])] == ["x", "feedback-2", "feedback-1"]
    before = target.read_bytes()
    ran = fatiao("feedback", "--to-case", "1", target)
    assert ran.code == 1
    assert "feedback-1" in ran.err
    assert target.read_bytes() == before


def test_what_cannot_be_done_is_one_line(kept: Records, fatiao: Callable, tmp_path: Path) -> None:
    conversation = kept.start("甲")
    kept.rate(kept.asked(conversation, "甲", "一"), "甲", True)
    (tmp_path / "bad.jsonl").write_text("nonsense\n", "utf-8")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\n")
    for arguments, words in (
        (("99", tmp_path / "new.jsonl"), "「99」"),
        (("1", tmp_path), str(tmp_path)),
        (("1", tmp_path / "no" / "new.jsonl"), "new.jsonl"),
        (("1", tmp_path / "bad.jsonl"), "第 1 行"),
        (("1", tmp_path / "latin.jsonl"), "latin.jsonl"),
    ):
        ran = fatiao("feedback", "--to-case", *arguments)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("错误：")
        assert ran.err.count("\n") == 1
        assert words in ran.err
    assert (tmp_path / "bad.jsonl").read_text("utf-8") == "nonsense\n"
    for wrong in (("--to-case", "x", "y"), ("--to-case", "1"), ("-n", "0")):
        assert fatiao("feedback", *wrong).code == 2


def test_a_database_that_cannot_be_used_is_one_line(
    kept: Records, fatiao: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FATIAO_DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/x")
    ran = fatiao("feedback")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "FATIAO_DATABASE_URL" in ran.err
    assert "hunter2" not in ran.err
    monkeypatch.setenv("FATIAO_DATABASE_URL", "mysql://u:hunter2@h/x")
    ran = fatiao("feedback")
    assert ran.code == 1
    assert "hunter2" not in ran.err


def test_looking_at_feedback_deletes_nothing(kept: Records, fatiao: Callable, tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    old = Records(load_settings().records_database, clock=lambda: datetime.now(UTC) - timedelta(days=9))
    conversation = old.start("甲")
    old.rate(old.asked(conversation, "甲", "一"), "甲", True)
    old.close()
    for _ in range(2):
        assert len(json.loads(fatiao("feedback", "--json").out)) == 1
