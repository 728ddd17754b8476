"""An ingest that is killed: the last whole index answers, and the next ingest finishes the work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import index_support
import pytest
from index_support import ARTICLES, Counting, best, build, many

from vectorstore.chroma import ChromaStore
from vectorstore.errors import IndexBusy
from vectorstore.filling import STEP
from vectorstore.library import Shelf

COUNT = 300
#: An article is a chunk, and so is its paragraph; what stands before the first is one more; the regulation is a chunk.
TOTAL = 2 * (COUNT + 1) + 1


def _start(environment: dict[str, str], folder: Path, pause: str) -> "subprocess.Popen[str]":
    command = [sys.executable, index_support.__file__, str(folder), str(COUNT), pause]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def _kill_at(environment: dict[str, str], folder: Path, pause: str) -> None:
    with _start(environment, folder, pause) as process:
        assert process.stdout
        for line in process.stdout:
            if line.strip() == f"at {pause}":
                break
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(20) == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("pause", ["embed", "write", "seal", "switch"])
def test_killed_before_the_switch(pause: str, tmp_path: Path, support_environment: dict[str, str]) -> None:
    old = build(tmp_path).manifest
    reader = ChromaStore(tmp_path / "chroma")
    shelf = Shelf(reader, "counting")
    assert shelf.library().manifest == old
    _kill_at(support_environment, tmp_path, pause)

    assert shelf.library().manifest == old
    assert best(Shelf(ChromaStore(tmp_path / "chroma"), "counting"), ARTICLES[1]) == "haicheng/2"

    model = Counting()
    report = build(tmp_path, many(COUNT), embeddings=model)
    assert report.changed
    assert report.embedded + report.reused == TOTAL
    assert report.reused >= {"embed": STEP, "write": 2 * STEP}.get(pause, TOTAL)
    _assert_one_whole(reader, report.manifest.generation)
    assert shelf.library().manifest == report.manifest
    assert not build(tmp_path, many(COUNT)).changed
    reader.close()


@pytest.mark.slow  # programs of their own
def test_killed_after_the_switch(tmp_path: Path, support_environment: dict[str, str]) -> None:
    old = build(tmp_path).manifest
    _kill_at(support_environment, tmp_path, "clean")
    reader = ChromaStore(tmp_path / "chroma")
    new = reader.manifest()
    assert new
    assert new != old
    assert len(reader.generations()) == 2
    reader.close()
    assert not build(tmp_path, many(COUNT)).changed
    _assert_one_whole(reader, new.generation)
    reader.close()


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path, support_environment: dict[str, str]) -> None:
    old = build(tmp_path).manifest
    reader = ChromaStore(tmp_path / "chroma")
    for delay in (0.0, 0.03, 0.09):
        with _start(support_environment, tmp_path, "") as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(delay)
            os.kill(process.pid, signal.SIGKILL)
        if reader.manifest() == old:
            assert best(Shelf(reader, "counting"), ARTICLES[1]) == "haicheng/2"
        else:
            assert len(Shelf(reader, "counting").library().by_id) == COUNT + 1
    reader.close()
    report = build(tmp_path, many(COUNT))
    _assert_one_whole(reader, report.manifest.generation)
    reader.close()


@pytest.mark.slow
def test_another_process_is_writing(tmp_path: Path, support_environment: dict[str, str]) -> None:
    """It is named; a reader of the old index goes on, and sees the new one at its next question."""
    build(tmp_path)
    reader = ChromaStore(tmp_path / "chroma")
    shelf = Shelf(reader, "counting")
    reader.collection(shelf.library().manifest.generation).count()  # this process holds Chroma open as well
    process = _start(support_environment, tmp_path, "switch")
    assert process.stdout
    while process.stdout.readline().strip() != "at switch":
        assert process.poll() is None
    with pytest.raises(IndexBusy):
        build(tmp_path)
    assert best(shelf, ARTICLES[1]) == "haicheng/2"
    process.kill()
    process.communicate()

    with _start(support_environment, tmp_path, "") as process:
        out, _ = process.communicate(timeout=30)
    said, embedded, generation = out.split("\n")[-2].split()
    assert (said, embedded) == ("changed", "0")
    assert shelf.library().manifest.generation == generation
    assert best(shelf, "第7号企业可以申请第7类科技创新资金。") == "haicheng/7"
    reader.close()


def _assert_one_whole(store: ChromaStore, generation: str) -> None:
    assert [name for name, _ in store.generations()] == [generation]
    assert store.path
    assert [p.name for p in store.path.glob("*.npz*")] == [f"{generation}.npz"]
    held = store.collection(generation).get(include=["documents", "embeddings"])
    vectors = held["embeddings"]
    assert vectors is not None
    assert len(held["ids"]) == TOTAL
    model = Counting()
    for text, vector in zip(held["documents"] or [], vectors, strict=True):
        assert vector == pytest.approx(model.embed_query(text), abs=1e-5)
