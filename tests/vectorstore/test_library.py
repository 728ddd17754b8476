"""The library in memory: it notices a newer index, refuses another model's, and serves many at once."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from index_support import ARTICLES, Counting, best, build, regulation

from vectorstore.chroma import ChromaStore
from vectorstore.errors import IndexMismatch, IndexMissing, StoreUnavailable
from vectorstore.library import Shelf


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    held = ChromaStore(tmp_path / "chroma")
    yield held
    held.close()


def test_no_index_is_named_with_its_place_and_the_command(tmp_path: Path, store: ChromaStore) -> None:
    with pytest.raises(IndexMissing, match=r"里还没有索引，请运行 fatiao ingest") as caught:
        Shelf(store, "counting").library()
    assert str(tmp_path / "chroma") in str(caught.value)


def test_a_reader_notices_the_switch_at_its_next_question(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    shelf = Shelf(store, "counting")
    before = shelf.library()
    assert shelf.library() is before
    build(tmp_path, regulation(*ARTICLES, "违反本条例的，依法处理。"))
    after = shelf.library()
    assert after is not before
    assert "haicheng/7" in after.by_id
    assert best(shelf, "违反本条例的，依法处理。") == "haicheng/7"
    assert "haicheng/7" not in before.by_id  # a question that has begun keeps what it began with
    assert before.searcher.score(Counting().embed_query(ARTICLES[0]), ARTICLES[0]).total.shape == (7,)


def test_another_model_is_refused_until_the_index_is_made_with_it(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    shelf = Shelf(store, "other")
    with pytest.raises(IndexMismatch) as caught:
        shelf.library()
    for word in ("「counting」（16 维）", "「other」", "fatiao ingest", str(tmp_path)):
        assert word in str(caught.value)
    build(tmp_path, embeddings=Counting("other", 24))
    assert shelf.library().manifest.dimension == 24


def test_a_library_in_use_is_refused_once_the_index_is_another_models(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    shelf = Shelf(store, "counting")
    shelf.library()
    build(tmp_path, embeddings=Counting("other"))
    with pytest.raises(IndexMismatch):
        shelf.library()


def test_a_query_of_another_dimension_is_refused(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    searcher = Shelf(store, "counting").library().searcher
    with pytest.raises(IndexMismatch, match="索引里的向量是 16 维，现在的向量模型给出 24 维，请运行 fatiao ingest"):
        searcher.score(np.ones(24, np.float32), "科技")


def test_a_manifest_without_its_generation(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    store.drop_others(keep="")
    with pytest.raises(StoreUnavailable, match="fatiao ingest"):
        Shelf(store, "counting").library()


def test_the_library_in_memory_answers_while_the_store_is_away(
    tmp_path: Path, store: ChromaStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)
    shelf = Shelf(store, "counting")
    held = shelf.library()
    pointer = tmp_path / "chroma" / "current.json"
    pointer.unlink()
    pointer.mkdir()  # reading it fails, also for root
    assert shelf.library() is held
    with pytest.raises(StoreUnavailable):
        Shelf(store, "counting").library()
    pointer.rmdir()
    with pytest.raises(IndexMissing):
        shelf.library()


def test_a_switch_whose_generation_cannot_be_read_leaves_the_old_library(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    shelf = Shelf(store, "counting")
    held = shelf.library()
    build(tmp_path, regulation("全部改写。"))
    shutil.copytree(tmp_path / "chroma", tmp_path / "kept")
    for copy in (tmp_path / "chroma").glob("*.npz"):
        copy.unlink()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 999)
    assert shelf.library() is held


def test_many_threads_read_while_the_index_is_renewed(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    shelf = Shelf(store, "counting")
    seen: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            seen.append(best(shelf, ARTICLES[1]))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for n in range(3):
        build(tmp_path, regulation(*ARTICLES, f"第{n}版。"))
    stop.set()
    for thread in threads:
        thread.join(20)
    assert set(seen) == {"haicheng/2"}
    assert "haicheng/7" in shelf.library().by_id


def test_a_regulation_by_its_id(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    library = Shelf(store, "counting").library()
    assert library.regulation("haicheng").city == "海城市"
    with pytest.raises(KeyError):
        library.regulation("nowhere")
