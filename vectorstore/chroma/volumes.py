"""Volumes of a large index: collections, one a kind of chunk, written once."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.arrays import Vectors
from vectorstore.chroma.connection import Connection
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION, REGULATION, Chunk, Metadata
from vectorstore.errors import StoreUnavailable
from vectorstore.snapshot import Stored

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection as ChromaCollection

#: Kinds of chunks, each of which has a collection of its own in a volume, and the parameters of its index.
KINDS = (REGULATION, ARTICLE, PARAGRAPH, QUESTION)
HNSW: Any = {"space": "cosine", "ef_search": 200, "max_neighbors": 24, "ef_construction": 128}
#: Chunks read at a time.
PAGE = 2000


class Volumes(Connection):
    """Reads and writes the collections of volumes."""

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
        for at in range(0, size, PAGE):
            with self._guard():
                yield stored_of(
                    [collection.get(include=["documents", "metadatas", "embeddings"], limit=PAGE, offset=at)]
                )

    def told_of(self, volume: str) -> dict[str, Any]:
        """What was said of a volume when it was begun; empty where it is gone."""
        with self._guard():
            found = self._found(f"{volume}-{KINDS[0]}")
            return dict(found.metadata or {}) if found else {}

    def _nearest(self, volume: str, kind: str, vectors: Vectors, count: int) -> list[list[str]]:
        collection = self.collection_of(volume, kind)
        with self._guard():
            return collection.query(query_embeddings=vectors, n_results=count, include=[])["ids"]


def stored_of(pages: Iterable[Any]) -> Stored:
    """What pages of a collection hold together."""
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
