"""A large corpus as a real index, made once and kept: regulations as in `grown`, vectors near real ones.

Everything but the embedding is what an office would run: `fatiao ingest`'s own code writes it, Chroma holds it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from evals.bench.grown import MOVED, grown_regulations
from law.norms import reader
from law.norms.norm import Norm
from law.norms.reader import norms_of_article
from law.regulation import Article, Regulation
from vectorstore import engine
from vectorstore.arrays import Vectors
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import Chunk
from vectorstore.embeddings import model_name
from vectorstore.filling import Progress
from vectorstore.ingest import ingest


class Made(Embeddings):
    """Vectors near real ones, told by the text alone; no model works. `pool` is (n, dimension)."""

    def __init__(self, inner: Embeddings, pool: Vectors) -> None:
        self._inner, self._pool = inner, pool
        self.model, self.dimension = model_name(inner), pool.shape[1]
        self.made = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """(n, dimension)"""
        self.made += len(texts)
        return [self._near(t) for t in texts]  # type: ignore[misc]

    def embed_query(self, text: str) -> list[float]:
        """By the real model."""
        return self._inner.embed_query(text)

    def _near(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        rng = np.random.Generator(np.random.SFC64(seed))
        noise = rng.standard_normal(self._pool.shape[1], dtype=np.float32)
        row = self._pool[int(rng.integers(len(self._pool)))] + noise * (MOVED / np.linalg.norm(noise))
        made: Vectors = row / np.linalg.norm(row)
        return made


class FilesAlone(ChromaStore):
    """Writes the files of volumes as ever, and leaves Chroma's collections empty: up to `SCANNED` chunks no question
    asks them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._many: dict[tuple[str, str], int] = {}

    def add_to(self, volume: str, kind: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Counts."""
        self._many[volume, kind] = self._many.get((volume, kind), 0) + len(chunks)

    def sizes_of(self, volume: str) -> dict[str, int]:
        """What was counted."""
        return {kind: self._many.get((volume, kind), 0) for kind in super().sizes_of(volume)}


def regulations_of(articles: int, samples: Path | None = None) -> list[Regulation]:
    """As many regulations as hold so many articles."""

    def counted() -> Iterator[tuple[int, Regulation]]:
        total = 0
        for regulation in grown_regulations(samples):
            yield total, regulation
            total += len(regulation.articles)

    return [r for _, r in takewhile(lambda pair: pair[0] < articles, counted())]


def make_large(
    folder: Path,
    regulations: Sequence[Regulation],
    made: Made,
    progress: Progress | None = None,
    *,
    files_alone: bool = False,
) -> ChromaStore:
    """The index of these regulations in a data folder; nothing is done where it is there already."""
    store = (FilesAlone if files_alone else ChromaStore)(folder / "chroma")
    kept = engine.MOST_IN_MEMORY, norms_of_article
    engine.MOST_IN_MEMORY = 0  # also one that would fit into memory
    vars(reader)["norms_of_article"] = _norms_once if files_alone else norms_of_article
    try:
        ingest(store, regulations, made, lock_folder=folder, likely_questions=False, progress=progress)
    finally:
        engine.MOST_IN_MEMORY, vars(reader)["norms_of_article"] = kept
    return store


def _norms_once(regulation: Regulation, article: Article) -> tuple[Norm, ...]:
    """Norms are read of each original alone: a copy has as many characters in each place, so that they fit it too."""
    shape = article.label, *((len(p.text), *map(len, p.items)) for p in article.paragraphs)
    if shape not in _read:
        _read[shape] = norms_of_article(regulation, article)
    return _read[shape]


_read: dict[object, tuple[Norm, ...]] = {}
