"""What each mechanism adds, from fixed-size splits up to the whole assistant.

The rows that only rank take the question as it is typed and search everything; they use the vectors of
the index in service (only the fixed-size splits are embedded anew). The last rows are the assistant.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from evals.evaluation import evaluate
from evals.questions.case import Case, Gold
from evals.questions.labels import Labels
from evals.questions.splits import Plain, covered
from evals.scores.intervals import Estimate, estimate
from evals.scores.ranking import rank_measures
from vectorstore.embeddings import model_name
from vectorstore.ranking.in_memory import Searcher
from vectorstore.ranking.query_map import maps_of, no_map
from vectorstore.ranking.ranker import MAPPED, WITH_QUESTIONS, WITHOUT_QUESTIONS, SignalWeights

if TYPE_CHECKING:
    from assistant import Assistant
    from vectorstore.library import Library

SIZE, TOP = 500, 10
EVERYDAY = "fact_everyday"
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AblationStep:
    """One row: the mechanisms so far and what they reach. Keys of `reached` are names of columns."""

    name: str
    reached: dict[str, Estimate]

    def as_dict(self) -> dict[str, Any]:
        """For the JSON report."""
        return {"name": self.name, "reached": {k: asdict(v) for k, v in self.reached.items()}}


def ablate(helper: "Assistant", cases: Sequence[Case]) -> list[AblationStep]:
    """The table. Only cases with gold articles that the index holds are asked."""
    library = helper.library()
    labels = Labels(library.regulations)
    asked = [c for c in cases if c.gold and not labels.faults(c)]
    vectors = unit([helper.embeddings.embed_query(c.question) for c in asked])
    stored = helper.store.read(library.manifest.generation)
    assert stored is not None  # the library has just been read from it

    def ranked_by(
        name: str, kept: Iterable[str], base: SignalWeights, *, likely: bool = False, mapped: bool = False
    ) -> AblationStep:
        weights = SignalWeights(
            **{f.name: getattr(base, f.name) if f.name in kept else 0.0 for f in fields(SignalWeights)}
        )
        map_for = maps_of(model_name(helper.embeddings)) if mapped else no_map
        searcher = Searcher(stored, likely_questions=likely, weights=weights, map_for=map_for)
        return _step(name, asked, [_best(library, searcher, v, c) for c, v in zip(asked, vectors, strict=True)])

    every = tuple(f.name for f in fields(SignalWeights))
    steps = [_splits(helper, library, asked, vectors)]
    steps.append(ranked_by("每条一个向量", ("article",), WITHOUT_QUESTIONS))
    steps.append(ranked_by("＋ 字面匹配（BM25）", ("article", "words"), WITHOUT_QUESTIONS))
    steps.append(ranked_by("＋ 每款一个向量", ("article", "words", "paragraph"), WITHOUT_QUESTIONS))
    steps.append(ranked_by("＋ 日常用语对照表", every, WITHOUT_QUESTIONS))
    steps.append(ranked_by("＋ 问句映射", every, MAPPED, mapped=True))
    bare = [name for name in every if name != "everyday"]
    steps.append(ranked_by("　　去掉日常用语对照表", bare, MAPPED, mapped=True))
    if library.manifest.likely_questions:
        steps.append(ranked_by("＋ 常见问法", every, WITH_QUESTIONS, likely=True, mapped=True))
        without = _without_likely_questions(helper)
        steps.append(_whole("整个助手，不用常见问法，有疑也引", _always_citing(without), asked))
        steps.append(_whole("整个助手，不用常见问法", without, asked))
    steps.append(_whole("整个助手，有疑也引", _always_citing(helper), asked))
    steps.append(_whole("整个助手（＋ 理解问题）", helper, asked))
    return steps


def print_steps(steps: Sequence[AblationStep]) -> None:
    """The table, for a terminal."""
    if not steps:
        return
    from rich.console import Console
    from rich.table import Table

    names = list(dict.fromkeys(k for s in steps for k in s.reached))
    table = Table("办法", *names, title="每一种办法带来什么")
    for step in steps:
        table.add_row(step.name, *(f"{step.reached[n].value:.3f}" if n in step.reached else "—" for n in names))
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)


def unit(rows: Sequence[Sequence[float]]) -> Vectors:
    """(n, dimension), each of length 1."""
    vectors = np.asarray(rows, dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _best(library: "Library", searcher: Searcher, vector: Vectors, case: Case) -> list[Gold]:
    total = searcher.score(vector, case.question).total
    return [_gold(library, searcher.article_ids[i]) for i in np.argsort(-total, kind="stable")[:TOP]]


def _gold(library: "Library", article_id: str) -> Gold:
    regulation, article = library.by_id[article_id]
    return Gold(regulation.place.removesuffix("市"), article.number, article.heading)


def _splits(helper: "Assistant", library: "Library", cases: Sequence[Case], vectors: Vectors) -> AblationStep:
    """Every SIZE characters a split; an article is found by k splits that hold half of it between them."""
    texts: list[str] = []
    holds: list[dict[Gold, float]] = []
    for plain in map(Plain, library.regulations):
        for at in range(0, len(plain.text), SIZE):
            texts.append(plain.text[at : at + SIZE])
            holds.append(plain.holds(at, at + SIZE))
    ranked = np.argsort(-(vectors @ unit(helper.embeddings.embed_documents(texts)).T), axis=1, kind="stable")
    return _recalls(f"每 {SIZE} 字一段", cases, lambda n, k: covered(cases[n], [holds[i] for i in ranked[n, :k]]))


def _step(name: str, cases: Sequence[Case], ranked: Sequence[Sequence[Gold]]) -> AblationStep:
    found = rank_measures(cases, ranked)
    at = {1: "recall_1", 5: "recall_5", 10: "recall_10"}
    return _recalls(name, cases, lambda n, k: float(getattr(found[n], at[k])))


def _recalls(name: str, cases: Sequence[Case], recall: Callable[[int, int], float]) -> AblationStep:
    reached = {f"R@{k}": estimate([recall(n, k) for n in range(len(cases))]) for k in (1, 5, 10)}
    if everyday := [recall(n, 5) for n, c in enumerate(cases) if c.kind == EVERYDAY]:
        reached["口语 R@5"] = estimate(everyday)
    return AblationStep(name, reached)


def _whole(name: str, helper: "Assistant", cases: Sequence[Case]) -> AblationStep:
    figures = evaluate(helper, cases).figures
    keys = {
        "R@1": "recall_1",
        "R@5": "recall_5",
        "R@10": "recall_10",
        "引用召回": "cited",
        "引用准确": "right",
        "确认": "confirmed",
    }
    reached = {shown: figures[""][key] for shown, key in keys.items() if key in figures[""]}
    if "recall_5" in figures.get(EVERYDAY, {}):
        reached["口语 R@5"] = figures[EVERYDAY]["recall_5"]
    return AblationStep(name, reached)


def _without_likely_questions(helper: "Assistant") -> "Assistant":
    from assistant import Assistant

    return Assistant(helper.settings.model_copy(update={"likely_questions": False}))


def _always_citing(helper: "Assistant") -> "Assistant":
    """The same assistant, citing the best article however doubtful it is."""
    from assistant import Assistant

    other = Assistant(helper.settings)
    other.path.deciding.cite_always()
    return other
