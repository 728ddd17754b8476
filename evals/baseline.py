"""What the held-out set gave last: `baseline.json`, which `make eval` compares every run with.

`python -m evals.baseline [REPORT]` takes a run over, after a change that was meant to change the answers.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.questions.case import DatasetError
from evals.questions.cases import bundled_set
from evals.scores.results import COMPARED, FORMAT, load_result

BASELINE = Path(__file__).with_name("baseline.json")


def slim(said: Mapping[str, Any]) -> dict[str, Any]:
    """A report without the answers: what was asked, and every value to four digits."""
    cases = [
        {k: v for k, v in c.items() if k in COMPARED} | {"values": {k: round(v, 4) for k, v in c["values"].items()}}
        for c in said["cases"]
    ]
    return {"format": FORMAT, "about": said["about"], "cases": cases}


def write_baseline(said: Mapping[str, Any], path: Path = BASELINE) -> None:
    """One case a line, so that a change can be read. Raises OSError."""
    kept = slim(said)
    cases = ",\n".join(json.dumps(c, ensure_ascii=False) for c in kept.pop("cases"))
    head = json.dumps(kept, ensure_ascii=False).removesuffix("}")
    path.write_text(f'{head}, "cases": [\n{cases}\n]}}\n', "utf-8")


def fit(said: Mapping[str, Any]) -> str:
    """Why a run cannot be the baseline, "" where it can: only the held-out set, answered offline, is compared later."""
    sets = [d["name"] for d in said["about"].get("datasets", ())]
    if sets != [bundled_set("test").name]:
        return f"这是题集 {'、'.join(sets)} 的结果，基线只留 {bundled_set('test').name} 的；请先运行 make eval。"
    if (writer := said["about"].get("writer")) != "offline":
        return f"这一次由语言模型 {writer} 作答，基线只留离线的；请去掉 FATIAO_MODEL 再运行 make eval。"
    return ""


def main(arguments: Sequence[str]) -> int:
    """Take over the report of a folder (default: `report`)."""
    parser = argparse.ArgumentParser(prog="python -m evals.baseline", description="把一次评测的结果留作基线。")
    parser.add_argument("report", nargs="?", type=Path, default=Path("report"), help="以前的 report.json 或它的文件夹")
    try:
        said = load_result(parser.parse_args(arguments).report)
    except DatasetError as error:
        sys.stderr.write(f"{error}请先运行 make eval。\n")
        return 1
    if why := fit(said):
        sys.stderr.write(f"{why}\n")
        return 1
    write_baseline(said)
    sys.stdout.write(f"基线：{len(said['cases'])} 题，写入 {BASELINE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
