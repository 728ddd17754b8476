"""A document becomes searchable articles: read → parse → chunk → embed → Chroma.

Takes plain arguments and knows no settings; `corpus` loads regulations, `ingest` indexes them,
`library` holds an index in memory. The error family of the whole project has its root here.
"""

from vectorstore.errors import (
    CorpusError,
    DocumentError,
    EmbeddingError,
    FatiaoError,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    StoreError,
    StoreUnavailable,
)
from vectorstore.regulation import Article, Finding, Paragraph, Regulation

__all__ = [
    "Article", "CorpusError", "DocumentError", "EmbeddingError", "FatiaoError", "Finding", "IndexBusy",
    "IndexMismatch", "IndexMissing", "Paragraph", "Regulation", "StoreError", "StoreUnavailable",
]  # fmt: skip
