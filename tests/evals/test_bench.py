"""The measurements: a planted slow-down is caught, and the large corpora are what they say."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant import Answer, Assistant
from evals.bench.asking import asking, searching
from evals.bench.grown import grow
from evals.bench.growth import ANY_CITY, ONE_CITY, GrowthPoint, Remembered, as_dicts, growing, verdicts
from evals.bench.indexing import LIMIT_AGAIN, indexing
from evals.bench.large import Made, make_large, regulations_of
from evals.bench.peer import peer
from evals.bench.processes import HEAVY, imported
from evals.bench.questions import COMPARISONS, FOLLOW_UPS, MATTERS, PLAIN
from evals.bench.rows import BenchRow, p95
from evals.questions.case import Case, Gold
from vectorstore.chroma import ChromaStore
from vectorstore.embeddings import model_name
from vectorstore.library import Library, Shelf


@pytest.mark.slow
def test_a_planted_slow_down_of_every_answer_is_caught(helper: Assistant) -> None:
    def slow(question: str, **rest: object) -> Answer:
        time.sleep(0.15)
        return helper.ask(question, **rest)

    rows = [r for r in asking(helper, slow) if r.limit]
    assert len(rows) == 8
    assert [r.name for r in rows if r.ok] == []


@pytest.mark.slow
def test_a_planted_growth_with_the_corpus_is_caught(helper: Assistant) -> None:
    def linear(held: Library) -> Callable[[str], object]:
        return lambda question: time.sleep(3e-4 * len(held.by_id))

    points, rows = growing(helper, (200, 1600), answering=linear, matters=MATTERS[:5])
    assert {(p.series, p.articles) for p in points} == {(s, n) for s in (ANY_CITY, ONE_CITY) for n in (200, 1600)}
    assert all({"series", "articles", "p50", "p95", "bytes"} == p.keys() for p in as_dicts(points))
    assert [r.ok for r in rows if r.limit] == [False, False]


@pytest.mark.parametrize(("last", "held"), [(0.004, True), (0.023, True), (0.0261, False), (0.2, False)])
def test_growth_is_held_against_a_whole_question(last: float, held: bool) -> None:
    points = [
        GrowthPoint(s, n, 0.001, t, 1)
        for s in (ANY_CITY, ONE_CITY)
        for n, t in ((200, 0.5), (2000, 0.003), (100_000, last))
    ]
    assert [r.ok for r in verdicts(points, 0.02) if r.limit] == [held, held]


def test_files_alone_answer_and_hold_norms_that_fit(helper: Assistant, tmp_path: Path) -> None:
    pool = helper.store.read(helper.library().manifest.generation).vectors
    regulations = [replace(r, articles=r.articles[:12], questions=()) for r in regulations_of(400)[:5]]
    make_large(tmp_path, regulations, Made(helper.embeddings, pool), files_alone=True).close()
    library = Shelf(ChromaStore(tmp_path / "chroma"), model_name(helper.embeddings)).library()
    copied = [(article, norm) for r, article, norm in library.norms() if r.id.startswith("grown")]
    assert copied
    assert all(norm.quote and norm.quote in article.text for article, norm in copied)
    assert ChromaStore(tmp_path / "chroma").sizes_of(library.manifest.volumes)["article"] == 0
    assert library.searcher.score(helper.path.deciding.embed("科技保险"), "科技保险").total.argmax() >= 0


def test_time_of_the_embedding_is_told_apart(helper: Assistant) -> None:
    remembered = Remembered(helper.embeddings)
    remembered.embed_query("科技保险怎样补助")
    once = remembered.spent
    remembered.embed_query("科技保险怎样补助")
    assert remembered.spent == once > 0


@pytest.mark.slow  # a large corpus
def test_a_grown_corpus_is_many_cities_with_articles_of_their_own(helper: Assistant) -> None:
    pool = helper.store.read(helper.library().manifest.generation).vectors
    model = model_name(helper.embedder)  # its map of words works as in a real library
    grown = grow(600, pool, model)
    whole = grown.cut(600)
    assert len(whole.by_id) == sum(len(r.articles) for r in whole.regulations) >= 600
    assert len({r.place for r in whole.regulations}) == len(whole.regulations)
    texts = [a.text for _, a in whole.by_id.values()]
    assert len(set(texts)) > 0.98 * len(texts)
    small = grown.cut(200)
    assert 200 <= len(small.by_id) < 300
    assert whole.searcher.score(pool[0], "科技保险").total.shape == (len(whole.by_id),)
    assert grow(600, pool, model).vectors[-1] == pytest.approx(grown.vectors[-1])  # the same every time
    assert np.linalg.norm(grown.vectors[0], axis=1) == pytest.approx(1)


def test_an_unchanged_corpus_is_not_built_again(helper: Assistant) -> None:
    (first, *_) = helper.regulations()
    small = replace(first, articles=first.articles[:4], questions=())
    rows = {r.name: r for r in indexing(helper.embeddings, [small])}
    again = next(r for r in rows.values() if r.limit == LIMIT_AGAIN)
    assert again.value < 1
    assert all(r.value > 0 for r in rows.values())


def test_the_plain_recipe_is_measured_on_the_same_cases(helper: Assistant) -> None:
    cases = [Case("1", "lookup", "武汉第58条", gold=(Gold("武汉", 58),)),
             Case("2", "k", "武汉的企业买科技保险有补助吗?", gold=(Gold("武汉", 58),)),
             Case("3", "k", "wrong", gold=(Gold("北京", 58),))]  # fmt: skip
    (wuhan,) = [r for r in helper.regulations() if r.id == "wuhan"]
    short = replace(wuhan, articles=tuple(a for a in wuhan.articles if 55 <= a.number <= 60))
    theirs, ours, _ = peer(helper, cases, [short])
    assert ours.value == 1.0
    assert theirs.value == 1.0  # six articles are found by anyone


def test_a_search_costs_something(helper: Assistant) -> None:
    assert all(r.value > 0 and math.isfinite(r.value) for r in searching(helper))


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert not imported() & set(HEAVY)


def test_a_row_keeps_its_limit_or_does_not() -> None:
    assert BenchRow("x", 1.2, 1.3).ok
    assert not BenchRow("x", 1.31, 1.3).ok
    assert BenchRow("x", 99).ok
    assert BenchRow("x", 1.234, 1.3, "秒").as_dict() == {"name": "x", "value": "1.23 秒", "limit": "≤ 1.3", "ok": True}


def test_p95_is_near_the_top() -> None:
    assert 95 <= p95([float(n) for n in range(101)]) <= 97
    assert p95([3.0]) == 3.0


def test_what_is_asked_is_enough_for_a_p95() -> None:
    assert len(PLAIN) == 30
    assert min(len(COMPARISONS), len(FOLLOW_UPS)) >= 10
    assert len(MATTERS) >= 15
    assert not [m for m in MATTERS if "武汉" in m]
