"""The model's part in one answer: it writes after the evidence is found, and what fails falls back to the quotes."""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.answer import Event, Writing
from assistant.decide.decision import Evidence
from assistant.model.client import ChatModel, ModelFailure, Usage
from assistant.model.context import Context, gather
from assistant.model.prose import Prose
from assistant.retrieve import Found
from assistant.steps import MODEL
from assistant.understand.question import Question
from assistant.verify import verify
from assistant.write.draft import Draft, compose
from prompts import Message, as_data, load_prompt, say
from vectorstore.library import Library

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackManager
    from langchain_core.outputs import LLMResult

log = logging.getLogger("fatiao")

#: Tokens that an answer may have.
MAX_TOKENS = 1200
#: Failures that a second call would meet again.
_LASTING = ("slow", "down", "key", "no_key", "missing", "busy")


@dataclass(slots=True)
class Turn:
    """A model at work on one question: how long it may take, what it has cost, and whether it has failed already."""

    model: ChatModel
    seconds: float
    deadline: float
    usage: Usage = field(default_factory=Usage)
    failure: ModelFailure | None = None
    callbacks: "BaseCallbackManager | None" = None

    def text(self, messages: Sequence[Message], *, max_tokens: int, deadline: float) -> str:
        """The whole reply of the model to some messages. Raises ModelFailure."""
        return "".join(self.stream(messages, max_tokens=max_tokens, deadline=deadline))

    def stream(self, messages: Sequence[Message], *, max_tokens: int, deadline: float | None = None) -> Iterator[str]:
        """The reply as it comes, told to the callbacks as a run of a chat model. Raises ModelFailure."""
        until = self.deadline if deadline is None else deadline
        run = self._begin(messages)
        before = self.usage.tokens
        pieces: list[str] = []
        try:
            for piece in self.model.stream(messages, deadline=until, max_tokens=max_tokens, usage=self.usage):
                pieces.append(piece)
                yield piece
        except ModelFailure as failure:
            if run is not None:
                run.on_llm_error(failure)
            raise
        if run is not None:
            run.on_llm_end(_result("".join(pieces), self.usage.tokens - before, self.model.name))

    def _begin(self, messages: Sequence[Message]) -> Any:
        if self.callbacks is None:
            return None
        from langchain_core.messages import convert_to_messages

        told = convert_to_messages([(m.role, m.content) for m in messages])
        manager: Any = self.callbacks
        return manager.on_chat_model_start({"name": self.model.name}, [told], name=MODEL)[0]

    def fail(self, failure: ModelFailure) -> None:
        """Note a failure, so that this question does not ask a dead server twice."""
        if failure.kind in _LASTING:
            self.failure = failure
        log.warning("语言模型「%s」没有用上：%s", self.model.name, failure)

    def why(self, failure: ModelFailure) -> str:
        """A failure in the reader's words."""
        return say(f"model.{failure.kind}", seconds=f"{self.seconds:g}")


def _result(text: str, tokens: int, model: str) -> "LLMResult":
    from langchain_core.messages import AIMessage
    from langchain_core.outputs import ChatGeneration, LLMResult

    message = AIMessage(text, response_metadata={"model_name": model})
    told = {"token_usage": {"total_tokens": tokens}, "model_name": model}
    return LLMResult(generations=[[ChatGeneration(message=message)]], llm_output=told)


def begin(model: ChatModel | None, seconds: float, callbacks: "BaseCallbackManager | None" = None) -> Turn | None:
    """A turn that may take so many seconds from now; None without a model."""
    if model is None:
        return None
    return Turn(model, seconds, time.monotonic() + seconds, callbacks=callbacks)


def write_prose(turn: Turn, draft: Draft, found: Found, library: Library) -> Iterator[Event]:
    """Events of an answer in prose, or of the drafted one with a notice that says why; the last is `answer`."""
    question = draft.question
    context = gather(draft.decision, found, library)
    prose = Prose(question, context, library.regulations)
    said: list[str] = []
    try:
        if turn.failure:
            raise turn.failure
        for piece in prose.read(turn.stream(_prompt(question, context), max_tokens=MAX_TOKENS)):
            said.append(piece)
            yield Event("text", piece)
    except ModelFailure as failure:
        if failure is not turn.failure:
            turn.fail(failure)
        why = turn.why(failure)
    else:
        why = _shortfall(prose, question, found, context)
    if why:
        yield from _instead(draft, why, said, Writing("", len(prose.kept), len(prose.dropped)))
    elif prose.refusal:
        yield from _refusal(turn, prose, draft)
    else:
        yield from _finish(turn, prose, found, draft, context, library, said)


def as_drafted(draft: Draft) -> Iterator[Event]:
    """Events of the answer without a model."""
    yield from (Event("text", piece) for piece in draft.pieces)
    yield Event("answer", answer=draft.answer)


def _prompt(question: Question, context: Context) -> tuple[Message, Message]:
    return load_prompt("answer").render(
        question=as_data(question.text), articles=context.text, cities=context.cities
    )  # fmt: skip


def _shortfall(prose: Prose, question: Question, found: Found, context: Context) -> str:
    """Why the prose cannot stand, in the reader's words; "" where it can.

    Nothing kept, less kept than dropped, or a city unanswered that was named, or was tried and failed.
    """
    if prose.refusal:
        # Who names an article gets it, whatever the model thinks of it.
        return say("model.declined") if found.lookups else ""
    if not prose.kept or len(prose.kept) < len(prose.dropped):
        return say("model.unverified")
    asked = {e.regulation.id: e.regulation for e in context.entries if e.evidence}
    wanted = set(asked) if question.named or question.every else set(asked) & prose.tried()
    missing = [r.place for id_, r in asked.items() if id_ in wanted - prose.covered()]
    return say("model.uncovered", places="、".join(missing)) if missing else ""


def _instead(draft: Draft, why: str, said: list[str], writing: Writing) -> Iterator[Event]:
    """The drafted answer with one notice more; what was said already is replaced."""
    whole = draft.with_notices(say("notice.offline_instead", why=why))
    if said:
        yield Event("replace", whole.answer.text)
    else:
        yield from (Event("text", piece) for piece in whole.pieces)
    yield Event("answer", answer=replace(whole.answer, writing=writing))


def _refusal(turn: Turn, prose: Prose, draft: Draft) -> Iterator[Event]:
    """The model finds no answer in the articles: a refusal, which names the nearest of them and cites none."""
    answer = draft.answer
    cited = tuple(h for h in answer.hits if h.id in {c.id for c in answer.citations})
    related = (*cited, *answer.related)[:3]
    labels = "、".join(f"{h.city}{h.label}" for h in related)
    text = draft.own(say(f"refusal.model_{prose.refusal}", labels=labels))
    yield Event("text", text)
    yield Event("answer", answer=replace(
        answer, text=text, refused=True, reason=prose.refusal, citations=(), blocks=(), related=related,
        notices=draft.decision.notices, model=turn.model.name,
    ))  # fmt: skip


def _finish(turn: Turn, prose: Prose, found: Found, draft: Draft, context: Context, library: Library,
            said: list[str]) -> Iterator[Event]:  # fmt: skip
    """After the prose, what it stands on: the quotes of the articles its sentences are marked with."""
    blocks = draft.blocks if found.lookups else verify(prose.blocks(draft.blocks), library)
    cited = {c.id for b in blocks for c in b.citations}
    spare = tuple(h for h in draft.answer.hits if h.id in {c.id for c in draft.answer.citations})
    decision = replace(
        draft.decision,
        evidence=tuple(Evidence(e.regulation, e.article, e.evidence) for e in context.entries),
        related=tuple(h for h in dict.fromkeys((*spare, *draft.decision.related)) if h.id not in cited)[:3],
    )
    written = compose(
        draft.question, found, decision, blocks, prose="".join(said), more=_notices(turn, prose, context, cited)
    )
    for piece in written.pieces[1:]:
        yield Event("text", piece)
    yield Event("answer", answer=replace(
        written.answer, model=turn.model.name, writing=Writing("".join(said), len(prose.kept), len(prose.dropped))
    ))  # fmt: skip


def _notices(turn: Turn, prose: Prose, context: Context, cited: set[str]) -> tuple[str, ...]:
    """What the reader must know of how the prose came to be."""
    notices = [say("notice.dropped", count=len(prose.dropped))] if prose.dropped else []
    if turn.usage.truncated:
        notices.append(say("notice.too_long"))
    notices += [say("notice.shortened", title=e.regulation.title, label=e.article.label) for e in context.shortened]
    titles = dict.fromkeys(e.regulation.title for e in context.left_out)
    for title in titles:
        labels = "、".join(e.article.label for e in context.left_out if e.regulation.title == title)
        notices.append(say("notice.left_out", title=title, labels=labels))
    return tuple(notices)
