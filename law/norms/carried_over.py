"""What one rule hands on to the next (its actor, its binding, its beneficiary), and how a clause names its actor."""

from dataclasses import dataclass

from law.norms.actors import Actor, is_official
from law.norms.clause.clauses import Clause
from law.norms.clause.marks import Mark, begins_with_verb
from law.norms.clause.roles import acts_by, group_of
from law.norms.clause.stretches import CONDITION
from law.norms.grammar import GRAMMAR
from law.norms.norm import Binding, Kind

#: What is founded does not act yet: 支持设立科技保险专营机构.
_FOUNDED = GRAMMAR["reading.founded"]
#: The second of two marks in one: 鼓励支持.
_TWIN = GRAMMAR["reading.twin"]
#: 支持 (企业) 转贷基金建设: a thing is built.
_THING_BUILT = GRAMMAR["reading.thing_built"]
#: May stand before the mark, and is nobody.
_ADVERB = GRAMMAR["doing.adverb"]
#: To be dealt with, nobody to be punished.
_HANDLED = GRAMMAR["doing.handled"]
#: Granted to those of whom a condition speaks, by others.
_GRANTED = GRAMMAR["doing.granted"]
_HARM = GRAMMAR["reading.harm"]
_MAKES_GOOD = GRAMMAR["reading.makes_good"]
_ANSWERS_FOR = GRAMMAR["reading.answers_for"]
_GIVES_NOW = GRAMMAR["doing.gives_now"]
_EACH_OF = GRAMMAR["carried.each_of"]
#: 支持孵化基地为 (大学生) 提供场地: he is not the one who is to do it.
_ALONG = GRAMMAR["carried.along"]


@dataclass(frozen=True, slots=True)
class Who:
    """Classes, and the words that they stand in."""

    classes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes on from one rule, or from the lead of a list, to the next; `binding` is None where nothing does.

    `within` says that it comes from the same sentence, `named` that who acts was named and not only
    urged, `served` are those it was for, `lists_conditions` that each item of the list is one,
    `lists_requirements` that each says what somebody is, `lists_contents` that each names a document or a content.
    """

    who: Who = Who()
    binding: Binding | None = None
    kind: Kind = "rule"
    listed: bool = False
    within: bool = False
    named: bool = False
    lists_conditions: bool = False
    lists_requirements: bool = False
    lists_contents: bool = False
    served: Who = Who()


def bare(clause: Clause) -> str:
    """The text of a clause without what may stand before its mark and is nobody."""
    return _ADVERB.sub("", clause.text)


def granted(clause: Clause) -> bool:
    """Whether something is granted to those of whom a condition speaks, or decided for them, by others."""
    return bool(_GRANTED.match(bare(clause)))


def did_harm(clause: Clause) -> bool:
    """Whether a clause is the condition that harm was done."""
    return clause.role == CONDITION and bool(_HARM.search(clause.text))


def makes_good(clause: Clause) -> bool:
    """Whether a clause begins with what makes harm good."""
    return bool(_MAKES_GOOD.match(clause.text))


def answers(clause: Clause) -> bool:
    """Whether a clause ends with who answers for something."""
    return bool(_ANSWERS_FOR.search(clause.text))


def gives_now(clause: Clause) -> bool:
    """Whether a clause begins with what is given."""
    return bool(_GIVES_NOW.match(clause.text))


def urged_in(clause: Clause) -> tuple[Actor, ...]:
    """Those directly behind the mark of a clause who are to do something."""
    mark = clause.mark
    after = [a for a in clause.others if mark and a.start >= mark.end]
    if mark is None or not after or _FOUNDED.search(clause.text, mark.end, after[0].start):
        return ()
    between = _TWIN.sub("", clause.text[mark.end : after[0].start])
    if _THING_BUILT.match(clause.text, group_of(clause.text, after, after[0])[-1].end):
        return ()
    said_of = bool(_EACH_OF.search(between))
    if _ALONG.search(between) or (len(between) > 24 and not said_of):
        return ()
    if begins_with_verb(between) and not between.endswith("的"):
        return ()
    group = group_of(clause.text, after, after[0])
    theirs = [a for a in after if clause.text[group[-1].end : a.start] == "的"]  # 户外劳动者的用人单位
    return tuple(group_of(clause.text, after, theirs[0]) if theirs else group)


def by(clause: Clause) -> bool:
    """Whether who acts stands behind 由."""
    return bool(clause.subject) and acts_by(clause.text, clause.subject[0])


def does_too(clause: Clause, first: Clause) -> bool:
    """Whether somebody named at the beginning of a later clause does something besides: …公告,有关部门组织实施."""
    subject = clause.subject
    begins = bool(subject) and subject[0].start < 3 and clause.start > first.start
    return begins and all(is_official(a) for a in subject) and begins_with_verb(clause.text[subject[-1].end :])


def only_handles(clause: Clause, mark: Mark) -> bool:
    """Whether something is to be dealt with, nobody to be punished: 应当自接到投诉之日起七日内予以处理."""
    first = clause.marks[0]
    return first.binding == "应当" and first is not mark and bool(_HANDLED.search(clause.text[: mark.end]))
