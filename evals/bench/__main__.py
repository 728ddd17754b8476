"""`python -m evals.bench [--report DIR] [--samples DIR] [--quick]`: the table; exit 1 where a limit is not kept."""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant import Assistant
from evals.bench.asking import asking, searching, worst
from evals.bench.engine import Wish, engine
from evals.bench.growth import SIZES, GrowthPoint, as_dicts, growing
from evals.bench.indexing import indexing
from evals.bench.peer import peer
from evals.bench.processes import processes
from evals.bench.rows import BenchRow, say
from evals.questions.cases import bundled_set, load_cases
from evals.reporting.report import BENCH
from law.corpus import load_corpus

#: More regulations to make large corpora of, where they lie beside the checkout.
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and keep the result for the report."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="各项用时之比，附增长曲线的数据")
    parser.add_argument("--report", type=Path, help="把结果写到这个文件夹，fatiao eval --report 会画进报告")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="更多法规文本（.md）所在文件夹，用来造大语料")
    parser.add_argument("--quick", action="store_true", help="只量到 2,000 条，只编一部法规")
    parser.add_argument("--large", type=Path, help="大语料的索引放在这个文件夹，只做一次，以后接着用；不给就不量")
    parser.add_argument("--articles", type=int, default=20_000, help="大语料有多少条")
    chosen = parser.parse_args(arguments)
    with Assistant() as helper:
        helper.library()
        rows, points = measure(helper, chosen.samples, quick=chosen.quick)
        if chosen.large:
            wish = Wish(chosen.large, chosen.articles, chosen.samples)
            rows += [r for r in engine(wish, helper) if not math.isnan(r.value)]
    say(rows)
    if chosen.report:
        chosen.report.mkdir(parents=True, exist_ok=True)
        kept = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "rows": [r.as_dict() for r in rows],
            "growth": as_dicts(points),
        }
        (chosen.report / BENCH).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if all(r.ok for r in rows) else 1


def measure(
    helper: Assistant, samples: Path | None = None, *, quick: bool = False
) -> tuple[list[BenchRow], list[GrowthPoint]]:
    """Every row, and the points of the growth."""
    corpus = load_corpus()
    some = [replace(corpus[0], articles=corpus[0].articles[:10], questions=())] if quick else corpus
    rows = [
        *asking(helper),
        *worst(helper),
        *searching(helper),
        *indexing(helper.embeddings, some),
        *processes(),
        *peer(helper, load_cases([bundled_set("test")])),
    ]
    points, growth = growing(helper, [s for s in SIZES if s <= 2_000] if quick else SIZES, samples)
    rows += growth  # last: it leaves little memory to the others
    return [r for r in rows if not math.isnan(r.value)], points


if __name__ == "__main__":
    sys.exit(main())
