"""A model writes likely questions for the articles of a regulation, each checked; `fatiao ingest` then embeds them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from assistant.model.article_by_article import in_turn, ready, said_of
from assistant.model.client import Usage
from assistant.model.context import article_text
from assistant.model.help_to_understand import read_json
from assistant.understand.cities import find_cities
from law.likely_questions import add_written, by_a_person, file_of, read_written
from law.regulation import Article, LikelyQuestion, Regulation
from law.text.numerals import WRITTEN
from law.text.script import plain, to_simplified
from prompts import as_data, load_prompt
from vectorstore.filling import Progress

if TYPE_CHECKING:
    from assistant.assistant import Assistant

#: Questions asked for an article.
_COUNT = 6
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
    for article in in_turn(missing, progress):
        questions = _write(helper, regulation, article, usage)
        failed += not questions
        if questions:
            add_written(data, regulation, article, model.name, questions)
    return EnrichReport(
        regulation,
        len(missing) - failed,
        len(done.keys() - person),
        len(person),
        failed,
        usage.tokens,
        file_of(data, regulation.id),
    )


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
    scored = searcher.score(helper.path.deciding.embed(text), text)
    near: dict[str, float] = {
        a.id: max(_number(scored.article[i]), _number(scored.paragraph[i]))
        for a in regulation.numbered
        for i in [searcher.index_of(a.id)]
    }
    better = sum(1 for score in near.values() if score > near[article.id])
    return better < max(_NEAREST, _SHARE * len(near))


def _number(score: float) -> float:
    return -1.0 if score != score else float(score)
