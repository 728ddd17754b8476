"""The folder of the index is damaged or changed by hand: it is said, and nothing that was added is lost."""

import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from index_support import ARTICLES, best, build, many, regulation

from assistant import Assistant
from vectorstore import snapshot
from vectorstore.chroma import ChromaStore
from vectorstore.errors import StoreUnavailable
from vectorstore.ingest import added_regulations, held_regulations
from vectorstore.library import Shelf


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    held = ChromaStore(tmp_path / "chroma")
    yield held
    held.close()


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """An index that holds a document which somebody added; its file is named, so it is no bundled one."""
    build(tmp_path, regulation(), replace(regulation(id_="linhe", city="临河市"), source="linhe.docx"))
    return tmp_path / "chroma"


def _unlink(file: Path) -> None:
    file.unlink()


def _with(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    def do(file: Path) -> None:
        held = json.loads(file.read_text("utf-8"))
        change(held)
        file.write_text(json.dumps(held), "utf-8")

    return do


POINTER = {
    "deleted": _unlink,
    "emptied": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:30]),
    "no JSON": lambda file: file.write_bytes(b"\x00\xff\xfe{"),
    "another kind of JSON": lambda file: file.write_text("[1, 2]"),
    "deeply nested": lambda file: file.write_text("[" * 100_000 + "]" * 100_000),
    "a number for a name": _with(lambda held: held.update(generation=7)),
    "a list for a model": _with(lambda held: held.update(model=["counting"])),
    "a text for a number": _with(lambda held: held.update(dimension="16")),
    "a number for a switch": _with(lambda held: held.update(likely_questions=1)),
    "nothing for a date": _with(lambda held: held.update(made_at=None)),
    "without its generation": _with(lambda held: held.pop("generation")),
}


@pytest.mark.parametrize("how", POINTER)
def test_a_lost_pointer_loses_no_added_document(
    how: str, added: Path, store: ChromaStore, caplog: pytest.LogCaptureFixture
) -> None:
    now = store.manifest()
    POINTER[how](added / "current.json")
    assert store.manifest() is None
    with caplog.at_level(logging.WARNING, "fatiao"):
        assert [r.id for r in added_regulations(store)] == ["linhe"]
    assert "指明现用索引的文件丢失或已坏" in caplog.text
    assert "临河市科技创新条例" in caplog.text
    assert store.manifest() == now
    assert best(Shelf(store, "counting"), ARTICLES[1]) in ("haicheng/2", "linhe/2")


def test_an_index_of_an_earlier_version_is_found_again_too(added: Path, store: ChromaStore) -> None:
    """Its generation does not carry its manifest; that it has a copy says that it was finished."""
    now = store.manifest()
    assert now
    store.collection(now.generation).modify(metadata={"model": "counting", "begun": 1.0})
    (added / "current.json").write_text("")
    assert [r.id for r in held_regulations(store)] == ["haicheng", "linhe"]
    found = store.manifest()
    assert found
    assert (found.generation, found.model, found.dimension) == (now.generation, "counting", 16)


def test_a_generation_that_nobody_could_read_is_not_deleted(
    added: Path, store: ChromaStore, caplog: pytest.LogCaptureFixture
) -> None:
    build(added.parent, many(510), replace(regulation(id_="linhe", city="临河市"), source="linhe.docx"))
    now = store.manifest()
    assert now
    for file in added.glob("*/*"):  # the vectors
        file.write_bytes(os.urandom(file.stat().st_size))
    (added / "current.json").write_text("")
    store.close()
    with caplog.at_level(logging.ERROR, "fatiao"):
        report = build(added.parent, store=store)
    assert now.generation in caplog.text
    assert "没有动它" in caplog.text
    assert {name for name, _ in store.generations()} == {now.generation, report.manifest.generation}
    assert (added / f"{now.generation}.npz").exists()


def test_a_first_ingest_that_was_cut_off_is_not_taken_for_an_index(tmp_path: Path, store: ChromaStore) -> None:
    store.begin("counting")
    assert held_regulations(store) == ()
    assert store.manifest() is None
    report = build(tmp_path, store=store)
    assert [name for name, _ in store.generations()] == [report.manifest.generation]


def _rows_missing(stored: snapshot.Stored) -> snapshot.Stored:
    return replace(stored, ids=stored.ids[1:], texts=stored.texts[1:], metadatas=stored.metadatas[1:])


def _consistent_but_changed(stored: snapshot.Stored) -> snapshot.Stored:
    said = stored.metadatas[0]
    return replace(stored, metadatas=[{**said, "regulation": "改过的条例"}, *stored.metadatas[1:]])


COPIES: dict[str, Callable[[snapshot.Stored], snapshot.Stored]] = {
    "fewer rows than vectors": _rows_missing,
    "vectors of another length": lambda stored: replace(stored, vectors=stored.vectors[:, :5].copy()),
    "no numbers": lambda stored: replace(stored, vectors=np.full_like(stored.vectors, np.nan)),
    "other numbers": lambda stored: replace(stored, vectors=stored.vectors[::-1].copy()),
    "metadata without their keys": lambda stored: replace(stored, metadatas=[{"kind": "article"}] * len(stored.ids)),
    "consistent, but changed": _consistent_but_changed,
    "empty": lambda _: snapshot.Stored([], [], [], np.zeros((0, 0), np.float32)),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_that_is_not_what_was_written_is_not_served(
    how: str, tmp_path: Path, store: ChromaStore, caplog: pytest.LogCaptureFixture
) -> None:
    manifest = build(tmp_path).manifest
    right = store.read(manifest.generation)
    assert right
    file = tmp_path / "chroma" / f"{manifest.generation}.npz"
    snapshot.save(file, COPIES[how](right))
    with caplog.at_level(logging.WARNING, "fatiao"):
        read = store.read(manifest.generation)
    assert read
    assert (read.ids, read.texts, read.metadatas) == (right.ids, right.texts, right.metadatas)
    assert (read.vectors == right.vectors).all()
    assert "改读 Chroma" in caplog.text
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"
    assert not build(tmp_path).changed  # and the copy is mended
    assert snapshot.load(file, (store.manifest() or manifest).copy)


def test_the_copy_of_another_generation_is_not_served(tmp_path: Path, store: ChromaStore) -> None:
    old = build(tmp_path).manifest
    kept = (tmp_path / "chroma" / f"{old.generation}.npz").read_bytes()
    new = build(tmp_path, regulation(*ARTICLES, "新加的一条。")).manifest
    (tmp_path / "chroma" / f"{new.generation}.npz").write_bytes(kept)
    assert "haicheng/7" in Shelf(store, "counting").library().by_id


def test_an_index_without_a_digest_reads_chroma_until_the_next_ingest(tmp_path: Path, store: ChromaStore) -> None:
    manifest = build(tmp_path).manifest
    store.switch(replace(manifest, copy=""))
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"
    assert not build(tmp_path).changed
    renewed = store.manifest()
    assert renewed
    assert renewed.copy
    assert replace(renewed, copy="") == replace(manifest, copy="")


@pytest.mark.parametrize("at", ["chroma.sqlite3", "*/*.bin", "*.npz", "current.json"])
@pytest.mark.parametrize("part", [0.0, 0.5])
def test_one_file_cut_short_loses_no_added_document(at: str, part: float, added: Path, store: ChromaStore) -> None:
    """Ingest mends it from what the other files still hold."""
    for file in added.glob(at):
        file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
    kept = added_regulations(store)
    assert [r.id for r in kept] == ["linhe"]
    build(added.parent, regulation(), *kept)
    assert best(Shelf(store, "counting"), ARTICLES[1]) in ("haicheng/2", "linhe/2")
    assert [r.id for r in added_regulations(store)] == ["linhe"]


def test_all_of_it_cut_short_is_set_aside_and_said(
    added: Path, store: ChromaStore, caplog: pytest.LogCaptureFixture
) -> None:
    for at in ("chroma.sqlite3", "*.npz"):
        for file in added.glob(at):
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    with pytest.raises(StoreUnavailable, match="fatiao ingest"):
        Shelf(store, "counting").library()
    with caplog.at_level(logging.ERROR, "fatiao"):
        assert added_regulations(store) == ()
    (beside,) = added.parent.glob("chroma.damaged-*")
    assert str(beside) in caplog.text
    assert "请重新加入" in caplog.text
    build(added.parent)
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"


def test_a_pointer_emptied_under_a_running_assistant(own_index: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Assistant() as helper:
        before = helper.ask("武汉第五十八条")
        (own_index / "chroma" / "current.json").write_text("")
        assert helper.ask("武汉第五十八条").text == before.text
    assert "已按 Chroma 里的内容找回" in caplog.text
