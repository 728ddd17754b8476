"""A text pasted where a question was expected: each thing that it asks, to be asked for itself."""

from collections.abc import Sequence

from assistant.understand.cities import find_cities
from assistant.understand.instructions import report_in
from assistant.understand.question import MAX_QUESTION
from law.regulation import Regulation
from law.text.script import to_simplified

#: Characters of a text that is read for what it asks: some forty pages.
MOST_PASTED = 30_000


def questions_in(text: str, held: Sequence[Regulation]) -> tuple[str, ...]:
    """The questions of a report, in its own words; of the place that the whole of it is about where one names none.

    Nothing for what is short or too long, asks nothing by a question mark, or is nothing but questions.
    """
    report = report_in(text) if len(text) <= MOST_PASTED else None
    if report is None:
        return ()
    about = find_cities(to_simplified(text), held)
    place = next(r.place for r in held if r.id == about.ids[0]) if len(about.ids) == 1 else ""
    asked = (_placed(" ".join(one.split()), place, held) for one in (*report.asked, *report.left))
    return tuple(one for one in asked if len(one) <= MAX_QUESTION)


def _placed(question: str, place: str, held: Sequence[Regulation]) -> str:
    named = find_cities(to_simplified(question), held)
    return question if named.ids or named.unknown or named.every else f"{place}{question}"
