"""Scores for every article: what counts, and what must not break them."""

import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from index_support import ARTICLES, regulation

from law.bundled import bundled_folder
from law.corpus import load_folder
from law.regulation import Regulation
from law.text.grams import bigrams
from vectorstore.chunks import ARTICLE, PARAGRAPH, chunks_of
from vectorstore.embeddings import OfflineEmbeddings
from vectorstore.ranking.in_memory import Searcher
from vectorstore.snapshot import Stored


def _stored(regulations: Sequence[Regulation], embeddings: OfflineEmbeddings) -> Stored:
    chunks = [c for r in regulations for c in chunks_of(r)]
    vectors = np.asarray(embeddings.embed_documents([c.text for c in chunks]), np.float32)
    return Stored([c.id for c in chunks], [c.text for c in chunks], [c.metadata for c in chunks], vectors)


@pytest.fixture(scope="module")
def model() -> OfflineEmbeddings:
    return OfflineEmbeddings()


@pytest.fixture(scope="module")
def stored(model: OfflineEmbeddings) -> Stored:
    return _stored([regulation(questions=True)], model)


def _ranked(searcher: Searcher, model: OfflineEmbeddings, question: str) -> list[str]:
    total = searcher.score(model.embed_query(question), question).total
    return [searcher.article_ids[i] for i in np.argsort(-total, kind="stable")]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("企业买科技保险有补贴吗", "haicheng/4"),
        ("科技人员离岗创业", "haicheng/5"),
        ("孵化器交税有优惠吗", "haicheng/6"),
    ],
)
@pytest.mark.parametrize("likely_questions", [True, False])
def test_the_article_that_answers_comes_first(
    question: str, article: str, likely_questions: bool, stored: Stored, model: OfflineEmbeddings
) -> None:
    searcher = Searcher(stored, likely_questions=likely_questions)
    assert _ranked(searcher, model, question)[0] == article


def test_the_paragraph_that_answers_scores_best(stored: Stored, model: OfflineEmbeddings) -> None:
    searcher = Searcher(stored)
    scores = searcher.paragraph_scores(model.embed_query("保费补贴"), "haicheng/4")
    assert set(scores) == {1, 2}
    assert scores[2] > scores[1]
    nearest = searcher.nearest_paragraph(model.embed_query("保费补贴"), "haicheng/4")
    assert float(nearest @ np.asarray(model.embed_query("保费补贴"))) == pytest.approx(scores[2], abs=1e-5)


def test_the_likely_questions_of_an_article(stored: Stored, model: OfflineEmbeddings) -> None:
    vector = model.embed_query("第四条说了什么？")
    ((paragraphs, score),) = Searcher(stored).question_scores(vector, "haicheng/4")
    assert paragraphs == (1,)
    assert score > 0.9
    assert Searcher(stored, likely_questions=False).question_scores(vector, "haicheng/4") == []


def test_without_likely_questions_their_words_do_not_count(stored: Stored, model: OfflineEmbeddings) -> None:
    vector = model.embed_query("说了什么")
    assert Searcher(stored).score(vector, "说了什么").words.max() > 0
    assert Searcher(stored, likely_questions=False).score(vector, "说了什么").words.max() == 0
    assert np.isnan(Searcher(stored, likely_questions=False).score(vector, "说了什么").question).all()


def test_an_article_without_paragraphs_or_questions_is_ranked_all_the_same(model: OfflineEmbeddings) -> None:
    full = _stored([regulation(questions=True)], model)
    keep = [i for i, id_ in enumerate(full.ids) if not id_.startswith(("haicheng/4#p", "haicheng/4#q"))]
    part = Stored(
        [full.ids[i] for i in keep], [full.texts[i] for i in keep], [full.metadatas[i] for i in keep],
        full.vectors[keep],
    )  # fmt: skip
    searcher = Searcher(part)
    vector = model.embed_query("科技保险")
    assert np.isfinite(searcher.score(vector, "科技保险").total).all()
    assert np.isfinite(searcher.score(vector, "科技保险").similarity_at(searcher.index_of("haicheng/4")))
    assert searcher.paragraph_scores(vector, "haicheng/4") == {}
    whole = full.vectors[next(i for i in keep if full.metadatas[i].get("article_id") == "haicheng/4")]
    assert np.array_equal(searcher.nearest_paragraph(vector, "haicheng/4"), whole)
    assert searcher.question_scores(vector, "haicheng/4") == []
    assert _ranked(searcher, model, "科技保险")[0] == "haicheng/4"


@pytest.mark.parametrize("kinds", [("regulation",), ("regulation", "article")])
def test_an_index_without_paragraphs_or_without_articles(
    kinds: tuple[str, ...], stored: Stored, model: OfflineEmbeddings
) -> None:
    keep = [i for i, m in enumerate(stored.metadatas) if m["kind"] in kinds]
    part = Stored(
        [stored.ids[i] for i in keep], [stored.texts[i] for i in keep], [stored.metadatas[i] for i in keep],
        stored.vectors[keep],
    )  # fmt: skip
    searcher = Searcher(part)
    scored = searcher.score(model.embed_query("科技保险"), "科技保险")
    assert np.isfinite(scored.total).all()
    assert len(scored.total) == (7 if "article" in kinds else 0)
    if searcher.article_ids:
        assert searcher.paragraph_scores(model.embed_query("科技"), "haicheng/4") == {}


def test_an_article_of_which_nothing_was_embedded_is_like_none(stored: Stored, model: OfflineEmbeddings) -> None:
    keep = [
        i for i, m in enumerate(stored.metadatas)
        if m.get("article_id") != "haicheng/4" or m["kind"] not in (ARTICLE, PARAGRAPH)
    ]  # fmt: skip
    part = Stored(
        [stored.ids[i] for i in keep], [stored.texts[i] for i in keep], [stored.metadatas[i] for i in keep],
        stored.vectors[keep],
    )  # fmt: skip
    searcher = Searcher(part)
    at = np.array([searcher.index_of("haicheng/4"), searcher.index_of("haicheng/1")])
    likeness = searcher.likeness(at, at)
    assert likeness[0].tolist() == [0.0, 0.0]
    assert likeness[1, 1] == pytest.approx(1.0, abs=1e-3)
    assert not searcher.nearest_paragraph(model.embed_query("科技"), "haicheng/4").any()


def test_a_text_without_any_words(stored: Stored, model: OfflineEmbeddings) -> None:
    odd = Stored(stored.ids, ["……" for _ in stored.texts], stored.metadatas, stored.vectors)
    assert Searcher(odd).score(model.embed_query("科技"), "科技").words.max() == 0
    assert Searcher(stored).score(model.embed_query("？！"), "？！").words.max() == 0


def test_the_words_of_the_law_are_found_in_either_script() -> None:
    assert bigrams("智慧財產權") == bigrams("知识产权")
    assert bigrams("ＡＢ１２％的补助") == ["ab12", "的补", "补助"]
    assert bigrams("建立核心程序") == ["建立", "立核", "核心", "心程", "程序"]
    assert bigrams("第 二 十 条") == ["第二", "二十", "十条"]
    assert bigrams("") == bigrams("。") == []


def test_eight_threads_get_the_same_scores(stored: Stored, model: OfflineEmbeddings) -> None:
    searcher = Searcher(stored)
    questions = [*ARTICLES, "企业买科技保险有补贴吗"]
    expected = {q: searcher.score(model.embed_query(q), q).total.tobytes() for q in questions}
    wrong: list[str] = []

    def ask() -> None:
        for question in questions:
            if searcher.score(model.embed_query(question), question).total.tobytes() != expected[question]:
                wrong.append(question)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


def test_a_real_regulation_in_traditional_script_is_found_by_simplified_words(model: OfflineEmbeddings) -> None:
    luoyang = load_folder(bundled_folder() / "luoyang")
    part = replace(luoyang, articles=luoyang.articles[14:24], questions=())
    searcher = Searcher(_stored([part], model))
    assert len(searcher.article_ids) == 10
    answers = [a.id for a in part.articles if "科技企業孵化器應當提高專業化服務水平" in a.text]
    assert _ranked(searcher, model, "科技企业孵化器应当提高专业化服务水平")[:1] == answers


def test_of_a_large_index_the_best_rows_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    import vectorstore.ranking.rows as rows_module

    monkeypatch.setattr(rows_module, "LARGE", 100)
    monkeypatch.setattr(rows_module, "NEAR", 50)
    random = np.random.default_rng(7)
    vectors = random.normal(size=(2_000, 96)).astype(np.float32) * np.linspace(3, 0.1, 96, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    places = np.arange(2_000)
    rows = rows_module.Rows(vectors, places, places, [0] * 2_000)
    query = vectors[1_234] + 0.05 * random.normal(size=96).astype(np.float32)
    query /= np.linalg.norm(query)
    exact, got = vectors @ query, rows.cosines(query)
    best = np.argsort(-exact)[:10]
    assert np.argsort(-got)[:10].tolist() == best.tolist()
    assert np.allclose(got[best], exact[best], atol=1e-5)
    assert np.abs(got - exact).max() < 0.25
    assert rows.span(7) == (7, 8)
    assert rows.span(5_000) == (0, 0)
