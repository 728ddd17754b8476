"""Run a question set through the public assistant and print what came of it, by kind."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import Answer, Article
from evals.cases import Case, bundled_set, load_cases
from evals.scoring import Score, score

if TYPE_CHECKING:
    from assistant import Assistant

Ask = Callable[..., Answer]
COLUMNS = {
    "R@1": "recall_1", "R@5": "recall_5", "R@10": "recall_10", "引用召回": "cited", "引用准确": "right",
    "事实": "facts", "引款准确": "to_the_point", "应拒已拒": "refused", "理由对": "reason", "误拒": "wrongly_refused",
}  # fmt: skip


def evaluate(cases: Sequence[Case], ask: Ask, articles: dict[str, Article]) -> list[Score]:
    """Score any callable `ask(question, history=…, cities=…) -> Answer` on cases."""
    return [score(c, ask(c.question, history=list(c.history), cities=list(c.cities) or None), articles) for c in cases]


def run_evaluation(helper: "Assistant", datasets: Sequence[Path], report: Path | None) -> int:
    """Print the table of scores and, with `report`, write every case there. Returns the exit code."""
    cases = load_cases(datasets or [bundled_set("test")])
    articles = {a.id: a for r in helper.regulations() for a in r.articles}
    scores = evaluate(cases, helper.ask, articles)
    _print_table(scores)
    if report:
        report.mkdir(parents=True, exist_ok=True)
        target = report / "scores.jsonl"
        target.write_text("".join(json.dumps(_row(s), ensure_ascii=False) + "\n" for s in scores), "utf-8")
        sys.stdout.write(f"逐题结果：{target}\n")
    return 0


def summary(scores: Sequence[Score]) -> dict[str, tuple[float, int]]:
    """Mean and number of scored cases for each column; None scores are left out."""
    result: dict[str, tuple[float, int]] = {}
    for name, field in COLUMNS.items():
        values = [v for s in scores if (v := getattr(s, field)) is not None]
        if values:
            result[name] = (sum(values) / len(values), len(values))
    return result


def _print_table(scores: Sequence[Score]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 150)
    table = Table("题型", "n", *COLUMNS)
    kinds = list(dict.fromkeys(s.case.kind for s in scores))
    for kind in [*kinds, ""]:
        mine = [s for s in scores if s.case.kind == kind or not kind]
        means = summary(mine)
        cells = [f"{means[c][0]:.3f}" if c in means else "—" for c in COLUMNS]
        table.add_row(kind or "全部", str(len(mine)), *cells)
    console.print(table)
    console.print(
        f"编造的条文 {sum(s.invented for s in scores)}；与原文不符的引文 {sum(s.unfaithful for s in scores)}；"
        f"说了不该说的 {sum(s.forbidden for s in scores)}；"
        f"用时中位数 {sorted(s.answer.seconds for s in scores)[len(scores) // 2] * 1000:.0f} 毫秒"
    )


def _row(one: Score) -> dict[str, Any]:
    said = asdict(one)
    answer = said.pop("answer")
    said["answer"] = {k: answer[k] for k in ("text", "refused", "reason", "standalone", "seconds")}
    said["answer"]["cited"] = [f"{c['id']}#{c['paragraph']}" for c in answer["citations"]]
    said["answer"]["hits"] = [f"{h['id']} {h['score']}" for h in answer["hits"]]
    return said
