"""Does a turn of a talk ask what none of its articles states? Judged by how likely one states the turn's own words.

What it asks is mostly in its own words; the matter of before has long found the article. The head is fitted on turns of
talks as well (`python -m evals.calibrate.fit_stated`), of which half ask what stands nowhere.
"""

from collections.abc import Collection, Sequence
from typing import Literal

from assistant.decide.stated.head import Statedness
from assistant.retrieve import Found, Vector
from assistant.understand.question import Question
from vectorstore.library import Library

Silence = Literal["", "perhaps", "surely"]
#: Below the first chance what a turn asks is stated nowhere; below the second that is said beside what is quoted. From
#: the last on it is stated, whatever the rules miss. `fit_stated` prints what turns left out come to (`talks`).
_SURELY, _PERHAPS, _STATED = 0.0005, 0.075, 0.5
#: So many of the articles cited are looked at.
_CITED = 3


def unsaid(
    question: Question, found: Found, cited: Collection[str], library: Library, statedness: Statedness
) -> Silence:
    """Whether what a turn that goes on asks is stated in none of the first articles cited (ids), nor in the best."""
    if question.blend is None or question.compares or question.breadth.kind != "fact":
        return ""
    chance = _chance(question, found, cited, library, statedness)
    return "surely" if chance < _SURELY else "perhaps" if chance < _PERHAPS else ""


def is_said(question: Question, found: Found, article_id: str, library: Library, statedness: Statedness) -> bool:
    """Whether an article states what a turn that goes on asks."""
    if question.blend is None or question.compares or question.breadth.kind != "fact":
        return False
    return statedness.judge(*reading_of(question, found), found, library, article_id).chance >= _STATED


def reading_of(question: Question, found: Found) -> tuple[str, Vector]:
    """What a turn asks and its vector: its own words where it has any, else with the matter of before."""
    turn = question.blend
    if turn is not None and turn.alone and found.own is not None:
        return turn.alone, found.own
    return question.topic, found.vector


def articles_of(found: Found, cited: Collection[str]) -> Sequence[str]:
    """Ids of the articles that may state it."""
    return tuple(dict.fromkeys((*tuple(cited)[:_CITED], *(h.id for h in found.hits[:1]))))


def _chance(
    question: Question, found: Found, cited: Collection[str], library: Library, statedness: Statedness
) -> float:
    reading = reading_of(question, found)
    chances = (statedness.judge(*reading, found, library, i).chance for i in articles_of(found, cited))
    return max(chances, default=1.0)
