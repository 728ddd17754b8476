"""Errors as an OpenAI-compatible client knows them; never a traceback."""

from starlette.responses import JSONResponse

from assistant.errors import CityNotHeld, QuestionError
from law.errors import FatiaoError


class TooLarge(FatiaoError):
    """More bytes than a request may have."""


def failure(status: int, message: str, kind: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error body with its status."""
    return JSONResponse({"error": {"message": message, "type": kind, "code": None}}, status, headers=headers)


def failure_of(error: Exception) -> JSONResponse:
    """A named error in its own words: the caller's fault or ours; any other error without its words."""
    if isinstance(error, QuestionError | CityNotHeld):
        return failure(400, str(error), "invalid_request_error")
    if isinstance(error, TooLarge):
        return failure(413, str(error), "invalid_request_error")
    if isinstance(error, FatiaoError):
        return failure(503, str(error), "server_error")
    return failure(500, "程序出错，已记入日志。", "server_error")
