"""`fatiao eval`: what it prints and writes, and its exit codes: 0 held, 100 below a bar, 1 error."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

ROWS = [
    {"id": "1", "kind": "lookup", "question": "武汉第58条", "gold": [{"city": "武汉", "article": 58}]},
    {"id": "2", "kind": "missing", "question": "武汉第32条", "refuse": True, "reason": "no_such_article"},
]
WRONG = {"id": "3", "kind": "lookup", "question": "常州第二十条", "gold": [{"city": "武汉", "article": 58}]}


@pytest.fixture(autouse=True)
def _on_the_real_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(index))


@pytest.fixture
def dataset(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: dict) -> Path:
        path = tmp_path / "set.jsonl"
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
        return path

    return write


def test_it_prints_figures_and_writes_a_report(fatiao: Callable, dataset: Callable, tmp_path: Path) -> None:
    ran = fatiao("eval", "--dataset", dataset(*ROWS), "--report", tmp_path / "report")
    assert ran.code == 0
    for word in ("nDCG@10", "引用召回", "编造条文", "95% 区间", "lookup", "report.html"):
        assert word in ran.out
    assert {p.name for p in (tmp_path / "report").iterdir()} == {"report.html", "report.json", "junit.xml"}
    (tmp_path / "file").write_text("", "utf-8")
    ran = fatiao("eval", "--dataset", dataset(*ROWS), "--report", tmp_path / "file")
    assert ran.code == 1
    assert ran.err.startswith("错误：")


def test_a_wrong_label_on_the_right_article_shows_as_a_failed_case(
    fatiao: Callable, dataset: Callable, tmp_path: Path
) -> None:
    """A label that names a real but wrong article cannot be told from a wrong answer: it is shown with both."""
    ran = fatiao("eval", "--dataset", dataset(*ROWS, WRONG), "--report", tmp_path)
    assert ran.code == 0  # no bar of one's own for one's own set
    said = json.loads((tmp_path / "report.json").read_text("utf-8"))
    (bad,) = [c for c in said["cases"] if c["failed"]]
    assert bad["expected"]["gold"] == ["武汉58"]
    assert bad["got"]["cited"][0].startswith("常州20")


def test_below_a_bar_it_exits_100(fatiao: Callable, dataset: Callable, tmp_path: Path) -> None:
    bars = tmp_path / "bars.toml"
    bars.write_text("[any.all]\ncited = 0.9\n[any.lookup]\nrecall_5 = 0.4\n", "utf-8")
    assert fatiao("eval", "--dataset", dataset(*ROWS), "--bars", bars).code == 0
    ran = fatiao("eval", "--dataset", dataset(*ROWS, WRONG), "--bars", bars)
    assert ran.code == 100
    assert "未达：全部 引用召回 0.500" in ran.out
    assert "R@5" not in ran.out.partition("未达：")[2]


def test_against_a_baseline(fatiao: Callable, dataset: Callable, tmp_path: Path) -> None:
    fatiao("eval", "--dataset", dataset(*ROWS, WRONG), "--report", tmp_path / "before")
    ran = fatiao("eval", "--dataset", dataset(*ROWS, WRONG), "--baseline", tmp_path / "before")
    assert ran.code == 0
    assert "与基线比" in ran.out
    assert "变差 3" not in ran.out
    report = tmp_path / "before" / "report.json"
    said = json.loads(report.read_text("utf-8"))
    said["cases"][2]["values"]["cited"] = 1.0
    report.write_text(json.dumps(said), "utf-8")
    ran = fatiao("eval", "--dataset", dataset(*ROWS, WRONG), "--baseline", report)
    assert "变差 3 常州第二十条：引用召回 1 → 0" in ran.out
    assert ran.code == 0  # one case proves nothing


def test_a_sure_loss_against_the_baseline_exits_100(fatiao: Callable, dataset: Callable, tmp_path: Path) -> None:
    rows = [WRONG | {"id": str(n), "question": f"常州第{n}条"} for n in range(1, 8)]
    fatiao("eval", "--dataset", dataset(*rows), "--report", tmp_path / "before")
    report = tmp_path / "before" / "report.json"
    said = json.loads(report.read_text("utf-8"))
    for case in said["cases"]:
        case["values"]["cited"] = 1.0
    report.write_text(json.dumps(said), "utf-8")
    assert fatiao("eval", "--dataset", dataset(*rows), "--baseline", report).code == 100


def test_a_case_that_is_not_answered_exits_1_and_the_rest_is_scored(
    fatiao: Callable, dataset: Callable, tmp_path: Path
) -> None:
    long = {"id": "4", "kind": "lookup", "question": "长" * 100_000, "gold": [{"city": "武汉", "article": 58}]}
    ran = fatiao("eval", "--dataset", dataset(*ROWS, long), "--report", tmp_path)
    assert ran.code == 1
    assert "没有答成的题：1" in ran.out
    assert "引用召回" in ran.out
    assert 'errors="1"' in (tmp_path / "junit.xml").read_text("utf-8")


def test_a_table_of_two_columns_is_enough(fatiao: Callable, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("问题,应引条文\n武汉第58条,武汉58\n", "utf-8-sig")
    assert fatiao("eval", "--dataset", tmp_path / "mine.csv").code == 0
    (tmp_path / "mine.csv").write_text("问题,应引条文\n武汉第58条,五十八页\n", "utf-8-sig")
    ran = fatiao("eval", "--dataset", tmp_path / "mine.csv")
    assert (ran.code, ran.out) == (1, "")
    assert "第 2 行" in ran.err
    assert "「五十八页」" in ran.err


@pytest.mark.slow
def test_what_each_mechanism_adds(fatiao: Callable, dataset: Callable, tmp_path: Path) -> None:
    everyday = {
        "id": "5",
        "kind": "fact_everyday",
        "question": "武汉买保险政府补钱不",
        "gold": [{"city": "武汉", "article": 58}],
    }
    ran = fatiao("eval", "--dataset", dataset(ROWS[0], everyday), "--ablate", "--report", tmp_path)
    steps = json.loads((tmp_path / "report.json").read_text("utf-8"))["ablation"]
    assert len(steps) == 12
    assert steps[-1]["reached"]["R@5"]["value"] == 1.0
    assert steps[-1]["reached"]["引用召回"]["n"] == 2
    assert {s["reached"]["口语 R@5"]["n"] for s in steps} == {1}
    assert {"＋ 问句映射", "整个助手，有疑也引"} <= {s["name"] for s in steps}
    assert steps[0]["name"] in ran.out
    assert steps[0]["reached"]["R@1"]["value"] < 1  # a split of 500 characters knows no article number
