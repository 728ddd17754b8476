"""The same index on a real Chroma server, also when it dies and comes back."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from index_support import ARTICLES, Counting, best, build, many, regulation
from server_support import Server

from evals.servers.serving import free_port
from vectorstore.chroma import ChromaStore
from vectorstore.errors import IndexBusy, IndexMismatch, IndexMissing, StoreUnavailable
from vectorstore.ingest import held_regulations, ingest
from vectorstore.library import Shelf


@pytest.fixture
def store(chroma_server: Server) -> Iterator[ChromaStore]:
    held = ChromaStore(url=chroma_server.url)
    yield held
    held.close()


@pytest.fixture
def other(chroma_server: Server) -> Iterator[ChromaStore]:
    held = ChromaStore(url=chroma_server.url)
    yield held
    held.close()


def test_two_clients_share_one_index(tmp_path: Path, store: ChromaStore, other: ChromaStore) -> None:
    shelf = Shelf(other, "counting")
    with pytest.raises(IndexMissing, match=r"127\.0\.0\.1"):
        shelf.library()
    first = build(tmp_path / "a", many(150), store=store)
    assert len(shelf.library().by_id) == 151
    assert not build(tmp_path / "b", many(150), store=other).changed
    second = build(tmp_path / "b", regulation(*ARTICLES, questions=True), store=other)
    assert second.changed
    assert best(Shelf(store, "counting"), ARTICLES[1]) == "haicheng/2"
    assert best(shelf, ARTICLES[1]) == "haicheng/2"
    assert [name for name, _ in store.generations()] == [second.manifest.generation] != [first.manifest.generation]
    assert held_regulations(store) == (regulation(questions=True),)
    with pytest.raises(IndexMismatch, match="counting"):
        Shelf(store, "other").library()
    edited = build(tmp_path / "a", regulation(*ARTICLES, "第七条的话。", questions=True), store=store)
    assert 0 < edited.embedded <= 3
    assert not list(tmp_path.rglob("*.npz"))


def test_the_server_dies_and_comes_back(tmp_path: Path, chroma_server: Server, store: ChromaStore) -> None:
    build(tmp_path, store=store)
    shelf = Shelf(store, "counting")
    held = shelf.library()
    chroma_server.kill()
    assert shelf.library() is held  # what is in memory goes on answering
    fresh = Shelf(ChromaStore(url=chroma_server.url), "counting")
    for work in (fresh.library, store.generations, lambda: build(tmp_path, store=store)):
        with pytest.raises(StoreUnavailable) as caught:
            work()
        for word in (chroma_server.url, "没有回答", "FATIAO_CHROMA_URL"):
            assert word in str(caught.value)
    chroma_server.start()
    assert shelf.library() is held
    assert best(fresh, ARTICLES[1]) == "haicheng/2"
    assert build(tmp_path, regulation(*ARTICLES, "第七条的话。"), store=store).changed
    assert "haicheng/7" in shelf.library().by_id
    assert "haicheng/7" in fresh.library().by_id
    fresh.store.close()


def test_the_server_dies_during_an_ingest(tmp_path: Path, chroma_server: Server, store: ChromaStore) -> None:
    old = build(tmp_path, store=store).manifest

    def die(step: str, done: int, total: int) -> None:
        if step == "write" and done > 100:
            chroma_server.kill()

    with pytest.raises(StoreUnavailable, match="没有回答"):
        build(tmp_path, many(150), store=store, progress=die)
    chroma_server.start()
    assert store.manifest() == old
    report = build(tmp_path, many(150), store=store)
    assert report.reused >= 64
    assert [name for name, _ in store.generations()] == [report.manifest.generation]
    assert len(Shelf(store, "counting").library().by_id) == 151


def test_two_machines_ingest_at_once(tmp_path: Path, store: ChromaStore, other: ChromaStore) -> None:
    """They share no lock file. One of them wins, the other is told to run again; nothing is lost."""
    build(tmp_path / "a", store=store)
    done: list[str] = []

    def meanwhile(step: str, at: int, total: int) -> None:
        if not done:
            done.append(build(tmp_path / "b", regulation(*ARTICLES, "乙机加的。"), store=other).manifest.generation)

    with pytest.raises(IndexBusy, match="再运行一次"):
        build(tmp_path / "a", many(100), store=store, progress=meanwhile)
    manifest = store.manifest()
    assert manifest
    assert manifest.generation == done[0]
    assert best(Shelf(store, "counting"), "乙机加的。") == "haicheng/7"
    report = build(tmp_path / "a", many(100), store=store)
    assert report.embedded == 0
    assert [name for name, _ in store.generations()] == [report.manifest.generation]


def test_a_generation_cleared_away_while_it_is_written(tmp_path: Path, store: ChromaStore) -> None:
    def clear(step: str, done: int, total: int) -> None:
        store.drop_others(keep="", former=next(name for name, _ in store.generations()))

    with pytest.raises(IndexBusy, match="再运行一次"):
        ingest(store, [many(100)], Counting(), lock_folder=tmp_path, progress=clear)
    assert store.manifest() is None


def test_the_switch_is_one_write(tmp_path: Path, store: ChromaStore, other: ChromaStore) -> None:
    """A reader that asks all the time never finds no index."""
    build(tmp_path, store=store)
    seen: list[bool] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(other.manifest() is not None)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(8):
        build(tmp_path, regulation(*ARTICLES, f"第{n}版。"), store=store)
    stop.set()
    reader.join(20)
    assert len(seen) > 20
    assert all(seen)


def test_a_server_that_hangs_is_not_waited_for(
    chroma_server: Server, store: ChromaStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.chroma.connection._CONNECT", 0.5)
    monkeypatch.setattr("vectorstore.chroma.connection._REQUEST", 0.5)
    build(tmp_path, store=store)
    shelf = Shelf(store, "counting")
    held = shelf.library()
    os.kill(chroma_server.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert shelf.library() is held
        with pytest.raises(StoreUnavailable):
            ChromaStore(url=chroma_server.url).manifest()
        assert time.monotonic() - began < 5
    finally:
        os.kill(chroma_server.pid, signal.SIGCONT)
    assert shelf.library() is held


@pytest.mark.parametrize("how", ["nothing", "page", "silence"])
def test_an_address_that_is_no_chroma_is_named(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.chroma.connection._CONNECT", 0.5)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as page, socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = {"nothing": free_port(), "page": page.server_port, "silence": silent.getsockname()[1]}[how]
        thread = threading.Thread(target=page.serve_forever)
        thread.start()
        try:
            with pytest.raises(StoreUnavailable, match=f"127.0.0.1:{port}.*没有回答"):
                ChromaStore(url=f"http://127.0.0.1:{port}").manifest()
        finally:
            page.shutdown()
            thread.join(10)
