"""Regulations put beside an index that is there, without an ingest, which writes every chunk anew: ten seconds."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from law.regulation import Regulation
from vectorstore import snapshot
from vectorstore.chroma import ChromaStore
from vectorstore.chunks import chunks_of
from vectorstore.embeddings import Embedder
from vectorstore.filling import unit


def put_beside(store: ChromaStore, embeddings: Embedder, added: Sequence[Regulation]) -> None:
    """The index in service holds these too, as an ingest would leave its copy; in Chroma they are not.

    For what only asks: the next ingest writes them anew.
    """
    now = store.manifest()
    assert now is not None
    assert store.path is not None
    held = store.read(now.generation)
    assert held is not None
    chunks = [c for r in added for c in chunks_of(replace(r, findings=()), likely_questions=now.likely_questions)]
    vectors = unit(embeddings.embed_documents([c.text for c in chunks]), len(chunks))
    both = snapshot.Stored(
        [*held.ids, *(c.id for c in chunks)],
        [*held.texts, *(c.text for c in chunks)],
        [*held.metadatas, *(c.metadata for c in chunks)],
        np.concatenate([held.vectors, vectors]),
    )
    copy = snapshot.save(store.path / f"{now.generation}.npz", both)
    store.switch(replace(now, copy=copy, fingerprint=""))
