"""Time and memory of a question as the corpus grows, with and without a city named.

The large corpora are made, not embedded (`grown`). What is timed is the whole answer path with the query's
vector at hand; for a whole question one bare query embedding is added, the same at every size.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from assistant.path import AnswerPath
from evals.bench.grown import grow
from evals.bench.questions import MATTERS
from evals.bench.rows import BenchRow, p50, p95, seconds
from vectorstore.embeddings import model_name
from vectorstore.library import Library

if TYPE_CHECKING:
    from assistant import Assistant

SIZES = (200, 2_000, 20_000, 100_000)
#: p95 of a whole question at the last size over that at BASE.
BASE, LIMIT = 2_000, 2.0
#: Each question is asked so often; the median counts, so that p95 is that of the questions and not of the machine.
RUNS = 3
ANY_CITY, ONE_CITY = "不提城市", "写明城市"
Answering = Callable[[Library], Callable[[str], object]]


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """Seconds without the embedding, and bytes that a question takes at most beyond the index."""

    series: str
    articles: int
    p50: float
    p95: float
    bytes: int


class Remembered(Embeddings):
    """A model that embeds each question once; `spent` is the processor time in seconds that this has taken."""

    def __init__(self, inner: Embeddings) -> None:
        self._inner, self.model = inner, model_name(inner)
        self.spent = 0.0
        self._held: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """As the inner one."""
        return self._inner.embed_documents(texts)

    def bare(self, text: str) -> list[float]:
        """By the inner one, also where it is remembered."""
        return self._inner.embed_query(text)

    def embed_query(self, text: str) -> list[float]:
        """From memory, or from the inner one."""
        if text not in self._held:
            began = time.process_time()
            self._held[text] = self._inner.embed_query(text)
            self.spent += time.process_time() - began
        return self._held[text]


@dataclass(frozen=True, slots=True)
class OneLibrary:
    """Hands out one library."""

    held: Library

    def library(self) -> Library:
        """The library."""
        return self.held


def growing(
    helper: "Assistant",
    sizes: Sequence[int] = SIZES,
    samples: Path | None = None,
    answering: Answering | None = None,
    matters: Sequence[str] = MATTERS,
) -> tuple[list[GrowthPoint], list[BenchRow]]:
    """Points for the chart, and what they come to."""
    library = helper.library()
    stored = helper.store.read(library.manifest.generation)
    assert stored is not None  # the library has just been read from it
    embeddings = Remembered(helper.embeddings)
    answering = answering or (lambda held: AnswerPath(OneLibrary(held), embeddings).answer)
    grown = grow(max(sizes), stored.vectors, embeddings.model, samples)
    points: list[GrowthPoint] = []
    for size in sizes:
        part = grown.cut(size)
        answer = answering(part)
        for series in (ANY_CITY, ONE_CITY):
            points.append(_point(series, size, answer, _questions(part, matters, named=series == ONE_CITY)))
    unit = p50([seconds(lambda q=q: helper.embeddings.embed_query(q)) for q in matters])  # type: ignore[misc]
    return points, verdicts(points, unit)


def verdicts(points: Sequence[GrowthPoint], unit: float) -> list[BenchRow]:
    """What the points come to; `unit` is the seconds of one query embedding."""
    rows: list[BenchRow] = []
    for series in (ANY_CITY, ONE_CITY):
        mine = {p.articles: p for p in points if p.series == series}
        last = max(mine)
        base = mine.get(BASE, mine[min(mine)])
        span = f"{series}：{last:,} 条 / {base.articles:,} 条"
        rows.append(BenchRow(f"{span}，整个问答 p95", (mine[last].p95 + unit) / (base.p95 + unit), LIMIT))
        rows.append(BenchRow(f"{span}，除向量化外 p95", mine[last].p95 / base.p95))
        rows.append(BenchRow(f"{series}：{last:,} 条时一问所占内存", mine[last].bytes / 1e6, unit="MB"))
    return rows


def as_dicts(points: Sequence[GrowthPoint]) -> list[dict[str, object]]:
    """For the report."""
    return [asdict(p) for p in points]


def _questions(library: Library, matters: Sequence[str], *, named: bool) -> list[str]:
    """The matters, each with another city where one is named."""
    places = [r.place for r in library.regulations]
    return [(places[n * 7 % len(places)] if named else "") + m for n, m in enumerate(matters)]


def _point(series: str, size: int, answer: Callable[[str], object], questions: Sequence[str]) -> GrowthPoint:
    for question in questions:  # what is worked out once, the question's vector above all
        answer(question)
    gc.collect()  # of the corpora made before
    times = [p50([seconds(lambda q=q: answer(q)) for _ in range(RUNS)]) for q in questions]  # type: ignore[misc]
    tracemalloc.start()
    answer(questions[0])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return GrowthPoint(series, size, p50(times), p95(times), peak)
