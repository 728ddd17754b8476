"""What the index should hold, and bringing it there."""

import hashlib
import logging
from pathlib import Path

from langchain_core.embeddings import Embeddings

from law.corpus import bundled_folder, load_corpus
from law.likely_questions import with_written
from law.regulation import Regulation
from law.versions import with_fates
from vectorstore.chroma import ChromaStore
from vectorstore.embeddings import model_name
from vectorstore.errors import IndexBusy, StoreUnavailable
from vectorstore.ingest import SCHEMA, IngestReport, Progress, added_regulations, ingest, writing
from vectorstore.manifest import Manifest

log = logging.getLogger("fatiao")


def bring_up_to_date(
    store: ChromaStore, embeddings: Embeddings, data: Path, folder: Path | None, *,
    likely_questions: bool, progress: Progress | None,
) -> None:  # fmt: skip
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
    store: ChromaStore, embeddings: Embeddings, data: Path, folder: Path | None = None,
    added: tuple[Regulation, ...] | None = None, *, likely_questions: bool = True,
    progress: Progress | None = None,
) -> IngestReport:  # fmt: skip
    """Ingest the corpus folder and what was added to it (None: what the index holds of it already)."""
    corpus = load_corpus(folder)
    ids = {r.id for r in corpus}
    with writing(data):  # what was added is read under the lock, so that no other ingest's addition is lost
        extra = added_regulations(store) if added is None else added
        held = with_fates((*corpus, *(r for r in extra if r.id not in ids)))
        regulations = [with_written(r, data) for r in held]
        return ingest(
            store, regulations, embeddings, lock_folder=data, likely_questions=likely_questions,
            corpus_stamp=stamp(folder), travelling=folder or bundled_folder(), progress=progress,
        )  # fmt: skip


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
