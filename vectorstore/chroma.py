"""The one module that touches Chroma, embedded or a server.

Generations: an index is one collection, written once and never changed. A small collection,
`fatiao-current`, carries the manifest that names the generation in service; changing it is one
write. A reader asks for the manifest at each question and notices the switch.
"""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from vectorstore.chunks import Chunk, Metadata
from vectorstore.errors import StoreUnavailable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Vectors = npt.NDArray[np.float32]
_POINTER, _PREFIX = "fatiao-current", "fatiao-gen-"
_BATCH, _PAGE = 400, 2000


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


@dataclass(frozen=True, slots=True)
class Stored:
    """A whole generation in memory. `vectors` is (n, dimension), rows as in `ids`."""

    ids: list[str]
    texts: list[str]
    metadatas: list[Metadata]
    vectors: Vectors


class ChromaStore:
    """An index in a folder (`path`) or on a Chroma server (`url`). Safe to share between threads.

    Every method raises StoreUnavailable when Chroma or the disk fails.
    """

    def __init__(self, path: Path | None = None, url: str = "") -> None:
        if bool(path) == bool(url):
            raise ValueError("either a path or a url")
        self.path, self.url = path, url
        self._client: ClientAPI | None = None

    @property
    def where(self) -> str:
        """The folder or the address, for messages."""
        return self.url or str(self.path)

    def manifest(self) -> Manifest | None:
        """The generation in service, or None when there is none. About 0.5 ms embedded."""
        with self._guard():
            from chromadb.errors import NotFoundError

            if self._client is None and self.path and not (self.path / "chroma.sqlite3").exists():
                return None
            try:
                pointer = self._open().get_collection(_POINTER, embedding_function=None)
            except NotFoundError:
                return None
            said = (pointer.metadata or {}).get("manifest")
            return Manifest(**json.loads(str(said))) if said else None

    def read(self, generation: str) -> Stored | None:
        """Everything in a generation; None when it is gone (a newer one has taken its place)."""
        with self._guard():
            from chromadb.errors import NotFoundError

            try:
                collection = self._open().get_collection(generation, embedding_function=None)
                pages = [
                    collection.get(include=["documents", "metadatas", "embeddings"], limit=_PAGE, offset=at)
                    for at in range(0, max(collection.count(), 1), _PAGE)
                ]
            except NotFoundError:
                return None
            return _stored(pages)

    def generations(self) -> list[tuple[str, dict[str, Any]]]:
        """Every generation in the store with its collection metadata, finished or not."""
        with self._guard():
            found = self._open().list_collections()
            return [(c.name, dict(c.metadata or {})) for c in found if c.name.startswith(_PREFIX)]

    def begin(self, model: str, dimension: int) -> str:
        """Create an empty generation and return its name."""
        with self._guard():
            name = _PREFIX + uuid.uuid4().hex[:12]
            self._open().create_collection(
                name, embedding_function=None, metadata={"model": model, "dimension": dimension},
                configuration={"hnsw": {"space": "cosine"}},
            )  # fmt: skip
            return name

    def add(
        self, generation: str, chunks: Sequence[Chunk], vectors: Vectors, done: Callable[[int], None] | None = None
    ) -> None:
        """Write chunks with their vectors (n, dimension) into a generation that is not in service."""
        with self._guard():
            collection = self._open().get_collection(generation, embedding_function=None)
            for at in range(0, len(chunks), _BATCH):
                part = chunks[at : at + _BATCH]
                collection.add(
                    ids=[c.id for c in part], documents=[c.text for c in part],
                    metadatas=[c.metadata for c in part], embeddings=vectors[at : at + _BATCH],
                )  # fmt: skip
                if done:
                    done(len(part))

    def switch(self, manifest: Manifest) -> None:
        """Put a finished generation in service: one write."""
        with self._guard():
            said = {"manifest": json.dumps(asdict(manifest), ensure_ascii=False)}
            pointer = self._open().get_or_create_collection(_POINTER, embedding_function=None, metadata=said)
            pointer.modify(metadata=said)

    def drop_others(self, keep: str) -> None:
        """Delete every generation but one."""
        with self._guard():
            for name, _ in self.generations():
                if name != keep:
                    self._open().delete_collection(name)

    def collection(self, generation: str) -> "Collection":
        """The raw collection, for people who build their own chains on it."""
        with self._guard():
            return self._open().get_collection(generation, embedding_function=None)

    def close(self) -> None:
        """Let go of the client; the next call opens it again."""
        self._client = None

    def _open(self) -> "ClientAPI":
        if self._client is None:
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            if self.url:
                at = urlsplit(self.url)
                self._client = chromadb.HttpClient(
                    host=at.hostname or "localhost", port=at.port or (443 if at.scheme == "https" else 8000),
                    ssl=at.scheme == "https", settings=settings,
                )  # fmt: skip
            else:
                assert self.path is not None
                self.path.mkdir(parents=True, exist_ok=True)
                self._client = chromadb.PersistentClient(str(self.path), settings=settings)
        return self._client

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except StoreUnavailable:
            raise
        except Exception as error:
            if not _is_storage(error):
                raise
            self._client = None
            reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            if self.url:
                raise StoreUnavailable(
                    f"Chroma 服务「{self.url}」没有回答({reason})。请确认它在运行，或检查 FATIAO_CHROMA_URL。"
                ) from error
            raise StoreUnavailable(
                f"索引文件夹「{self.path}」不能读写({reason})。请检查磁盘空间和权限，或用 FATIAO_DATA_DIR 换一个位置。"
            ) from error


def _is_storage(error: Exception) -> bool:
    """Errors of Chroma, of its HTTP transport, or of the disk; anything else is a bug and is shown."""
    module = type(error).__module__
    return (
        isinstance(error, OSError)
        or module.startswith(("chromadb", "httpx", "httpcore"))
        or (isinstance(error, ValueError) and "Could not connect" in str(error))
        or (type(error).__name__ == "InternalError")
    )


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
