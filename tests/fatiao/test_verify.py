"""`fatiao verify`: one verdict a line, whatever the other lines are."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = {"id": "g", "sentence": "常州规定份额不低于七成。", "articles": ["changzhou/20"]}


@pytest.fixture(autouse=True)
def _on_the_real_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(index))


@pytest.fixture
def verify(fatiao: Callable, tmp_path: Path) -> Callable:
    def run(*lines: object) -> list[dict]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        text = "\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
        source.write_text(text, "utf-8")
        ran = fatiao("verify", source, target)
        assert (ran.code, ran.out) == (0, "")
        return [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]

    return run


def test_each_sentence_has_its_verdict_in_order(verify: Callable) -> None:
    rows = verify(
        GOOD, "", {**GOOD, "id": 2, "sentence": "常州规定份额不超过七成。"}, {"sentence": "下面分别说明。"},
        {"id": "t", "sentence": "洛陽對本市註冊的科技型企業按保費總額的一定比例給予補助。", "articles": ["luoyang/39"]},
    )  # fmt: skip
    assert [(r["id"], r["supported"]) for r in rows] == [("g", True), (2, False), (None, True), ("t", True)]
    assert all(r.keys() == {"id", "supported", "reasons"} for r in rows)
    assert "「七成」" in rows[1]["reasons"][0]
    assert rows[0]["reasons"] == []


def test_a_number_that_repeats_names_every_article_of_it(verify: Callable) -> None:
    sentence = "武汉支持园区主办或承办各类论坛会议。"
    rows = verify(*({"id": i, "sentence": sentence, "articles": [i]} for i in ("wuhan/55", "wuhan/55-2")))
    assert [r["supported"] for r in rows] == [True, False]


BAD: dict[str, object] = {
    "not json": "常州",
    "a list": "[1, 2]",
    "deep": "[" * 100_000,
    "no sentence": {"id": "b", "articles": ["changzhou/20"]},
    "empty sentence": {"id": "b", "sentence": " ", "articles": ["changzhou/20"]},
    "sentence of another type": {"id": "b", "sentence": 5, "articles": []},
    "articles of another type": {"id": "b", "sentence": "x", "articles": "changzhou/20"},
    "an id of another type": {"id": "b", "sentence": "x", "articles": [20]},
    "unknown article": {"id": "b", "sentence": "x", "articles": ["changzhou/999"]},
    "unknown regulation": {"id": "b", "sentence": "x", "articles": ["shanghai/1"]},
}


def test_a_bad_line_carries_its_error_and_the_run_goes_on(verify: Callable) -> None:
    lines: list[object] = []
    for bad in BAD.values():
        lines += [bad, GOOD]
    rows = verify(*lines)
    for name, row in zip(BAD, rows[::2], strict=True):
        assert row.keys() == {"id", "error"}, name
        assert row["error"], name
    assert all(r["supported"] for r in rows[1::2])


def test_half_characters_do_not_stop_the_run(verify: Callable) -> None:
    rows = verify('{"id": "\\ud800", "sentence": "常州\\ud800", "articles": ["changzhou/20"]}', GOOD)
    assert [r["id"] for r in rows] == ["\ud800", "g"]


def test_a_file_that_cannot_be_read_is_named(fatiao: Callable, tmp_path: Path) -> None:
    ran = fatiao("verify", tmp_path / "missing", tmp_path / "out")
    assert (ran.code, ran.err[:3]) == (1, "错误：")


def test_what_is_called_unstated_is_looked_for_by_its_meaning(verify: Callable) -> None:
    rows = verify(
        {"id": "w", "sentence": "对拒不共享仪器的后果，洛阳条例没有规定。", "articles": ["luoyang/22"]},
        {"id": "r", "sentence": "委员的人数和任期，常州条例没有规定。", "articles": ["changzhou/7"]},
    )
    assert [r["supported"] for r in rows] == [False, True]
