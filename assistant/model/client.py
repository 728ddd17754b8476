"""The language model: any OpenAI-compatible server, through LangChain. The only module that speaks to it.

A call has a deadline, and it holds whatever the server does: the call runs in a thread of its own, in
an event loop that can be cancelled while a connection hangs or bytes trickle. `failures` names what went wrong.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from assistant.model.failures import ModelFailure, cut_off, failure_of, wait_asked
from vectorstore.tokens import count_tokens

if TYPE_CHECKING:
    import ssl

    from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
    from langchain_openai import ChatOpenAI

    from prompts import Message

log = logging.getLogger("fatiao")

#: Characters that an answer may have, for servers that heed no `max_tokens`.
MAX_CHARACTERS = 6000
#: Waiting for a server that says 429 or 503 with Retry-After: at most so often.
_RETRIES = 3
#: Seconds after which the client itself would give up: later than any deadline.
_NEVER = 7200.0
_END = object()


@dataclass(slots=True)
class Usage:
    """What one question has cost so far. `tokens` as the server counts them, or counted here where it does not."""

    tokens: int = 0
    calls: int = 0
    truncated: bool = False  # the last answer was longer than it may be


@dataclass(frozen=True, slots=True)
class _End:
    """What is known when the last piece has come."""

    tokens: int
    truncated: bool
    whole: "AIMessageChunk | None" = None


@dataclass(slots=True)
class _Call:
    """One call under way: what came so far, and what is needed to cancel it."""

    messages: "Sequence[Message | BaseMessage]"
    deadline: float
    max_tokens: int
    tools: "Sequence[dict[str, Any]]" = ()
    out: "queue.Queue[Any]" = field(default_factory=queue.Queue)
    loop: asyncio.AbstractEventLoop | None = None
    task: "asyncio.Task[Any] | None" = None
    left: bool = False
    whole: "AIMessageChunk | None" = None  # with its calls of tools, once it has come


class ChatModel:
    """A model by name at a server. Safe to share between threads: every call stands by itself.

    `temperature` 0 makes it say the likeliest; `max_tokens` bounds every answer whatever the caller allows.
    """

    def __init__(
        self,
        name: str,
        base_url: str = "",
        api_key: SecretStr | None = None,
        *,
        temperature: float = 0.0,
        max_tokens: int = 4096,
    ) -> None:
        self.name = name
        self.calls_tools = True  # until its server refuses them
        self._temperature, self._most = temperature, max_tokens
        self._base_url = base_url
        self._api_key = api_key or SecretStr("")

    def __repr__(self) -> str:
        return f"ChatModel({self.name!r})"

    def text(self, messages: "Sequence[Message]", *, deadline: float, max_tokens: int, usage: Usage) -> str:
        """The whole answer. Raises ModelFailure."""
        return "".join(self.stream(messages, deadline=deadline, max_tokens=max_tokens, usage=usage))

    def stream(self, messages: "Sequence[Message]", *, deadline: float, max_tokens: int, usage: Usage) -> Iterator[str]:
        """The answer as it comes, until `deadline` (on `time.monotonic`). Raises ModelFailure.

        Ends without an error where the answer is longer than `max_tokens` or MAX_CHARACTERS. Leaving the
        iterator ends the call. `usage` is added to in any case.
        """
        yield from self._pieces(_Call(messages, deadline, min(max_tokens, self._most)), usage)

    def reply(
        self,
        messages: "Sequence[BaseMessage]",
        tools: "Sequence[dict[str, Any]]",
        *,
        deadline: float,
        max_tokens: int,
        usage: Usage,
    ) -> "AIMessage":
        """The whole answer of a model that is given tools (OpenAI's schema), with the calls it makes of them.

        Raises ModelFailure.
        """
        from langchain_core.messages import AIMessage

        call = _Call(messages, deadline, min(max_tokens, self._most), tools)
        text = "".join(self._pieces(call, usage))
        if call.whole is None:
            return AIMessage(text)
        whole = call.whole
        return AIMessage(text, tool_calls=whole.tool_calls, invalid_tool_calls=whole.invalid_tool_calls)

    def _pieces(self, call: _Call, usage: Usage) -> Iterator[str]:
        if not self._base_url and not self._api_key.get_secret_value():
            raise ModelFailure("no_key")
        threading.Thread(target=self._run, args=(call,), name="fatiao-model", daemon=True).start()
        written: list[str] = []
        counted = 0
        try:
            while (item := _next(call)) is not _END:
                if isinstance(item, _End):
                    counted, usage.truncated, call.whole = item.tokens, item.truncated, item.whole
                    continue
                written.append(item)
                yield item
                if sum(map(len, written)) > MAX_CHARACTERS:
                    usage.truncated = True
                    return
        finally:
            _leave(call)
            usage.calls += 1
            usage.tokens += counted or _counted(call.messages, "".join(written))

    def _run(self, call: _Call) -> None:
        try:
            asyncio.run(self._pump(call))
        except BaseException as error:  # whatever it is belongs to the reader of the queue
            call.out.put(failure_of(error))
        finally:
            call.out.put(_END)

    async def _pump(self, call: _Call) -> None:
        call.loop, call.task = asyncio.get_running_loop(), asyncio.current_task()
        if call.left:
            return
        from openai import BadRequestError

        from vectorstore.wire import async_client

        async with asyncio.timeout(call.deadline - time.monotonic()):
            async with async_client(verify=_certificates()) as client:
                plain = False
                for attempt in range(_RETRIES + 2):
                    try:
                        chat: Any = self._chat(client, call, plain=plain)
                        chat = chat.bind(tools=list(call.tools)) if call.tools else chat
                        await _drain(chat.astream(_as_told(call.messages)), call)
                        return
                    except BadRequestError:
                        if plain:
                            raise
                        plain = True  # some servers refuse a temperature, a length or stream_options
                    except Exception as error:
                        wait = wait_asked(error)
                        if wait is None or attempt == _RETRIES or time.monotonic() + wait >= call.deadline:
                            raise
                        log.info("语言模型「%s」忙，按它说的等 %.1f 秒。", self.name, wait)
                        await asyncio.sleep(wait)

    def _chat(self, client: Any, call: _Call, *, plain: bool) -> "ChatOpenAI":
        from langchain_openai import ChatOpenAI

        more: dict[str, Any] = (
            {}
            if plain
            else {
                "temperature": self._temperature,
                "max_completion_tokens": call.max_tokens,
                "stream_usage": True,
            }
        )
        return ChatOpenAI(
            model=self.name,
            base_url=self._base_url or None,
            api_key=SecretStr(self._api_key.get_secret_value() or "none"),
            http_async_client=client,
            max_retries=0,
            timeout=_NEVER,
            stream_chunk_timeout=None,  # the deadline is kept here
            use_responses_api=False,
            **more,
        )


@lru_cache(maxsize=1)
def _certificates() -> "ssl.SSLContext":
    """Loaded once: it takes a tenth of a second."""
    from httpx2 import create_ssl_context  # what openai speaks through

    return create_ssl_context()


async def _drain(chunks: AsyncIterator[Any], call: _Call) -> None:
    """Hand on the text of a stream, then its tokens. An answer that does not say that it ended was cut."""
    ended = ""
    tokens = 0
    wrote = False
    whole: Any = None
    try:
        async for chunk in chunks:
            if call.tools:
                whole = chunk if whole is None else whole + chunk
                wrote = wrote or bool(chunk.tool_call_chunks)
            if piece := str(chunk.text):
                wrote = True
                call.out.put(piece)
            ended = chunk.response_metadata.get("finish_reason") or ended
            if chunk.usage_metadata:
                tokens = chunk.usage_metadata["total_tokens"]
    except Exception as error:
        if not wrote:
            raise
        raise cut_off(error) from error
    call.out.put(_End(tokens, ended == "length", whole))
    if ended == "content_filter":
        raise ModelFailure("blocked")
    if not wrote:
        raise ModelFailure("empty")
    if not ended:
        raise ModelFailure("cut")


def _next(call: _Call) -> Any:
    """The next piece of text, what is known at its end, or _END. Raises ModelFailure."""
    try:
        # The loop keeps the deadline; the second is for one that is stuck where nothing can be cancelled.
        item = call.out.get(timeout=max(0.0, call.deadline - time.monotonic()) + 1)
    except queue.Empty:
        raise ModelFailure("slow") from None
    if isinstance(item, ModelFailure):
        raise item
    return item


def _leave(call: _Call) -> None:
    call.left = True
    if call.loop is not None and call.task is not None and not call.loop.is_closed():
        try:
            call.loop.call_soon_threadsafe(call.task.cancel)
        except RuntimeError:
            return  # it ended in between


def _counted(messages: "Sequence[Message | BaseMessage]", written: str) -> int:
    """Tokens of a call whose server tells none; a call that brought nothing is counted as nothing."""
    return sum(count_tokens(text) for text in (*(str(m.content) for m in messages), written)) if written else 0


def _as_told(messages: "Sequence[Message | BaseMessage]") -> "list[tuple[str, str] | BaseMessage]":
    from prompts import Message

    return [(m.role, m.content) if isinstance(m, Message) else m for m in messages]
