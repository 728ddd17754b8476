"""The one module that touches Chroma, embedded or a server.

Generations: an index is one collection, written once and never changed. The manifest names the
generation in service; changing it is one write (on a server a small collection, in a folder a file
that is replaced in one step). A reader asks for the manifest at each question and notices the switch.

Chroma is the store of record. Beside an embedded index lies a copy of the generation in service, read
back from Chroma before the switch: a process that only answers need not import chromadb, which costs
more than everything else it does. Where the copy is missing or damaged, Chroma is read.
"""

import json
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from vectorstore import snapshot
from vectorstore.chunks import Chunk, Metadata
from vectorstore.errors import IndexBusy, StoreError, StoreUnavailable
from vectorstore.snapshot import Stored, Vectors

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

_POINTER, _PREFIX, _POINTER_FILE = "fatiao-current", "fatiao-gen-", "current.json"
_BATCH, _PAGE = 1000, 2000
#: Seconds that a server may take: to be reached, and for one request.
_CONNECT, _REQUEST = 5.0, 60.0
#: Seconds after which somebody else's unfinished generation on a server counts as abandoned.
_ABANDONED = 86_400


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the generation in service is: its collection, its model and what it was made from."""

    generation: str
    model: str
    dimension: int
    fingerprint: str
    likely_questions: bool
    made_at: str
    corpus_stamp: str = ""


class ChromaStore:
    """An index in a folder (`path`) or on a Chroma server (`url`). Safe to share between threads.

    Every method raises StoreUnavailable when Chroma or the disk fails.
    """

    def __init__(self, path: Path | None = None, url: str = "") -> None:
        if bool(path) == bool(url):
            raise ValueError("either a path or a url")
        self.path, self.url = path, url
        self._client: Client | None = None
        self._opening = threading.Lock()
        self._outdated: list[Path] = []

    @property
    def where(self) -> str:
        """The folder or the address, for messages."""
        return self.url or str(self.path)

    def manifest(self) -> Manifest | None:
        """The generation in service, or None when there is none. Costs 0.05 ms in a folder."""
        with self._guard():
            if self.path:
                with suppress(FileNotFoundError, NotADirectoryError):
                    return _manifest((self.path / _POINTER_FILE).read_text("utf-8", "replace"))
                return None
            pointer = self._found(_POINTER)
            return _manifest(str((pointer.metadata or {}).get("manifest"))) if pointer else None

    def read(self, generation: str) -> Stored | None:
        """Everything in a generation; None when it is gone (a newer one has taken its place)."""
        with self._guard():
            copy = snapshot.load(self.path / f"{generation}.npz") if self.path else None
            return copy or self._read(generation)

    def generations(self) -> list[tuple[str, dict[str, Any]]]:
        """Every generation in the store with its collection metadata, finished or not."""
        with self._guard():
            found = self._open().list_collections()
            return [(c.name, dict(c.metadata or {})) for c in found if c.name.startswith(_PREFIX)]

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
                    ids=[c.id for c in part], documents=[c.text for c in part],
                    metadatas=[c.metadata for c in part], embeddings=vectors[at : at + _BATCH],
                )  # fmt: skip
                if done:
                    done(len(part))

    def seal(self, generation: str, size: int) -> bool:
        """Whether Chroma gives back all `size` chunks of a generation; in a folder the copy is made of them."""
        with self._guard():
            copy = self.path / f"{generation}.npz" if self.path else None
            if copy is None:
                collection = self._found(generation)
                return collection is not None and collection.count() == size
            stored = self._read(generation)
            if stored is None or len(stored.ids) != size:
                return False
            if snapshot.load(copy) is None:
                snapshot.save(copy, stored)
            return True

    def switch(self, manifest: Manifest) -> None:
        """Put a finished generation in service: one write."""
        with self._guard():
            said = json.dumps(asdict(manifest), ensure_ascii=False)
            if self.path:
                snapshot.replace(self.path / _POINTER_FILE, lambda file: file.write_bytes(said.encode()))
                return
            pointer = self._open().get_or_create_collection(
                _POINTER, embedding_function=None, metadata={"manifest": said}
            )
            if (pointer.metadata or {}).get("manifest") != said:
                pointer.modify(metadata={"manifest": said})

    def drop_others(self, keep: str, owner: str = "", former: str = "") -> None:
        """Delete every generation but one.

        On a server, where several machines may write, only what is known to be done with: `former`,
        what `owner` left behind, and what has been unfinished for a day.
        """
        with self._guard():
            for name, said in self.generations():
                old = time.time() - float(said.get("begun", 0)) > _ABANDONED
                if name != keep and (self.path or name == former or said.get("owner") == owner or old):
                    self._open().delete_collection(name)
            for file in self.path.glob(f"{_PREFIX}*.npz*") if self.path else ():
                if file.name != f"{keep}.npz":
                    file.unlink(missing_ok=True)
            while self._outdated:  # Chroma forgets to delete the vectors of a deleted collection
                shutil.rmtree(self._outdated.pop(), ignore_errors=True)

    def collection(self, generation: str) -> "Collection":
        """The raw collection, for people who build their own chains on it."""
        with self._guard():
            return self._open().get_collection(generation, embedding_function=None)

    def close(self) -> None:
        """Let go of the client; the next call opens it again."""
        with self._opening:
            client, self._client = self._client, None
            if client is not None:
                sessions = _sessions(client)
                client.close()
                for session in sessions:  # Chroma leaves its connections to a server open
                    session.close()

    def _found(self, name: str) -> "Collection | None":
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
            if not _is_storage(error):
                raise
            reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            if self.url:
                mend = "请确认它在运行，或检查 FATIAO_CHROMA_URL。"
                raise StoreUnavailable(f"Chroma 服务「{self.url}」没有回答（{reason}）。{mend}") from error
            self.close()  # a write that failed may leave its transaction, which would block the next one
            mend = "请检查磁盘空间和权限，或用 FATIAO_DATA_DIR 换一个位置。"
            if any(word in reason for word in ("not a database", "malformed", "hnsw segment", "finding id")):
                mend = "它已损坏，请删去这个文件夹，再运行 fatiao ingest。"
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
    from chromadb.config import Settings

    # Chroma's own client waits for ever, also while it is being made: knock first, then bound it.
    httpx.get(f"{url}/api/v2/heartbeat", timeout=_CONNECT).raise_for_status().json()
    at = urlsplit(url)
    client = chromadb.HttpClient(
        host=f"{url}/api/v2" if at.path.strip("/") else at.hostname or "localhost",
        port=at.port or (443 if at.scheme == "https" else 80),
        ssl=at.scheme == "https", settings=Settings(anonymized_telemetry=False),
    )  # fmt: skip
    for session in _sessions(client):
        session.timeout = httpx.Timeout(_REQUEST, connect=_CONNECT)
    return cast("Client", client)


def _sessions(client: Any) -> "list[httpx.Client]":
    """The HTTP clients within a client of a server: its own and that of its administration."""
    servers = [getattr(holder, "_server", None) for holder in (client, getattr(client, "_admin_client", None))]
    return [s for s in (getattr(server, "_session", None) for server in servers) if s is not None]


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


def _manifest(said: str) -> Manifest | None:
    """None where nothing, or nothing of this program's making, is said."""
    with suppress(ValueError, TypeError, AttributeError):
        known = {f.name for f in fields(Manifest)}
        return Manifest(**{k: v for k, v in json.loads(said).items() if k in known})
    return None


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
