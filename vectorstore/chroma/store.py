"""Generations of a small index, the pointer to what is in service, and what is cleared away."""

import json
import logging
import shutil
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vectorstore import snapshot
from vectorstore.arrays import Vectors
from vectorstore.chroma.volumes import KINDS, PAGE, Volumes, stored_of
from vectorstore.chunks import Chunk
from vectorstore.errors import IndexBusy
from vectorstore.manifest import Manifest, manifest_from
from vectorstore.snapshot import Stored

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection as ChromaCollection

_POINTER, _PREFIX, _POINTER_FILE = "fatiao-current", "fatiao-gen-", "current.json"
#: Under this key a collection's metadata holds a manifest.
MANIFEST = "manifest"
#: Chunks written at a time.
_BATCH = 1000
#: Seconds after which somebody else's unfinished generation on a server counts as abandoned.
_ABANDONED = 86_400
log = logging.getLogger("fatiao")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A generation that was read back whole; `copy` is the digest of its copy, "" on a server."""

    copy: str


class ChromaStore(Volumes):
    """An index in a folder (`path`) or on a Chroma server (`url`). Safe to share between threads.

    Every method raises StoreUnavailable when Chroma or the disk fails.
    """

    _read_last: tuple[tuple[int, ...], Manifest | None] | None = None

    def manifest(self) -> Manifest | None:
        """The generation in service, or None when there is none. In a folder a file tells it, which is read anew where
        another has taken its place."""
        with self._guard():
            if self.path:
                with suppress(FileNotFoundError, NotADirectoryError):
                    return self._pointed(self.path / _POINTER_FILE)
                return None
            pointer = self._found(_POINTER)
            return manifest_from(str((pointer.metadata or {}).get(MANIFEST))) if pointer else None

    def _pointed(self, file: Path) -> Manifest | None:
        now = file.stat()
        seen = (now.st_ino, now.st_mtime_ns, now.st_ctime_ns, now.st_size)
        last = self._read_last
        if last is None or last[0] != seen:
            self._read_last = last = seen, manifest_from(file.read_text("utf-8", "replace"))
        return last[1]

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

    def _delete(self, generation: str) -> None:
        """A generation, or the collections of a volume, with the vectors that Chroma forgets to delete."""
        for name in (generation, *(f"{generation}-{kind}" for kind in KINDS)):
            if self._found(name) is not None:
                left = _segments_of(self.path / "chroma.sqlite3", name) if self.path and name != generation else []
                self._open().delete_collection(name)
                for segment in left:
                    shutil.rmtree(self.path / segment, ignore_errors=True)  # type: ignore[operator]

    def _read(self, generation: str) -> Stored | None:
        collection = self._found(generation)
        if collection is None:
            return None
        from chromadb.errors import NotFoundError

        try:
            size = collection.count()
            stored = stored_of(
                collection.get(include=["documents", "metadatas", "embeddings"], limit=PAGE, offset=at)
                for at in range(0, size, PAGE)
            )
        except NotFoundError:
            return None
        return stored if len(stored.ids) == len(stored.vectors) == size else None


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
