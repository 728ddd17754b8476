"""The one module that touches Chroma, embedded or a server.

Generations: an index is one collection, written once and never changed. The manifest names the
generation in service; changing it is one write (on a server a small collection, in a folder a file
that is replaced in one step). A reader asks for the manifest at each question and notices the switch.

Chroma is the store of record. Beside an embedded index lies a copy of the generation in service, read
back from Chroma before the switch: a process that only answers need not import chromadb, which costs
more than everything else it does. The manifest holds its digest: where the copy is missing or is not the one that
was written, Chroma is read. Each finished generation carries its manifest as well, so that it can be found again
where the pointer is lost.
"""

import json
import logging
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from vectorstore import snapshot
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION, REGULATION, Chunk, Metadata
from vectorstore.errors import IndexBusy, StoreDamaged, StoreError, StoreUnavailable
from vectorstore.manifest import Manifest, manifest_from
from vectorstore.snapshot import Stored, Vectors
from vectorstore.wire import patient

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

_POINTER, _PREFIX, _POINTER_FILE = "fatiao-current", "fatiao-gen-", "current.json"
#: Under this key a collection's metadata holds a manifest.
MANIFEST = "manifest"
_BATCH, _PAGE, _LISTED = 1000, 2000, 500
#: Kinds of chunks, each of which has a collection of its own in a volume, and the parameters of its index.
KINDS = (REGULATION, ARTICLE, PARAGRAPH, QUESTION)
HNSW: Any = {"space": "cosine", "ef_search": 200, "max_neighbors": 24, "ef_construction": 128}
#: Seconds that a server may take: to be reached, and for one request as a whole.
_CONNECT, _REQUEST = 5.0, 60.0
#: Seconds after which somebody else's unfinished generation on a server counts as abandoned.
_ABANDONED = 86_400
#: What Chroma and SQLite say of files that are not what was written.
_DAMAGE = ("not a database", "malformed", "hnsw segment", "finding id")
log = logging.getLogger("fatiao")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A generation that was read back whole; `copy` is the digest of its copy, "" on a server."""

    copy: str


class ChromaStore:
    """An index in a folder (`path`) or on a Chroma server (`url`). Safe to share between threads.

    Every method raises StoreUnavailable when Chroma or the disk fails.
    """

    def __init__(self, path: Path | None = None, url: str = "", beside: Path | None = None) -> None:
        """`beside` is the folder for the files of a large index; by default the one in which `path` lies."""
        if bool(path) == bool(url):
            raise ValueError("either a path or a url")
        self.path, self.url = path, url
        self.beside = beside or (path.parent if path else None)
        self._client: Client | None = None
        self._opening = threading.Lock()
        self._outdated: list[Path] = []
        self._kinds: dict[tuple[str, str], ChromaCollection] = {}

    @property
    def where(self) -> str:
        """The folder or the address, for messages."""
        return self.url or str(self.path)

    def manifest(self) -> Manifest | None:
        """The generation in service, or None when there is none. Costs 0.05 ms in a folder."""
        with self._guard():
            if self.path:
                with suppress(FileNotFoundError, NotADirectoryError):
                    return manifest_from((self.path / _POINTER_FILE).read_text("utf-8", "replace"))
                return None
            pointer = self._found(_POINTER)
            return manifest_from(str((pointer.metadata or {}).get(MANIFEST))) if pointer else None

    def read(self, generation: str) -> Stored | None:
        """Everything in a generation; None when it is gone (a newer one has taken its place)."""
        with self._guard():
            file = self.path / f"{generation}.npz" if self.path else None
            if file and file.exists() and (now := self.manifest()) and now.generation == generation:
                if copy := snapshot.load(file, now.copy):
                    return copy
                log.warning("「%s」不是当初写下的样子，不用它，改读 Chroma；运行 fatiao ingest 会把它重新写好。", file)
            return self._read(generation)

    def has_copy(self, generation: str) -> bool:
        """Whether a copy of it was made, which is done when it has been read back whole."""
        return self.path is not None and (self.path / f"{generation}.npz").exists()

    def generations(self) -> list[tuple[str, dict[str, Any]]]:
        """Every generation in the store with its collection metadata, finished or not."""
        with self._guard():
            found = [c for c in self._all() if c.name.startswith(_PREFIX)]
            # Of the collections of a volume the first kind's stands for all.
            whole = {c.name: dict(c.metadata or {}) for c in found if c.name.count("-") == _PREFIX.count("-")}
            parts = {
                c.name.removesuffix(f"-{KINDS[0]}"): dict(c.metadata or {})
                for c in found
                if c.name.endswith(f"-{KINDS[0]}")
            }
            return [*{**parts, **whole}.items()]

    def begin(self, model: str, owner: str = "") -> str:
        """Create an empty generation and return its name. `owner` says who is writing it."""
        with self._guard():
            client, name = self._open(), _PREFIX + uuid.uuid4().hex[:12]
            self._outdated = [p for p in self.path.iterdir() if _is_segment(p)] if self.path else []
            said = {"model": model, "owner": owner, "begun": time.time()}
            client.create_collection(
                name, embedding_function=None, metadata=said, configuration={"hnsw": {"space": "cosine"}}
            )
            return name

    def add(
        self, generation: str, chunks: Sequence[Chunk], vectors: Vectors, done: Callable[[int], None] | None = None
    ) -> None:
        """Write chunks with their vectors (n, dimension) into a generation that is not in service.

        Raises IndexBusy when somebody else has cleared it away.
        """
        with self._guard():
            collection = self._found(generation)
            if collection is None:
                raise IndexBusy(f"「{self.where}」正被另一个 fatiao ingest 更新，这一次没有写成，请再运行一次。")
            for at in range(0, len(chunks), _BATCH):
                part = chunks[at : at + _BATCH]
                collection.add(
                    ids=[c.id for c in part],
                    documents=[c.text for c in part],
                    metadatas=[c.metadata for c in part],
                    embeddings=vectors[at : at + _BATCH],
                )
                if done:
                    done(len(part))

    def seal(self, generation: str, size: int, copy: str = "") -> Sealed | None:
        """Read a generation of `size` chunks back from Chroma; None where it is not whole.

        In a folder its copy is made, unless the one of this digest is there.
        """
        with self._guard():
            if self.path is None:
                collection = self._found(generation)
                return Sealed("") if collection is not None and collection.count() == size else None
            stored = self._read(generation)
            if stored is None or len(stored.ids) != size:
                return None
            file = self.path / f"{generation}.npz"
            return Sealed(copy if snapshot.load(file, copy) else snapshot.save(file, stored))

    def switch(self, manifest: Manifest) -> None:
        """Put a finished generation in service: one write."""
        with self._guard():
            said = json.dumps(asdict(manifest), ensure_ascii=False)
            if made := self._found(manifest.generation) or self._found(f"{manifest.generation}-{KINDS[0]}"):
                made.modify(metadata={**(made.metadata or {}), MANIFEST: said})
            if self.path:
                snapshot.replace(self.path / _POINTER_FILE, lambda file: file.write_bytes(said.encode()))
                return
            pointer = self._open().get_or_create_collection(
                _POINTER, embedding_function=None, metadata={MANIFEST: said}
            )
            if (pointer.metadata or {}).get(MANIFEST) != said:
                pointer.modify(metadata={MANIFEST: said})

    def drop_others(self, keep: str, owner: str = "", former: str = "", spare: Collection[str] = ()) -> None:
        """Delete every generation but one, and but those to be spared.

        On a server, where several machines may write, only what is known to be done with: `former`,
        what `owner` left behind, and what has been unfinished for a day.
        """
        with self._guard():
            for name, said in self.generations():
                old = time.time() - float(said.get("begun", 0)) > _ABANDONED
                if name not in (keep, *spare) and (self.path or name == former or said.get("owner") == owner or old):
                    self._delete(name)
            for file in self.path.glob(f"{_PREFIX}*.npz*") if self.path else ():
                if file.name not in {f"{name}.npz" for name in (keep, *spare)}:
                    file.unlink(missing_ok=True)
            while self._outdated and not spare:  # Chroma forgets to delete the vectors of a deleted collection
                shutil.rmtree(self._outdated.pop(), ignore_errors=True)

    def begin_volume(self, name: str, model: str, owner: str, said: dict[str, str | int]) -> None:
        """Create the collections of a volume, one a kind of chunk; `said` is told of it in their metadata."""
        with self._guard():
            told = {"model": model, "owner": owner, "begun": time.time(), **said}
            for kind in KINDS:
                self._open().create_collection(
                    f"{name}-{kind}", embedding_function=None, metadata=told, configuration={"hnsw": HNSW}
                )

    def collection_of(self, volume: str, kind: str) -> "ChromaCollection":
        """One kind of a volume, kept open. Raises StoreUnavailable where there is none any more."""
        with self._guard():
            if (found := self._kinds.get((volume, kind))) is None:
                found = self._found(f"{volume}-{kind}")
                if found is None:
                    raise StoreUnavailable(
                        f"「{self.where}」里的卷「{volume}」已不在，请再试一次，或运行 fatiao ingest。"
                    )
                self._kinds[volume, kind] = found
            return found

    def add_to(self, volume: str, kind: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Write chunks of one kind, at most a few thousand."""
        collection = self.collection_of(volume, kind)
        with self._guard():
            collection.add(
                ids=[c.id for c in chunks],
                documents=[c.text for c in chunks],
                metadatas=[c.metadata for c in chunks],
                embeddings=vectors,
            )

    def sizes_of(self, volume: str) -> dict[str, int]:
        """How many chunks of each kind a volume has; empty where it is gone."""
        with self._guard():
            found = {kind: self._found(f"{volume}-{kind}") for kind in KINDS}
            return {kind: c.count() for kind, c in found.items() if c is not None}

    def nearest(self, volume: str, kind: str, vectors: Vectors, count: int) -> list[list[str]]:
        """Of each vector the ids of the chunks nearest to it by Chroma's index: ids alone, which costs least."""
        try:
            return self._nearest(volume, kind, vectors, count)
        except StoreUnavailable:  # a connection gone stale, or a client that another thread has closed: once more
            self.close()
            return self._nearest(volume, kind, vectors, count)

    def pages_of(self, volume: str, kind: str) -> Iterator[Stored]:
        """Everything of one kind, page by page, in the order in which it was written."""
        collection = self.collection_of(volume, kind)
        with self._guard():
            size = collection.count()
        for at in range(0, size, _PAGE):
            with self._guard():
                yield _stored(
                    [collection.get(include=["documents", "metadatas", "embeddings"], limit=_PAGE, offset=at)]
                )

    def told_of(self, volume: str) -> dict[str, Any]:
        """What was said of a volume when it was begun; empty where it is gone."""
        with self._guard():
            found = self._found(f"{volume}-{KINDS[0]}")
            return dict(found.metadata or {}) if found else {}

    def collection(self, generation: str) -> "ChromaCollection":
        """The raw collection, for people who build their own chains on it."""
        with self._guard():
            return self._open().get_collection(generation, embedding_function=None)

    def set_aside(self) -> Path:
        """Move a damaged folder out of the way, whole, and return where it lies now. Raises StoreUnavailable."""
        assert self.path is not None, "a server's data are not ours to move"
        with self._guard():
            self.close()
            beside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}")
            self.path.rename(beside)
            return beside

    def close(self) -> None:
        """Let go of the client; the next call opens it again."""
        with self._opening:
            self._kinds.clear()
            client, self._client = self._client, None
            if client is not None:
                sessions = _sessions(client)
                client.close()
                for session in sessions:  # Chroma leaves its connections to a server open
                    session.close()

    def _nearest(self, volume: str, kind: str, vectors: Vectors, count: int) -> list[list[str]]:
        collection = self.collection_of(volume, kind)
        with self._guard():
            return collection.query(query_embeddings=vectors, n_results=count, include=[])["ids"]

    def _all(self) -> "list[ChromaCollection]":
        """Every collection, also of more than a server tells at once."""
        found: list[ChromaCollection] = []
        while more := self._open().list_collections(limit=_LISTED, offset=len(found)):
            found += more
            if len(more) < _LISTED:
                break
        return found

    def _delete(self, generation: str) -> None:
        """A generation, or the collections of a volume, with the vectors that Chroma forgets to delete."""
        for name in (generation, *(f"{generation}-{kind}" for kind in KINDS)):
            if self._found(name) is not None:
                left = _segments_of(self.path / "chroma.sqlite3", name) if self.path and name != generation else []
                self._open().delete_collection(name)
                for segment in left:
                    shutil.rmtree(self.path / segment, ignore_errors=True)  # type: ignore[operator]

    def _found(self, name: str) -> "ChromaCollection | None":
        client = self._open()
        from chromadb.errors import NotFoundError

        try:
            return client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None

    def _read(self, generation: str) -> Stored | None:
        collection = self._found(generation)
        if collection is None:
            return None
        from chromadb.errors import NotFoundError

        try:
            size = collection.count()
            stored = _stored(
                collection.get(include=["documents", "metadatas", "embeddings"], limit=_PAGE, offset=at)
                for at in range(0, size, _PAGE)
            )
        except NotFoundError:
            return None
        return stored if len(stored.ids) == len(stored.vectors) == size else None

    def _open(self) -> "Client":
        with self._opening:
            if self._client is not None and self.path and not (self.path / "chroma.sqlite3").exists():
                self._client.close()  # somebody has removed the folder: begin anew
                self._client = None
            if self._client is None:
                self._client = _client_of_server(self.url) if self.url else _client_of_folder(self.path or Path())
            return self._client

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except StoreError:
            raise
        except Exception as error:
            if not (_is_storage(error) or (self.url and _within_chroma(error))):
                raise
            reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            if self.url:
                mend = "请确认它在运行，或检查 FATIAO_CHROMA_URL。"
                raise StoreUnavailable(f"Chroma 服务「{self.url}」没有回答（{reason}）。{mend}") from error
            self.close()  # a write that failed may leave its transaction, which would block the next one
            if any(word in str(error) for word in _DAMAGE):
                mend = "它已损坏，请运行 fatiao ingest：会把它移到一旁，重新建好。"
                raise StoreDamaged(f"索引文件夹「{self.path}」读不出来（{reason}）。{mend}") from error
            mend = "请检查磁盘空间和权限，或用 FATIAO_DATA_DIR 换一个位置。"
            raise StoreUnavailable(f"索引文件夹「{self.path}」不能读写（{reason}）。{mend}") from error


def _client_of_folder(path: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    path.mkdir(parents=True, exist_ok=True)
    try:
        return cast("Client", chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False)))
    except Exception:
        # Chroma keeps the half-opened folder and would hand it out again at the next attempt.
        SharedSystemClient._identifier_to_system.pop(str(path), None)
        raise


def _client_of_server(url: str) -> "Client":
    import chromadb
    import httpx
    from chromadb.api import fastapi
    from chromadb.config import Settings

    # Chroma's own client waits for ever, also while it is being made: it gets one that does not.
    vars(fastapi)["httpx"] = _Patient()
    with httpx.Client(transport=patient(_CONNECT, _CONNECT), timeout=_CONNECT) as knocking:
        knocking.get(f"{url}/api/v2/heartbeat").raise_for_status().json()
    at = urlsplit(url)
    client = chromadb.HttpClient(
        host=f"{url}/api/v2" if at.path.strip("/") else at.hostname or "localhost",
        port=at.port or (443 if at.scheme == "https" else 80),
        ssl=at.scheme == "https",
        settings=Settings(anonymized_telemetry=False),
    )
    return cast("Client", client)


class _Patient:
    """What Chroma's client takes for httpx: its clients give up."""

    def __getattr__(self, name: str) -> Any:
        import httpx

        return getattr(httpx, name)

    def Client(self, **_: Any) -> "httpx.Client":  # noqa: N802 (as httpx calls it)
        """A client that bounds each request as a whole."""
        import httpx

        return httpx.Client(transport=patient(_REQUEST, _CONNECT), timeout=httpx.Timeout(_REQUEST, connect=_CONNECT))


def _sessions(client: Any) -> "list[httpx.Client]":
    """The HTTP clients within a client of a server: its own and that of its administration."""
    servers = [getattr(holder, "_server", None) for holder in (client, getattr(client, "_admin_client", None))]
    return [s for s in (getattr(server, "_session", None) for server in servers) if s is not None]


def _segments_of(file: Path, collection: str) -> list[str]:
    """The folders in which Chroma keeps the vectors of a collection."""
    import sqlite3

    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as base:
        asked = "SELECT s.id FROM segments s JOIN collections c ON s.collection = c.id WHERE c.name = ?"
        return [str(row[0]) for row in base.execute(asked, (collection,))]
    return []


def _is_segment(path: Path) -> bool:
    """Whether Chroma keeps the vectors of a collection in this folder: it names it by a UUID."""
    with suppress(ValueError):
        return path.is_dir() and bool(uuid.UUID(path.name))
    return False


def _is_storage(error: Exception) -> bool:
    """Errors of Chroma, of its HTTP transport, or of the disk; anything else is a bug and is shown.

    Chroma's client raises a bare Exception for an HTTP error that it does not know.
    """
    module = type(error).__module__
    return (
        isinstance(error, OSError | json.JSONDecodeError)
        or type(error) is Exception
        or module.startswith(("chromadb", "httpx", "httpcore"))
        or (isinstance(error, ValueError) and "Could not connect" in str(error))
        or (isinstance(error, AttributeError) and "'bindings'" in str(error))  # closed by another thread
    )


def _within_chroma(error: Exception) -> bool:
    """Whether Chroma's client itself stumbled: over an answer that no Chroma server gives, such as a web page."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return at is not None and str(at.tb_frame.f_globals.get("__name__", "")).startswith(("chromadb", "pydantic"))


def _stored(pages: Iterable[Any]) -> Stored:
    ids: list[str] = []
    texts: list[str] = []
    metadatas: list[Metadata] = []
    vectors: list[Vectors] = []
    for page in pages:
        ids += page["ids"]
        texts += page["documents"] or []
        metadatas += [dict(m) for m in page["metadatas"] or []]
        if page["ids"]:
            vectors.append(np.asarray(page["embeddings"], dtype=np.float32))
    return Stored(ids, texts, metadatas, np.concatenate(vectors) if vectors else np.zeros((0, 0), np.float32))
