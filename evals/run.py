"""`fatiao eval`: run question sets through the public assistant and say what came of it."""

import hashlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.ablate import AblationStep, ablate, print_steps
from evals.evaluation import evaluate
from evals.questions.case import DatasetError
from evals.questions.cases import bundled_set, load_cases
from evals.reporting.printing import print_bars, print_figures
from evals.reporting.report import write_report
from evals.scores.bars import ANY, BARS, check, load_bars
from evals.scores.compare import compare, print_comparison
from evals.scores.confirmed import print_curve, risk_coverage
from evals.scores.judge import judge, model_of
from evals.scores.results import as_dict, load_result

if TYPE_CHECKING:
    from assistant import Assistant

#: Exit codes beside 0.
ERROR, BELOW = 1, 100


def run_evaluation(
    helper: "Assistant",
    datasets: Sequence[Path] = (),
    *,
    report: Path | None = None,
    baseline: Path | None = None,
    with_steps: bool = False,
    with_judge: bool = False,
    bars: Path = BARS,
) -> int:
    """Print the figures and, with `report`, write every case there. Returns the exit code.

    0: every bar is held; 100: one is not, or a figure is surely worse than the baseline's; 1: a case could not
    be answered at all. Raises DatasetError, OSError, and what the assistant raises before the first question.
    """
    paths = [find_set(p) for p in datasets] or [bundled_set("test")]
    cases = load_cases(paths)
    musts = load_bars(_bars_of(helper, paths), bars)
    before = load_result(baseline) if baseline else None
    model = model_of(helper) if with_judge else None
    result = evaluate(helper, cases, about=_about(helper, paths))
    agreement: tuple[str, ...] = ()
    if model:
        result, agreement = judge(result, model, helper.regulations())
    print_figures(result)
    sys.stdout.write("".join(f"{line}\n" for line in agreement))
    print_curve(risk_coverage(result.scores))
    held = check(result.figures, musts)
    comparison = compare(before, as_dict(result)) if before else None
    if comparison and not comparison.figures:
        raise DatasetError(f"与「{baseline}」没有一道共同的题，无从比较：它是另一个题集的结果。")
    if comparison:
        print_comparison(comparison)
    steps: list[AblationStep] = ablate(helper, cases) if with_steps else []
    print_steps(steps)
    print_bars(held)
    if report:
        write_report(report, result, held, comparison, steps, agreement)
        sys.stdout.write(f"报告：{report / 'report.html'}\n")
    elif failed := sum(s.failed for s in result.scores):
        sys.stdout.write(f"有问题的题：{failed}；加 --report DIR 写出每一题的问、应答、实引和原因\n")
    if result.errors:
        sys.stdout.write(f"没有答成的题：{len(result.errors)}\n")
        return ERROR
    if not any(not s.unscored for s in result.scores):
        sys.stdout.write("一题也没有评：题集里的每一题都有误，没有量出任何结果。请按上面的原因改正标注。\n")
        return ERROR
    lost = comparison.lost if comparison else ()
    return BELOW if lost or not all(b.ok for b in held) else 0


def find_set(path: Path) -> Path:
    """A file, or the name of a bundled set: dev, test."""
    named = bundled_set(path.name)
    return named if not path.exists() and path.name == str(path) and named.exists() else path


def _bars_of(helper: "Assistant", paths: Sequence[Path]) -> str:
    """The section of the bars: that of a bundled set run by itself, with or without likely questions."""
    name = paths[0].stem
    if len(paths) > 1 or paths[0].resolve() != bundled_set(name).resolve():
        return ANY
    return name if helper.settings.likely_questions else f"{name}_without_likely_questions"


def _about(helper: "Assistant", paths: Sequence[Path]) -> dict[str, Any]:
    manifest = helper.library().manifest
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "datasets": [{"name": p.name, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in paths],
        "writer": helper.settings.model or "offline",
        "index": {"model": manifest.model, "fingerprint": manifest.fingerprint},
        "regulations": [f"{r.place}《{r.title}》" for r in helper.regulations()],
    }
