"""What can go wrong with a language model, in a name of ours: never the key, the question or a server's words."""

import asyncio
import time
from email.utils import parsedate_to_datetime
from typing import Literal

from vectorstore.wire import AnswerTooLarge

#: What can go wrong, as the notice and the log say it; `wording.toml` has the words under [model].
Kind = Literal["slow", "down", "key", "no_key", "missing", "busy", "error", "cut", "empty", "nonsense", "blocked"]


class ModelFailure(Exception):
    """The model gave no usable answer; `kind` says why. Never carries the key, the question or a server's words."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(f"{kind} {detail}".strip())
        self.kind, self.detail = kind, detail


def cut_off(error: Exception) -> Exception:
    """What a failure in the midst of an answer is called; a status or a timeout keeps its own name."""
    failure = failure_of(error)
    return ModelFailure("cut", failure.detail) if failure.kind == "down" else failure


def failure_of(error: BaseException) -> ModelFailure:
    """Any error of the call as one of ours, without the words of the server, which may repeat key or question."""
    import openai

    name = type(error).__name__
    if isinstance(error, ModelFailure):
        return error
    if isinstance(error, AnswerTooLarge) or isinstance(error.__cause__, AnswerTooLarge):
        return ModelFailure("nonsense", AnswerTooLarge.__name__)
    if isinstance(error, TimeoutError | openai.APITimeoutError | asyncio.CancelledError):
        return ModelFailure("slow", name)
    if isinstance(error, openai.APIStatusError):
        kinds: dict[int, Kind] = {401: "key", 403: "key", 404: "missing", 429: "busy"}
        return ModelFailure(kinds.get(error.status_code, "error"), f"HTTP {error.status_code}")
    if isinstance(error, openai.APIConnectionError | OSError):
        return ModelFailure("down", name)
    return ModelFailure("error" if isinstance(error, openai.APIError) else "nonsense", name)


def wait_asked(error: Exception) -> float | None:
    """Seconds that a busy server asks to wait; None where it does not say."""
    import openai

    if not isinstance(error, openai.APIStatusError) or error.status_code not in (429, 503):
        return None
    said = error.response.headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
