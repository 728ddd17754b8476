"""What may be asked next: likely questions of the articles that were cited."""

from collections.abc import Sequence

from assistant.answer import Answer
from law.regulation import LikelyQuestion, Regulation
from law.text.grams import bigrams
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: A question that shares this part of its bigrams with one already asked says the same.
_SAME = 0.5


def next_questions(library: Library, answer: Answer, asked: Sequence[str] = (), k: int = 3) -> tuple[str, ...]:
    """Up to `k` questions that the cited articles also answer, the city named in each; none that was asked.

    Those about a 款 that was not quoted come first, then those least like what was asked. Cities take turns.
    """
    said = [_grams(q) for q in (*asked, answer.question, answer.standalone) if q]
    quoted: dict[str, set[int]] = {}
    for citation in answer.citations:
        quoted.setdefault(citation.id, set()).add(citation.paragraph)
    by_city: dict[str, list[tuple[bool, float, str]]] = {}
    for regulation in library.regulations:
        for question in regulation.questions:
            if question.article in quoted and (alike := _alike(question, said)) < _SAME:
                new = bool(question.paragraphs) and not quoted[question.article] & set(question.paragraphs)
                by_city.setdefault(regulation.id, []).append((not new, alike, _whole(regulation, question)))
    for waiting in by_city.values():
        waiting.sort()
    chosen: list[str] = []
    while len(chosen) < k and any(by_city.values()):
        for waiting in by_city.values():
            if waiting and len(chosen) < k:
                chosen.append(waiting.pop(0)[2])
    return tuple(chosen)


def _whole(regulation: Regulation, question: LikelyQuestion) -> str:
    text = question.text.replace("?", "？").replace(",", "，")
    return say("page.next_question", place=regulation.place, question=text)


def _alike(question: LikelyQuestion, said: Sequence[frozenset[str]]) -> float:
    own = _grams(question.text)
    return max((len(own & other) / max(1, min(len(own), len(other))) for other in said), default=0.0)


def _grams(text: str) -> frozenset[str]:
    return frozenset(bigrams(plain(text)))
