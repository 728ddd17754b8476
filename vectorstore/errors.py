"""The root of the error family, and what can go wrong between a document and the index.

FatiaoError
├── DocumentError            a document cannot be read
├── CorpusError              a corpus folder or its regulation.toml is wrong
├── EmbeddingError           the embedding model or its endpoint does not answer
└── StoreError               the index cannot be used as it is
    ├── IndexMissing         there is none yet
    ├── IndexMismatch        made with another embedding model
    ├── IndexBusy            another process is writing it
    └── StoreUnavailable     Chroma, its server or the disk below it does not answer

Every message is Chinese, quotes the offending value and says what to do next; only the
command line and the page show it.
"""


class FatiaoError(Exception):
    """Base of every error this project raises on purpose."""


class DocumentError(FatiaoError):
    """A document is missing, empty, binary or too large."""


class CorpusError(FatiaoError):
    """A corpus folder lacks a file, or its regulation.toml says something impossible."""


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
