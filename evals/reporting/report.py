"""Write a run into a folder: report.html, report.json, junit.xml."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.ablate import AblationStep
from evals.evaluation import Evaluation
from evals.questions.case import DatasetError
from evals.reporting.html_page import page
from evals.reporting.junit import junit
from evals.scores.bars import BarResult
from evals.scores.compare import Comparison
from evals.scores.results import NAME, as_dict

BENCH = "bench.json"


def write_report(
    folder: Path,
    result: Evaluation,
    held: Sequence[BarResult] = (),
    comparison: Comparison | None = None,
    steps: Sequence[AblationStep] = (),
    agreement: Sequence[str] = (),
) -> None:
    """A `bench.json` that lies in the folder already is shown with it. Raises OSError, DatasetError."""
    folder.mkdir(parents=True, exist_ok=True)
    said = as_dict(result, held)
    said["ablation"] = [s.as_dict() for s in steps]
    said["comparison"] = comparison.as_dict() if comparison else None
    said["agreement"] = list(agreement)
    (folder / NAME).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8", errors="replace")
    (folder / "junit.xml").write_bytes(junit(result.scores))
    html = page(result, held, comparison, steps, _bench(folder / BENCH), agreement)
    (folder / "report.html").write_text(html, "utf-8", errors="replace")


def _bench(file: Path) -> Mapping[str, Any]:
    if not file.exists():
        return {}
    try:
        said: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise DatasetError(f"「{file}」不是 make bench 写下的（{error}），请删去它再试。") from error
    return said
