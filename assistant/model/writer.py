"""The model's part in one answer: it writes after the evidence is found, and what fails falls back to the quotes."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.answer import Block, Event, Writing
from assistant.decide.decision import Evidence
from assistant.decide.stated.absent import Looking
from assistant.model.agent import read_more
from assistant.model.client import ChatModel, Usage
from assistant.model.context import Context, gather
from assistant.model.failures import ModelFailure
from assistant.model.prose.prose import Prose
from assistant.model.second_look import look_again
from assistant.retrieve import Found
from assistant.steps import MODEL, WRITING
from assistant.understand.question import Question
from assistant.verify import verify
from assistant.write.compose import DraftAnswer, compose
from prompts import Message, as_data, load_prompt, say
from vectorstore.library import Library

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackManager
    from langchain_core.outputs import LLMResult

    from assistant.model.reading_tools import Shelves

log = logging.getLogger("fatiao")

#: Tokens that an answer may have.
MAX_TOKENS = 1200
#: Failures that a second call would meet again.
_LASTING = ("slow", "down", "key", "no_key", "missing", "busy")


@dataclass(slots=True)
class ModelTurn:
    """A model at work on one question: how long it may take, what it has cost, and whether it has failed already."""

    model: ChatModel
    seconds: float
    deadline: float
    usage: Usage = field(default_factory=Usage)
    failure: ModelFailure | None = None
    callbacks: "BaseCallbackManager | None" = None
    read: tuple[str, ...] = ()  # the calls by which it has read before it wrote
    judge: ChatModel | None = None  # settles what the rules leave open; None: the model itself

    def text(self, messages: Sequence[Message], *, max_tokens: int, deadline: float, judging: bool = False) -> str:
        """The whole reply of the model, or of the one that judges, to some messages. Raises ModelFailure."""
        return "".join(self.stream(messages, max_tokens=max_tokens, deadline=deadline, judging=judging))

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float | None = None, judging: bool = False
    ) -> Iterator[str]:
        """The reply as it comes, told to the callbacks as a run of a chat model. Raises ModelFailure."""
        until = self.deadline if deadline is None else deadline
        model = (self.judge or self.model) if judging else self.model
        run = self._begin(messages, model.name)
        before = self.usage.tokens
        pieces: list[str] = []
        try:
            for piece in model.stream(messages, deadline=until, max_tokens=max_tokens, usage=self.usage):
                pieces.append(piece)
                yield piece
        except ModelFailure as failure:
            if run is not None:
                run.on_llm_error(failure)
            raise
        if run is not None:
            run.on_llm_end(_result("".join(pieces), self.usage.tokens - before, model.name))

    def _begin(self, messages: Sequence[Message], name: str) -> Any:
        if self.callbacks is None:
            return None
        from langchain_core.messages import convert_to_messages

        told = convert_to_messages([(m.role, m.content) for m in messages])
        manager: Any = self.callbacks
        return manager.on_chat_model_start({"name": name}, [told], name=MODEL)[0]

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


def begin(
    model: ChatModel,
    seconds: float,
    callbacks: "BaseCallbackManager | None" = None,
    judge: ChatModel | None = None,
) -> ModelTurn:
    """A turn that may take so many seconds from now."""
    return ModelTurn(model, seconds, time.monotonic() + seconds, callbacks=callbacks, judge=judge)


def write_prose(
    turn: ModelTurn,
    draft: DraftAnswer,
    found: Found,
    library: Library,
    shelves: "Callable[[Context], Shelves] | None" = None,
    otherwise: DraftAnswer | None = None,
    looking: Looking | None = None,
) -> Iterator[Event]:
    """Events of an answer in prose, or of the drafted one with a notice that says why; the last is `answer`.

    With `shelves` the model reads with tools before it writes. Where the draft is of articles that only may be what is
    asked for, `otherwise` is the answer unless the model's sentences stand: then those alone are cited.
    `looking` is how it is looked for what the model calls unstated.
    """
    question = draft.question
    context = gather(draft.decision, found, library)
    if shelves is not None:
        for read in read_more(turn, question, context, shelves(context)):
            if isinstance(read, Event):
                yield read
            else:
                context = read
        yield Event("step", WRITING)
    prose = Prose(question, context, library.regulations, looking)
    why = ""
    try:
        if turn.failure:
            raise turn.failure
        yield from prose.read(turn.stream(_prompt(question, context), max_tokens=MAX_TOKENS))
    except ModelFailure as failure:
        if failure is not turn.failure:
            turn.fail(failure)
        why = turn.why(failure)
    truncated = turn.usage.truncated
    again = look_again(turn, question, prose.open) if prose.open and not turn.failure else []
    turn.usage.truncated = truncated  # of the prose, not of what was said of it
    yield from prose.settle(again)
    if otherwise is not None and len(prose.kept) <= len(prose.dropped):
        yield from otherwise.events()
    elif prose.kept:
        yield from _finish(turn, prose, found, draft, context, library, why, sure=otherwise is None)
    elif prose.refusal and not why and not found.lookups:
        yield from _refusal(turn, prose, draft)
    else:
        # Who names an article gets it, whatever the model thinks of it.
        why = why or say("model.declined" if prose.refusal else "model.unverified")
        yield from _instead(draft, why, _writing(prose))


def _prompt(question: Question, context: Context) -> tuple[Message, Message]:
    return load_prompt("answer").render(question=as_data(question.text), articles=context.text, cities=context.cities)


def _instead(draft: DraftAnswer, why: str, writing: Writing) -> Iterator[Event]:
    """The drafted answer with one notice more; nothing else was said before."""
    whole = draft.with_notices(say("notice.offline_instead", why=why))
    yield from (Event("text", piece) for piece in whole.pieces)
    yield Event("answer", answer=replace(whole.answer, writing=writing))


def _writing(prose: Prose) -> Writing:
    return Writing(prose.text, len(prose.kept), len(prose.dropped), prose.why, prose.looked)


def _refusal(turn: ModelTurn, prose: Prose, draft: DraftAnswer) -> Iterator[Event]:
    """The model finds no answer in the articles: a refusal, which names the nearest of them and cites none."""
    answer = draft.answer
    cited = tuple(h for h in answer.hits if h.id in {c.id for c in answer.citations})
    related = (*cited, *answer.related)[:3]
    labels = "、".join(f"{h.city}{h.label}" for h in related)
    text = draft.own(say(f"refusal.model_{prose.refusal}", labels=labels))
    yield Event("text", text)
    yield Event(
        "answer",
        answer=replace(
            answer,
            text=text,
            refused=True,
            reason=prose.refusal,
            citations=(),
            blocks=(),
            related=related,
            notices=draft.decision.notices,
            model=turn.model.name,
        ),
    )


def _finish(
    turn: ModelTurn,
    prose: Prose,
    found: Found,
    draft: DraftAnswer,
    context: Context,
    library: Library,
    why: str,
    *,
    sure: bool,
) -> Iterator[Event]:
    """After the prose, what it stands on: the quotes of the articles its sentences are marked with.

    What was shown stands. Where the prose is less than an answer (it broke off, more of it fell than stood, a city that
    was asked for is missing), the quotes that would have been given without a model stand below it too.
    """
    uncovered = _uncovered(prose, draft.question, context) if sure else {}
    short = sure and (bool(why) or len(prose.kept) < len(prose.dropped))
    quoted = prose.blocks(draft.blocks)
    if short or uncovered:
        quoted = _joined(quoted, draft.blocks, {b.regulation_id for b in draft.blocks} if short else set(uncovered))
    blocks = draft.blocks if found.lookups else verify(quoted, library)
    cited = {c.id for b in blocks for c in b.citations}
    spare = tuple(h for h in draft.answer.hits if h.id in {c.id for c in draft.answer.citations})
    decision = replace(
        draft.decision,
        evidence=tuple(Evidence(e.regulation, e.article, e.evidence) for e in context.entries),
        related=tuple(h for h in dict.fromkeys((*spare, *draft.decision.related)) if h.id not in cited)[:3],
    )
    more = _notices(turn, prose, context)
    if why:
        more = (*more, say("notice.partly", why=why))
    if uncovered:
        more = (*more, say("notice.partly", why=say("model.uncovered", places="、".join(uncovered.values()))))
    written = compose(draft.question, found, decision, blocks, prose=prose.text, more=more)
    for piece in written.pieces[1:]:
        yield Event("text", piece)
    yield Event("answer", answer=replace(written.answer, model=turn.model.name, writing=_writing(prose)))


def _uncovered(prose: Prose, question: Question, context: Context) -> dict[str, str]:
    """Regulations, with their places, that the prose leaves out: each that was asked for, or was tried and failed."""
    asked = {e.regulation.id: e.regulation for e in context.entries if e.evidence}
    wanted = set(asked) if question.named or question.every else set(asked) & prose.tried()
    return {id_: r.place for id_, r in asked.items() if id_ in wanted - prose.covered()}


def _joined(quoted: Sequence[Block], drafted: Sequence[Block], ids: set[str]) -> tuple[Block, ...]:
    """The blocks of the prose, those of some regulations with the quotes of the drafted answer before their own."""
    own = {b.regulation_id: b for b in quoted}
    blocks: list[Block] = []
    for block in drafted:
        mine = own.get(block.regulation_id)
        if block.regulation_id in ids:
            citations = dict.fromkeys((*block.citations, *(mine.citations if mine else ())))
            blocks.append(replace(block, citations=tuple(citations)))
        elif mine is not None:
            blocks.append(mine)
    return tuple(blocks)


def _notices(turn: ModelTurn, prose: Prose, context: Context) -> tuple[str, ...]:
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
