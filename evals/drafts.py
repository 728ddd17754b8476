"""`python -m evals.drafts [--failures]`: 核稿 on drafts by somebody who saw only the law, half `dev`, half `held`.

`datasets/drafts.jsonl` has a draft a line with its citations in order: as_written, sentence, articles, ok (null where
the law is not held), error and right. A citation counts as found where one of ours stands in its sentence and in its
words.
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
#: Figures and the bars they are held to; errors of the second kind are harder.
BARS = {"found": 0.97, "passed": 0.92, "caught, plain": 0.90, "caught, hard": 0.75, "not held, called wrong": 0.0}
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
            return "not held, called wrong"
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


def main() -> None:
    """Print the figures of both halves, and with --failures what went wrong in `dev`."""
    drafts = [json.loads(line) for line in FILE.read_text("utf-8").splitlines() if line.strip()]
    halves = {"dev": drafts[::2], "held": drafts[1::2]}
    for half, mine in halves.items():
        found = outcomes(mine)
        for name, (value, count) in sorted(figures(found).items()):
            sys.stdout.write(f"{half:5}{name:26}{value:.3f}  n={count:<4} bar {BARS[name]:.2f}\n")
        by_error: dict[str, list[bool]] = defaultdict(list)
        for one in found:
            if one.label["ok"] is False:
                by_error[one.label["error"]].append(one.good)
        told = "  ".join(f"{e} {sum(v)}/{len(v)}" for e, v in sorted(by_error.items()))
        sys.stdout.write(f"{half:5}caught by kind: {told}\n")
        if half == "dev" and "--failures" in sys.argv[1:]:
            for one in found:
                if one.made is None or (one.good == (one.figure == "not held, called wrong")):
                    _show(one)


def _show(one: DraftOutcome) -> None:
    made = f"{one.made.kind} {one.made.why}" if one.made else "not found"
    sys.stdout.write(
        f"  {one.draft} {one.label['error'] or one.label['ok']}: {one.label['as_written']} → {made}\n"
        f"      {one.label['sentence']}\n"
    )


if __name__ == "__main__":
    main()
