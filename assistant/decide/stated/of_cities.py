"""Of several cities that one thing is asked of, which is silent on it?"""

from collections.abc import Sequence

from assistant.decide.decision import Decision
from assistant.decide.stated.head import Stated, Statedness
from assistant.decide.stated.wanted import FIGURES, OPENLY, wants_of
from assistant.retrieve import Found
from assistant.understand.asked import asked_in
from assistant.understand.parts import Part, asked_of
from assistant.understand.question import Question
from prompts import say
from vectorstore.library import Library

#: One city is silent where its cited articles are below the first chance, while another's has it from the second on.
#: What is asked openly (怎么规定) the rules of its matter answer.
_OF_CITY, _OF_ANOTHER = 0.3, 0.7


def silent_cities(
    question: Question,
    found: Found,
    decision: Decision,
    library: Library,
    statedness: Statedness,
    parts: Sequence[Part] = (),
) -> tuple[str, ...]:
    """What is asked of several cities by name, with each that is silent on it where another is not: none of its
    articles is cited, its text leaves the day open on which it comes into force, or what is cited does not state it.
    `parts` are the things asked, where each is asked for itself."""
    if not (question.compares and question.named) or decision.listing or not decision.evidence:
        return ()
    if question.status == "effect":
        named = say("kind.effect")
        dated = {i: library.regulation(i).dates.get("effective") for i in question.regulation_ids}
        silent = [i for i, day in dated.items() if not day] if any(dated.values()) else []
        return tuple(f"{library.regulation(i).place}：{named}" for i in silent)
    if question.status or found.lookups:
        return ()
    cited = {e.regulation.id for e in decision.evidence}
    silent = [i for i in question.regulation_ids if i not in cited and not question.every]
    silent += () if parts else _lacking(question, found, decision, library, statedness)
    return tuple(f"{library.regulation(i).place}：{said}" for i in silent if (said := _asked_of(i, question, parts)))


def _asked_of(regulation_id: str, question: Question, parts: Sequence[Part]) -> str:
    """What is asked of one city, in a few words; "" where none of several things is."""
    if parts:
        return next((p.said for p in reversed(parts) if regulation_id in p.question.regulation_ids), "")
    return next((asked_of(a.text) for a in asked_in(question.topic)), asked_of(question.topic))


def _lacking(
    question: Question, found: Found, decision: Decision, library: Library, statedness: Statedness
) -> list[str]:
    """Ids of the regulations whose cited articles do not state it, nor have a figure where one is asked for, while one
    of another does."""
    wants = wants_of(question.topic)
    if wants <= OPENLY:
        return []
    figure = bool(wants & FIGURES)
    said: dict[str, list[Stated]] = {}
    for e in decision.evidence:
        stated = statedness.judge(question.topic, found.vector, found, library, e.article.id)
        said.setdefault(e.regulation.id, []).append(stated)
    if not any(s.chance >= _OF_ANOTHER for mine in said.values() for s in mine):
        return []
    return [i for i, mine in said.items() if all(s.chance < _OF_CITY and (s.lacks or not figure) for s in mine)]
