"""The stretches that say when a rule holds."""

import re

from law.norms.clauses import Clause
from law.norms.reading import Reading
from law.norms.served import is_official, served_in
from law.norms.stretches import CONDITION, EXCEPTION, FRAME, RULE, conditions_within, qualification

#: A condition that so ends stands for itself; another goes on in the next.
_WHOLE = ("的", "时", "后", "前", "内", "下", "中", "规定")
#: What is said of those at the beginning, no more of their names.
_GOES_ON = re.compile(r"(?!、|和|或|及|等|的).{6}")
#: Where or in what something happens belongs to what happens: 在保护范围内,存放易燃物品的.
_WHERE = re.compile(r"^在[^,;。]{2,60}(?:[内中上下间旁]|区域|场所|路段|活动|工作)$")


def conditions_of(reading: Reading) -> tuple[str, ...]:
    """The conditions of a rule, verbatim: clauses of their own, joined where one goes on, and stretches within."""
    found: list[tuple[int, int]] = []
    if reading.kind() == "definition":
        return ()
    if reading.carried.lists_conditions and not any(c.marks for c in reading.clauses[1:] if c.role == RULE):
        return (reading.text.verbatim(reading.start, reading.end),)
    if (
        reading.carried.lists_requirements
        and not reading.whole.rstrip(";。").endswith("的")
        and "," not in reading.whole
    ):
        return ()
    before: Clause | None = None
    for clause in reading.clauses:
        if clause.role == CONDITION:
            start = clause.start
            if clause.subject and _begins_with(clause) and _GOES_ON.match(clause.text, clause.subject[-1].end):
                start += clause.subject[-1].end
            if before and before.role != RULE and clause.text.startswith(("或", "且", "并且")):
                start = found.pop()[0] if before.role == CONDITION and found else before.start
            elif before and before.role == FRAME and before.stop == "," and _WHERE.match(before.text):
                start = before.start
            elif before and before.role == CONDITION and before.stop == "," and not before.text.endswith(_WHOLE):
                start = found.pop()[0]
            found.append((start, clause.end))
        elif clause.role != EXCEPTION:
            found += within(clause)
        before = clause
    return tuple(dict.fromkeys(reading.text.verbatim(*place) for place in found))


def _begins_with(clause: Clause) -> bool:
    start = clause.subject[0].start
    return start < 4 or (start < 9 and not re.search("[的在对未不被由]", clause.text[:start]))


def within(clause: Clause) -> list[tuple[int, int]]:
    """The places, in the plain text, of conditions in the middle of a clause."""
    places = list(conditions_within(clause.text))
    after = 0
    served = {id(a) for a in (*clause.subject, *served_in(clause.text, clause.others, marked=bool(clause.marks)))}
    for actor in sorted((*clause.subject, *clause.others), key=lambda a: a.start):
        if id(actor) not in served:
            continue
        place = qualification(clause.text, actor.start, after)
        after = actor.end
        if place and is_official(actor) and clause.text[place[0]] != "未":
            continue
        if place and not any(a < place[1] and place[0] < b for a, b in places):
            places.append(place)
    return [(clause.start + a, clause.start + b) for a, b in sorted(places)]
