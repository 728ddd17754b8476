"""A generation is filled: what is new is embedded, and written as it comes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from vectorstore.arrays import Vectors
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import Chunk
from vectorstore.embeddings import Embedder
from vectorstore.errors import EmbeddingError

#: Chunks embedded at a time, which is what a crash can cost, and chunks written at a time where few need embedding.
STEP, WRITTEN = 64, 1000
#: Told the step, what is done of it and what there is to do.
Progress = Callable[[str, int, int], None]


def fill(
    store: ChromaStore,
    name: str,
    chunks: Sequence[Chunk],
    known: dict[str, Vectors],
    embeddings: Embedder,
    progress: Progress | None,
) -> None:
    """Write every chunk into a generation, embedding those whose vectors are not known yet."""
    total, embedded, written = len({c.hash for c in chunks} - known.keys()), 0, 0
    for part in _parts(chunks, known):
        fresh = list({c.hash: c.text for c in part if c.hash not in known}.items())
        if fresh:
            vectors = unit(embeddings.embed_documents([text for _, text in fresh]), len(fresh))
            known |= zip([digest for digest, _ in fresh], vectors, strict=True)
            embedded += len(fresh)
            if progress:
                progress("embed", embedded, total)
        store.add(name, part, np.stack([known[c.hash] for c in part]))
        written += len(part)
        if progress:
            progress("write", written, len(chunks))


def _parts(chunks: Sequence[Chunk], known: Mapping[str, Vectors]) -> Iterator[list[Chunk]]:
    """The chunks in order, cut where STEP of them need embedding or WRITTEN have come together."""
    part: list[Chunk] = []
    fresh = 0
    for chunk in chunks:
        part.append(chunk)
        fresh += chunk.hash not in known
        if fresh == STEP or len(part) == WRITTEN:
            yield part
            part, fresh = [], 0
    if part:
        yield part


def unit(rows: Sequence[Sequence[float]], count: int) -> Vectors:
    """(count, dimension) of unit length, whatever length the model gives them: cosines are dot products here."""
    vectors = np.asarray(rows, dtype=np.float32)
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    if vectors.ndim != 2 or len(vectors) != count or not np.isfinite(length).all() or not length.all():
        raise EmbeddingError(f"向量模型没有给出 {count} 个可用的向量，请检查 FATIAO_EMBEDDING_MODEL。")
    return np.asarray(vectors / length, dtype=np.float32)
