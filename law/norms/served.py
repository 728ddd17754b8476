"""For or against whom a rule is: not who acts, nor those who are only told, asked or belong to something."""

import re
from collections.abc import Sequence

from law.norms.actors import Actor, is_official
from law.norms.reading import PUNISHES, TOWARDS, Reading, Who
from law.norms.standing import groups_of
from law.norms.stretches import CONDITION, FRAME, RULE
from law.text.rules import load_rules

_GRAMMAR = load_rules("law.norms", "grammar.toml")

#: Directly before, these do not make anybody better or worse off: he is told, asked, joined, founded, or gone to.
_PASSED_BY = _GRAMMAR["served.passed_by"]
#: Directly after, these make a phrase about something else: 医疗机构出具的证明, 企业共同参与的体系.
_PHRASE = _GRAMMAR["served.phrase"]
#: An institution that is itself what is built: 推进技术转移机构、交易平台建设.
_BUILT = _GRAMMAR["served.built"]
#: After 向 and somebody, these say that he is asked or told something.
_ASKED = _GRAMMAR["served.asked"]
#: What is built or founded, or only had, is not served: 建设研发机构、联合实验室; 有符合条件的驾驶员.
_BUILDS = _GRAMMAR["served.builds"]
_HEAD = _GRAMMAR["served.head"]
#: Before a government or a department, these say that something is done to it.
_UPON = _GRAMMAR["served.upon"]


def beneficiaries_of(reading: Reading) -> Who:
    """Those it is done for or to: not those who act, nor those who are only told, asked or belong to something."""
    ruled = reading.plain_kind in ("rule", "consequence") and reading.binding != "无"
    if not ruled or reading.carried.lists_requirements:
        return Who()
    acting = {id(a) for _, a in reading.acting}
    ruling = {id(c) for c in reading.rules}
    found = [(reading.first, a) for a in reading.urged()] if reading.encourages() else []
    for c in reading.clauses:
        if reading.carried.lists_conditions and not c.marks:
            found += [(c, a) for a in c.subject if not is_official(a)]
        elif id(c) in ruling or (c.role == FRAME and c.text.startswith(TOWARDS)):
            mine = (*c.subject, *c.others) if c.role == FRAME else c.others
            found += [(c, a) for a in served_in(c.text, mine, marked=bool(c.marks)) if id(a) not in acting]
        if c.role in (RULE, CONDITION, FRAME) and (acting or reading.binding in PUNISHES) and c is not reading.first:
            found += [
                (c, a) for a in c.subject if id(a) not in acting and (reading.binding == "责任" or not is_official(a))
            ]
    return reading.who(found)


def served_in(text: str, others: Sequence[Actor], *, marked: bool) -> tuple[Actor, ...]:
    """Those of a clause whom its rule serves, supervises or punishes."""
    return tuple(a for group in groups_of(text, others) for a in group if _is_served(text, group, a, marked=marked))


def _is_served(text: str, group: Sequence[Actor], actor: Actor, *, marked: bool) -> bool:
    first, last = group[0], group[-1]
    before, after = text[max(0, first.start - 40) : first.start], text[last.end : last.end + 16]
    if not marked and first.start == 0:
        return False
    if (actor.classes[0].endswith("机构") or actor.classes[0] in ("单位", "园区")) and _BUILT.match(after):
        return False
    if _BUILDS.search(before) and _HEAD.match(after):
        return False
    if re.search(r"向[^,;。对为]{0,6}$", before) and _ASKED.match(after):
        return False
    if is_official(actor):
        return bool(_UPON.search(before)) and not _PHRASE.match(after)
    upon = before.endswith(("对", "对于"))
    return not _PASSED_BY.search(before) and (upon or not _PHRASE.match(after))
