"""A model that reads before it writes: LangChain's agent with four tools, for what one search does not settle.

It is bounded in steps, calls, tokens and time, and writes nothing: what it has read is added to what the writer is
given. A model that cannot call tools, or whose server refuses them, has read nothing, and the plain path goes on.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.answer import Event
from assistant.model.context import Context
from assistant.model.failures import ModelFailure
from assistant.model.reading_tools import CALLS, NAMES, Shelves
from assistant.understand.question import Question
from prompts import as_data, load_prompt, say

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.model.writer import ModelTurn

log = logging.getLogger("fatiao")

#: Calls of the model while it reads; the longest of its answers in tokens; what all may cost; its share of the time.
STEPS, MAX_TOKENS, TOKENS, SHARE = 5, 400, 24_000, 0.5


class _EnoughError(Exception):
    """The reading has cost as much as it may."""


def wants_reading(question: Question, *, several_asked: bool) -> bool:
    """Whether one search may not settle a question: two things, several cities, how a text stands."""
    if question.references:
        return False
    cities = question.every or (question.named and len(question.regulation_ids) > 1)
    return several_asked or cities or bool(question.status)


def read_more(turn: "ModelTurn", question: Question, context: Context, shelves: Shelves) -> Iterator[Event | Context]:
    """Steps as the model reads, and at the end the context with what it has read; as it was where that fails."""
    if turn.failure or not turn.model.calls_tools:
        yield context
        return
    try:
        for step in _run(turn, question, context, shelves):
            yield Event("step", step)
    except _EnoughError:
        log.info("语言模型查条文到了限度，按已查到的作答。")
    except ModelFailure as failure:
        turn.model.calls_tools = failure.detail != "HTTP 400"  # a server that knows no tools is not asked again
        if failure.kind != "slow":
            turn.fail(failure)
    except Exception:  # whatever the agent's machinery makes of a model's nonsense: the answer still comes
        log.warning("语言模型查条文时出错，按已查到的作答。", exc_info=True)
    turn.read = tuple(shelves.read)
    yield replace(context, entries=tuple(shelves.entries))


def _run(turn: "ModelTurn", question: Question, context: Context, shelves: Shelves) -> Iterator[str]:
    from langchain.agents import create_agent
    from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
    from langchain_core.tools import StructuredTool

    system, user = load_prompt("reading").render(
        question=as_data(question.text), articles=context.text, cities=context.cities, calls=str(CALLS)
    )
    tools = [StructuredTool.from_function(getattr(shelves, n), name=n) for n in NAMES]
    limits: Sequence[Any] = (
        ModelCallLimitMiddleware(run_limit=STEPS, exit_behavior="end"),
        ToolCallLimitMiddleware(run_limit=CALLS, exit_behavior="continue"),
    )
    agent: Any = create_agent(_reader(turn), tools, system_prompt=system.content, middleware=limits)
    said = 0
    for _ in agent.stream({"messages": [("user", user.content)]}, stream_mode="updates"):
        for call in shelves.read[said:]:
            yield say("reading.step", what=call.partition(" ")[2] or call)
        said = len(shelves.read)


def _reader(turn: "ModelTurn") -> "BaseChatModel":
    """The turn's model as LangChain's agent takes it: every call within the bounds of the reading."""
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.outputs import ChatGeneration, ChatResult
    from langchain_core.utils.function_calling import convert_to_openai_tool

    until = min(turn.deadline, time.monotonic() + SHARE * turn.seconds)
    most = turn.usage.tokens + TOKENS

    class Reader(BaseChatModel):
        schemas: tuple[dict[str, Any], ...] = ()

        @property
        def _llm_type(self) -> str:
            return "fatiao"

        def bind_tools(self, tools: Sequence[Any], **_: Any) -> "Reader":
            return self.model_copy(update={"schemas": tuple(convert_to_openai_tool(t) for t in tools)})

        def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
            if turn.usage.tokens > most or time.monotonic() > until:
                raise _EnoughError
            said = turn.model.reply(messages, self.schemas, deadline=until, max_tokens=MAX_TOKENS, usage=turn.usage)
            return ChatResult(generations=[ChatGeneration(message=said)])

    return Reader()
