"""A question becomes a cited answer: understand → retrieve → decide → write → verify.

`from assistant import Assistant` is the way in; the errors that a caller may meet come along.
"""

from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Block, Citation, Event, Hit, Writing
from assistant.errors import CityNotHeld, ModelError, QuestionError, SettingError
from law.errors import FatiaoError
from law.regulation import Article, Regulation

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.settings import Settings, load_settings
    from assistant.verify import Verdict, judge

__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "Block",
    "Citation",
    "CityNotHeld",
    "Event",
    "FatiaoError",
    "Hit",
    "ModelError",
    "QuestionError",
    "Regulation",
    "SettingError",
    "Settings",
    "Verdict",
    "Writing",
    "judge",
    "load_settings",
]

_LATE = {
    "Assistant": "assistant.assistant",
    "Settings": "assistant.settings",
    "load_settings": "assistant.settings",
    "Verdict": "assistant.verify",
    "judge": "assistant.verify",
}


def __getattr__(name: str) -> Any:
    """`Assistant`, `judge` and the settings are imported when they are first asked for."""
    if name not in _LATE:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)
