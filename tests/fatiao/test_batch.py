"""`fatiao batch`: one answer a line, whatever the other lines are."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = {"id": "g", "question": "武汉第58条", "history": [], "cities": []}


@pytest.fixture(autouse=True)
def _on_the_real_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(index))


@pytest.fixture
def batch(fatiao: Callable, tmp_path: Path) -> Callable:
    def run(*lines: object) -> list[dict]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        text = "\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
        source.write_text(text, "utf-8")
        ran = fatiao("batch", source, target)
        assert ran.code == 0
        assert ran.out == ""
        rows = [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]
        assert f"出错 {sum('error' in r for r in rows)} 行" in ran.err
        return rows

    return run


def test_each_line_has_its_answer_in_order(batch: Callable) -> None:
    rows = batch(
        GOOD, "", {"id": 7, "question": "武汉第32条"}, {"question": "科技保险", "cities": ["洛阳"]},
        {"id": "f", "question": "第二款呢", "history": [{"role": "user", "content": "武汉第58条"}]},
    )  # fmt: skip
    assert [r["id"] for r in rows][:2] == ["g", 7]
    assert [c["article"] for c in rows[0]["citations"]] == [58, 58]
    assert (rows[1]["refused"], rows[1]["reason"]) == (True, "no_such_article")
    assert {h["city"] for h in rows[2]["hits"]} == {"洛阳市"}
    assert [(c["article"], c["paragraph"]) for c in rows[3]["citations"]] == [(58, 2)]
    keys = {"id", "question", "text", "refused", "reason", "citations", "hits", "notices", "model", "seconds", "tokens"}
    assert all(r.keys() >= keys for r in rows)


BAD = {
    "not json": "武汉第58条",
    "half json": '{"id": "b", "question": ',
    "a list": "[1, 2]",
    "a number": "5",
    "deep": "[" * 100_000,
    "no question": {"id": "b"},
    "empty question": {"id": "b", "question": " "},
    "question of another type": {"id": "b", "question": 58},
    "endless question": {"id": "b", "question": "武" * 100_000},
    "history of another type": {"id": "b", "question": "x", "history": 5},
    "malformed history": {"id": "b", "question": "x", "history": [{"role": "user"}]},
    "cities of another type": {"id": "b", "question": "x", "cities": 5},
    "unknown city": {"id": "b", "question": "x", "cities": ["上海"]},
}


def test_a_bad_line_carries_its_error_and_the_run_goes_on(batch: Callable) -> None:
    lines: list[object] = []
    for bad in BAD.values():
        lines += [bad, GOOD]
    rows = batch(*lines)
    assert len(rows) == 2 * len(BAD)
    for name, row in zip(BAD, rows[::2], strict=True):
        assert row.keys() == {"id", "error"}, name
        assert row["error"], name
        assert row["id"] == (BAD[name]["id"] if isinstance(BAD[name], dict) else None), name
    assert all(r["id"] == "g" and r["citations"] for r in rows[1::2])


def test_a_line_separator_inside_a_string_does_not_cut_the_line(batch: Callable) -> None:
    (row,) = batch('{"id": "u", "question": "武汉\u2028第58条\x85"}')
    assert [c["article"] for c in row["citations"]] == [58, 58]


def test_half_characters_do_not_stop_the_run(batch: Callable) -> None:
    first, second = batch('{"id": "\\ud800", "question": "武汉第58条\\ud800"}', GOOD)
    assert (first["id"], second["id"]) == ("\ud800", "g")
    assert first["citations"] == second["citations"]


def test_a_file_from_windows_is_read(fatiao: Callable, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes("\ufeff".encode() + (json.dumps(GOOD) + "\r\n").encode() * 2)
    assert fatiao("batch", tmp_path / "in.jsonl", tmp_path / "out.jsonl").code == 0
    assert (tmp_path / "out.jsonl").read_text("utf-8").count("\n") == 2


def test_files_that_cannot_be_used_are_named(fatiao: Callable, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(GOOD), "utf-8")
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b"\xff\xfe\x00")
    for arguments, word in (
        ((tmp_path / "missing", tmp_path / "out"), "missing"),
        ((latin, tmp_path / "out"), "UTF-8"),
        ((tmp_path, tmp_path / "out"), str(tmp_path)),
        ((source, tmp_path / "nowhere" / "out"), "nowhere"),
        ((source, tmp_path), "写不进"),
        ((source, "/dev/full"), "/dev/full"),
        ((source, source), "既是输入又是输出"),
    ):
        ran = fatiao("batch", *arguments)
        assert (ran.code, ran.err[:3]) == (1, "错误：")
        assert word in ran.err
    assert json.loads(source.read_text("utf-8")) == GOOD


def test_a_line_that_nobody_foresaw_has_its_error_and_the_next_is_answered(
    batch: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant import Assistant

    real = Assistant.ask

    def ask(self: Assistant, question: str, **more: object) -> object:
        return {}["nothing"] if question == "跌倒" else real(self, question, **more)

    monkeypatch.setattr(Assistant, "ask", ask)
    bad, odd, good = batch({"id": 1, "question": "跌倒"}, {"id": 2, "question": "武汉第二十〇条"}, GOOD)
    assert bad["id"] == 1
    assert "KeyError" in bad["error"]
    assert (odd["refused"], odd["citations"]) == (True, [])
    assert good["citations"]
