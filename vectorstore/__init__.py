"""Law becomes searchable: chunk → embed → Chroma, ranked.

Takes plain arguments and knows no settings; `ingest` indexes regulations, `library` holds an index in memory,
`search` ranks. `chroma` alone touches Chroma.
"""

from vectorstore.errors import EmbeddingError, IndexBusy, IndexMismatch, IndexMissing, StoreError, StoreUnavailable

__all__ = ["EmbeddingError", "IndexBusy", "IndexMismatch", "IndexMissing", "StoreError", "StoreUnavailable"]
