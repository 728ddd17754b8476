"""What every folder of tests may use: an environment of its own, the real index, the command line."""

import gc
import logging
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from beside import put_beside
from filelock import FileLock
from hypothesis import settings
from once import embedding_once, reading_once

if "PYTEST_XDIST_WORKER" in os.environ:  # the workers share the cores: more threads each would only wait for each other
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(threads, "1")

from assistant import Assistant, Settings, deciding
from assistant.index import build
from law.corpus import load_path
from vectorstore.embeddings import embed_queries
from vectorstore.library import Shelf

ROOT = Path(__file__).resolve().parent.parent
# What a busy machine takes for one example says nothing; rules are compiled within the first.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
#: Every variable that the project reads begins with one of these.
OURS = ("FATIAO_", "OPENAI_")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--index", help="a data folder made by `fatiao ingest`, copied instead of embedding it anew")


@pytest.fixture(scope="session", autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No variable of ours, no `.env` of the checkout, no index of the user's, no connection off this machine.

    The data folder of who sets none is given, empty.
    """
    folder = tmp_path_factory.mktemp("default-data")
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith(OURS)]:
            patch.delenv(name)
        patch.setenv("FATIAO_DATA_DIR", str(folder))
        patch.setenv("OMP_WAIT_POLICY", "PASSIVE")
        patch.chdir(tmp_path_factory.mktemp("cwd"))
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _only_loopback(getattr(socket.socket, name)))
        yield folder


def _only_loopback(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test reached for {address[0]}")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session")
def index(shared_folder: Path, request: pytest.FixtureRequest) -> Path:
    """The data folder of the three real regulations, built once for all workers. Not to be written: see `own_index`."""
    folder, whole = shared_folder / "data", shared_folder / "whole"
    with FileLock(shared_folder / "index.lock"):
        if not whole.exists():
            if ready := request.config.getoption("--index"):
                shutil.copytree(ready, folder)
            with Assistant(Settings(_env_file=None, data_dir=folder)) as helper:
                build(helper.store, helper.embeddings, folder)  # as `fatiao ingest`: what differs is embedded anew
            whole.touch()
    return folder


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """The real index is read into memory once a worker, not by every command and page, and a question embedded once.

    The index only where its digest, the time of its file and the settings are those of the one read before; of the
    models the offline one alone, which gives a text the same bits each time (its own tests ask it itself).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shelf, "_load", reading_once(Shelf._load))
        patch.setattr(deciding, "embed_queries", embedding_once(embed_queries))
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A password is hashed slowly on purpose, a quarter of a second each time: here in as little as bcrypt takes."""
    import bcrypt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "gensalt", partial(bcrypt.gensalt, 4))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file that wants the index comes first, then what wants none for long: one worker makes it, no other waits."""
    first = next((i.path for i in items if "index" in getattr(i, "fixturenames", ())), None)
    items.sort(key=lambda i: 0 if i.path == first else 1 if (ROOT / "tests" / "law") in i.path.parents else 2)


def pytest_collection_finish() -> None:
    """What the collection made stays to the end: garbage is not looked for among it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for this run of the tests, whichever of its workers asks."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def helper(index: Path) -> Iterator[Assistant]:
    """A real assistant on the three real regulations, shared by the whole session."""
    with Assistant(Settings(_env_file=None, data_dir=index)) as held:
        yield held


@pytest.fixture
def own_index(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real index that a test may change; the settings point to it."""
    folder = tmp_path / "data"
    shutil.copytree(index, folder)
    monkeypatch.setenv("FATIAO_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def default_index(isolated: Path, index: Path) -> None:
    """The real index where a program looks that was told of no folder, so that its first question builds none."""
    shutil.copytree(index, isolated, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def holding(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Assistant]]:
    """`holding(haicheng=text, …)`: an assistant that holds these texts beside the three regulations; one a module."""
    folder = tmp_path_factory.mktemp("holding")
    with ExitStack() as held:

        def of(**texts: str) -> Assistant:
            shutil.copytree(index, folder / "data")
            for id_, text in texts.items():
                (folder / f"{id_}.md").write_text(text, "utf-8")
            added = [load_path(folder / f"{id_}.md", new_id=id_.replace("_", "-")) for id_ in texts]
            helper = held.enter_context(Assistant(Settings(_env_file=None, data_dir=folder / "data")))
            put_beside(helper.store, helper.embeddings, added)
            return helper

        yield of


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def fatiao(
    default_index: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Ran]]:
    """Run `fatiao …` in this process, as its entry point does."""
    from fatiao.cli import main

    log = logging.getLogger("fatiao")
    before = list(log.handlers), log.level

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["fatiao", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, said.out, said.err)

    yield run
    log.handlers[:], log.level = before


@pytest.fixture
def real_fatiao(tmp_path: Path) -> Callable[..., Ran]:
    """Run `fatiao …` as a program of its own, in an empty folder."""
    import subprocess

    def run(*arguments: object, options: tuple[str, ...] = (), **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, *options, "-m", "fatiao.cli", *map(str, arguments)],
            cwd=tmp_path, capture_output=True, timeout=120, check=False, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        )  # fmt: skip
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """In CI a test that skips itself has failed: everything it needs is there."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped in CI: {reason}"
    return report
