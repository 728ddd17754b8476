"""Regulations become the index in service, as one new generation.

embed what is new, writing the next generation as it comes → read it back → switch → clean up. A crash
at any point leaves the generation in service untouched; what an unfinished one holds already is taken
over by the next run.
"""

import hashlib
import json
import logging
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from law.corpus import is_bundled
from law.regulation import Regulation
from vectorstore.chroma import ChromaStore, Manifest
from vectorstore.chunks import Chunk, chunks_of, regulations_from
from vectorstore.embeddings import dimension_of, model_name
from vectorstore.errors import EmbeddingError, IndexBusy, StoreUnavailable
from vectorstore.snapshot import Vectors
from vectorstore.travelling import read_vectors

#: What chunks look like; raise it when their text or payload changes shape.
SCHEMA = 2
#: Chunks embedded at a time, which is what a crash can cost, and chunks written at a time where few need embedding.
STEP, WRITTEN = 64, 1000
Progress = Callable[[str, int, int], None]
log = logging.getLogger("fatiao")


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
    travelling: Path | None = None, progress: Progress | None = None,
) -> IngestReport:  # fmt: skip
    """Make the index hold exactly these regulations.

    `travelling` is a corpus folder whose vectors travel with it: what fits is taken, the rest embedded.
    `progress(step, done, total)` is called as work goes on. Raises IndexBusy when another process
    is ingesting, StoreUnavailable, EmbeddingError.
    """
    with writing(lock_folder):
        chunks: list[Chunk] = []
        rows: list[RegulationReport] = []
        for regulation in regulations:
            # What looked wrong in the document is said once, in the report; the index holds the document.
            mine = chunks_of(replace(regulation, findings=()), likely_questions=likely_questions)
            chunks += mine
            tokens = sum(int(c.metadata["tokens"]) for c in mine)
            rows.append(RegulationReport(regulation, len(mine), tokens))
        owner = f"{socket.gethostname()}:{lock_folder.absolute()}"
        now = store.manifest()
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        wanted = Manifest(
            now.generation if now else "", model_name(embeddings), dimension_of(embeddings), fingerprint(chunks),
            likely_questions, now.made_at if now else "", corpus_stamp,
        )  # fmt: skip
        if now and now == wanted and _is_whole(store, now.generation, len(chunks)):
            _clean_up(store, now.generation, owner)
            return IngestReport(tuple(rows), 0, len(chunks), False, now)
        known = read_vectors(travelling, wanted.model, wanted.dimension) if travelling else {}
        known |= _known_vectors(store, wanted.model, wanted.dimension)
        fresh = {c.hash for c in chunks} - known.keys()
        name = store.begin(wanted.model, owner)
        _fill(store, name, chunks, known, embeddings, progress)
        if not store.seal(name, len(chunks)):
            raise StoreUnavailable(f"写进「{store.where}」的内容读回不全，没有换上。请再运行一次 fatiao ingest。")
        if store.manifest() != now:
            raise IndexBusy(f"「{store.where}」刚被另一个 fatiao ingest 更新，这一次没有换上。请再运行一次。")
        manifest = Manifest(
            name, wanted.model, wanted.dimension, wanted.fingerprint, likely_questions, made_at, corpus_stamp
        )
        store.switch(manifest)
        _clean_up(store, name, owner, now.generation if now else "")
        reused = sum(c.hash not in fresh for c in chunks)
        return IngestReport(tuple(rows), len(fresh), reused, True, manifest)


def held_regulations(store: ChromaStore) -> tuple[Regulation, ...]:
    """The regulations in service, read back from the store; none when there is no index."""
    for _ in range(3):
        manifest = store.manifest()
        if manifest is None:
            return ()
        if stored := store.read(manifest.generation):
            return regulations_from(stored.metadatas)
    log.warning("「%s」里的索引已不完整，加入过的文档需要重新加入。", store.where)
    return ()


def added_regulations(store: ChromaStore) -> tuple[Regulation, ...]:
    """Those of them that came from bare documents, to be carried over by the next ingest."""
    return tuple(r for r in held_regulations(store) if not is_bundled(r))


def fingerprint(chunks: Sequence[Chunk]) -> str:
    """A digest of every chunk's text and metadata, whatever their order."""
    rows = sorted(json.dumps([c.id, c.text, c.metadata], ensure_ascii=False, sort_keys=True) for c in chunks)
    return hashlib.sha256("\n".join([str(SCHEMA), *rows]).encode()).hexdigest()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the right to write the index. May be nested in one thread, so that what an ingest is
    based on can be read under it. Raises IndexBusy when somebody else has it, StoreUnavailable.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / "ingest.lock"), is_singleton=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusy(f"另一个 fatiao ingest 正在写「{folder}」的索引，请等它结束后再试。") from error
    except OSError as error:
        raise StoreUnavailable(
            f"数据文件夹「{folder}」写不进去（{error.strerror or error}），"
            "请检查磁盘和权限，或用 FATIAO_DATA_DIR 换一个位置。"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _fill(
    store: ChromaStore, name: str, chunks: Sequence[Chunk], known: dict[str, Vectors],
    embeddings: Embeddings, progress: Progress | None,
) -> None:  # fmt: skip
    """Write every chunk into a generation, embedding those whose vectors are not known yet."""
    total, embedded, written = len({c.hash for c in chunks} - known.keys()), 0, 0
    for part in _parts(chunks, known):
        fresh = list({c.hash: c.text for c in part if c.hash not in known}.items())
        if fresh:
            vectors = _unit(embeddings.embed_documents([text for _, text in fresh]), len(fresh))
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


def _unit(rows: Sequence[Sequence[float]], count: int) -> Vectors:
    """(count, dimension) of unit length, whatever length the model gives them: cosines are dot products here."""
    vectors = np.asarray(rows, dtype=np.float32)
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    if vectors.ndim != 2 or len(vectors) != count or not np.isfinite(length).all() or not length.all():
        raise EmbeddingError(f"向量模型没有给出 {count} 个可用的向量，请检查 FATIAO_EMBEDDING_MODEL。")
    return np.asarray(vectors / length, dtype=np.float32)


def _is_whole(store: ChromaStore, generation: str, size: int) -> bool:
    """Whether the generation in service is really there."""
    try:
        return store.seal(generation, size)
    except StoreUnavailable:
        return False


def _clean_up(store: ChromaStore, keep: str, owner: str, former: str = "") -> None:
    """The index in service is whole already: a failure here is left to the next ingest."""
    try:
        store.drop_others(keep, owner, former)
    except StoreUnavailable as error:
        log.warning("旧的索引没有清掉：%s", error)


def _known_vectors(store: ChromaStore, model: str, dimension: int) -> dict[str, Vectors]:
    """Vectors of this model by content hash, from the index in service and from unfinished ones."""
    known: dict[str, Vectors] = {}
    for name, said in store.generations():
        if said.get("model") != model:
            continue
        try:
            stored = store.read(name)
        except StoreUnavailable:
            continue  # damaged: embedded anew
        if stored is None or stored.vectors.shape[1] != dimension:
            continue
        whole = np.abs(np.linalg.norm(stored.vectors, axis=1) - 1) < 1e-3
        rows = zip(stored.metadatas, stored.vectors, whole, strict=True)
        known |= {str(m["hash"]): v for m, v, good in rows if good}
    return known
