"""Of several cities that one thing is asked of, which is silent on it?"""

from collections.abc import Mapping, Sequence

from assistant.decide.decision import Decision
from assistant.decide.stated.head import Stated, Statedness
from assistant.decide.stated.wanted import FIGURES, OPENLY, wants_of
from assistant.retrieve import Found
from assistant.understand.asked import asked_in
from assistant.understand.language import emphasis_when
from assistant.understand.parts import Part, asked_of, nouns_of, phrase
from assistant.understand.question import Question
from prompts import say
from vectorstore.library import Library

#: One city is silent where its articles are below the first chance, while another's has it from the second on.
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
    """What is asked of several places by name, with each that is silent on it where another is not: the day on which
    its text comes into force is left open, or neither what is cited of it nor its best article states it. `parts` are
    the things asked, where each is asked for itself: those are silent that are asked of a place of which none is cited.
    """
    if not question.named or decision.listing or decision.statement or not decision.evidence:
        return ()
    places: dict[str, list[str]] = {}
    for id_ in question.regulation_ids:
        places.setdefault(library.regulation(id_).place, []).append(id_)
    if len(places) < 2:
        return ()
    if question.status == "effect":
        return _undated(places, library) if emphasis_when().search(question.text) else ()
    wants = wants_of(question.topic)
    if question.status or found.lookups or wants <= OPENLY:
        return ()
    cited: dict[str, list[str]] = {}
    for e in decision.evidence:
        cited.setdefault(e.regulation.place, []).append(e.article.id)
    if parts:
        uncited = [p for p in places if p not in cited]
        return tuple(f"{p}：{part.said}" for p in uncited for part in parts if _asked_only_of(part, places[p]))
    said: dict[str, list[Stated]] = {}
    for place, ids in places.items():
        best = [h.id for i in ids for h in found.by_regulation.get(i, ())[:1]]
        if place in cited or not question.every:
            mine = cited.get(place, best)
            said[place] = [statedness.judge(question.topic, found.vector, found, library, i) for i in mine]
    if not any(s.chance >= _OF_ANOTHER for p, mine in said.items() if p in cited for s in mine):
        return ()
    figure = bool(wants & FIGURES)
    asked = _asked(question)
    return tuple(
        f"{place}：{asked}"
        for place, mine in said.items()
        if all(s.chance < _OF_CITY and (s.lacks or not figure) for s in mine)
    )


def _undated(places: Mapping[str, Sequence[str]], library: Library) -> tuple[str, ...]:
    """The places of which no text says since when it is in force, where another's does."""
    dated = {p: any(library.regulation(i).dates.get("effective") for i in ids) for p, ids in places.items()}
    return tuple(f"{p}：{say('kind.effect')}" for p, day in dated.items() if not day and any(dated.values()))


def _asked_only_of(part: Part, ids: Sequence[str]) -> bool:
    return bool(part.question.regulation_ids) and set(part.question.regulation_ids) <= set(ids)


def _asked(question: Question) -> str:
    """What is asked, in a few words, with what was told before it where that names its matter."""
    first = next(iter(asked_in(question.topic)), None)
    return phrase(first.text, nouns_of(first.context)) if first else asked_of(question.topic)
