"""The roof: the command line, and `from fatiao import Assistant` for other programs."""

from typing import TYPE_CHECKING, Any

from assistant import (
    Answer,
    Block,
    Citation,
    CityNotHeld,
    Event,
    FatiaoError,
    Hit,
    ModelError,
    QuestionError,
    SettingError,
    Writing,
)
from law import CorpusError, DocumentError
from records import RecordNotFound, RecordsError, RecordsNewer, RecordsUnavailable
from vectorstore import (
    EmbeddingError,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    StoreError,
    StoreUnavailable,
)

if TYPE_CHECKING:
    from assistant import Assistant, Settings, Verdict, judge, load_settings

__all__ = [
    "Answer",
    "Assistant",
    "Block",
    "Citation",
    "CityNotHeld",
    "CorpusError",
    "DocumentError",
    "EmbeddingError",
    "Event",
    "FatiaoError",
    "Hit",
    "IndexBusy",
    "IndexMismatch",
    "IndexMissing",
    "ModelError",
    "QuestionError",
    "RecordNotFound",
    "RecordsError",
    "RecordsNewer",
    "RecordsUnavailable",
    "SettingError",
    "Settings",
    "StoreError",
    "StoreUnavailable",
    "Verdict",
    "Writing",
    "judge",
    "load_settings",
]


def __getattr__(name: str) -> Any:
    """`Assistant`, `judge` and the settings are imported when they are first asked for."""
    import assistant

    if name in ("Assistant", "Settings", "Verdict", "judge", "load_settings"):
        return getattr(assistant, name)
    raise AttributeError(f"module 'fatiao' has no attribute {name!r}")
