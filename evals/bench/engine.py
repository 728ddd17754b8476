"""`python -m evals.bench.engine FOLDER [--articles N]`: a large index, made once and kept, against an exact scan.

What the engine buys and what it loses: recall against scoring everything, time beside Chroma's own query and a plain
scan, memory, and what it costs to ingest again. What is timed is answering and not the disk: the files of an index are
read through first, as those of one that is in use lie in the system's memory.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.path import AnswerPath, LibrarySource
from evals.bench.beside import memory
from evals.bench.grown import Grown, grow
from evals.bench.growth import BASE, OneLibrary, Remembered
from evals.bench.large import Made, make_large, regulations_of
from evals.bench.questions import MANY_MATTERS, MATTERS, PLAIN
from evals.bench.rows import BenchRow, p50, p95, say, seconds
from evals.questions.cases import bundled_set, load_cases
from law.regulation import Regulation
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import ARTICLE
from vectorstore.engine import EngineSearcher
from vectorstore.engine.opening import volumes_folder
from vectorstore.library import Library, Shelf

#: At most: of the best ten, over adding everything, and MB of a process that answers from an embedded index.
LIMIT_LOST, LIMIT_AGAIN, LIMIT_ONE = 0.005, 0.01, 0.05
#: p95 of a whole question over that of BASE articles: without a city, with one.
LIMIT_PLAIN, LIMIT_NAMED = 1.5, 2.0
#: Asked before anything is timed: at the first question with a city and the first without, a library gathers what it
#: keeps for all.
_FIRST = (PLAIN[0], PLAIN[0].removeprefix("武汉的"))
#: So often the library is opened anew: the median counts, so that p95 is that of the questions and not of the machine,
#: nor of what a process keeps beyond an opening.
_OPENINGS = 3
#: A question that has been asked before is asked so often more; the least counts.
_AGAIN = 6
#: Bytes read at a time.
_READ = 1 << 22
#: How long the index took to write, kept beside it.
_TOOK = "made.json"
#: Opens an index anew, with nothing of it read.
Opening = Callable[[], tuple[LibrarySource, Library]]
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


@dataclass(frozen=True, slots=True)
class Wish:
    """The index is in `folder`, and made there of so many `articles` where it is not. Without `renewing` it is taken as
    it is. What it takes to answer is told over that of an index in `over`, or over BASE articles in memory."""

    folder: Path
    articles: int
    samples: Path | None = None
    renewing: bool = True
    files_alone: bool = False
    over: Path | None = None


def engine(wish: Wish, helper: Assistant) -> list[BenchRow]:
    """Every row."""
    stored = helper.store.read(helper.library().manifest.generation)
    assert stored is not None  # the library has just been read from it
    made = Made(helper.embeddings, stored.vectors)
    folder, rows = wish.folder, []
    if wish.files_alone:
        make_large(folder, regulations_of(wish.articles, wish.samples), made, files_alone=True).close()
    elif wish.renewing:
        regulations = regulations_of(wish.articles, wish.samples)
        rows = _renewed(folder, regulations, made, _made(folder, regulations, made))
    store, embeddings = ChromaStore(folder / "chroma"), Remembered(helper.embeddings)
    large = _large(store, embeddings)
    _read_through(volumes_folder(store))
    if wish.over:
        _read_through(volumes_folder(smaller := ChromaStore(wish.over / "chroma")))
        base = _large(smaller, embeddings)
    else:
        base = partial(_small, grow(BASE, stored.vectors, embeddings.model, wish.samples))
    rows += _asked(
        large, base, embeddings, plain_limit=LIMIT_PLAIN, named_limit=LIMIT_PLAIN if wish.over else LIMIT_NAMED
    )
    _, library = large()
    rows += _bare(store, library, embeddings)
    rows += _lost(library, helper, [c.question for c in load_cases([bundled_set("test")])[::2]])
    store.close()
    return [*rows, *memory(folder)]


def _read_through(folder: Path) -> None:
    for path in (p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            while file.read(_READ):
                pass


def _large(store: ChromaStore, embeddings: Remembered) -> Opening:
    def opened() -> tuple[Shelf, Library]:
        shelf = Shelf(store, embeddings.model)
        return shelf, shelf.library()

    return opened


def _small(grown: Grown) -> tuple[OneLibrary, Library]:
    library = grown.cut(BASE)
    return OneLibrary(library), library


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
    large: Opening, base: Opening, embeddings: Remembered, *, plain_limit: float, named_limit: float
) -> list[BenchRow]:
    """A question without a city and with one that was not asked for before, over the same of the base."""
    unit = p50([_processor(lambda q=q: embeddings.bare(q)) for q in MATTERS])  # type: ignore[misc]
    rows = [BenchRow("一次向量化，处理器用时 p50", unit * 1e3, unit="毫秒")]
    held, library = large()
    path = AnswerPath(held, embeddings)
    for matter in MANY_MATTERS:  # rules are compiled at the first wish, whatever the size
        path.answer(library.regulations[-1].place + matter)
    clocks, sizes = zip(*(_clocked(opening, embeddings) for opening in (base, large)), strict=True)
    names = ("不提城市", "写明城市", "不提城市，问过的", "写明城市，问过的")
    for name, limit, small, more in zip(names, (plain_limit, named_limit, None, None), *clocks, strict=True):
        ratio = (more + unit) / (small + unit)
        rows.append(BenchRow(f"{name}：{sizes[1]:,} 条 / {sizes[0]:,} 条，整个问答处理器用时 p95", ratio, limit))
        for size, took in zip(sizes, (small, more), strict=True):
            rows.append(BenchRow(f"{name}：{size:,} 条，除向量化外 p95", took * 1e3, unit="毫秒"))
    return rows


def _bare(store: ChromaStore, library: Library, embeddings: Remembered) -> list[BenchRow]:
    """A query of Chroma alone, where it holds something, and a plain scan."""
    vectors = [np.asarray(embeddings.embed_query(q), dtype=np.float32) for q in MATTERS]
    searcher = library.searcher
    assert isinstance(searcher, EngineSearcher)
    volume = library.manifest.volumes.split(",")[0]
    scan = [_processor(lambda v=v, q=q: searcher.exactly(v, q)) for v, q in zip(vectors[:5], MATTERS, strict=False)]  # type: ignore[misc]
    rows = [BenchRow("全部逐条打分，处理器用时 p50", p50(scan) * 1e3, unit="毫秒")]
    if store.sizes_of(volume).get(ARTICLE):
        bare = [_processor(lambda v=v: store.nearest(volume, ARTICLE, v[None], 100)) for v in vectors]  # type: ignore[misc]
        rows.append(BenchRow("只问 Chroma 一次（前 100），处理器用时 p50", p50(bare) * 1e3, unit="毫秒"))
    return rows


def _clocked(opening: Opening, embeddings: Remembered) -> tuple[tuple[float, ...], int]:
    """Processor seconds p95 without the embedding of a question without a city and with one, each asked once of a
    library opened anew, after _FIRST, the median of _OPENINGS; and of the same asked again. And how many articles
    there are."""
    once: list[float] = []
    again: list[float] = []
    for named in (False, True):
        rounds: list[list[float]] = []
        for _ in range(_OPENINGS):
            held, library = opening()
            path = AnswerPath(held, embeddings)
            for first in _FIRST:
                path.answer(first)

            def took(question: str, path: AnswerPath = path) -> float:
                before = embeddings.spent
                return _processor(lambda: path.answer(question)) - (embeddings.spent - before)

            questions = _named(library) if named else MANY_MATTERS
            rounds.append([took(q) for q in questions])
        once.append(p95([p50(times) for times in zip(*rounds, strict=True)]))
        again.append(p95([min(took(q) for _ in range(_AGAIN)) for q in questions]))
    return (*once, *again), len(library.by_id)


def _named(library: Library) -> list[str]:
    """The matters, each with a city of its own before it."""
    places = [r.place for r in library.regulations]
    step = max(1, len(places) // len(MANY_MATTERS))
    return [places[n * step % len(places)] + m for n, m in enumerate(MANY_MATTERS)]


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
    parser.add_argument("--files-alone", action="store_true", help="只写文件，Chroma 里留空：更大的语料，只量问答")
    parser.add_argument("--over", type=Path, help="与另一个文件夹里的大索引相比（缺省：内存里的 2,000 条）")
    chosen = parser.parse_args(arguments)
    wish = Wish(chosen.folder, chosen.articles, chosen.samples, not chosen.as_it_is, chosen.files_alone, chosen.over)
    with Assistant() as helper:
        rows = engine(wish, helper)
    rows = [r for r in rows if not np.isnan(r.value)]
    say(rows)
    return 0 if all(r.ok for r in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
