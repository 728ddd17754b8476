"""What the index should hold, and bringing it there."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from law.bundled import bundled_folder
from law.errors import CorpusError
from law.likely_questions import with_written
from law.regulation import Regulation
from law.versions import chain_of, with_fates
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import SCHEMA
from vectorstore.embeddings import Embedder, model_name
from vectorstore.errors import IndexBusy, StoreUnavailable
from vectorstore.filling import Progress
from vectorstore.manifest import Manifest

if TYPE_CHECKING:
    from vectorstore.ingest import IngestReport

log = logging.getLogger("fatiao")


def bring_up_to_date(
    store: ChromaStore,
    embeddings: Embedder,
    data: Path,
    folder: Path | None,
    *,
    likely_questions: bool,
    progress: Progress | None,
) -> None:
    """Build the index where there is none; renew it where the corpus folder has changed since.

    An index of another embedding model is left alone (the shelf refuses it, naming the mend).
    """
    manifest = store.manifest()
    if manifest and (manifest.model != model_name(embeddings) or _holds(manifest, folder, likely_questions)):
        return
    log.info("正在建立索引……" if manifest is None else "语料有更新，正在更新索引……")
    try:
        build(store, embeddings, data, folder, likely_questions=likely_questions, progress=progress)
    except IndexBusy:
        if manifest is None:
            raise
        log.warning("另一个进程正在更新索引，先用现有的索引回答。")
    except StoreUnavailable as error:
        if manifest is None:
            raise
        log.warning("语料有更新，但索引没有写成：%s先用现有的索引回答。", error)


def build(
    store: ChromaStore,
    embeddings: Embedder,
    data: Path,
    folder: Path | None = None,
    added: tuple[Regulation, ...] | None = None,
    *,
    likely_questions: bool = True,
    progress: Progress | None = None,
) -> "IngestReport":
    """Ingest the corpus folder and what was added to it (None: what the index holds of it already)."""
    from law.corpus import load_corpus  # what reads documents is loaded where there is something to take in
    from vectorstore.ingest import added_regulations, ingest, writing

    corpus = load_corpus(folder)
    ids = {r.id for r in corpus}
    with writing(data):  # what was added is read under the lock, so that no other ingest's addition is lost
        extra = added_regulations(store) if added is None else added
        held = with_fates((*corpus, *(r for r in extra if r.id not in ids)))
        regulations = [with_written(r, data) for r in held]
        return ingest(
            store,
            regulations,
            embeddings,
            lock_folder=data,
            likely_questions=likely_questions,
            corpus_stamp=stamp(folder),
            travelling=folder or bundled_folder(),
            progress=progress,
        )


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of the corpus did: the report of the ingest, the texts taken in as they are now held, and of each
    that is no newcomer what it is to those held before."""

    report: "IngestReport"
    taken_in: tuple[Regulation, ...]
    said: tuple[str, ...]


def change(
    store: ChromaStore,
    embeddings: Embedder,
    data: Path,
    folder: Path | None = None,
    *,
    add: Sequence[Regulation] = (),
    remove: Sequence[str] = (),
    likely_questions: bool = True,
    progress: Progress | None = None,
) -> Changed:
    """Take texts in beside what was added before, and take others out; all or nothing of it comes into service.

    Raises CorpusError for an id that was not added, IndexBusy, StoreUnavailable, EmbeddingError.
    """
    from law.corpus import load_corpus, without_clash
    from vectorstore.ingest import added_regulations, writing

    bundled = load_corpus(folder)
    with writing(data):
        added = {r.id: r for r in added_regulations(store)}
        for id_ in remove:
            if id_ not in added:
                raise CorpusError(f"没有加入过编号为「{id_}」的法规。加入过的：{'、'.join(added) or '（无）'}。")
            added.pop(id_)
        taken: list[Regulation] = []
        said: list[str] = []
        for regulation in add:
            held = [*bundled, *added.values()]
            named = without_clash(regulation, held)
            said.append(_taken_in(named, held))
            taken.append(named)
            if named.id not in {r.id for r in bundled}:
                added[named.id] = named
        report = build(
            store, embeddings, data, folder, tuple(added.values()), likely_questions=likely_questions, progress=progress
        )
    return Changed(report, tuple(taken), tuple(filter(None, said)))


def _taken_in(new: Regulation, held: Sequence[Regulation]) -> str:
    """What a document is to those held: a further version of one, or in place of one; "" where it is new."""
    same = [r for r in held if chain_of(r) == chain_of(new)]
    replaced = next((r for r in same if r.id == new.id), None)
    if replaced is not None:
        return "" if replaced.sha256 == new.sha256 else f"《{new.title}》（{new.id}）：替换了同一日期的文本。"
    if not same:
        return ""
    others = "、".join(f"{r.id}《{r.title}》" for r in same)
    return f"《{new.title}》（{new.id}）：作为新版本收录，旧版本保留（{others}）。"


def stamp(folder: Path | None) -> str:
    """A digest of every file in the folders of the corpus, and of the chunk schema."""
    digest = hashlib.sha256(str(SCHEMA).encode())
    base = folder or bundled_folder()
    for path in sorted(p for p in base.glob("*/*") if p.is_file() and not p.name.startswith(".")):
        digest.update(str(path.relative_to(base)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _holds(manifest: Manifest, folder: Path | None, likely_questions: bool) -> bool:
    """An index with likely questions also serves where they are not wanted: they are left out at reading."""
    enough = manifest.likely_questions or not likely_questions
    return enough and manifest.corpus_stamp == stamp(folder)
