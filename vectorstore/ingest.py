"""Regulations become the index in service, as one new generation.

embed what is new, writing the next generation as it comes → read it back → switch → clean up. A crash
at any point leaves the generation in service untouched; what an unfinished one holds already is taken
over by the next run.
"""

import hashlib
import json
import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from law.regulation import Regulation
from vectorstore import engine
from vectorstore.arrays import Vectors
from vectorstore.chroma import ChromaStore, Sealed
from vectorstore.chunks import SCHEMA, Chunk, chunks_of
from vectorstore.embeddings import Embedder, dimension_of, model_name
from vectorstore.errors import IndexBusy, StoreDamaged, StoreUnavailable
from vectorstore.filling import STEP, Progress, fill, unit
from vectorstore.manifest import Manifest
from vectorstore.recovery import (
    InService,
    added_regulations,
    held_regulations,
    in_service,
    known_vectors,
    set_aside,
    vectors_of,
)
from vectorstore.shipped_vectors import read_vectors

__all__ = ["IngestReport", "RegulationReport", "added_regulations", "held_regulations", "ingest", "writing"]
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
    store: ChromaStore,
    regulations: Sequence[Regulation],
    embeddings: Embedder,
    *,
    lock_folder: Path,
    likely_questions: bool = True,
    corpus_stamp: str = "",
    travelling: Path | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Make the index hold exactly these regulations.

    `travelling` is a corpus folder whose vectors travel with it: what fits is taken, the rest embedded.
    `progress(step, done, total)` is called as work goes on. Raises IndexBusy when another process
    is ingesting, StoreUnavailable, EmbeddingError.
    """
    with writing(lock_folder):
        if engine.count_of(regulations) > engine.MOST_IN_MEMORY:
            return _ingest_large(
                store, regulations, embeddings, lock_folder, corpus_stamp, travelling, progress, likely=likely_questions
            )
        chunks: list[Chunk] = []
        rows: list[RegulationReport] = []
        for regulation in regulations:
            # What looked wrong in the document is said once, in the report; the index holds the document.
            mine = chunks_of(replace(regulation, findings=()), likely_questions=likely_questions)
            chunks += mine
            tokens = sum(int(c.metadata["tokens"]) for c in mine)
            rows.append(RegulationReport(regulation, len(mine), tokens))
        wanted = Manifest(
            "",
            model_name(embeddings),
            dimension_of(embeddings),
            fingerprint(chunks),
            likely_questions,
            "",
            corpus_stamp,
        )
        job = _Job(
            store, tuple(rows), chunks, wanted, embeddings, f"{socket.gethostname()}:{lock_folder.absolute()}", progress
        )
        known = read_vectors(travelling, wanted.model, wanted.dimension) if travelling else {}
        try:
            return _renew(job, in_service(store), known)
        except StoreDamaged:
            if store.path is None:
                raise
            if now := store.manifest():
                known |= vectors_of(store, now.generation, wanted.dimension)
            set_aside(store)
            return _renew(job, InService(None), known)


@dataclass(frozen=True, slots=True)
class _Job:
    """What the index is to hold. `wanted` lacks only what is known at the end."""

    store: ChromaStore
    rows: tuple[RegulationReport, ...]
    chunks: list[Chunk]
    wanted: Manifest
    embeddings: Embedder
    owner: str
    progress: Progress | None


def _renew(job: _Job, held: InService, known: dict[str, Vectors]) -> IngestReport:
    """The next generation, unless the one in service is what is wanted, and whole.

    `known` are vectors by content hash, beside those in the store.
    """
    store, now, size = job.store, held.manifest, len(job.chunks)
    same = now and now == replace(job.wanted, generation=now.generation, made_at=now.made_at, copy=now.copy)
    if now and same and (whole := _sealed(store, now, size)):
        if whole.copy != now.copy:
            store.switch(now := replace(now, copy=whole.copy))
        _clean_up(store, now.generation, job.owner)
        return IngestReport(job.rows, 0, size, False, now)
    known = known | known_vectors(store, job.wanted.model, job.wanted.dimension)
    fresh = {c.hash for c in job.chunks} - known.keys()
    name = store.begin(job.wanted.model, job.owner)
    fill(store, name, job.chunks, known, job.embeddings, job.progress)
    sealed = store.seal(name, size)
    if not sealed:
        raise StoreUnavailable(f"写进「{store.where}」的内容读回不全，没有换上。请再运行一次 fatiao ingest。")
    if store.manifest() != now:
        raise IndexBusy(f"「{store.where}」刚被另一个 fatiao ingest 更新，这一次没有换上。请再运行一次。")
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = replace(job.wanted, generation=name, made_at=made_at, copy=sealed.copy)
    store.switch(manifest)
    _clean_up(store, name, job.owner, now.generation if now else "", held.unread)
    reused = sum(c.hash not in fresh for c in job.chunks)
    return IngestReport(job.rows, len(fresh), reused, True, manifest)


def _ingest_large(
    store: ChromaStore,
    regulations: Sequence[Regulation],
    embeddings: Embedder,
    lock_folder: Path,
    corpus_stamp: str,
    travelling: Path | None,
    progress: Progress | None,
    *,
    likely: bool,
) -> IngestReport:
    """As `ingest`, a regulation at a time, into volumes."""
    model, dimension = model_name(embeddings), dimension_of(embeddings)
    owner = f"{socket.gethostname()}:{lock_folder.absolute()}"
    now = in_service(store).manifest
    held = _volumes(store, now, model)
    known = read_vectors(travelling, model, dimension) if travelling else {}
    if now and not now.volumes and now.model == model:
        known |= vectors_of(store, now.generation, dimension)

    def embed(texts: Sequence[str]) -> Vectors:
        return unit(embeddings.embed_documents(list(texts)), len(texts))

    wanted = Manifest("", model, dimension, "", likely, "", corpus_stamp)
    job = engine.Job(store, regulations, wanted, SCHEMA, known, embed, STEP, owner, progress)
    made = engine.renew(job, now, held)
    digests = {i: e.digest for i, e in made.entries.items()}
    stays = now and not made.changed
    manifest = replace(
        wanted,
        generation=now.generation if now and stays else made.volumes[-1],
        fingerprint=engine.fingerprint_of(digests),
        made_at=now.made_at if now and stays else datetime.now(UTC).isoformat(timespec="seconds"),
        volumes=",".join(made.volumes),
    )
    if store.manifest() != now:
        raise IndexBusy(f"「{store.where}」刚被另一个 fatiao ingest 更新，这一次没有换上。请再运行一次。")
    if manifest != now:
        store.switch(manifest)
    former = {*now.volumes.split(","), now.generation} if now else set()
    keep = {*made.volumes, *former}  # a question that has begun may still ask the former ones
    _clean_up(store, manifest.generation, owner, spare=frozenset(keep))
    engine.clean_up(store, keep)
    rows = tuple(RegulationReport(r, made.entries[r.id].chunks, made.entries[r.id].tokens) for r in regulations)
    total = sum(r.chunks for r in rows)
    return IngestReport(rows, made.embedded, total - made.embedded, made.changed, manifest)


def _volumes(store: ChromaStore, now: Manifest | None, model: str) -> tuple[engine.Volume, ...]:
    """Those in service, where they are of this model and can be read."""
    if now is None or not now.volumes or now.model != model:
        return ()
    try:
        return engine.open_volumes(store, now)
    except StoreUnavailable as error:
        log.warning("索引的卷读不出来，全部重新写：%s", error)
        return ()


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


def _sealed(store: ChromaStore, now: Manifest, size: int) -> Sealed | None:
    """Whether the generation in service is really there."""
    try:
        return store.seal(now.generation, size, now.copy)
    except StoreUnavailable:
        return None


def _clean_up(store: ChromaStore, keep: str, owner: str, former: str = "", spare: frozenset[str] = frozenset()) -> None:
    """The index in service is whole already: a failure here is left to the next ingest."""
    try:
        store.drop_others(keep, owner, former, spare)
    except StoreUnavailable as error:
        log.warning("旧的索引没有清掉：%s", error)
