"""How well the verifier keeps right sentences and catches wrong ones: `python -m evals.sentences [--failures]`.

`sentences.jsonl` was written apart from the verifier: of its `dev` half the failures were looked at while the rules
were made, of its `held_out` half they were not. `sentences_dev.jsonl` was `written` along with the rules.
"""

import gc
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.verify import Verdict, judge
from evals.questions.case import DatasetError
from evals.questions.cases import bundled_set
from law.corpus import load_corpus
from law.regulation import Article, Regulation

SPLITS = ("held_out", "dev", "written")


@dataclass(frozen=True, slots=True)
class SentenceCase:
    """A sentence with the articles that it cites, and whether these carry it."""

    id: str
    split: str
    group: str
    sentence: str
    articles: tuple[str, ...]
    supported: bool


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """What the verifier said of a sentence, and how long it took."""

    case: SentenceCase
    verdict: Verdict
    seconds: float

    @property
    def right(self) -> bool:
        """Whether a right sentence was kept, or a wrong one caught."""
        return self.verdict.supported == self.case.supported


def load_sentences(paths: Iterable[Path] = ()) -> list[SentenceCase]:
    """The bundled sentences, or those of other files. Raises DatasetError naming the file and line."""
    found: list[SentenceCase] = []
    for path in tuple(paths) or (bundled_set("sentences"), bundled_set("sentences_dev")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                said = json.loads(line)
                found.append(SentenceCase(**{**said, "articles": tuple(said["articles"])}))
            except (ValueError, TypeError, KeyError) as error:
                raise DatasetError(f"「{path}」第 {number} 行读不懂：{error!r}。") from error
    return found


def cited_by(case: SentenceCase, held: Sequence[Regulation]) -> list[tuple[Regulation, Article]]:
    """The articles that a sentence cites; a number that repeats stands for all of that number."""
    cited = []
    for id_ in case.articles:
        regulations = [r for r in held if r.id == id_.partition("/")[0]]
        numbered = [(r, a) for r in regulations for a in r.articles if f"{r.id}/{a.number}" == id_]
        cited += numbered or [(r, a) for r in regulations for a in r.articles if a.id == id_]
    return cited


def judge_all(cases: Sequence[SentenceCase], held: Sequence[Regulation]) -> list[JudgedSentence]:
    """Judge every sentence by its articles, with all regulations beside them.

    What else the process holds is set aside, so that walking through it is not timed.
    """
    results = []
    gc.freeze()
    for case in cases:
        cited = cited_by(case, held)
        judge(case.sentence, cited, others=held)  # so that reading the articles is not timed
        began = time.process_time()
        verdict = judge(case.sentence, cited, others=held)
        results.append(JudgedSentence(case, verdict, time.process_time() - began))
    gc.unfreeze()
    return results


def share(judged: Iterable[JudgedSentence]) -> float:
    """The share that was judged rightly; 1 where there is none."""
    said = [j.right for j in judged]
    return sum(said) / len(said) if said else 1.0


def main() -> None:
    """Print kept and caught by split and group; with --failures, every sentence judged wrongly outside `held_out`."""
    from rich.console import Console
    from rich.table import Table

    judged = judge_all(load_sentences(), load_corpus())
    console = Console(width=None if sys.stdout.isatty() else 120)
    for split in SPLITS:
        table = Table("组", "句数", "留住", "拦下", title=split)
        mine = [j for j in judged if j.case.split == split]
        for supported in (True, False):
            rows = [j for j in mine if j.case.supported == supported]
            for group in [*sorted({j.case.group for j in rows}), ""]:
                those = [j for j in rows if j.case.group == group or not group]
                cells = (f"{share(those):.3f}", "") if supported else ("", f"{share(those):.3f}")
                table.add_row(group or ("全部对的" if supported else "全部错的"), str(len(those)), *cells)
        console.print(table)
    seconds = sorted(j.seconds for j in judged)
    console.print(
        f"每句用时：平均 {sum(seconds) / len(seconds) * 1000:.1f} 毫秒，"
        f"九成五不超过 {seconds[int(len(seconds) * 0.95)] * 1000:.1f} 毫秒"
    )
    if "--failures" in sys.argv:
        for j in judged:
            if not j.right and j.case.split != "held_out":
                console.print(f"{j.case.id} {j.case.group} {j.case.sentence} {j.case.articles} {j.verdict.reasons}")


if __name__ == "__main__":
    main()
