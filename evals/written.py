"""Answers written beforehand, good, subtly wrong and hostile, through the whole path: `python -m evals.written`.

Those of kind `soft` are judged by the writer's check alone (`evals.scores.open_sentences`).
Each other line of `datasets/written.jsonl` is {"id", "kind", "question", "said", "never"}: what a scripted model says,
its marks written as article ids ([wuhan/58]), and what a reader must never see of it. Prints how many sentences
of the good ones were kept and which wrong ones were shown; exits 1 below .95 or where one was.
"""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant import Answer, Assistant, Regulation, Settings, load_settings
from evals.perfect import with_server
from evals.scores.open_sentences import became, load_soft, table
from evals.servers.model_server import ModelRequest, Reply
from law.text.script import plain
from prompts import as_data

#: The share of the good answers' sentences that must be kept.
KEPT = 0.95
_ID = re.compile(r"\[([a-z]+/[0-9.-]+)\]")


@dataclass(frozen=True, slots=True)
class Written:
    """One answer of a scripted model. `never` may not be shown of it."""

    id: str
    kind: str
    question: str
    said: str
    never: tuple[str, ...]

    @property
    def sentences(self) -> int:
        """How many sentences it has: each ends with its marks."""
        return len(re.findall(r"。(?:\[[^\]]+\])+", self.said))


@dataclass(frozen=True, slots=True)
class WrittenOutcome:
    """What became of one. `shown` is all that a reader saw of the model's words, also what was replaced."""

    written: Written
    answer: Answer
    shown: str

    @property
    def caught(self) -> bool:
        """Whether nothing was shown that may not be."""
        return not any(plain(n) in plain(self.shown) for n in self.written.never)


def main() -> int:
    """Ask everything, print what came of it."""
    outcomes = run(load_settings(model=""), load_written())
    quoted = [o for o in outcomes if o.written.kind == "good" and o.answer.writing is None]
    good = [o for o in outcomes if o.written.kind == "good" and o.answer.writing is not None]
    kept = sum(o.answer.writing.kept for o in good if o.answer.writing and o.answer.writing.prose)
    all_ = sum(o.written.sentences for o in good)
    sys.stdout.write(f"好的回答 {len(good)} 个，{all_} 句，保留 {kept}（{kept / all_:.3f}）\n")
    if quoted:  # a list is quoted, and no model is asked to write it
        sys.stdout.write(f"  列成清单、没有让模型写的 {len(quoted)} 个：{'、'.join(o.written.id for o in quoted)}\n")
    for one in good:
        if not one.answer.writing or one.answer.writing.kept < one.written.sentences:
            sys.stdout.write(f"  {one.written.id} {one.written.said} → {''.join(one.answer.notices[-1:])}\n")
    let = 0
    for kind in ("wrong", "hostile"):
        mine = [o for o in outcomes if o.written.kind == kind]
        missed = [o for o in mine if not o.caught]
        let += len(missed)
        sys.stdout.write(
            f"{'错误' if kind == 'wrong' else '恶意'}的回答 {len(mine)} 个，拦下 {len(mine) - len(missed)}\n"
        )
        for one in missed:
            sys.stdout.write(f"  {one.written.id} {one.shown}\n")
    helper = Assistant(load_settings(model=""))
    soft = [(s, became(s, helper)) for s in load_soft()]
    sys.stdout.write(f"结论、没有写明、比较、用到提问人的情形，{len(soft)} 句，只用规则：\n{table(soft)}")
    if "--failures" in sys.argv:
        for said, state in soft:
            if said.split == "dev" and (state != "kept" if said.right else state == "kept"):
                sys.stdout.write(f"  {said.id} {'对' if said.right else '错'} {state} {said.said}\n")
    return 1 if let or kept < KEPT * all_ else 0


def load_written() -> list[Written]:
    """The bundled answers."""
    lines = (Path(__file__).parent / "datasets" / "written.jsonl").read_text("utf-8").splitlines()
    rows = [r for r in map(json.loads, lines) if r["kind"] != "soft"]
    return [Written(r["id"], r["kind"], r["question"], r["said"], tuple(r["never"])) for r in rows]


def run(settings: Settings, written: Sequence[Written]) -> list[WrittenOutcome]:
    """Have every answer said by a server to an assistant, and keep what a reader saw."""
    outcomes: list[WrittenOutcome] = []
    with with_server(settings) as (helper, server):
        regulations = helper.regulations()
        for one in written:
            server.script = partial(say_it, one, regulations)
            shown = ""
            for event in helper.stream(one.question):
                if event.kind == "text":
                    shown += event.text
                if event.answer is not None:
                    outcomes.append(WrittenOutcome(one, event.answer, _prose_of(shown, event.answer)))
    return outcomes


def say_it(written: Written, regulations: Sequence[Regulation], asked: ModelRequest) -> Reply:
    """The answer with its article ids as the marks of this prompt; an article that was not given has mark A88."""
    if "JSON" in asked.system:
        return Reply('{"answers": true}')
    marks: dict[str, str] = {}
    for regulation in regulations:
        for article in regulation.articles:
            for mark, text in asked.marks.items():
                if plain(regulation.place) in plain(text) and plain(as_data(article.text))[:40] in _bare(text):
                    marks[article.id] = mark
    return Reply(_ID.sub(lambda m: f"[{marks.get(m[1], 'A88')}]", written.said), size=11)


def _bare(text: str) -> str:
    return re.sub(r"第\d+款:", "", plain(text))


def _prose_of(shown: str, answer: Answer) -> str:
    """What was shown before the basis: of an offline answer, only what it replaced."""
    if answer.model == "offline" and not (answer.writing and answer.writing.kept):
        return ""
    return shown.partition("**依据**")[0]


if __name__ == "__main__":
    sys.exit(main())
