"""What can go wrong between the law and the index (the family's root is in `law.errors`).

FatiaoError
├── EmbeddingError           the embedding model or its endpoint does not answer
└── StoreError               the index cannot be used as it is
    ├── IndexMissing         there is none yet
    ├── IndexMismatch        made with another embedding model
    ├── IndexBusy            another process is writing it
    └── StoreUnavailable     Chroma, its server or the disk below it does not answer
        └── StoreDamaged     the folder of the index cannot be read: an ingest sets it aside
"""

from law.errors import FatiaoError


class EmbeddingError(FatiaoError):
    """The embedding model or its endpoint does not answer."""


class StoreError(FatiaoError):
    """The index cannot be used as it is."""


class IndexMissing(StoreError):
    """No index has been built where one is expected."""


class IndexMismatch(StoreError):
    """The index was made with another embedding model or dimension."""


class IndexBusy(StoreError):
    """Another process is writing the index."""


class StoreUnavailable(StoreError):
    """Chroma, its server or the disk below it does not answer."""


class StoreDamaged(StoreUnavailable):
    """The folder of the index cannot be read any more: an ingest sets it aside and builds it anew."""
