"""How well the rules in sentences are read: `python -m evals.norms [--failures [FIELD]] [--samples FOLDER]`.

`norms.jsonl` holds 316 sentences and items that two people labelled apart, who had not read the code: `one` and `two`
are theirs (`two` where it differs), `settled` what was decided by the guide where they differ. Half of the units, by
lot, are `held`: their failures are not looked at while the grammar is made. Another 120, of 42 files, were labelled by
one more person after the grammar stood; the last forty of them are held. 172 more were labelled by who then mended the
grammar, before he had read it: one half of them, by lot, is `own`, printed apart and not looked at. 220 more
(`n8-`, `n9-`) were labelled by two people, each his own, who had seen neither code nor grammar; 55 are held, and were
labelled once more by somebody as blind, what differs settled by a third who did not know whose was whose. 460 more
(`n10-` to `n12-`, all dev) were labelled by who then mended the grammar, before he saw what it says of them. 240 more
(`n13-`) were labelled by two people who had the vocabulary and the table of decisions and neither code nor grammar,
what differs settled by a third; they labelled 246 of the held ones once more (`again`), which tells how far two labels
of one sentence agree. Places are characters of the unit; the text of regulations that are not bundled is read from the
samples and is not kept here.
Exit 1 where an aim is not reached.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from evals.questions.norm_units import SAMPLES, SETS, LabelledFigure, Unit, UnitLabels, load_units
from law.corpus import load_corpus
from law.norms import norms_in, norms_of

#: What the held half must reach.
AIMS = {"actors": 0.92, "binding": 0.95, "for": 0.85, "means": 0.85, "stretches": 0.90, "figures": 0.95}
HALVES = ("dev", "held", "own")
T = TypeVar("T")
FIELDS = (*SETS, "stretches", "figures", "plan")


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Values right of those said, and of those that should be said."""

    right_said: int = 0
    said: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "FieldScore") -> "FieldScore":
        return FieldScore(
            self.right_said + other.right_said,
            self.said + other.said,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """Right ones of those said; 1 where nothing is said."""
        return self.right_said / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Found ones of those wanted; 1 where nothing is."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(name: str, said: UnitLabels, wanted: UnitLabels) -> FieldScore:
    """One field of one unit."""
    if name in SETS:
        right = len(said.sets[name] & wanted.sets[name])
        return FieldScore(right, len(said.sets[name]), right, len(wanted.sets[name]))
    if name == "stretches":
        return _matched(said.conditions, wanted.conditions, _overlap) + _matched(
            said.exceptions, wanted.exceptions, _overlap
        )
    if name == "figures":
        return _matched(said.figures, wanted.figures, _same_figure)
    return FieldScore(int(said.plan and wanted.plan), int(said.plan), int(said.plan and wanted.plan), int(wanted.plan))


def _matched(said: Sequence[T], wanted: Sequence[T], alike: Callable[[T, T], bool]) -> FieldScore:
    return FieldScore(
        sum(any(alike(w, s) for w in wanted) for s in said),
        len(said),
        sum(any(alike(w, s) for s in said) for w in wanted),
        len(wanted),
    )


def _overlap(wanted: str, said: str) -> bool:
    """Whether most of a labelled stretch is in the other, or the other is most of it."""
    if not wanted or not said:
        return False
    if wanted in said:
        return len(wanted) * 2 > len(said)
    if said in wanted:
        return len(said) * 2 > len(wanted)
    common = max((n for n in range(min(len(wanted), len(said)), 0, -1) if _touch(wanted, said, n)), default=0)
    return common * 2 > max(len(wanted), len(said))


def _touch(one: str, other: str, size: int) -> bool:
    return one[-size:] == other[:size] or other[-size:] == one[:size]


def _same_figure(wanted: LabelledFigure, said: LabelledFigure) -> bool:
    named = bool(said.subject) and (said.subject in wanted.subject or wanted.subject in said.subject)
    return wanted.text == said.text and wanted.bound == said.bound and named


def total(name: str, units: Iterable[Unit], of: Callable[[Unit], tuple[UnitLabels, UnitLabels]]) -> FieldScore:
    """One field over many units, those in which it was not labelled aside."""
    return sum((score(name, *of(u)) for u in units if u.labelled is None or name in u.labelled), FieldScore())


def main() -> None:
    """Print the agreement of the two, the scores of both halves, spans and speed; with --failures those of `dev`."""
    from rich.console import Console
    from rich.table import Table

    options = argparse.ArgumentParser(description="规范的读取：逐项得分")
    options.add_argument("--samples", type=Path, default=SAMPLES, help="其他法规文本所在文件夹")
    options.add_argument("--failures", nargs="?", const="", help="列出 dev 中读错的（可只列一项，如 actors）")
    chosen = options.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 200)
    units, missing = load_units(chosen.samples)
    if missing:
        console.print(f"「{chosen.samples}」里没有其他法规的文本，{missing} 句没有参加评分。")
    table = Table("项", "两人一致", *(f"{half} {what}" for half in HALVES for what in ("P", "R", "F1")), "要求")
    low: list[str] = []
    for name in FIELDS:
        agreed = total(name, (u for u in units if u.pair), lambda u: (u.two, u.one))
        cells = [f"{agreed.f1:.3f}"]
        mine = {h: total(name, (u for u in units if u.half == h), lambda u: (u.read, u.settled)) for h in HALVES}
        for of in mine.values():
            cells += [f"{of.precision:.3f}", f"{of.recall:.3f}", f"{of.f1:.3f}"] if of.wanted else ["", "", ""]
        if name in AIMS and mine["held"].f1 < AIMS[name]:
            low.append(name)
        table.add_row(name, *cells, f"{AIMS[name]:.2f}" if name in AIMS else "")
    console.print(table)
    console.print(_again([u for u in units if u.again]))
    sizes = "，".join(f"{half} {sum(u.half == half for u in units)} 句" for half in HALVES)
    console.print(f"{sizes}。{_speed()}")
    if chosen.failures is not None:
        _print_failures(console.print, units, chosen.failures)
    if low:
        console.print(f"没有达到要求：{'、'.join(low)}")
    sys.exit(bool(low))


def _again(units: Sequence[Unit]) -> str:
    """How far the later labels of some held sentences agree with those that count, and with what is read."""

    def said(of: Callable[[Unit], UnitLabels]) -> str:
        later = {name: total(name, units, lambda u: (of(u), u.again or u.settled)) for name in FIELDS}
        return "，".join(f"{name} {one.f1:.3f}" for name, one in later.items() if one.wanted)

    if not units:
        return ""
    return (
        f"held 里的 {len(units)} 句由另外两人再标了一遍：原先的标注与它一致 {said(lambda u: u.settled)}；"
        f"读出的与它一致 {said(lambda u: u.read)}。"
    )


def _speed() -> str:
    regulations = load_corpus()
    for regulation in regulations:
        norms_of(regulation)  # the words are compiled once
    norms_in.cache_clear()  # and every article is read
    began = time.process_time()
    articles = sum(len(r.numbered) for r in regulations)
    spans = sum(len(norms_of(r)) for r in regulations)
    seconds = time.process_time() - began
    return f"每 3000 条用 {seconds / articles * 3000:.1f} 秒（{spans} 项规范）。"


def _print_failures(say: Callable[[str], None], units: Sequence[Unit], only: str) -> None:
    for u in units:
        if u.half != "dev":
            continue
        asked = [n for n in FIELDS if only in ("", n) and (u.labelled is None or n in u.labelled)]
        wrong = [n for n in asked if _imperfect(score(n, u.read, u.settled))]
        if not wrong:
            continue
        say(f"\n{u.id} {u.where} {u.text}", markup=False)  # type: ignore[call-arg]
        for name in wrong:
            say(f"   {name}: {_shown(name, u.read)}  ≠  {_shown(name, u.settled)}", markup=False)  # type: ignore[call-arg]


def _imperfect(s: FieldScore) -> bool:
    return s.right_said < s.said or s.found < s.wanted


def _shown(name: str, labels: UnitLabels) -> str:
    if name in SETS:
        return "、".join(sorted(labels.sets[name])) or "∅"
    if name == "stretches":
        return " / ".join(labels.conditions) + " ‖ " + " / ".join(labels.exceptions)
    if name == "figures":
        return "；".join(f"{f.subject} {f.bound} {f.text}" for f in labels.figures) or "∅"
    return str(labels.plan)


if __name__ == "__main__":
    main()
