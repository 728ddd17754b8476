"""What stands in relation within one rule: whose a share is, of which level an office is, what is to exceed what, what
money is for."""

import re

from assistant.verify.coverage import told_words
from assistant.verify.one_rule.order import order
from assistant.verify.words import words
from law.norms import Norm
from law.norms.actors import PEOPLE, actors_in
from law.norms.norm import DEPARTMENT
from law.text.figures import Figure, figures
from law.text.script import plain

#: Of what something is compared with in the law, so many words make it the same comparison.
_SAME = 0.5
#: Whoever is named so may be anybody.
ANYBODY = {"单位", "任何主体"}


def value_of(said: str) -> tuple[str, object]:
    """Kind and value of the first figure of a text; the text itself where it has none."""
    found: tuple[Figure, ...] = figures(said)
    return (found[0].kind, found[0].value) if found else ("", said)


def whose_share(said: Norm, law: Norm) -> str:
    """A share of somebody told as that of another: 单位持有不低于七成, of what the law gives who did the work."""
    for mine in (f for f in said.figures if f.kind == "share"):
        same = [f for f in law.figures if value_of(f.text) == value_of(mine.text)]
        if not same:
            continue
        own, theirs = _named(said.quote, mine.text), _named(law.quote, same[0].text)
        if not own or not theirs or theirs & ANYBODY:
            continue
        known = theirs | (set(PEOPLE) if theirs & set(PEOPLE) else set())
        if not own & known:
            return f"「{mine.text}」在条文里是「{'、'.join(sorted(theirs))}」的,不是「{'、'.join(sorted(own))}」的"
    return ""


def office_level(said: Norm, law: Norm) -> str:
    """A department of one level told as that of another: 省科学技术部门, where the law charges those of 市 and 县."""
    for name, kind in _offices(said):
        theirs = [other for other, same in _offices(law) if same == kind]
        mine = _levels(name)
        if mine and theirs and all(_levels(o) and not mine <= _levels(o) for o in theirs):
            return f"条文写的是「{theirs[0]}」,不是「{name}」"
    return ""


def told_as_equal(said: Norm, law: Norm) -> str:
    """与财政收入的增幅一致, of what the law wants to be higher."""
    equal, more = words().equal.search(said.quote), words().unequal.search(law.quote)
    if not equal or not more or words().unequal.search(said.quote):
        return ""
    return f"条文写的是「{more[0]}」,不是「{equal[0]}」" if told_words(more["base"], said.quote) >= _SAME else ""


def used_for(said: Norm, law: Norm) -> str:
    """Money told to be for what is not among the things that the law gives it for."""
    theirs = "".join(m["what"] for m in words().purpose.finditer(law.quote))
    wrong = [m["what"] for m in words().purpose.finditer(said.quote) if told_words(m["what"], law.quote) < _SAME]
    return f"条文写的用途是「{theirs}」,没有「{wrong[0]}」" if theirs and wrong else ""


#: How a count is meant, and what it is not at the same time.
_MANNERS = (("run", "sum"), ("each", "sum"))


def counted_otherwise(said: Norm, law: Norm) -> str:
    """累计三次 of what the law counts 连续三次, 每人 of what it gives 合计."""
    for mine, other in (pair for a, b in _MANNERS for pair in ((a, b), (b, a))):
        told, theirs = order()[mine].search(said.quote), order()[other].search(law.quote)
        if told and theirs and not order()[other].search(said.quote) and not order()[mine].search(law.quote):
            return f"条文写的是「{theirs[0]}」,不是「{told[0]}」"
    return ""


def _named(quote: str, figure: str) -> set[str]:
    """The classes of whoever the clause names in which a figure stands."""
    clause = next((c for c in re.split("[,;:。]", quote) if figure in c), "")
    return {c for actor in actors_in(clause) for c in actor.classes}


def _offices(norm: Norm) -> list[tuple[str, str]]:
    """The departments that act, as they are named, each with its class."""
    pairs = zip(norm.actors_said, norm.actors, strict=False)
    return [(plain(name), kind) for name, kind in pairs if kind.startswith(f"{DEPARTMENT}:")]


def _levels(name: str) -> set[str]:
    """The levels named before an office; none where it is one level and all above."""
    found = words().office_level.match(name)
    return set(words().one_level.findall(found[0])) if found and not found["above"] else set()
