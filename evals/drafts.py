"""`python -m evals.drafts [--failures]`: 核稿 on drafts by people who saw only the law, half `dev`, half `held`.

`datasets/drafts.jsonl` has a draft a line: its split, its citations in order with as_written, sentence, articles, ok
(null where the law is not held), error and right. A citation counts as found where one of ours stands in its sentence
and in its words. The failures of `held` are not looked at; below a bar on `held` the exit code is 100.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.check.checked import Checked
from assistant.check.judging import review
from law.corpus import load_corpus
from law.text.script import plain

FILE = Path(__file__).parent / "datasets" / "drafts.jsonl"
_WRONGLY = "not held, called wrong"
#: Figures and the bars they are held to; errors of the second kind are harder.
BARS = {"found": 0.97, "passed": 0.92, "caught, plain": 0.90, "caught, hard": 0.75, _WRONGLY: 0.0}
HARD = ("modality", "actor", "condition", "overclaim")


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """One labelled citation and what the check made of it; None where it was not found."""

    draft: str
    label: dict[str, Any]
    made: Checked | None

    @property
    def figure(self) -> str:
        """The figure that it counts for beside `found`."""
        if self.label["ok"] is None:
            return _WRONGLY
        if self.label["ok"]:
            return "passed"
        return "caught, hard" if self.label["error"] in HARD else "caught, plain"

    @property
    def good(self) -> bool:
        """Whether it counts for its figure (of those not held: whether it was called wrong)."""
        if self.made is None:
            return False
        return self.made.ok is (self.figure == "passed")


def outcomes(drafts: Sequence[dict[str, Any]]) -> list[DraftOutcome]:
    """Every labelled citation of some drafts."""
    held = load_corpus()
    found: list[DraftOutcome] = []
    for draft in drafts:
        left = list(review(draft["text"].splitlines(), held).citations)
        for label in draft["citations"]:
            made = next((c for c in left if _same(c, label)), None)
            if made is not None and label["as_written"] != "":
                left.remove(made)
            found.append(DraftOutcome(draft["id"], label, made))
    return found


def _same(made: Checked, label: dict[str, Any]) -> bool:
    written, sentence = plain(label["as_written"]), plain(label["sentence"])
    own = plain(made.mention.as_written)
    inside = plain(made.mention.sentence) in sentence or sentence in plain(made.mention.sentence)
    return inside and (own in written or written in own)


def figures(found: Sequence[DraftOutcome]) -> dict[str, tuple[float, int]]:
    """Each figure with its number of citations."""
    counted: dict[str, list[bool]] = defaultdict(list)
    for one in found:
        counted["found"].append(one.made is not None)
        counted[one.figure].append(one.good)
    return {name: (sum(values) / len(values), len(values)) for name, values in counted.items()}


def load_drafts() -> list[dict[str, Any]]:
    """Every draft of the set."""
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines() if line.strip()]


def missed(found: Sequence[DraftOutcome]) -> list[str]:
    """The figures that do not reach their bars."""
    held = figures(found)
    low = [n for n, bar in BARS.items() if n in held and n != _WRONGLY and held[n][0] < bar]
    return low + [_WRONGLY] * (held.get(_WRONGLY, (0.0, 0))[0] > BARS[_WRONGLY])


def main() -> int:
    """Print the figures of both halves, and with --failures what went wrong in `dev`."""
    drafts = load_drafts()
    below: list[str] = []
    for half in ("dev", "held"):
        found = outcomes([d for d in drafts if d["split"] == half])
        for name, (value, count) in sorted(figures(found).items()):
            sys.stdout.write(f"{half:5}{name:26}{value:.3f}  n={count:<4} bar {BARS[name]:.2f}\n")
        by_error: dict[str, list[bool]] = defaultdict(list)
        for one in found:
            if one.label["ok"] is False:
                by_error[one.label["error"]].append(one.good)
        told = "  ".join(f"{e} {sum(v)}/{len(v)}" for e, v in sorted(by_error.items()))
        sys.stdout.write(f"{half:5}caught by kind: {told}\n")
        if half == "held":
            below = missed(found)
        elif "--failures" in sys.argv[1:]:
            for one in found:
                if one.made is None or (one.good == (one.figure == _WRONGLY)):
                    _show(one)
    if below:
        sys.stdout.write(f"below the bar on held: {', '.join(below)}\n")
    return 100 if below else 0


def _show(one: DraftOutcome) -> None:
    made = f"{one.made.kind} {one.made.why}" if one.made else "not found"
    sys.stdout.write(
        f"  {one.draft} {one.label['error'] or one.label['ok']}: {one.label['as_written']} → {made}\n"
        f"      {one.label['sentence']}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
