"""Candidates from Chroma's own index instead of all articles: what is found is the same."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import bm25s
import numpy as np
import pytest
from bundled import HELD

from assistant import Assistant, Settings
from evals.questions.cases import bundled_set, load_cases
from law.bundled import bundled_folder
from law.text.grams import bigrams
from vectorstore import engine
from vectorstore.arrays import Vectors, highest
from vectorstore.engine.lazy import StoredRegulation
from vectorstore.engine.opening import open_volumes
from vectorstore.engine.postings import Postings, PostingsWriter
from vectorstore.engine.rows import starts_of
from vectorstore.engine.signal_means import Several
from vectorstore.engine.signals import RowsOfArticles
from vectorstore.engine.sketch import Sketch, write_sketch
from vectorstore.ingest import ingest
from vectorstore.ranking.ranker import RUNNING
from vectorstore.ranking.words import K1, B, ListsInMemory, Words, _both

TEXTS = (
    "企业购买科技保险的，给予保费补贴。",
    "科技人员可以离岗创业，保留3年人事关系。",
    "",
    "AI 企业 AI 场景，科技保险。",
)


@pytest.fixture(scope="module")
def large(helper: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The three regulations as an index that is too large for memory."""
    folder = tmp_path_factory.mktemp("large")
    with pytest.MonkeyPatch.context() as patch, Assistant(Settings(_env_file=None, data_dir=folder)) as held:
        patch.setattr(engine, "MOST_IN_MEMORY", 0)
        ingest(held.store, helper.regulations(), held.embeddings, lock_folder=folder, travelling=bundled_folder())
        patch.setattr(held, "_ready", True)
        yield held


@pytest.mark.slow  # 20,000 articles
def test_both_ways_find_the_same_first_three(helper: Assistant, large: Assistant) -> None:
    cases = load_cases([bundled_set("dev")])[::8]
    same = sum(
        [h.id for h in helper.search(c.question, 3)] == [h.id for h in large.search(c.question, 3)] for c in cases
    )
    assert same >= 0.95 * len(cases)


@pytest.mark.parametrize(
    "question", ["武汉的企业买科技保险有补助吗?", "政府怎样增加科技投入?", "武汉第58条", "三个城市怎样支持科技金融?",
                 "今天天气怎么样?", "武汉的条例里哪些条提到知识产权?", "常州市科学技术主管部门有哪些职责?",
                 "常州的研发机购怎么扶持", "常州的科研经肺怎么管"],
)  # fmt: skip
def test_an_answer_is_the_same_word_for_word(helper: Assistant, large: Assistant, question: str) -> None:
    one, other = helper.ask(question), large.ask(question)
    assert other.text == one.text
    assert other.citations == one.citations
    assert [h.id for h in other.hits] == [h.id for h in one.hits]


def test_what_is_scored_is_scored_exactly(large: Assistant) -> None:
    searcher = large.library().searcher
    assert isinstance(searcher, engine.EngineSearcher)
    vector = large.path.deciding.embed("科技保险")
    exact, found = searcher.exactly(vector, "科技保险"), searcher.score(vector, "科技保险")
    assert np.argsort(-found.total)[:10].tolist() == np.argsort(-exact.total)[:10].tolist()
    best = int(found.total.argmax())
    assert found.total[best] == pytest.approx(exact.total[best], rel=1e-4)


def test_the_nearest_paragraph_is_the_same_beside_the_engine(helper: Assistant, large: Assistant) -> None:
    vector = helper.path.deciding.embed("买科技保险的企业给不给补贴")
    for id_ in ("wuhan/58", "changzhou/1"):
        one, other = (a.library().searcher.nearest_paragraph(vector, id_) for a in (helper, large))
        assert np.allclose(one, other, atol=2e-3)


def test_a_regulation_is_read_when_it_is_looked_at(helper: Assistant, large: Assistant) -> None:
    one, other = helper.library(), large.library()
    assert [r.id for r in other.regulations] == [r.id for r in one.regulations]
    wuhan = other.regulation("wuhan")
    assert wuhan.articles == one.regulation("wuhan").articles
    assert set(wuhan.questions) == set(one.regulation("wuhan").questions)
    assert other.by_id["wuhan/58"][1] == one.by_id["wuhan/58"][1]
    assert other.norms_of_article("wuhan/58") == one.norms_of_article("wuhan/58")
    assert [*other.norms(["luoyang"])] == [*one.norms(["luoyang"])]
    assert len(other.by_id) == len(one.by_id)
    with pytest.raises(KeyError):
        other.by_id["wuhan/999"]


def test_whether_a_regulation_has_words_is_told_before_it_is_read(tmp_path: Path) -> None:
    writer = PostingsWriter(tmp_path)
    for text in ("孵化器", "企業購買\n科技保險", "对科技人员给予保险补助。", "孵化器"):
        writer.add(text)
    writer.finish()
    words = Postings(tmp_path)
    head = asdict(HELD[0]) | {"articles": (), "questions": ()}
    stored = StoredRegulation(read=lambda: pytest.fail("read"), has=lambda some: words.have(some, 1, 2), **head)
    for said in ("科技保险", "购买", "补助"):
        assert stored.may_say(["孵化", said])
    for unsaid in ("孵化器", "科技补助", "买科技人"):
        assert not stored.may_say([unsaid])
    assert not stored.may_say([])
    assert HELD[0].may_say(["孵化器"])  # what is in memory is simply looked at


@pytest.mark.parametrize("few", [1, 30, 3_000])
@pytest.mark.parametrize("ties", [False, True])
def test_the_best_of_many_scores(few: int, ties: bool) -> None:
    scores = np.random.default_rng(3).standard_normal(6_400)
    scores[::7] = -np.inf
    if ties:
        scores = np.where(scores > 1, 1.0, 0.0)
    found = highest(scores, few)
    assert len({*found.tolist()}) == few
    assert sorted(scores[found]) == sorted(scores)[-few:]


def test_the_best_are_found_where_every_sixteenth_is_like_no_other() -> None:
    scores = np.random.default_rng(3).standard_normal(6_400)
    scores[::16] += 10
    assert sorted(scores[highest(scores, 1_000)]) == sorted(scores)[-1_000:]
    scores[::16] -= 20
    assert sorted(scores[highest(scores, 1_000)]) == sorted(scores)[-1_000:]


def test_what_lies_far_behind_is_not_looked_at_more_nearly() -> None:
    total = np.linspace(10, 0, 1_001)[::-1].copy()  # the best last, a hundredth between two
    far = engine.searcher.not_far_behind(total, 500, 1.0)
    assert sorted(far.tolist()) == list(range(1_001 - RUNNING - 100, 1_001))
    assert len(engine.searcher.not_far_behind(total, 50, 1.0)) == 50
    assert len(engine.searcher.not_far_behind(total[:7], 50, 0.0)) == 7
    total[:] = 1.0
    assert len(engine.searcher.not_far_behind(total, 500, 0.5)) == 500


def test_how_far_behind_is_told_before_and_after_the_nearer_look(
    large: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = large.library().searcher
    assert isinstance(searcher, engine.EngineSearcher)
    vector = np.asarray(large.path.deciding.embed("科技保险"), dtype=np.float32)
    read: list[int] = []
    kept = searcher._layout.block_kept
    monkeypatch.setattr(searcher._layout, "block_kept", lambda places: (read.append(len(places)), kept(places))[1])
    monkeypatch.setattr("vectorstore.engine.searcher.NEIGHBOURS", 0)
    for coarse, finer in ((9.0, 9.0), (0.0, 9.0), (9.0, 0.0)):
        monkeypatch.setattr("vectorstore.engine.searcher._FEW_AXES", coarse)
        monkeypatch.setattr("vectorstore.engine.searcher._MORE_AXES", finer)
        searcher.score(vector, "科技保险")
    assert read[1:] == [RUNNING, RUNNING] < [read[0]] * 2


def test_of_very_many_rows_none_is_kept(large: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    searcher = large.library().searcher
    assert isinstance(searcher, engine.EngineSearcher)
    vector = np.asarray(large.path.deciding.embed("科技保险"), dtype=np.float32)
    searcher.score(vector, "科技保险")
    assert searcher._layout._lately is not None
    monkeypatch.setattr("vectorstore.engine.layout._KEPT_ROWS", 20)
    searcher.score(vector, "科技保险")
    assert searcher._layout._lately is None


@pytest.mark.parametrize("counts", [(1, 40), (500, 600), (3, 1), (0, 7)])
def test_the_places_that_two_lists_have(counts: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    some, more = (np.sort(rng.choice(900, n, replace=False)) for n in counts)
    if len(some) == 1:
        some = more[17:18]
    assert _both(some, more).tolist() == np.intersect1d(some, more).tolist()


def test_what_is_usual_follows_from_the_sums(large: Assistant) -> None:
    searcher = large.library().searcher
    assert isinstance(searcher, engine.EngineSearcher)
    vector = np.asarray(large.path.deciding.embed("科技保险"), dtype=np.float32)
    exact = searcher.exactly(vector, "科技保险")
    for fewer, near in ((False, 1), (True, 3)):
        told = searcher._statistics.best(vector, fewer=fewer)
        for (mean, deviation), scores in zip(told, (exact.article, exact.paragraph), strict=True):
            assert mean == pytest.approx(np.nanmean(scores), rel=1e-3 * near)
            assert deviation == pytest.approx(np.nanstd(scores), rel=0.02 * near)


def test_what_was_scored_is_not_read_once_more_to_be_looked_at(
    large: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = large.library().searcher
    assert isinstance(searcher, engine.EngineSearcher)
    places = large.library().places("luoyang")
    read = searcher.likeness(places, places[::-1])
    fresh = engine.EngineSearcher(searcher._layout.volumes, searcher._index.ask)
    vector = np.asarray(large.path.deciding.embed("科技保险"), dtype=np.float32)
    fresh.score(vector, "科技保险", ["luoyang"])

    def none(*_: object) -> Vectors:
        raise AssertionError

    one = searcher.article_ids[places[7]]
    known = searcher.paragraph_scores(vector, one)
    for volume in fresh._layout.volumes:
        monkeypatch.setattr(volume, "_read", none)
    assert np.array_equal(fresh.likeness(places, places[::-1]), read)
    assert fresh.paragraph_scores(vector, one) == known
    with pytest.raises(AssertionError):
        fresh.likeness(places, large.library().places("wuhan"))


def test_what_is_usual_is_told_by_a_few_and_by_what_a_scan_saw_of_all() -> None:
    rng = np.random.default_rng(3)
    counts = rng.integers(2, 5, 4_000)
    vectors = rng.standard_normal((int(counts.sum()), 8)).astype(np.float32)
    vectors += np.repeat(rng.standard_normal((4_000, 8)), counts, axis=0).astype(np.float32)
    query = vectors[7]
    starts = starts_of(counts)
    exact = np.maximum.reduceat(vectors @ query, starts)
    seen = exact + rng.standard_normal(4_000) * 0.3 * exact.std()
    everyone = np.arange(4_000)
    places = everyone[exact > np.quantile(exact, 0.3)][::10]  # a sample that is not like the whole
    rows = np.concatenate([np.arange(at, at + n) for at, n in zip(starts[places], counts[places], strict=True)])
    some = Several(everyone, places, vectors[rows], starts_of(counts[places]))
    mean, variance = some.best(vectors[rows] @ query, seen)
    assert abs(mean - exact.mean()) < abs(exact[places].mean() - exact.mean()) / 2
    assert abs(variance - exact.var()) < abs(exact[places].var() - exact.var()) / 2
    whole = Several(everyone, everyone, vectors, starts)
    assert len(whole.fewer().places) == 1_000
    assert np.array_equal(whole.fewer().vectors[:2], vectors[[*range(counts[0])][:2]])
    assert len(some.fewer().places) == len(places)  # a small sample is read whole
    assert whole.best(vectors @ query, seen) == pytest.approx((exact.mean(), exact.var()), rel=1e-4)


@pytest.mark.parametrize("scanned", [0, 3_000_000], ids=["by Chroma's index", "by a scan"])
def test_either_way_of_naming_candidates_finds_the_best(
    large: Assistant, monkeypatch: pytest.MonkeyPatch, scanned: int
) -> None:  # fmt: skip
    monkeypatch.setattr("vectorstore.engine.searcher.SCANNED", scanned)
    library = large.library()
    volumes = open_volumes(large.store, library.manifest)
    searcher = engine.EngineSearcher(volumes, large.store.nearest)
    assert searcher.scans == bool(scanned)
    for question in ("科技保险", "政府怎样增加科技投入?"):
        vector = large.path.deciding.embed(question)
        exact, found = searcher.exactly(vector, question).total, searcher.score(vector, question).total
        assert np.argsort(-found)[:3].tolist() == np.argsort(-exact)[:3].tolist()


def test_the_best_row_of_each_article_is_found_whatever_their_number() -> None:
    counts = np.array([1, 0, 2, 8, 9, 1, 30, 0, 3])
    cosines = np.random.default_rng(3).random(int(counts.sum()), dtype=np.float32)
    ends = np.cumsum(counts)
    best = RowsOfArticles.of(counts).best(cosines)
    wanted = [cosines[e - n : e].max() if n else np.nan for e, n in zip(ends, counts, strict=True)]
    np.testing.assert_array_equal(best, np.array(wanted, dtype=np.float64))
    assert np.isnan(RowsOfArticles.of(np.zeros(3, dtype=int)).best(cosines[:0])).all()


def test_a_sketch_tells_nearly_and_then_more_nearly() -> None:
    rng = np.random.default_rng(1)
    rows = rng.standard_normal((500, 384), dtype=np.float32) * np.linspace(2, 0.1, 384, dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    counts = np.tile(np.array([1, 4, 0]), (100, 1))

    def rows_of(kind: int) -> np.ndarray:
        return (
            np.flatnonzero(np.arange(500) % 5 == 0)
            if kind == 0
            else np.flatnonzero(np.arange(500) % 5 > 0)[: kind % 2 * 400]
        )

    with tempfile.TemporaryDirectory() as folder:
        write_sketch(Path(folder), 384, counts.sum(0), rows_of, lambda some: rows[some])
        sketch = Sketch(Path(folder), counts)
        for kind in (0, 1):
            exact, nearly = rows[rows_of(kind)] @ rows[3], sketch.cosines(kind, rows[3])
            nearer = nearly + sketch.finer(kind, rows[3], np.arange(len(nearly)))
            assert np.abs(nearer - exact).max() < np.abs(nearly - exact).max()
            assert np.abs(nearer - exact).mean() < 0.01  # what lies along the last axes alone is not seen


@pytest.mark.parametrize("where", ["memory", "disk", "both"])
def test_words_score_as_bm25s_does(where: str, tmp_path: Path) -> None:
    theirs = bm25s.BM25(k1=K1, b=B)
    theirs.index([bigrams(t) for t in TEXTS], show_progress=False)

    def on_disk(texts: Sequence[str]) -> Postings:
        writer = PostingsWriter(tmp_path)
        for text in texts:
            writer.add(text)
        writer.finish()
        return Postings(tmp_path)

    words = Words([ListsInMemory(TEXTS) if where == "memory" else on_disk(TEXTS)], [len(TEXTS)])
    if where == "both":  # each text twice: as many places have it, and as many have not
        words = Words([ListsInMemory(TEXTS), on_disk(TEXTS)], [len(TEXTS)] * 2)
        theirs.index([bigrams(t) for t in (*TEXTS, *TEXTS)], show_progress=False)
    for asked in ("科技保险", "AI", "3年", "无关的话", "", "科"):
        known = [g for g in dict.fromkeys(bigrams(asked)) if g in theirs.vocab_dict]
        scores = theirs.get_scores(known) if known else np.zeros(len(words.score(asked)))
        assert words.score(asked) == pytest.approx(scores, rel=1e-5)
        held = [
            n for n, t in enumerate(TEXTS * (2 if where == "both" else 1)) if set(bigrams(asked)) <= set(bigrams(t))
        ]
        assert words.sharing(asked).tolist() == (held if bigrams(asked) else [])
    best = np.maximum(*(theirs.get_scores(bigrams(w)) / len(bigrams(w)) for w in ("保险", "科技")))
    groups = [("保险", "科技"), ("离岗",)]
    own, any_ = words.score_both("科技保险", groups)
    assert own.tolist() == words.score("科技保险").tolist()
    assert any_ == pytest.approx(best + theirs.get_scores(["离岗"]), rel=1e-5)
