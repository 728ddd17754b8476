"""Verdicts, absences, comparisons and applications: how the verifier judges them without a model.

The rows of `datasets/written.jsonl` of kind `soft` were written without sight of the verifier, right and wrong; of the
even ones (`test`) no case is looked at. Those named `fresh-…` are whole replies of a later writer, sentence by
sentence, plain restatements among them: measured as they came (kept .754 of 61, caught 33 of 36), then looked at.
Those named `v10-…` (40 right, 40 wrong) were written from the three laws alone; only their totals are read.
Those named `v12-…` (80 right, 80 wrong) too; the odd ones were looked at. Those named `x29-…` (100 right, 100 wrong)
likewise: measured as they came (kept .66, kept or open .88, of the plainly wrong .90 caught, of the subtle .79; before
what is called unstated was looked for by its meaning .66, .87, .85, .65), then the odd ones were looked at.
Those named `t31-…` are the sentences that stand by themselves of a strong model's replies to 31 questions, and such
with one thing changed by those who wrote them; all were looked at.
Those named `s36-…` (30 right, 30 wrong) and `n37-…` (40, 40) were written from the law by two who knew the verifier in
part; of the latter the even ones stand apart and are not looked at. Those named `w38-…` are all the sentences of a
strong model's replies to 28 questions more, judged by their writer before any of it was checked; those that fell were
looked at.
Those named `k48…` (180 right, 180 wrong) were written from the law alone by six who had seen nothing of this project,
each in another register, and measured as they came, before anything was changed; then those of four were looked at
(`strangers`), of two only totals are read. Those named `r48…` (800, 800) are by sixteen more (`sixteen`), `x48a-…`, 160
that no answer may have, by another: both may be looked at.
Each goes through the writer's own check, with the articles that it cites as all that the model was given. No model
takes part: `open` is what a second look would be asked.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.decide.decision import Evidence
from assistant.model.context import Context, entry_of
from assistant.model.prose.prose import Prose
from assistant.understand.question import understand
from law.regulation import Article, Regulation

if TYPE_CHECKING:
    from assistant import Assistant

KINDS = ("verdict", "absence", "comparison", "application", "restated")
#: Those that stand apart, by how their ids begin.
APART: dict[str, str | tuple[str, ...]] = {
    "fresh": "fresh-",
    "held": "v10-",
    "later": "v12-",
    "latest": "x29-",
    "trial": "t31-",
    "unseen": "t32-",
    "more": "s36-",
    "newest": "n37-",
    "replies": "w38-",
    "strangers": ("k48a-", "k48b-", "k48d-", "k48e-"),
    "strangers_unseen": ("k48c-", "k48f-"),
    "sixteen": "r48",
    "unfit": "x48a-",
}
_ID = re.compile(r"\[([a-z]+/[0-9.-]+)\]")


@dataclass(frozen=True, slots=True)
class Soft:
    """One sentence of a soft kind, `right` or not; `subtle` ones change one word, the others are plainly wrong."""

    id: str
    soft: str
    question: str
    said: str
    articles: tuple[str, ...]
    right: bool
    subtle: bool

    @property
    def split(self) -> str:
        """Odd ids may be looked at, even ones not; later ones stand apart, and of `held` and `strangers_unseen` only
        totals are read."""
        odd = int(self.id.rpartition("-")[2]) % 2
        for name, prefix in APART.items():
            if self.id.startswith(prefix):
                return name if odd or name != "newest" else "newest_even"
        return "dev" if odd else "test"


def load_soft() -> list[Soft]:
    """The bundled ones."""
    lines = (Path(__file__).parents[1] / "datasets" / "written.jsonl").read_text("utf-8").splitlines()
    rows = [r for r in map(json.loads, lines) if r["kind"] == "soft"]
    return [
        Soft(r["id"], r["soft"], r["question"], r["said"], tuple(r["articles"]), r["right"], r["subtle"]) for r in rows
    ]


def became(one: Soft, helper: "Assistant") -> str:
    """What the check makes of it: kept, open or dropped; of several sentences the worst."""
    prose = judged(one, helper)
    open_ones = len(prose.open)
    list(prose.settle(prose.open))
    if prose.dropped or not prose.kept:
        return "dropped"
    return "open" if open_ones else "kept"


def judged(one: Soft, helper: "Assistant") -> Prose:
    """The sentence as the writer's check has judged it."""
    library = helper.library()
    held = library.regulations
    cited = [(id_, r, a) for id_ in one.articles for r, a in _named(id_, held)]
    entries = [
        (id_, entry_of(f"A{n}", Evidence(r, a, a.paragraphs), a.paragraphs)) for n, (id_, r, a) in enumerate(cited, 1)
    ]
    question = understand(one.question, held)
    looking = helper.path.deciding.looking(question.topic, library)
    prose = Prose(question, Context(tuple(e for _, e in entries)), held, looking)
    said = _ID.sub(lambda m: "".join(f"[{e.mark}]" for id_, e in entries if id_ == m[1]) or "[A88]", one.said)
    list(prose.read([said]))
    return prose


def table(found: Sequence[tuple[Soft, str]]) -> str:
    """Both errors by kind: of the right ones, kept and open; of the wrong ones, caught, and open among them."""
    lines = []
    for split in ("dev", "test", *APART, "newest_even"):
        for kind in (*KINDS, ""):
            mine = [(s, b) for s, b in found if s.split == split and kind in ("", s.soft)]
            if not mine:
                continue
            right = [b for s, b in mine if s.right]
            cells = [f"对的 {len(right)}，留住 {_share(right, 'kept')}，留待复核 {_share(right, 'open')}"]
            for name, subtle in (("明显错的", False), ("难辨错的", True)):
                wrong = [b for s, b in mine if not s.right and s.subtle == subtle]
                caught = f"{1 - wrong.count('kept') / len(wrong):.3f}" if wrong else "–"
                cells.append(f"{name} {len(wrong)}，拦下 {caught}（其中留待复核 {wrong.count('open')}）")
            lines.append(f"  {split} {kind or '合计'}：{'；'.join(cells)}\n")
    return "".join(lines)


def _share(became_: Sequence[str], what: str) -> str:
    return f"{became_.count(what) / len(became_):.3f}" if became_ else "–"


def _named(id_: str, held: Sequence[Regulation]) -> list[tuple[Regulation, Article]]:
    """All articles of a number that repeats, or the one of that id."""
    numbered = [(r, a) for r in held for a in r.articles if f"{r.id}/{a.number}" == id_]
    return numbered or [(r, a) for r in held for a in r.articles if a.id == id_]
