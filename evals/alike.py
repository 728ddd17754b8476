"""Are two sets equally hard? `python -m evals.alike A B`: reports of two sets, figure by figure.

A figure agrees where each value lies in the other's interval. Exit 1 where one does not.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.scores.figures import FIGURES
from evals.scores.intervals import Estimate
from evals.scores.results import load_result

#: What is compared: what is right, not how long it took.
COMPARED = tuple(f for f in FIGURES if f.how in ("share", "fault"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure of two sets."""

    name: str
    one: Estimate
    other: Estimate

    @property
    def ok(self) -> bool:
        """Whether each value lies in the other's interval."""
        return self.one.low <= self.other.value <= self.one.high and self.other.low <= self.one.value <= self.other.high


def alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Agreement]:
    """The figures over all cases that both reports have."""
    mine, theirs = one["figures"][""], other["figures"][""]
    both = [f for f in COMPARED if f.key in mine and f.key in theirs]
    return [Agreement(f.name, Estimate(**mine[f.key]), Estimate(**theirs[f.key])) for f in both]


def main(paths: list[str]) -> int:
    """Print the table."""
    if len(paths) != 2:
        sys.stderr.write("用法：python -m evals.alike 报告 报告\n")
        return 2
    found = alike(*(load_result(Path(p)) for p in paths))
    for a in found:
        one, other = (f"{e.value:.3f}（{e.low:.3f}–{e.high:.3f}，n={e.n}）" for e in (a.one, a.other))
        sys.stdout.write(f"{a.name:　<6} {one}　{other}　{'' if a.ok else '不在彼此的区间里'}\n")
    return 0 if all(a.ok for a in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
