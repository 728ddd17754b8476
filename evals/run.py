"""`fatiao eval`: run question sets through the public assistant and say what came of it."""

import hashlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.bars import ANY, check, load_bars
from evals.cases import bundled_set, load_cases
from evals.evaluation import evaluate
from evals.printing import print_bars, print_figures

if TYPE_CHECKING:
    from assistant import Assistant

#: Exit codes beside 0.
ERROR, BELOW = 1, 100


def run_evaluation(
    helper: "Assistant", datasets: Sequence[Path] = (), *, report: Path | None = None, baseline: Path | None = None,
    ablate: bool = False,
) -> int:  # fmt: skip
    """Print the figures and, with `report`, write every case there. Returns the exit code.

    0: every bar is held; 100: one is not; 1: a case could not be answered at all.
    """
    paths = [find_set(p) for p in datasets] or [bundled_set("test")]
    cases = load_cases(paths)
    bars = load_bars(paths[0].stem if len(paths) == 1 and paths[0] == bundled_set(paths[0].stem) else ANY)
    result = evaluate(helper, cases, about=_about(helper, paths))
    print_figures(result)
    held = check(result.figures, bars)
    print_bars(held)
    if result.errors:
        sys.stdout.write(f"没有答成的题：{len(result.errors)}\n")
        return ERROR
    return 0 if all(b.ok for b in held) else BELOW


def find_set(path: Path) -> Path:
    """A file, or the name of a bundled set: dev, test."""
    named = bundled_set(path.name)
    return named if not path.exists() and path.name == str(path) and named.exists() else path


def _about(helper: "Assistant", paths: Sequence[Path]) -> dict[str, Any]:
    manifest = helper.library().manifest
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "datasets": [{"name": p.name, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in paths],
        "index": {"model": manifest.model, "fingerprint": manifest.fingerprint},
        "regulations": [f"{r.place}《{r.title}》" for r in helper.regulations()],
    }
