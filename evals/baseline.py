"""What the held-out set gave last: `baseline.json`, which `make eval` compares every run with.

`python -m evals.baseline [REPORT]` takes a run over, after a change that was meant to change the answers.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.results import FORMAT, load_result

BASELINE = Path(__file__).with_name("baseline.json")
#: What the comparison reads of a case.
_KEPT = ("id", "kind", "question", "history", "unscored", "why")


def slim(said: Mapping[str, Any]) -> dict[str, Any]:
    """A report without the answers: what was asked, and every value to four digits."""
    cases = [
        {k: c[k] for k in _KEPT} | {"values": {k: round(v, 4) for k, v in c["values"].items()}} for c in said["cases"]
    ]
    return {"format": FORMAT, "about": said["about"], "cases": cases}


def write_baseline(said: Mapping[str, Any], path: Path = BASELINE) -> None:
    """One case a line, so that a change can be read. Raises OSError."""
    kept = slim(said)
    cases = ",\n".join(json.dumps(c, ensure_ascii=False) for c in kept.pop("cases"))
    head = json.dumps(kept, ensure_ascii=False).removesuffix("}")
    path.write_text(f'{head}, "cases": [\n{cases}\n]}}\n', "utf-8")


def main(arguments: Sequence[str]) -> int:
    """Take over the report of a folder (default: `report`)."""
    said = load_result(Path(arguments[0] if arguments else "report"))
    write_baseline(said)
    sys.stdout.write(f"基线：{len(said['cases'])} 题，写入 {BASELINE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
