"""A model writes likely questions for the articles of a regulation, each checked; `fatiao ingest` then embeds them."""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from assistant.errors import ModelError, QuestionError, SettingError
from assistant.model.client import Usage
from assistant.model.context import article_text
from assistant.model.failures import ModelFailure
from assistant.model.second_look import read_json
from assistant.understand.cities import find_cities
from law.likely_questions import add_written, by_a_person, file_of, read_written
from law.regulation import Article, LikelyQuestion, Regulation
from law.text.numerals import WRITTEN
from law.text.script import plain, to_simplified
from prompts import Message, as_data, load_prompt, say
from vectorstore.filling import Progress

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.model.client import ChatModel

log = logging.getLogger("fatiao")

#: Questions asked for an article; tokens that they may take.
_COUNT, _MAX_TOKENS = 6, 800
#: Characters of a question; as many in a row as may be copied from the article.
_SHORTEST, _LONGEST, _COPIED = 6, 60, 16
#: A question belongs to its article where that is among the nearest: so many, or this share of the regulation.
_NEAREST, _SHARE = 8, 0.15


class _Question(BaseModel):
    text: str
    paragraphs: list[int] = Field(default_factory=list)


class _Questions(BaseModel):
    questions: list[_Question]


@dataclass(frozen=True, slots=True)
class EnrichReport:
    """What was done, in articles: `written` now, `held` from before, left to a `person`'s, and `failed`."""

    regulation: Regulation
    written: int
    held: int
    person: int
    failed: int
    tokens: int
    file: Path


def enrich(helper: "Assistant", regulation_id: str, progress: Progress | None = None) -> EnrichReport:
    """Write what is still missing; every article is kept as soon as it is written, so a second run goes on.

    Raises SettingError without a model, QuestionError for an unknown id, ModelError when the server fails.
    """
    model, regulation = ready(helper, regulation_id, "写常见问法")
    data, person = helper.data, by_a_person(regulation)
    done = read_written(data, regulation)
    missing = [a for a in regulation.numbered if a.id not in person and a.id not in done]
    usage, failed = Usage(), 0
    for at, article in enumerate(missing):
        if progress:
            progress("enrich", at, len(missing))
        questions = _write(helper, regulation, article, usage)
        failed += not questions
        if questions:
            add_written(data, regulation, article, model.name, questions)
    if progress and missing:
        progress("enrich", len(missing), len(missing))
    return EnrichReport(
        regulation,
        len(missing) - failed,
        len(done.keys() - person),
        len(person),
        failed,
        usage.tokens,
        file_of(data, regulation.id),
    )


def ready(helper: "Assistant", regulation_id: str, what: str) -> tuple["ChatModel", Regulation]:
    """The model and the regulation that are wanted. Raises SettingError, QuestionError."""
    model, library = helper.path.model, helper.library()
    if model is None:
        raise SettingError(
            f"{what}要用语言模型，请先设环境变量 FATIAO_MODEL（以及 OPENAI_API_KEY 或 OPENAI_BASE_URL）。"
        )
    regulation = next((r for r in library.regulations if r.id == regulation_id), None)
    if regulation is None:
        held = "、".join(r.id for r in library.regulations)
        raise QuestionError(f"索引里没有编号为「{regulation_id}」的法规。现有：{held}。")
    return model, regulation


def _write(helper: "Assistant", regulation: Regulation, article: Article, usage: Usage) -> list[LikelyQuestion]:
    """The questions of one article that hold; none where the model says nonsense. Raises ModelError."""
    messages = load_prompt("likely_questions").render(
        article=article_text(regulation, article, article.paragraphs, numbered=True),
        city=as_data(regulation.place),
        count=str(_COUNT),
    )
    read = read_json(said_of(helper, article, messages, usage), _Questions)
    result: dict[str, LikelyQuestion] = {}
    for one in read.questions if read else ():
        if (question := checked(helper, regulation, article, one.text, one.paragraphs)) is not None:
            result.setdefault(plain(question.text), question)
    return list(result.values())[:_COUNT]


def said_of(helper: "Assistant", article: Article, messages: Sequence[Message], usage: Usage) -> str:
    """What the model says of an article, "" where it says nothing that can be used. Raises ModelError."""
    model, seconds = helper.path.model, helper.settings.model_timeout
    assert model is not None
    try:
        return model.text(messages, deadline=time.monotonic() + seconds, max_tokens=_MAX_TOKENS, usage=usage)
    except ModelFailure as failure:
        log.warning("语言模型「%s」没有写成 %s：%s", model.name, article.id, failure)
        if failure.kind in ("empty", "nonsense", "blocked"):
            return ""
        why = say(f"model.{failure.kind}", seconds=f"{seconds:g}")
        raise ModelError(f"语言模型「{model.name}」{why}。已写好的都留着，再运行一次会接着写。") from failure


def checked(
    helper: "Assistant", regulation: Regulation, article: Article, text: str, paragraphs: list[int]
) -> LikelyQuestion | None:
    """The question as it may be kept: of a fit length, in its own words, without new facts, nearest to its article."""
    text = re.sub(r"\s+", "", to_simplified(text)).rstrip("?？。") + "？"
    said, source = plain(text), plain(article.text)
    if not _SHORTEST <= len(text) <= _LONGEST or re.search(r"[<>\[\]{}]|https?:", text):
        return None
    if any(said[i : i + _COPIED] in source for i in range(len(said) - _COPIED + 1)):
        return None
    if set(WRITTEN.findall(said)) - set(WRITTEN.findall(source)):
        return None
    named = find_cities(text, helper.library().regulations)
    if set(named.ids) - {regulation.id} or named.unknown or not _belongs(helper, regulation, article, text):
        return None
    return LikelyQuestion(article.id, text, tuple(n for n in paragraphs if 1 <= n <= len(article.paragraphs)), True)


def _belongs(helper: "Assistant", regulation: Regulation, article: Article, text: str) -> bool:
    """Whether the article is among the nearest of its regulation, by its own words and not by likely questions."""
    searcher = helper.library().searcher
    scored = searcher.score(helper.path.embed(text), text)
    near: dict[str, float] = {
        a.id: max(_number(scored.article[i]), _number(scored.paragraph[i]))
        for a in regulation.numbered
        for i in [searcher.index_of(a.id)]
    }
    better = sum(1 for score in near.values() if score > near[article.id])
    return better < max(_NEAREST, _SHARE * len(near))


def _number(score: float) -> float:
    return -1.0 if score != score else float(score)
