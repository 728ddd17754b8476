"""The store in a folder: what happens when the disk is full, read-only, damaged or gone."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from index_support import ARTICLES, best, build, many, regulation

from vectorstore.chroma import ChromaStore
from vectorstore.errors import StoreDamaged, StoreUnavailable
from vectorstore.ingest import held_regulations
from vectorstore.library import Shelf
from vectorstore.manifest import Manifest

FULL_DISK = """
import resource, sys
from pathlib import Path
from index_support import build, many
from vectorstore.chroma import ChromaStore
from vectorstore.errors import StoreUnavailable
folder = Path(sys.argv[1])
build(folder)
largest = max(p.stat().st_size for p in folder.rglob("*") if p.is_file())
resource.setrlimit(resource.RLIMIT_FSIZE, (largest + int(sys.argv[2]), resource.RLIM_INFINITY))
store = ChromaStore(folder / "chroma")
try:
    build(folder, many(150), store=store)
except StoreUnavailable as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
if sys.argv[3] == "again":  # the same process, once there is room
    print(build(folder, many(150), store=store).changed)
"""

READ_ONLY = """
import os, sys, tempfile
from pathlib import Path
from index_support import ARTICLES, Counting, best, build, regulation
from vectorstore.chroma import ChromaStore
from vectorstore.errors import StoreUnavailable
from vectorstore.library import Shelf
folder = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as other:
    build(Path(other))
    best(Shelf(ChromaStore(Path(other) / "chroma"), "counting"), ARTICLES[1])
if os.geteuid() == 0:
    os.seteuid(65534)  # a read-only folder does not stop root
try:
    build(folder, regulation("全部改写。"))
except StoreUnavailable as error:
    print(error)
store = ChromaStore(folder / "chroma")
print(best(Shelf(store, "counting"), ARTICLES[1]))
try:
    store.begin("counting")
except StoreUnavailable as error:
    print(error)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    held = ChromaStore(tmp_path / "chroma")
    yield held
    held.close()


def _run(program: str, environment: dict[str, str], *arguments: object) -> list[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_path_or_a_url() -> None:
    with pytest.raises(ValueError, match="either"):
        ChromaStore()
    with pytest.raises(ValueError, match="either"):
        ChromaStore(Path("x"), "http://localhost:8000")


def test_an_empty_folder_holds_nothing_and_is_not_made(tmp_path: Path, store: ChromaStore) -> None:
    assert store.manifest() is None
    assert not (tmp_path / "chroma").exists()
    assert store.generations() == []


def test_chroma_itself_holds_every_chunk(tmp_path: Path, store: ChromaStore) -> None:
    """The copy beside it says what Chroma says; without the copy, Chroma is read."""
    manifest = build(tmp_path, regulation(questions=True)).manifest
    copied = store.read(manifest.generation)
    file = tmp_path / "chroma" / f"{manifest.generation}.npz"
    whole = file.read_bytes()
    for damage in (None, b"", b"not an archive", whole[: len(whole) // 2], whole[:-4000] + b"x" * 50 + whole[-3950:]):
        file.unlink(missing_ok=True)
        if damage is not None:
            file.write_bytes(damage)
        read = store.read(manifest.generation)
        assert copied
        assert read
        assert (read.ids, read.texts, read.metadatas) == (copied.ids, copied.texts, copied.metadatas)
        assert (read.vectors == copied.vectors).all()
    assert store.read("fatiao-gen-000000000000") is None
    assert not build(tmp_path, regulation(questions=True)).changed
    assert file.read_bytes() != damage  # made again by an ingest that found nothing to do
    assert store.collection(manifest.generation).count() == len(copied.ids)


def test_answering_does_not_import_chromadb(tmp_path: Path, support_environment: dict[str, str]) -> None:
    build(tmp_path)
    program = (
        "import sys; from pathlib import Path; from index_support import *\n"
        "print(best(Shelf(ChromaStore(Path(sys.argv[1]) / 'chroma'), 'counting'), ARTICLES[1]))\n"
        "print('chromadb' in sys.modules)"
    )
    assert _run(program, support_environment, tmp_path) == ["haicheng/2", "False"]


@pytest.mark.parametrize("said", ["", "{", "[]", "null", '{"generation": "x"}', "\x00\x00"])
def test_a_damaged_pointer_counts_as_none_and_is_put_back(tmp_path: Path, store: ChromaStore, said: str) -> None:
    build(tmp_path)
    (tmp_path / "chroma" / "current.json").write_text(said)
    assert store.manifest() is None
    report = build(tmp_path)
    assert (report.changed, report.embedded) == (False, 0)
    assert store.manifest() == report.manifest


def test_a_pointer_of_a_later_version_is_understood(tmp_path: Path, store: ChromaStore) -> None:
    manifest = build(tmp_path).manifest
    pointer = tmp_path / "chroma" / "current.json"
    pointer.write_text(pointer.read_text("utf-8").replace("{", '{"later": 1, ', 1), "utf-8")
    assert store.manifest() == manifest


def test_the_pointer_is_never_seen_half_written(tmp_path: Path, store: ChromaStore) -> None:
    manifest = build(tmp_path).manifest
    seen: set[Manifest | None] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add(ChromaStore(tmp_path / "chroma").manifest())

    reader = threading.Thread(target=read)
    reader.start()
    written = {replace(manifest, corpus_stamp="x" * n) for n in range(200)}
    for one in written:
        store.switch(one)
        assert store.manifest() == one
    stop.set()
    reader.join(20)
    assert seen <= written | {manifest}


@pytest.mark.slow  # programs of their own
@pytest.mark.parametrize("room", [20_000, 400_000])
def test_a_full_disk(room: int, tmp_path: Path, store: ChromaStore, support_environment: dict[str, str]) -> None:
    (said,) = _run(FULL_DISK, support_environment, tmp_path, room, "")
    assert str(tmp_path) in said
    assert "请检查磁盘" in said
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"
    assert [r.id for r in held_regulations(store)] == ["haicheng"]
    report = build(tmp_path, many(150))  # once there is room again
    assert [name for name, _ in store.generations()] == [report.manifest.generation]
    assert len(Shelf(store, "counting").library().by_id) == 151


@pytest.mark.slow
def test_a_process_that_met_a_full_disk_can_go_on(tmp_path: Path, support_environment: dict[str, str]) -> None:
    """Chroma leaves an open transaction behind, which would block the next write for good."""
    said, again = _run(FULL_DISK, support_environment, tmp_path, 20_000, "again")
    assert "请检查磁盘" in said
    assert again == "True"


@pytest.mark.slow
def test_a_read_only_folder(support_environment: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        build(folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        refused, answered, unwritten = _run(READ_ONLY, support_environment, folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
    assert refused.startswith(f"数据文件夹「{folder}」写不进去")
    assert answered == "haicheng/2"
    assert unwritten.startswith(f"索引文件夹「{folder}/chroma」不能读写")
    assert "FATIAO_DATA_DIR" in unwritten


@pytest.mark.parametrize("how", ["garbage", "cut", "scribbled"])
def test_a_damaged_database(how: str, tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path, many(150))
    file_size = _damage(tmp_path / "chroma" / "chroma.sqlite3", how)
    assert len(Shelf(store, "counting").library().by_id) == 151  # the copy still answers
    report = build(tmp_path, many(150))  # set aside, and made anew with the copy's vectors
    assert (report.changed, report.embedded) == (True, 0)
    (beside,) = tmp_path.glob("chroma.damaged-*")
    assert (beside / "chroma.sqlite3").stat().st_size == file_size
    assert len(Shelf(store, "counting").library().by_id) == 151


@pytest.mark.parametrize("how", ["garbage", "cut", "scribbled"])
def test_a_damaged_database_without_its_copy(how: str, tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path, many(150))
    for copy in (tmp_path / "chroma").glob("*.npz"):
        copy.unlink()
    file_size = _damage(tmp_path / "chroma" / "chroma.sqlite3", how)
    with pytest.raises(StoreDamaged, match="它已损坏，请运行 fatiao ingest"):
        Shelf(store, "counting").library()
    assert build(tmp_path).changed
    (beside,) = tmp_path.glob("chroma.damaged-*")
    assert (beside / "chroma.sqlite3").stat().st_size == file_size
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"


def _damage(file: Path, how: str) -> int:
    whole = file.read_bytes()
    middle = os.urandom(len(whole) - 8192)
    return file.write_bytes(
        {"garbage": b"garbage" * 999, "cut": whole[:40_000], "scribbled": whole[:8192] + middle}[how]
    )


def test_an_empty_database_is_filled_again(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"")
    assert build(tmp_path).changed
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"


@pytest.mark.slow  # many vectors
def test_damaged_vectors_of_a_generation_are_embedded_anew(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path, many(510))
    for file in (tmp_path / "chroma").glob("*/*"):
        file.write_bytes(os.urandom(file.stat().st_size))
    for copy in (tmp_path / "chroma").glob("*.npz"):
        copy.unlink()
    with pytest.raises(StoreUnavailable, match="已损坏"):
        Shelf(store, "counting").library()
    store.close()
    report = build(tmp_path, many(510))
    assert (report.changed, report.reused) == (True, 0)
    assert len(Shelf(store, "counting").library().by_id) == 511


def test_a_folder_removed_under_an_open_store(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path, store=store)
    assert store.generations()
    shutil.rmtree(tmp_path / "chroma")
    assert store.manifest() is None
    assert build(tmp_path, store=store).changed
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"


def test_a_closed_store_opens_again(tmp_path: Path, store: ChromaStore) -> None:
    build(tmp_path)
    for _ in range(2):
        assert len(store.generations()) == 1
        store.close()
        store.close()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("")
    store = ChromaStore(tmp_path / "chroma")
    assert store.manifest() is None
    with pytest.raises(StoreUnavailable, match="不能读写"):
        build(tmp_path, store=store)


def test_many_threads_open_one_store(tmp_path: Path) -> None:
    build(tmp_path)
    store = ChromaStore(tmp_path / "chroma")
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(store.generations()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    store.close()
    assert found == [1] * 8


def test_a_mistake_of_the_program_is_not_called_a_failure_of_the_disk(tmp_path: Path, store: ChromaStore) -> None:
    manifest = build(tmp_path).manifest
    with pytest.raises(AttributeError):
        store.add(manifest.generation, [object()] * 2, None)  # type: ignore[list-item, arg-type]
