"""The stretches that say when a rule holds."""

from law.norms.clauses import Clause
from law.norms.reading import Reading
from law.norms.served import is_official
from law.norms.stretches import CONDITION, EXCEPTION, conditions_within, qualification


def conditions_of(reading: Reading) -> tuple[str, ...]:
    """The conditions of a rule, verbatim: clauses of their own, joined where one goes on, and stretches within."""
    found: list[tuple[int, int]] = []
    if reading.carried.lists_conditions:
        return (reading.text.verbatim(reading.start, reading.end),)
    acting = {id(a) for _, a in reading.acting}
    before: Clause | None = None
    for clause in reading.clauses:
        if clause.role == CONDITION:
            start = clause.start
            if clause.subject and id(clause.subject[0]) in acting and clause.subject[-1].end < len(clause.text) - 2:
                start += clause.subject[-1].end
            if before and before.role == CONDITION and before.chained and before.stop == ",":
                start = found.pop()[0]
            found.append((start, clause.end))
        elif clause.role != EXCEPTION:
            found += _within(clause)
        before = clause
    return tuple(dict.fromkeys(reading.text.verbatim(*place) for place in found))


def _within(clause: Clause) -> list[tuple[int, int]]:
    places = list(conditions_within(clause.text))
    for actor in (*clause.subject, *clause.others):
        place = qualification(clause.text, actor.start)
        if place and is_official(actor) and clause.text[place[0]] != "未":
            continue
        if place and not any(a < place[1] and place[0] < b for a, b in places):
            places.append(place)
    return [(clause.start + a, clause.start + b) for a, b in sorted(places)]
