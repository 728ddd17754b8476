"""`python -m evals.bench.engine FOLDER [--articles N]`: a large index, made once and kept, against an exact scan.

What the engine buys and what it loses: recall against scoring everything, time beside Chroma's own query and a plain
scan, memory, and what it costs to ingest again.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.path import AnswerPath
from evals.bench.beside import memory
from evals.bench.grown import grow
from evals.bench.growth import BASE, OneLibrary, Remembered
from evals.bench.large import Made, make_large, regulations_of
from evals.bench.questions import MATTERS, PLAIN
from evals.bench.rows import BenchRow, p50, p95, say, seconds
from evals.questions.cases import bundled_set, load_cases
from law.regulation import Regulation
from vectorstore.arrays import Vectors
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import ARTICLE
from vectorstore.embeddings import model_name
from vectorstore.engine import EngineSearcher
from vectorstore.library import Library, Shelf

#: At most: of the best ten, over adding everything, and MB of a process that answers from an embedded index.
LIMIT_LOST, LIMIT_AGAIN, LIMIT_ONE = 0.005, 0.01, 0.05
#: p95 of a whole question over that of BASE articles: without a city, with one.
LIMIT_PLAIN, LIMIT_NAMED = 1.5, 2.0
#: A question that has been asked before is asked so often more; the least counts.
_AGAIN = 6
#: How long the index took to write, kept beside it.
_TOOK = "made.json"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


def engine(
    helper: Assistant, folder: Path, articles: int, samples: Path | None = None, *, renewing: bool = True
) -> list[BenchRow]:
    """Every row; the index is made in `folder` where it is not there. Without `renewing` it is taken as it is."""
    stored = helper.store.read(helper.library().manifest.generation)
    assert stored is not None  # the library has just been read from it
    made = Made(helper.embeddings, stored.vectors)
    regulations = regulations_of(articles, samples)
    rows = _renewed(folder, regulations, made, _made(folder, regulations, made)) if renewing else []
    shelf = Shelf(ChromaStore(folder / "chroma"), model_name(helper.embeddings))
    library = shelf.library()
    rows += _asked(shelf, Remembered(helper.embeddings), library, stored.vectors, samples)
    rows += _lost(library, helper, [c.question for c in load_cases([bundled_set("test")])[::2]])
    shelf.store.close()
    return [*rows, *memory(folder)]


def _made(folder: Path, regulations: Sequence[Regulation], made: Made) -> float:
    """Seconds that writing the index took, now or when it was written."""
    took = seconds(lambda: make_large(folder, regulations, made).close())
    kept = folder / _TOOK
    if made.made:
        kept.write_text(json.dumps({"seconds": took}), "utf-8")
    return float(json.loads(kept.read_text("utf-8"))["seconds"]) if kept.exists() else float("nan")


def _renewed(folder: Path, regulations: Sequence[Regulation], made: Made, first: float) -> list[BenchRow]:
    """What it costs to ingest again: nothing changed, then one article. Everything is put back."""
    again = seconds(lambda: make_large(folder, regulations, made).close())
    at = len(regulations) // 2
    (one, *rest), own = regulations[at].articles, regulations[at]
    said = replace(one, paragraphs=tuple(replace(p, text=f"{p.text}另行规定。") for p in one.paragraphs))
    changed = [*regulations[:at], replace(own, articles=(said, *rest)), *regulations[at + 1 :]]
    once = seconds(lambda: make_large(folder, changed, made).close())
    make_large(folder, regulations, made).close()
    return [
        BenchRow("原样再编一次 / 全部编入（向量现成）", again / first, LIMIT_AGAIN),
        BenchRow("改一条后再编 / 全部编入（向量现成）", once / first, LIMIT_ONE),
        BenchRow("全部编入（向量现成）", first, unit="秒"),
        BenchRow("原样再编一次", again, unit="秒"),
        BenchRow("改一条后再编", once, unit="秒"),
    ]


def _asked(
    shelf: Shelf, embeddings: Remembered, library: Library, pool: Vectors, samples: Path | None
) -> list[BenchRow]:
    """A question without a city and with one that was not asked for before, over the same of BASE articles in memory;
    a bare query and a plain scan beside it."""
    small = grow(BASE, pool, samples).cut(BASE)
    plain = list(MATTERS)
    unit = p50([_processor(lambda q=q: embeddings.bare(q)) for q in plain])  # type: ignore[misc]
    rows = [BenchRow("一次向量化，处理器用时 p50", unit * 1e3, unit="毫秒")]
    clocks = [
        _clocked(AnswerPath(held, embeddings), lib, embeddings)
        for held, lib in ((OneLibrary(small), small), (shelf, library))
    ]
    limits = (
        ("不提城市", LIMIT_PLAIN),
        ("写明城市", LIMIT_NAMED),
        ("不提城市，问过的", None),
        ("写明城市，问过的", None),
    )
    for (name, limit), base, large in zip(limits, *clocks, strict=True):
        size = f"{len(library.by_id):,} 条"
        rows.append(
            BenchRow(f"{name}：{size} / {BASE:,} 条，整个问答处理器用时 p95", (large + unit) / (base + unit), limit)
        )
        rows.append(BenchRow(f"{name}：{size}，除向量化外 p95", large * 1e3, unit="毫秒"))
        rows.append(BenchRow(f"{name}：{BASE:,} 条，除向量化外 p95", base * 1e3, unit="毫秒"))
    vectors = [np.asarray(embeddings.embed_query(q), dtype=np.float32) for q in plain]
    searcher = library.searcher
    assert isinstance(searcher, EngineSearcher)
    volume = library.manifest.volumes.split(",")[0]
    bare = [_processor(lambda v=v: shelf.store.nearest(volume, ARTICLE, v[None], 100)) for v in vectors]  # type: ignore[misc]
    scan = [_processor(lambda v=v, q=q: searcher.exactly(v, q)) for v, q in zip(vectors[:5], plain, strict=False)]  # type: ignore[misc]
    return [
        *rows,
        BenchRow("只问 Chroma 一次（前 100），处理器用时 p50", p50(bare) * 1e3, unit="毫秒"),
        BenchRow("全部逐条打分，处理器用时 p50", p50(scan) * 1e3, unit="毫秒"),
    ]


def _clocked(path: AnswerPath, library: Library, embeddings: Remembered) -> tuple[float, ...]:
    """Processor seconds p95 of a question without a city and with one, each asked once; and of the same asked again."""
    places = [r.place for r in library.regulations]
    step = max(1, len(places) // len(MATTERS))
    named = [places[n * step % len(places)] + m for n, m in enumerate(MATTERS)]
    for question in (*MATTERS, *named):
        embeddings.embed_query(question)
    path.answer(PLAIN[0])  # what is read at the first question alone

    def took(question: str) -> float:
        return _processor(lambda: path.answer(question))

    once = [p95([took(q) for q in some]) for some in (MATTERS, named)]
    again = [p95([min(took(q) for _ in range(_AGAIN)) for q in some]) for some in (MATTERS, named)]
    return (*once, *again)


def _lost(library: Library, helper: Assistant, questions: Sequence[str]) -> list[BenchRow]:
    """Of the ten best of an exact scan, how many candidates lose; and how often the first three are the same."""
    searcher = library.searcher
    assert isinstance(searcher, EngineSearcher)
    lost: list[float] = []
    same = 0
    for question in questions:
        vector = helper.path.deciding.embed(question)
        exact = np.argsort(-searcher.exactly(vector, question).total, kind="stable")[:10].tolist()
        found = np.argsort(-searcher.score(vector, question).total, kind="stable")[:10].tolist()
        lost.append(1 - len({*exact} & {*found}) / 10)
        same += exact[:3] == found[:3]
    return [
        BenchRow("候选代替全部：前十条里丢失的", float(np.mean(lost)), LIMIT_LOST),
        BenchRow("候选代替全部：前三条不同的问题", 1 - same / len(questions), 0.05),
    ]


def _processor(work: Callable[[], object]) -> float:
    """Seconds of processor time of one call, which a busy machine does not lengthen."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.engine", description="大语料：快多少、丢多少、占多少")
    parser.add_argument("folder", type=Path, help="索引放在这里，只做一次，以后接着用")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="更多法规文本（.md）所在文件夹")
    parser.add_argument("--as-it-is", action="store_true", help="索引照旧使用，不量编入")
    chosen = parser.parse_args(arguments)
    with Assistant() as helper:
        rows = engine(helper, chosen.folder, chosen.articles, chosen.samples, renewing=not chosen.as_it_is)
    rows = [r for r in rows if not np.isnan(r.value)]
    say(rows)
    return 0 if all(r.ok for r in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
