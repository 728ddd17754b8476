"""Regulations become the index in service, as one new generation.

embed what is new → write the next generation → switch → clean up. A crash at any point leaves the
generation in service untouched; what it had embedded already is taken over by the next run.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.chroma import ChromaStore, Manifest, Vectors
from vectorstore.chunks import Chunk, chunks_of, regulations_from
from vectorstore.corpus import is_bundled
from vectorstore.embeddings import model_name
from vectorstore.errors import IndexBusy, StoreUnavailable
from vectorstore.regulation import Regulation

#: What chunks look like; raise it when their text or payload changes shape.
SCHEMA = 1
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class RegulationReport:
    """One row of the table that `fatiao ingest` ends with."""

    regulation: Regulation
    chunks: int
    tokens: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did. `embedded` and `reused` count chunks."""

    rows: tuple[RegulationReport, ...]
    embedded: int
    reused: int
    changed: bool
    manifest: Manifest


def ingest(
    store: ChromaStore, regulations: Sequence[Regulation], embeddings: Embeddings, *,
    lock_folder: Path, likely_questions: bool = True, corpus_stamp: str = "",
    progress: Progress | None = None,
) -> IngestReport:  # fmt: skip
    """Make the index hold exactly these regulations.

    `progress(step, done, total)` is called as work goes on. Raises IndexBusy when another process
    is ingesting, StoreUnavailable, EmbeddingError.
    """
    with _lock(lock_folder):
        chunks: list[Chunk] = []
        rows: list[RegulationReport] = []
        for regulation in regulations:
            mine = chunks_of(regulation, likely_questions=likely_questions)
            chunks += mine
            tokens = sum(int(c.metadata["tokens"]) for c in mine)
            rows.append(RegulationReport(regulation, len(mine), tokens))
        model, mark = model_name(embeddings), fingerprint(chunks)
        now = store.manifest()
        if now and (now.model, now.fingerprint, now.corpus_stamp) == (model, mark, corpus_stamp):
            return IngestReport(tuple(rows), 0, len(chunks), False, now)
        known = _known_vectors(store, model)
        fresh = list({c.hash: c for c in chunks if c.hash not in known}.values())
        for at in range(0, len(fresh), 32):
            part = fresh[at : at + 32]
            vectors = np.asarray(embeddings.embed_documents([c.text for c in part]), dtype=np.float32)
            known |= {c.hash: v for c, v in zip(part, vectors, strict=True)}
            if progress:
                progress("embed", min(at + 32, len(fresh)), len(fresh))
        manifest = _write(store, chunks, known, (model, mark, likely_questions, corpus_stamp), progress)
        reused = sum(c.hash not in {f.hash for f in fresh} for c in chunks)
        return IngestReport(tuple(rows), len(fresh), reused, True, manifest)


def held_regulations(store: ChromaStore) -> tuple[Regulation, ...]:
    """The regulations in service, read back from the store; none when there is no index."""
    manifest = store.manifest()
    stored = store.read(manifest.generation) if manifest else None
    return regulations_from(stored.metadatas) if stored else ()


def added_regulations(store: ChromaStore) -> tuple[Regulation, ...]:
    """Those of them that came from bare documents, to be carried over by the next ingest."""
    return tuple(r for r in held_regulations(store) if not is_bundled(r))


def fingerprint(chunks: Sequence[Chunk]) -> str:
    """A digest of every chunk's text and metadata, whatever their order."""
    rows = sorted(json.dumps([c.id, c.text, c.metadata], ensure_ascii=False, sort_keys=True) for c in chunks)
    return hashlib.sha256("\n".join([str(SCHEMA), *rows]).encode()).hexdigest()


def _write(
    store: ChromaStore, chunks: Sequence[Chunk], known: dict[str, Vectors],
    said: tuple[str, str, bool, str], progress: Progress | None,
) -> Manifest:  # fmt: skip
    model, mark, likely_questions, corpus_stamp = said
    matrix = np.stack([known[c.hash] for c in chunks])
    name = store.begin(model, int(matrix.shape[1]))
    written = 0

    def done(n: int) -> None:
        nonlocal written
        written += n
        if progress:
            progress("write", written, len(chunks))

    store.add(name, chunks, matrix, done)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(name, model, int(matrix.shape[1]), mark, likely_questions, made_at, corpus_stamp)
    store.switch(manifest)
    store.drop_others(name)
    return manifest


def _known_vectors(store: ChromaStore, model: str) -> dict[str, Vectors]:
    """Vectors of this model by content hash, from the index in service and from unfinished ones."""
    known: dict[str, Vectors] = {}
    for name, said in store.generations():
        if said.get("model") != model or not (stored := store.read(name)):
            continue
        known |= {str(m["hash"]): v for m, v in zip(stored.metadatas, stored.vectors, strict=True)}
    return known


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / "ingest.lock"))
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusy(f"另一个 fatiao ingest 正在写「{folder}」的索引，请等它结束后再试。") from error
    except OSError as error:
        raise StoreUnavailable(
            f"数据文件夹「{folder}」写不进去({error.strerror or error}),"
            "请检查磁盘和权限，或用 FATIAO_DATA_DIR 换一个位置。"
        ) from error
    try:
        yield
    finally:
        lock.release()
