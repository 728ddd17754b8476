"""The root of the error family, and what can go wrong with a document.

FatiaoError
├── DocumentError            a document cannot be read
├── CorpusError              a corpus folder or its regulation.toml is wrong
├── StoreError, EmbeddingError    see `vectorstore.errors`
├── QuestionError, SettingError … see `assistant.errors`
└── RecordsError …                see `records.errors`

Every message is Chinese, quotes the offending value and says what to do next; only the
command line, the page and the door show it.
"""


class FatiaoError(Exception):
    """Base of every error this project raises on purpose."""


class DocumentError(FatiaoError):
    """A document is missing, empty, binary or too large."""


class CorpusError(FatiaoError):
    """A corpus folder lacks a file, or its regulation.toml says something impossible."""
