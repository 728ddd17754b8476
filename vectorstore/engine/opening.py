"""The volumes of an index are opened; their files are made again from Chroma where a machine lacks them."""

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from law.regulation import Article, Regulation
from vectorstore.arrays import Vectors
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import ARTICLE, PARAGRAPH, QUESTION, REGULATION, Chunk, head_from
from vectorstore.engine.lazy import Kept, LazyMapping, StoredRegulation, Whole
from vectorstore.engine.searcher import EngineSearcher
from vectorstore.engine.texts import VolumeEntry
from vectorstore.engine.volume import Volume
from vectorstore.engine.writing import VolumeWriter
from vectorstore.errors import StoreDamaged, StoreUnavailable
from vectorstore.manifest import Manifest

#: Regulations, and single articles, that are kept as objects once they were looked at: some tens of MB.
_REGULATIONS, _ARTICLES = 60, 2_000
log = logging.getLogger("fatiao")


def volumes_folder(store: ChromaStore) -> Path:
    """Where the files of volumes lie."""
    assert store.beside is not None, "a large index needs a folder for its files"
    return store.beside / "volumes"


def open_volumes(store: ChromaStore, manifest: Manifest) -> tuple[Volume, ...]:
    """The volumes of an index, made again where their files are missing or damaged. Raises StoreError."""
    return tuple(_opened(store, name) for name in manifest.volumes.split(",") if name)


def regulations_of(volumes: tuple[Volume, ...]) -> tuple[StoredRegulation, ...]:
    """The regulations in service, by id; their articles are read when they are looked at."""
    kept: Kept[tuple[str, str], Whole] = Kept(_REGULATIONS)
    gone = {i for v in volumes for i in v.about.gone}
    found: dict[str, StoredRegulation] = {}
    for n, volume in enumerate(volumes):
        for entry in volume.texts.entries():
            if n or entry.id not in gone:
                found[entry.id] = _regulation(volume, entry, kept)
    return tuple(found[i] for i in sorted(found))


def articles_of(
    regulations: tuple[StoredRegulation, ...], searcher: EngineSearcher
) -> LazyMapping[tuple[Regulation, Article]]:
    """Any article with its regulation by id, each read for itself."""
    held = {r.id: r for r in regulations}
    kept: Kept[str, tuple[Regulation, Article]] = Kept(_ARTICLES)

    def read(id_: str) -> tuple[Regulation, Article]:
        regulation = held[id_.partition("/")[0]]
        if whole := regulation.at_hand:
            return regulation, whole.articles[searcher.within_its_own(id_)]
        volume, place = searcher.volume_at(searcher.index_of(id_))
        article, _, _ = next(volume.texts.articles(place, 1))
        return regulation, article

    def ids() -> Iterator[str]:
        return (a.id for r in regulations for a in r.articles)

    size = sum(r.size for r in regulations)
    return LazyMapping(lambda id_: kept.get(id_, partial(read, id_)), ids, size)


def norms_of(
    regulations: tuple[StoredRegulation, ...],
    searcher: EngineSearcher,
    articles: LazyMapping[tuple[Regulation, Article]],
) -> LazyMapping[str]:
    """The packed norms of any article that has some, by id."""
    held = {r.id: r for r in regulations}

    def read(id_: str) -> str:
        if whole := held[id_.partition("/")[0]].at_hand:
            said = whole.norms[searcher.within_its_own(id_)]
        else:
            said = searcher.norms_at(searcher.index_of(id_))
        if said is None:
            raise KeyError(id_)
        return said

    return LazyMapping(read, lambda: iter(articles), len(articles))


def _regulation(volume: Volume, entry: VolumeEntry, kept: "Kept[tuple[str, str], Whole]") -> StoredRegulation:
    def read() -> Whole:
        rows = list(volume.texts.articles(entry.first, entry.count))
        asked = tuple(q for _, own, _ in rows for q in own)
        return Whole(tuple(a for a, _, _ in rows), asked, tuple(n for _, _, n in rows))

    return StoredRegulation(
        read=lambda: kept.get((volume.about.name, entry.id), read),
        peek=lambda: kept.peek((volume.about.name, entry.id)),
        has=lambda words: volume.words.have(words, entry.first, entry.count),
        digest=entry.digest,
        size=entry.count,
        **head_from(json.loads(entry.head)),
    )


def _opened(store: ChromaStore, name: str) -> Volume:
    folder = volumes_folder(store) / name
    try:
        return Volume(folder)
    except (StoreDamaged, OSError, ValueError, KeyError):
        return _restored(store, name)


def _restored(store: ChromaStore, name: str) -> Volume:
    """The files of a volume from what Chroma holds, page by page; one process at a time. Raises StoreUnavailable."""
    from filelock import FileLock

    folder = volumes_folder(store)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(str(folder / f"{name}.lock")):
        try:
            return Volume(folder / name)  # another process has made it meanwhile
        except (StoreDamaged, OSError, ValueError, KeyError):
            log.warning("这台机器上还没有索引的卷「%s」，正从 Chroma 读出写到「%s」……", name, folder)
        told = store.told_of(name)
        if not told:
            raise StoreUnavailable(f"「{store.where}」里的卷「{name}」已不在，请再试一次，或运行 fatiao ingest。")
        part = folder / f"{name}.again"
        for path in (part, folder / name):
            shutil.rmtree(path, ignore_errors=True)
        writer = VolumeWriter(part, str(told.get("model", "")), int(told.get("dimension", 0)))
        with closing(writer):
            for digest, chunks, vectors in _regulations_in(store, name):
                writer.add(digest, chunks, vectors)
            writer.finish(name, json.loads(str(told.get("gone", "[]"))))
        part.rename(folder / name)
        return Volume(folder / name)


def _regulations_in(store: ChromaStore, name: str) -> Iterator[tuple[str, list[Chunk], Vectors]]:
    """Each regulation of a volume as it was written: its digest, its chunks in the order of its text, their vectors."""
    rest = {kind: _Ahead(_rows(store, name, kind)) for kind in (ARTICLE, PARAGRAPH, QUESTION)}
    for head, vector in _rows(store, name, REGULATION):
        id_ = str(head.metadata["regulation_id"])
        chunks, vectors = [head], [vector]
        articles: dict[str, list[tuple[Chunk, Vectors]]] = {}
        for kind in (ARTICLE, PARAGRAPH, QUESTION):
            for chunk, row in rest[kind].of(id_):
                articles.setdefault(str(chunk.metadata["article_id"]), []).append((chunk, row))
        for chunk, row in chain.from_iterable(articles.values()):
            chunks.append(chunk)
            vectors.append(row)
        yield str(head.metadata.get("digest", "")), chunks, np.stack(vectors)


def _rows(store: ChromaStore, name: str, kind: str) -> Iterator[tuple[Chunk, Vectors]]:
    for page in store.pages_of(name, kind):
        for id_, text, metadata, vector in zip(page.ids, page.texts, page.metadatas, page.vectors, strict=True):
            yield Chunk(id_, text, str(metadata["hash"]), metadata), vector


class _Ahead:
    """Rows in the order of their regulations, handed out a regulation at a time."""

    def __init__(self, rows: Iterator[tuple[Chunk, Vectors]]) -> None:
        self._rows, self._next = rows, next(rows, None)

    def of(self, regulation_id: str) -> Iterator[tuple[Chunk, Vectors]]:
        while self._next is not None and self._next[0].metadata["regulation_id"] == regulation_id:
            yield self._next
            self._next = next(self._rows, None)
