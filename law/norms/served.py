"""Whether somebody named in a rule is one for or against whom it is done."""

import re
from collections.abc import Sequence

from law.norms.actors import Actor
from law.norms.norm import DEPARTMENT
from law.norms.standing import groups_of
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


def is_official(actor: Actor) -> bool:
    """Whether somebody is a government, a department or a court."""
    return all(c.endswith("政府") or c.split(":")[0] in (DEPARTMENT, "司法机关") for c in actor.classes)


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
