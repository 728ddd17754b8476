"""What is in service, also where the folder was damaged: found again, read as far as it can be, or set aside.

Nothing that was not read is deleted. Everything here is done by who holds the right to write (`ingest.writing`).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from law.bundled import is_bundled
from law.regulation import Regulation
from vectorstore.arrays import Vectors
from vectorstore.chroma import MANIFEST, ChromaStore
from vectorstore.chunks import regulations_from
from vectorstore.engine import open_volumes, regulations_of
from vectorstore.errors import StoreDamaged, StoreUnavailable
from vectorstore.manifest import Manifest, manifest_from
from vectorstore.snapshot import Stored

log = logging.getLogger("fatiao")


@dataclass(frozen=True, slots=True)
class InService:
    """The manifest, or None where there is none; `unread` are finished generations that nobody could read."""

    manifest: Manifest | None
    unread: frozenset[str] = frozenset()


def in_service(store: ChromaStore) -> InService:
    """What is in service. Where the pointer to it is lost, it is put back to the newest generation that can be read."""
    if now := store.manifest():
        return InService(now)
    unread: set[str] = set()
    for name, said in _finished(store):
        large = manifest_from(str(said.get(MANIFEST)))
        if large and large.volumes:
            if all(store.sizes_of(volume) for volume in large.volumes.split(",")):
                store.switch(large)
                log.warning("「%s」里指明现用索引的文件丢失或已坏，已按 Chroma 里的内容找回。", store.where)
                return InService(large)
            unread.add(name)
            continue
        stored = _read(store, name)
        if not stored or not stored.ids:
            unread.add(name)
            continue
        made = manifest_from(str(said.get(MANIFEST))) or _made_of(name, stored, said)
        if sealed := store.seal(name, len(stored.ids), made.copy):
            store.switch(found := replace(made, copy=sealed.copy))
            held = regulations_from(stored.metadatas)
            added = "、".join(r.title for r in held if not is_bundled(r)) or "无"
            log.warning(
                "「%s」里指明现用索引的文件丢失或已坏，已按 Chroma 里的内容找回：法规 %d 部，其中加入的：%s。",
                store.where,
                len(held),
                added,
            )
            return InService(found)
    if unread:
        log.error("「%s」里有读不出来的旧索引（%s），没有动它。", store.where, "、".join(sorted(unread)))
    return InService(None, frozenset(unread))


def held_regulations(store: ChromaStore) -> tuple[Regulation, ...]:
    """The regulations in service, read back from the store; none when there is no index.

    A folder that cannot be read at all is set aside whole, which is said. Raises StoreUnavailable.
    """
    try:
        for _ in range(3):
            manifest = in_service(store).manifest
            if manifest is None:
                return ()
            if manifest.volumes:
                return regulations_of(open_volumes(store, manifest))
            if stored := store.read(manifest.generation):
                return regulations_from(stored.metadatas)
        log.warning("「%s」里的索引已不完整，加入过的文档需要重新加入。", store.where)
    except StoreDamaged:
        if store.path is None:
            raise
        set_aside(store)
        log.error("加入过的文档也读不出来了，请重新加入（fatiao ingest 文件）。")
    return ()


def added_regulations(store: ChromaStore) -> tuple[Regulation, ...]:
    """Those of them that came from bare documents, to be carried over by the next ingest."""
    return tuple(r for r in held_regulations(store) if not is_bundled(r))


def set_aside(store: ChromaStore) -> None:
    """A damaged folder is moved out of the way, and it is said where it lies. Raises StoreUnavailable."""
    beside = store.set_aside()
    log.error("索引文件夹「%s」已损坏，原样移到「%s」，现在重新建立。", store.where, beside)


def _finished(store: ChromaStore) -> Iterator[tuple[str, dict[str, Any]]]:
    """Generations that were read back whole, the newest first."""
    found = [(name, said) for name, said in store.generations() if MANIFEST in said or store.has_copy(name)]
    yield from sorted(found, key=lambda one: float(one[1].get("begun", 0)), reverse=True)


def _read(store: ChromaStore, name: str) -> Stored | None:
    try:
        return store.read(name)
    except StoreUnavailable:
        return None


def _made_of(name: str, stored: Stored, said: dict[str, Any]) -> Manifest:
    """A manifest for a generation that carries none: the next ingest compares everything anew."""
    asked = any(m.get("kind") == "question" for m in stored.metadatas)
    return Manifest(name, str(said.get("model", "")), int(stored.vectors.shape[1]), "", asked, "")


def known_vectors(store: ChromaStore, model: str, dimension: int) -> dict[str, Vectors]:
    """Vectors of this model by content hash, from the index in service and from unfinished ones."""
    known: dict[str, Vectors] = {}
    for name, said in store.generations():
        if said.get("model") != model:
            continue
        known |= vectors_of(store, name, dimension)
    return known


def vectors_of(store: ChromaStore, name: str, dimension: int) -> dict[str, Vectors]:
    """Those of one generation; none where it is damaged, gone, or of another dimension."""
    try:
        stored = store.read(name)
    except StoreUnavailable:
        return {}
    if stored is None or stored.vectors.shape[1] != dimension:
        return {}
    whole = np.abs(np.linalg.norm(stored.vectors, axis=1) - 1) < 1e-3
    rows = zip(stored.metadatas, stored.vectors, whole, strict=True)
    return {str(m["hash"]): v for m, v, good in rows if good}
