"""A model's help to understand: at most one call before the answer, and only where the offline reading is in doubt.

A follow-up that leans on the conversation is made to stand alone; a ranking that is barely about the
corpus is looked at once more. What the model says is checked; nonsense changes nothing.
"""

import json
import logging
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, Field, ValidationError

from assistant.model.context import gather
from assistant.model.failures import ModelFailure
from assistant.understand.cities import find_cities
from assistant.understand.language import has_matter
from assistant.understand.question import Question, understand
from law.text.grams import bigrams
from law.text.numerals import WRITTEN
from law.text.references import references_in
from law.text.script import plain, to_simplified
from prompts import Message, as_data, load_prompt
from vectorstore.library import Library

if TYPE_CHECKING:
    from assistant.deciding import DecidedQuestion
    from assistant.model.writer import ModelTurn

log = logging.getLogger("fatiao")

#: The share of the time that this call may take, and its longest answer in tokens.
_SHARE, _MAX_TOKENS = 0.4, 200
#: Of the conversation, the last turns and the first characters of each.
_TURNS, _CHARACTERS = 6, 300
Form = TypeVar("Form", bound=BaseModel)


class StandAlone(BaseModel):
    """What the model makes of a follow-up."""

    question: str = Field(min_length=4, max_length=200)
    search: str = Field("", max_length=60)


class Judged(BaseModel):
    """Whether the model finds the question answered by the evidence, and how it would search otherwise."""

    answers: bool
    search: str = Field("", max_length=60)


def leans(question: Question, history: Sequence[Mapping[str, str]] | None, library: Library) -> bool:
    """Whether a follow-up was joined to an earlier matter by guess; a swapped city or a number is certain."""
    if not history or not question.rewritten or question.references:
        return False
    return has_matter(find_cities(to_simplified(question.original), library.regulations).topic)


def stand_alone(
    turn: "ModelTurn",
    question: Question,
    history: Sequence[Mapping[str, str]],
    cities: Iterable[str] | None,
    library: Library,
) -> Question | None:
    """The follow-up as the model reads it; None where that is nonsense or the model fails."""
    told = [m for m in history if m.get("content")][-_TURNS:]
    lines = [f"{'问' if m.get('role') == 'user' else '答'}：{_data(m['content'])}" for m in told]
    held = "、".join(r.place for r in library.regulations)
    messages = load_prompt("standalone").render(
        history="\n".join(lines), question=_data(question.original), cities=as_data(held)
    )
    if (said := _asked(turn, messages, StandAlone)) is None:
        return None
    known = to_simplified(" ".join([*(m["content"] for m in history), question.original, question.text]))
    read = understand(said.question, library.regulations, None, cities)
    if not _honest(f"{said.question} {said.search}", known, library) or set(read.regulation_ids) != set(
        question.regulation_ids
    ):
        _note_nonsense()
        return None
    topic = f"{read.topic} {said.search}".strip()
    return replace(
        question, text=read.text, topic=topic, every=question.every or read.every, status=read.status, rewritten=True
    )


def other_search(turn: "ModelTurn", reading: "DecidedQuestion", library: Library) -> Question | None:
    """The question with other words to search by, where the model finds no answer in the evidence."""
    context = gather(reading.decision, reading.found, library)
    question = reading.question
    messages = load_prompt("judge").render(question=_data(question.text), articles=context.text)
    said = _asked(turn, messages, Judged)
    if said is None or said.answers or not said.search:
        return None
    if not _honest(said.search, question.text, library, shared=False):
        _note_nonsense()
        return None
    return replace(question, topic=f"{question.topic} {said.search}")


def _asked(turn: "ModelTurn", messages: Sequence[Message], form: type[Form]) -> Form | None:
    deadline = min(turn.deadline, time.monotonic() + _SHARE * turn.seconds)
    try:
        said = turn.text(messages, max_tokens=_MAX_TOKENS, deadline=deadline)
    except ModelFailure as failure:
        turn.fail(failure)
        return None
    if (read := read_json(said, form)) is None:
        _note_nonsense()
    return read


def read_json(said: str, form: type[Form]) -> Form | None:
    """The first JSON object in what a model said, as a form; None where there is none of that shape."""
    for start in (m.start() for m in re.finditer(r"\{", said)):
        try:
            return form.model_validate(json.JSONDecoder().raw_decode(said[start:])[0])
        except (ValueError, ValidationError, RecursionError):
            continue
    return None


def _honest(said: str, known: str, library: Library, *, shared: bool = True) -> bool:
    """Whether a rewording brings no city, number or article that was not talked of, and keeps to the matter."""
    new, old = find_cities(said, library.regulations), find_cities(known, library.regulations)
    if set(new.ids) - set(old.ids) or set(new.unknown) - set(old.unknown):
        return False
    if set(WRITTEN.findall(plain(said))) - set(WRITTEN.findall(plain(known))) or (
        references_in(said) and not references_in(known)
    ):
        return False
    return not shared or bool(set(bigrams(said)) & set(bigrams(known)))


def _note_nonsense() -> None:
    log.info("语言模型对问题的理解没有通过检查，按离线的理解回答。")


def _data(text: str) -> str:
    return as_data(to_simplified(" ".join(text.split()))[:_CHARACTERS])
