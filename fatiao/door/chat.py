"""`/v1/chat/completions` and `/v1/models`: the assistant as a model for OpenAI-compatible clients."""

import json
import logging
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Answer, Event
from assistant.desk.pasted import questions_in
from assistant.understand.instructions import MOST_ASKED
from assistant.understand.question import MAX_QUESTION
from fatiao.door.failures import failure
from fatiao.door.metrics import Metrics
from law.errors import FatiaoError
from law.text.shown import shown
from prompts import say
from vectorstore.tokens import count_tokens

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MODEL = "fatiao"
log = logging.getLogger("fatiao")


class _MessagePart(BaseModel):
    model_config = ConfigDict(extra="ignore")
    type: str = "text"
    text: str = ""


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: str
    content: str | list[_MessagePart] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "".join(p.text for p in self.content if p.type in ("text", "input_text"))
        return self.content or ""


class _StreamOptions(BaseModel):
    model_config = ConfigDict(extra="ignore")
    include_usage: bool = False


class Completion(BaseModel):
    """What a client sends; what the assistant has no use for (temperature, tools…) is ignored."""

    model_config = ConfigDict(extra="ignore")
    messages: list[_Message] = Field(min_length=1, max_length=200)
    stream: bool = False
    stream_options: _StreamOptions | None = None
    cities: list[str] | None = Field(None, max_length=50)

    def asked(self) -> str:
        """The last message of the user."""
        return next((m.text for m in reversed(self.messages) if m.role == "user"), "")

    def history(self) -> list[dict[str, str]]:
        """What was said before it by the user and the assistant; instructions of a client are none of the talk."""
        last = max((n for n, m in enumerate(self.messages) if m.role == "user"), default=0)
        return [{"role": m.role, "content": m.text} for m in self.messages[:last] if m.role in ("user", "assistant")][
            -40:
        ]


class Chat:
    """The two endpoints over one assistant."""

    def __init__(self, helper: "Assistant", metrics: Metrics, *, log_questions: bool = False) -> None:
        self._helper, self._metrics, self._log_questions = helper, metrics, log_questions

    def _count(self, answer: Answer) -> None:
        self._metrics.answered(answer)
        if self._log_questions:
            log.info("问：%s", shown(answer.question))

    async def models(self, request: Request) -> Response:
        """The one model there is."""
        held = {"id": MODEL, "object": "model", "created": 0, "owned_by": "fatiao"}
        return JSONResponse({"object": "list", "data": [held]})

    async def completions(self, request: Request) -> Response:
        """An answer, whole or streamed."""
        try:
            asked = Completion.model_validate_json(await request.body())
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "body"
            return failure(400, f"请求读不懂：{where}：{first['msg'][:200]}", "invalid_request_error")
        except RecursionError:
            return failure(400, "请求读不懂：嵌套太深。", "invalid_request_error")
        if not asked.asked().strip():
            return failure(400, "messages 里没有用户的问题。", "invalid_request_error")
        if asked.stream:
            return await self._streamed(asked)
        question, note = await run_in_threadpool(self._read, asked.asked())
        answer = await run_in_threadpool(self._helper.ask, question, asked.history(), asked.cities, explain=True)
        self._count(answer)
        return JSONResponse(_completion(_noted(answer, note)))

    def _read(self, said: str) -> tuple[str, str]:
        """What is to be answered, and what is to be said of it: of a report longer than a question may be, its first
        questions."""
        questions = questions_in(said, self._helper.regulations()) if len(said) > MAX_QUESTION else ()
        if not questions:
            return said, ""
        first, left = questions[:MOST_ASKED], questions[MOST_ASKED:]
        note = say("notice.pasted", length=str(len(said)), asked="".join(first))
        if left:
            note += say("notice.report", total=str(len(questions)), most=str(len(first)), left="".join(left))
        return "".join(first), note

    async def _streamed(self, asked: Completion) -> Response:
        """Server-sent events. The first event is waited for, so that a question that is no question gets its status."""
        from assistant.chain import in_threads

        question, note = await run_in_threadpool(self._read, asked.asked())
        events = in_threads(self._helper.stream(question, asked.history(), asked.cities, explain=True))
        first = [event async for event in _first(events)]
        return StreamingResponse(
            self._chunks(asked, first, events, note),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )

    async def _chunks(
        self, asked: Completion, first: Sequence[Event], rest: AsyncIterator[Event], note: str
    ) -> AsyncIterator[str]:
        id_, created = f"chatcmpl-{uuid.uuid4().hex}", int(time.time())

        def chunk(delta: dict[str, Any], *, finish: str | None = None, **more: Any) -> str:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            return _sse(_head(id_, created, "chat.completion.chunk") | {"choices": [choice]} | more)

        yield chunk({"role": "assistant", "content": ""})
        answer: Answer | None = None
        try:
            for event in first:
                answer = event.answer or answer
                if said := _said(event):
                    yield chunk({"content": said})
            async for event in rest:
                answer = event.answer or answer
                if said := _said(event):
                    yield chunk({"content": said})
        except FatiaoError as error:
            yield _sse({"error": {"message": str(error), "type": "server_error", "code": None}})
            yield "data: [DONE]\n\n"
            return
        if answer is not None:
            self._count(answer)
            if note:
                yield chunk({"content": _as_notice(note)})
                answer = _noted(answer, note)
            yield chunk({"annotations": _annotations(answer)}, finish="stop", fatiao=_structured(answer))
            if asked.stream_options and asked.stream_options.include_usage:
                yield _sse(_head(id_, created, "chat.completion.chunk") | {"choices": [], "usage": _usage(answer)})
        yield "data: [DONE]\n\n"


async def _first(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """The events up to the second: the question has been read by then, or its error raised."""
    for _ in range(2):
        yield await anext(events)


def _said(event: Event) -> str:
    if event.kind == "text":
        return event.text
    return f"\n\n{say('answer.replaced')}\n\n{event.text}" if event.kind == "replace" else ""


def _as_notice(note: str) -> str:
    return f"\n- {note}\n"


def _noted(answer: Answer, note: str) -> Answer:
    """The answer with one more notice, at its end."""
    return replace(answer, text=answer.text + _as_notice(note), notices=(*answer.notices, note)) if note else answer


def _completion(answer: Answer) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text, "annotations": _annotations(answer)}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return _head(f"chatcmpl-{uuid.uuid4().hex}", int(time.time()), "chat.completion") | {
        "choices": [choice],
        "usage": _usage(answer),
        "fatiao": _structured(answer),
    }


def _head(id_: str, created: int, kind: str) -> dict[str, Any]:
    return {"id": id_, "object": kind, "created": created, "model": MODEL}


def _structured(answer: Answer) -> dict[str, Any]:
    """The answer as `--json` prints it, without what only explains it."""
    said = answer.as_dict()
    for part in ("trace", "hits"):
        said.pop(part, None)
    return said


def _annotations(answer: Answer) -> list[dict[str, Any]]:
    """Where each quote stands in the text, as clients know annotations."""
    found = []
    for citation in answer.citations:
        start = answer.text.find(citation.quote)
        end = start + len(citation.quote) if start >= 0 else 0
        title = f"{citation.city}《{citation.regulation}》{citation.number}"
        place = {"start_index": max(start, 0), "end_index": end, "url": f"fatiao://{citation.id}", "title": title}
        found.append({"type": "url_citation", "url_citation": place})
    return found


def _usage(answer: Answer) -> dict[str, int]:
    asked, written = count_tokens(answer.question), count_tokens(answer.text)
    return {"prompt_tokens": asked, "completion_tokens": written, "total_tokens": asked + written}


def _sse(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
