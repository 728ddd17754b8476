"""Regulations become the index in service: what is embedded, reused, kept and refused."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from index_support import ARTICLES, Counting, best, build, many, regulation

from assistant.index import bring_up_to_date
from assistant.index import build as build_corpus
from law.corpus import regulation_of
from law.formats.document import decode
from law.norms import reader
from law.regulation import Regulation
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import chunks_of
from vectorstore.errors import EmbeddingError, IndexBusy
from vectorstore.filling import STEP
from vectorstore.ingest import added_regulations, held_regulations, writing
from vectorstore.library import Shelf

DECLARATION = 'id = "{id}"\ntitle = "{city}科技创新条例"\ncity = "{city}"\nprovince = ""\nstatus = "in_force"\n'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    held = ChromaStore(tmp_path / "chroma")
    yield held
    held.close()


def test_ingesting_twice_changes_nothing_and_says_so(tmp_path: Path, store: ChromaStore) -> None:
    first = build(tmp_path, regulation(questions=True))
    assert (first.changed, first.embedded, first.reused) == (True, len(chunks_of(regulation(questions=True))), 0)
    model = Counting()
    second = build(tmp_path, regulation(questions=True), embeddings=model)
    assert (second.changed, second.embedded, model.embedded) == (False, 0, [])
    assert second.reused == first.embedded
    assert second.manifest == first.manifest == store.manifest()


def test_the_order_of_regulations_is_no_change(tmp_path: Path) -> None:
    other = regulation(id_="linhe", city="临河市")
    build(tmp_path, regulation(), other)
    assert not build(tmp_path, other, regulation()).changed


def test_editing_one_article_embeds_that_article_alone(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path, regulation(questions=True))
    model = Counting()
    edited = regulation(*ARTICLES[:3], "鼓励银行发放科技贷款。\n逾期的，可以展期。", *ARTICLES[4:], questions=True)
    report = build(tmp_path, edited, embeddings=model)
    assert report.changed
    assert len(model.embedded) == report.embedded == 3  # the article and its two 款
    assert all("科技贷款" in t or "展期" in t for t in model.embedded)
    assert best(Shelf(store, "counting"), "鼓励银行发放科技贷款。") == "haicheng/4"


def test_a_new_title_or_status_embeds_only_what_names_it(tmp_path: Path) -> None:
    build(tmp_path, regulation())
    repealed = replace(regulation(), status="repealed")
    report = build(tmp_path, repealed)
    assert (report.changed, report.embedded) == (True, 0)


def test_leaving_out_likely_questions_reuses_every_vector(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path, regulation(questions=True))
    report = build(tmp_path, regulation(questions=True), likely_questions=False)
    assert (report.changed, report.embedded) == (True, 0)
    stored = store.read(report.manifest.generation)
    assert stored
    assert {m["kind"] for m in stored.metadatas} == {"regulation", "article", "paragraph"}
    assert len(held_regulations(store)[0].questions) == 6  # the regulation itself keeps them


def test_removing_a_regulation_removes_all_of_it(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path, regulation(), regulation(id_="linhe", city="临河市"))
    report = build(tmp_path, regulation())
    assert report.embedded == 0
    assert [r.id for r in held_regulations(store)] == ["haicheng"]


def test_what_was_ingested_comes_back_the_same(tmp_path: Path, store: ChromaStore) -> None:
    given = (regulation(questions=True), regulation(id_="linhe", city="臨河市", title="臨河市科學技術條例"))
    build(tmp_path, *given)
    assert held_regulations(store) == given


def test_the_report_counts_and_the_progress_reaches_its_end(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    report = build(tmp_path, many(50), progress=lambda *step: seen.append(step))
    row = report.rows[0]
    assert row.regulation.id == "haicheng"
    total = len(chunks_of(many(50)))
    assert row.chunks == report.embedded == total > 100
    assert row.tokens == sum(int(c.metadata["tokens"]) for c in chunks_of(many(50)))
    assert [s for s in seen if s[0] == "embed"][-1] == ("embed", total, total)
    assert seen[-1] == ("write", total, total)
    assert all(done <= total for _, done, total in seen)


def test_the_metadata_of_a_chunk_is_what_the_design_lists(tmp_path: Path, store: ChromaStore) -> None:
    dated = replace(regulation(questions=True), province="某省", dates={"effective": "2024-01-01"})
    generation = build(tmp_path, dated).manifest.generation
    rows = dict(zip(*_ids_and_metadata(store, generation), strict=True))
    paragraph = rows["haicheng/4#p2"]
    assert paragraph.pop("hash")
    assert paragraph.pop("tokens")
    assert paragraph == {
        "kind": "paragraph", "article_id": "haicheng/4", "regulation_id": "haicheng", "city": "海城市",
        "province": "某省", "regulation": "海城市科技创新条例", "status": dated.status, "chapter": "第一章 总则",
        "article": 4, "label": "第四条", "paragraph": 2, "effective": "2024-01-01", "source": "haicheng",
    }  # fmt: skip
    assert {m["kind"] for m in rows.values()} == {"regulation", "article", "paragraph", "question"}
    assert all(v is not None for m in rows.values() for v in m.values())
    assert rows["haicheng/4#q1"]["answered_by"] == "1"


def _ids_and_metadata(store: ChromaStore, generation: str) -> tuple[list[str], list[dict[str, object]]]:
    held = store.collection(generation).get(include=["metadatas"])
    return held["ids"], [dict(m) for m in held["metadatas"] or []]


def test_two_ingests_at_once(tmp_path: Path, store: ChromaStore) -> None:
    """The second is told so at once; the first goes on to its end."""
    began, go_on = threading.Event(), threading.Event()

    class Slow(Counting):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            began.set()
            assert go_on.wait(20)
            return super().embed_documents(texts)

    done: list[object] = []
    first = threading.Thread(target=lambda: done.append(build(tmp_path, embeddings=Slow())))
    first.start()
    assert began.wait(20)
    with pytest.raises(IndexBusy, match=r"另一个 fatiao ingest 正在写「.*」的索引，请等它结束"):
        build(tmp_path, many(3))
    go_on.set()
    first.join(20)
    assert len(done) == 1
    assert [r.id for r in held_regulations(store)] == ["haicheng"]
    assert build(tmp_path, many(3)).changed


def test_the_right_to_write_can_be_nested_and_is_given_back(tmp_path: Path) -> None:
    with writing(tmp_path), writing(tmp_path):
        pass
    failed: list[Exception] = []

    def attempt() -> None:
        try:
            with writing(tmp_path):
                pass
        except IndexBusy as error:
            failed.append(error)

    for expected in (1, 0):
        failed.clear()
        if expected:
            with writing(tmp_path):
                _run(attempt)
        else:
            _run(attempt)
        assert len(failed) == expected


def _run(work: object) -> None:
    thread = threading.Thread(target=work)  # type: ignore[arg-type]
    thread.start()
    thread.join(20)


def test_a_model_that_fails_half_way_leaves_the_index_and_loses_little(tmp_path: Path, store: ChromaStore) -> None:
    old = build(tmp_path).manifest

    class Failing(Counting):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if self.embedded:
                raise EmbeddingError("向量服务没有回答")
            return super().embed_documents(texts)

    with pytest.raises(EmbeddingError):
        build(tmp_path, many(200), embeddings=Failing())
    assert store.manifest() == old
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"
    report = build(tmp_path, many(200))
    assert report.embedded + report.reused == len(chunks_of(many(200)))
    assert report.reused >= STEP
    assert [name for name, _ in store.generations()] == [report.manifest.generation]


@pytest.mark.parametrize("bad", [0.0, float("nan")])
def test_useless_vectors_are_refused(tmp_path: Path, store: ChromaStore, bad: float) -> None:
    class Useless(Counting):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[bad] * self.dimension for _ in texts]

    with pytest.raises(EmbeddingError, match="没有给出"):
        build(tmp_path, embeddings=Useless())
    assert store.manifest() is None


def test_vectors_of_any_length_become_cosines(tmp_path: Path, store: ChromaStore) -> None:
    class Long(Counting):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[7 * x for x in row] for row in super().embed_documents(texts)]

    build(tmp_path, embeddings=Long())
    searcher = Shelf(store, "counting").library().searcher
    scored = searcher.score(Counting().embed_query(ARTICLES[0]), ARTICLES[0])
    assert max(map(scored.similarity_at, range(len(searcher.article_ids)))) == pytest.approx(1, abs=1e-5)


def test_another_model_embeds_everything_anew(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    report = build(tmp_path, embeddings=Counting("other", 24))
    assert (report.changed, report.reused) == (True, 0)
    assert (report.manifest.model, report.manifest.dimension) == ("other", 24)


def test_the_same_model_in_another_dimension_embeds_everything_anew(tmp_path: Path) -> None:
    build(tmp_path)
    report = build(tmp_path, embeddings=Counting("counting", 24))
    assert (report.changed, report.reused, report.manifest.dimension) == (True, 0, 24)


def test_a_damaged_generation_is_built_again(tmp_path: Path, store: ChromaStore) -> None:
    """The manifest names a generation that Chroma no longer has."""
    first = build(tmp_path)
    store.drop_others(keep="")
    store.close()
    report = build(tmp_path)
    assert report.changed
    assert report.manifest.generation != first.manifest.generation
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"


def test_the_folder_does_not_grow_with_every_ingest(tmp_path: Path) -> None:
    for n in range(6):
        build(tmp_path, regulation(*ARTICLES, f"第{n}版。"))
        if n == 2:
            settled = _size(tmp_path)
    assert _size(tmp_path) < settled * 1.5
    assert len(list((tmp_path / "chroma").glob("*.npz"))) == 1
    assert len([p for p in (tmp_path / "chroma").iterdir() if p.is_dir()]) <= 1


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


# --- the corpus folder, and what was added to it ---


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for id_, city in (("haicheng", "海城市"), ("linhe", "临河市")):
        (folder / id_).mkdir(parents=True)
        (folder / id_ / "regulation.toml").write_text(DECLARATION.format(id=id_, city=city), "utf-8")
        text = "\n".join(f"第{n}条 {t}" for n, t in zip("一二三四五六", ARTICLES, strict=True))
        (folder / id_ / "source.txt").write_text(f"{city}科技创新条例\n{text}\n", "utf-8")
    return folder


def _bare() -> Regulation:
    text = "青岛市科技创新条例\n第一条 为了推进科技创新，制定本条例。\n第二条 本条例适用于本市。\n"
    return regulation_of(decode(text.encode(), "某处/qingdao-2023.md"))


def _bring(store: ChromaStore, data: Path, corpus: Path, model: Counting, *, likely_questions: bool = True) -> None:
    bring_up_to_date(store, model, data, corpus, likely_questions=likely_questions, progress=None)


def test_an_added_document_survives_a_later_plain_ingest(tmp_path: Path, store: ChromaStore, corpus: Path) -> None:
    build_corpus(store, Counting(), tmp_path, corpus, added=(_bare(),))
    assert [r.id for r in added_regulations(store)] == ["qingdao"]
    report = build_corpus(store, Counting(), tmp_path, corpus)
    assert not report.changed
    (corpus / "linhe" / "source.txt").write_text("临河市科技创新条例\n第一条 全部改写。\n", "utf-8")
    assert build_corpus(store, Counting(), tmp_path, corpus).changed
    assert [r.id for r in held_regulations(store)] == ["haicheng", "linhe", "qingdao"]
    build_corpus(store, Counting("other"), tmp_path, corpus)  # also one that embeds everything anew
    assert [r.id for r in held_regulations(store)] == ["haicheng", "linhe", "qingdao"]


def test_an_empty_folder_is_built_and_a_changed_corpus_renewed(
    tmp_path: Path, store: ChromaStore, corpus: Path
) -> None:
    model = Counting()
    _bring(store, tmp_path, corpus, model)
    first = store.manifest()
    assert first
    _bring(store, tmp_path, corpus, model)
    assert store.manifest() == first
    source = corpus / "haicheng" / "source.txt"
    source.write_text(source.read_text("utf-8") + "第七条 本条例自公布之日起施行。\n", "utf-8")
    (corpus / "haicheng" / ".notes.swp").write_text("an editor's own")
    before = len(model.embedded)
    _bring(store, tmp_path, corpus, model)
    assert len(model.embedded) == before + 2
    assert store.manifest() != first


def test_an_index_with_likely_questions_serves_without_them(tmp_path: Path, store: ChromaStore, corpus: Path) -> None:
    _bring(store, tmp_path, corpus, Counting())
    first = store.manifest()
    _bring(store, tmp_path, corpus, Counting(), likely_questions=False)
    assert store.manifest() == first


def test_an_index_of_another_model_is_not_touched(tmp_path: Path, store: ChromaStore, corpus: Path) -> None:
    _bring(store, tmp_path, corpus, Counting())
    first = store.manifest()
    _bring(store, tmp_path, corpus, Counting("other"))
    assert store.manifest() == first


def test_a_changed_corpus_while_another_ingests_is_answered_from_the_old_index(
    tmp_path: Path, store: ChromaStore, corpus: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _bring(store, tmp_path, corpus, Counting())
    first = store.manifest()
    (corpus / "linhe" / "source.txt").write_text("临河市科技创新条例\n第一条 全部改写。\n", "utf-8")
    with writing(tmp_path):
        _run(lambda: _bring(store, tmp_path, corpus, Counting()))
    assert "先用现有的索引回答" in caplog.text
    assert store.manifest() == first


def test_an_addition_made_meanwhile_is_not_lost(tmp_path: Path, store: ChromaStore, corpus: Path) -> None:
    """A plain ingest that starts while a document is being added is refused, not run on old news."""
    build_corpus(store, Counting(), tmp_path, corpus)
    refused: list[Exception] = []

    class Adding(Counting):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            _run(lambda: _plain(refused))
            return super().embed_documents(texts)

    def _plain(refused: list[Exception]) -> None:
        try:
            build_corpus(store, Counting(), tmp_path, corpus)
        except IndexBusy as error:
            refused.append(error)

    build_corpus(store, Adding(), tmp_path, corpus, added=(_bare(),))
    assert refused
    build_corpus(store, Counting(), tmp_path, corpus)
    assert "qingdao" in [r.id for r in held_regulations(store)]


def test_a_text_more_reads_the_norms_of_no_article_that_is_held(
    tmp_path: Path, store: ChromaStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, new = many(20), regulation("航道每年疏浚一次。", id_="linhe", city="临河市")
    build(tmp_path, held, store=store)
    read: list[str] = []
    whole = reader._read

    def reading(printed: str, *rest: object, **more: object) -> object:
        read.append(printed)
        return whole(printed, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "_read", reading)
    assert build(tmp_path, held, new, store=store).changed
    assert read == ["航道每年疏浚一次。"]
