"""What of a large index is written anew: nothing, the regulations that have changed, or all.

Everything goes by the regulation, one at a time, and nothing is held longer than that: its chunks are made and
embedded, written to Chroma and into the files of a volume. A volume is in service when the manifest says so, and is
never written again. What a killed ingest leaves behind is read as a bank of vectors by the next one.
"""

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from law.regulation import Regulation
from vectorstore.arrays import Vectors
from vectorstore.chroma import KINDS, ChromaStore
from vectorstore.chunks import Chunk, chunks_of
from vectorstore.engine.lazy import StoredRegulation
from vectorstore.engine.opening import volumes_folder
from vectorstore.engine.texts import VolumeEntry
from vectorstore.engine.volume import Volume
from vectorstore.engine.writing import Bank, VolumeWriter, model_of
from vectorstore.errors import StoreUnavailable
from vectorstore.manifest import Manifest

#: Regulations changed since the base was written go into a volume of their own, up to this share of the base.
DELTA = 1 / 25
#: Chunks of a kind that are handed to Chroma together.
_TOGETHER = 2_000
Embed = Callable[[Sequence[str]], Vectors]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What a large index is to hold. `wanted` lacks only what is known at the end; `schema` is that of the chunks;
    `known` are vectors by chunk hash beside those of the volumes; `step` chunks are embedded together, which is what a
    crash can cost."""

    store: ChromaStore
    regulations: Sequence[Regulation]
    wanted: Manifest
    schema: int
    known: Mapping[str, Vectors]
    embed: Embed
    step: int
    owner: str
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Renewed:
    """`volumes` are those to put in service; of each regulation its entry; how many chunks were embedded."""

    volumes: tuple[str, ...]
    entries: dict[str, VolumeEntry]
    embedded: int
    changed: bool


def count_of(regulations: Iterable[Regulation]) -> int:
    """About how many chunks they make, without making them: never more than they do make."""
    return sum(1 + len(r.questions) + sum(1 + len(a.paragraphs) for a in r.articles) for r in regulations)


def digest_of(regulation: Regulation, schema: int, *, likely_questions: bool) -> str:
    """Changes with anything that its chunks are made of."""
    head = f"{schema}{'q' if likely_questions else '-'}:"
    if isinstance(regulation, StoredRegulation) and regulation.digest.startswith(head):
        return regulation.digest
    digest = hashlib.sha256()
    fields = [n for n in Regulation.__dataclass_fields__ if n not in ("articles", "questions", "findings")]
    digest.update(repr([getattr(regulation, n) for n in fields]).encode())
    for a in regulation.articles:
        own = (
            a.id,
            str(a.number),
            str(a.suffix),
            a.label,
            a.heading,
            a.chapter,
            a.section,
            str(a.start),
            str(a.end),
            str(a.line),
            *a.flags,
        )
        texts = (x for p in a.paragraphs for x in ("\1", str(p.start), str(p.end), p.text, *p.items))
        digest.update("\0".join((*own, *texts)).encode())
    if likely_questions:
        digest.update(repr([(q.article, q.text, q.paragraphs, q.by_model) for q in regulation.questions]).encode())
    return head + digest.hexdigest()[:32]


def fingerprint_of(digests: Mapping[str, str]) -> str:
    """Of all regulations, whatever their order."""
    said = "\n".join(f"{id_} {digest}" for id_, digest in sorted(digests.items()))
    return hashlib.sha256(said.encode()).hexdigest()


def renew(job: Job, now: Manifest | None, held: Sequence[Volume]) -> Renewed:
    """Bring volumes to hold exactly the regulations; `held` are those in service, the base first.

    Raises StoreUnavailable, EmbeddingError.
    """
    digests = _digests(job)
    entries = {e.id: e for v in held for e in v.texts.entries()}
    base = {e.id: e for e in held[0].texts.entries()} if held else {}
    kept = {id_ for id_, e in base.items() if digests.get(id_) == e.digest}
    gone = base.keys() - kept
    changed = [r for r in job.regulations if r.id not in kept]
    same = now is not None and now.fingerprint == fingerprint_of(digests) and now.model == job.wanted.model
    if same and held and all(_whole(job.store, v) for v in held):
        return Renewed(tuple(v.about.name for v in held), {i: entries[i] for i in digests}, 0, changed=False)
    room = held[0].about.rows * DELTA if held and _whole(job.store, held[0]) else 0
    if held and not changed and not gone:
        return Renewed((held[0].about.name,), base, 0, changed=True)
    if held and count_of(changed) + sum(base[i].chunks for i in gone) <= room:
        made, embedded = write(job, changed, digests, gone)
        added = {e.id: e for e in made.texts.entries()}
        names = (held[0].about.name, made.about.name)
        return Renewed(names, {i: base[i] for i in kept} | added, embedded, changed=True)
    made, embedded = write(job, job.regulations, digests, ())
    return Renewed((made.about.name,), {e.id: e for e in made.texts.entries()}, embedded, changed=True)


def write(
    job: Job, regulations: Sequence[Regulation], digests: Mapping[str, str], gone: Iterable[str]
) -> tuple[Volume, int]:
    """One new volume with these regulations, in Chroma and beside it; how many chunks were embedded."""
    folder = volumes_folder(job.store)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"fatiao-gen-{uuid.uuid4().hex[:12]}"
    left = sorted(p for p in folder.iterdir() if p.is_dir())
    bank = Bank([p for p in left if model_of(p) == job.wanted.model], job.wanted.dimension)
    part = folder / f"{name}.part"
    writer = VolumeWriter(part, job.wanted.model, job.wanted.dimension)
    with closing(writer), closing(bank):
        told: dict[str, str | int] = {"gone": json.dumps(sorted(gone)), "dimension": job.wanted.dimension}
        job.store.begin_volume(name, job.wanted.model, job.owner, told)
        embedded = _fill(job, name, writer, regulations, digests, bank)
        about = writer.finish(name, gone)
    if job.store.sizes_of(name) != about.kinds:
        raise StoreUnavailable(f"写进「{job.store.where}」的内容读回不全，没有换上。请再运行一次 fatiao ingest。")
    part.rename(folder / name)
    return Volume(folder / name), embedded


def clean_up(store: ChromaStore, keep: Iterable[str]) -> None:
    """Delete the folders of volumes but those to keep; a failure is left to the next ingest."""
    folder, kept = volumes_folder(store), set(keep)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _digests(job: Job) -> dict[str, str]:
    asked = job.wanted.likely_questions
    return {r.id: digest_of(r, job.schema, likely_questions=asked) for r in job.regulations}


def _fill(
    job: Job, name: str, writer: VolumeWriter, regulations: Sequence[Regulation], digests: Mapping[str, str], bank: Bank
) -> int:
    """Every regulation in turn, its vectors taken where they are known."""
    waiting: dict[str, list[tuple[Chunk, Vectors]]] = {kind: [] for kind in KINDS}
    total, embedded = count_of(regulations), 0
    for regulation in regulations:
        chunks = chunks_of(replace(regulation, findings=()), likely_questions=job.wanted.likely_questions)
        known = _known(job, bank, writer, [c.hash for c in chunks])
        missing = list({c.hash: c.text for c in chunks if c.hash not in known}.items())
        for at in range(0, len(missing), job.step):
            some = missing[at : at + job.step]
            vectors = job.embed([text for _, text in some])
            writer.keep([digest for digest, _ in some], vectors)
            known |= zip([digest for digest, _ in some], vectors, strict=True)
            embedded += len(some)
            if job.progress:
                job.progress("embed", embedded, embedded)
        rows = np.stack([known[c.hash] for c in chunks])
        writer.add(digests[regulation.id], chunks, rows)
        chunks[0].metadata["digest"] = digests[regulation.id]  # Chroma alone can tell it too
        for chunk, row in zip(chunks, rows, strict=True):
            waiting[str(chunk.metadata["kind"])].append((chunk, row))
        _hand_over(job, name, waiting, _TOGETHER)
        if job.progress:
            job.progress("write", min(writer.rows, total), total)
    _hand_over(job, name, waiting, 1)
    return embedded


def _hand_over(job: Job, name: str, waiting: dict[str, list[tuple[Chunk, Vectors]]], least: int) -> None:
    """To Chroma, of each kind for which enough has come together."""
    for kind, rows in waiting.items():
        while len(rows) >= least:
            some, rows[:] = rows[:_TOGETHER], rows[_TOGETHER:]
            job.store.add_to(name, kind, [c for c, _ in some], np.stack([v for _, v in some]))


def _known(job: Job, bank: Bank, writer: VolumeWriter, hashes: Sequence[str]) -> dict[str, Vectors]:
    """From what travels, from volumes before this one, from what this one has already."""
    found = {h: job.known[h] for h in hashes if h in job.known}
    for source in (bank.get, writer.known):
        if rest := [h for h in dict.fromkeys(hashes) if h not in found]:
            found |= source(rest)
    return found


def _whole(store: ChromaStore, volume: Volume) -> bool:
    """Whether Chroma holds all of a volume."""
    try:
        return store.sizes_of(volume.about.name) == volume.about.kinds
    except StoreUnavailable:
        return False
