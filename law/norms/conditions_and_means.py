"""On what condition a rule holds, and by what means it works (money, tax, land…): their stretches in the clause."""

from collections.abc import Iterable, Iterator

from law.norms.actors import is_official
from law.norms.clause.clauses import Clause
from law.norms.clause.grouping import OWN_THING
from law.norms.clause.marks import begins_with_verb, means_in, only_done
from law.norms.clause.stretches import (
    AIM,
    CONDITION,
    EXCEPTION,
    FRAME,
    JOINED_BY_OR,
    RULE,
    conditions_within,
    fits_within,
    qualification,
)
from law.norms.grammar import GRAMMAR
from law.norms.norm import MEANS, OTHER_MEANS, Means
from law.norms.rule_reading import Reading
from law.norms.served_in_clause import served_in
from law.text.rules import Rule

#: A condition that so ends stands for itself; another goes on in the next.
_WHOLE = GRAMMAR["holding.whole"]
#: What is said of those at the beginning, no more of their names.
_SAID_OF = GRAMMAR["holding.said_of"]
#: No part of the name of somebody that stands behind it.
_NOT_HIS_NAME = GRAMMAR["holding.not_his_name"]
#: In a duty, what somebody gets.
_GIVEN = GRAMMAR["holding.given"]
#: To whom something is given, by what he does: 对创办养老机构的毕业生,….
_GIVEN_TO = GRAMMAR["holding.given_to"]
_ACTIVE = GRAMMAR["holding.active"]
#: Where or in what something happens belongs to what happens: 在保护范围内,存放易燃物品的.
_WHERE = GRAMMAR["holding.where"]


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
    giving = gives(reading)
    before: Clause | None = None
    for clause in reading.clauses:
        if clause.role == CONDITION and clause.subject and _only_names(clause):
            continue  # of whom the next speaks
        if clause.role == CONDITION:
            start = clause.start + (1 if clause.text.startswith("对") and clause.text.endswith("者") else 0)
            if clause.subject and _begins_with(clause) and _SAID_OF.match(clause.text, clause.subject[-1].end):
                named = clause.subject[-1].end
                start += named + clause.text.startswith(")", named)
            if before and before.role != RULE and JOINED_BY_OR.match(clause.text):
                start = found.pop()[0] if before.role == CONDITION and found else before.start
            elif before and before.role == FRAME and before.stop == "," and _WHERE.match(before.text):
                start = before.start
            elif before and before.role == CONDITION and before.stop == "," and _goes_on(before, clause):
                start = found.pop()[0]
            found.append((start, clause.end))
        elif clause.role != EXCEPTION:
            found += within(clause, giving=giving)
        before = clause
    return tuple(dict.fromkeys(reading.text.verbatim(*place) for place in found))


def _only_names(clause: Clause) -> bool:
    """Whether a clause only names those of whom the next one speaks."""
    return _begins_with(clause) and clause.subject[-1].end >= len(clause.text) - 1 and clause.stop == ","


def _goes_on(before: Clause, clause: Clause) -> bool:
    """Whether a condition goes on in the next: what does not stand for itself, and when what is wrong is done."""
    if before.text.endswith("时") and clause.text.endswith("的"):
        return True
    return not _WHOLE.search(before.text)


def _begins_with(clause: Clause) -> bool:
    start = clause.subject[0].start
    theirs = next((a.start for a in clause.others if clause.text[a.end : start] == "的"), start)
    if theirs < 4:
        return True  # 有关部门的工作人员
    return start < 4 or (start < 9 and not _NOT_HIS_NAME.search(clause.text[:start]))


def gives(reading: Reading) -> bool:
    """Whether a rule gives or allows something; only there is what somebody is or has done a condition."""
    if reading.binding in ("责任", "免除", "可以", "鼓励", "支持", "探索"):
        return True
    if reading.binding == "无":
        return False
    if (
        reading.carried.listed
        and len(reading.clauses) == 1
        and not reading.first.mark
        and not begins_with_verb(reading.first.text)
    ):
        return True  # only names who gets it
    return any(_GIVEN.search(c.text) for c in reading.rules)


def within(clause: Clause, *, giving: bool = True) -> list[tuple[int, int]]:
    """The places, in the plain text, of conditions in the middle of a clause; those of a duty are only its bounds."""
    places = list(conditions_within(clause.text))
    if giving and (upon := _upon(clause.text)) and not _only_somebody(clause, upon):
        places.append(upon)
    if giving:
        places += [p for p in fits_within(clause.text) if not any(a < p[1] and p[0] < b for a, b in places)]
    after = 0
    served = {id(a) for a in (*clause.subject, *served_in(clause.text, clause.others, clause.mark))}
    for actor in sorted((*clause.subject, *clause.others), key=lambda a: a.start):
        if id(actor) not in served:
            continue
        place = qualification(clause.text, actor.start, after)
        after = actor.end
        if place and (is_official(actor) or not giving) and clause.text[place[0]] != "未":
            continue
        if place and not any(a < place[1] and place[0] < b for a, b in places):
            places.append(place)
    return [(clause.start + a, clause.start + b) for a, b in sorted(places)]


def _only_somebody(clause: Clause, place: tuple[int, int]) -> bool:
    """Whether a stretch only says whose something is: 对申请人的家庭状况."""
    return any(a.start <= place[0] and a.end >= place[1] - 1 for a in (*clause.subject, *clause.others))


def _upon(text: str) -> tuple[int, int] | None:
    """The place of what those must do or be to whom something is given: 对创办养老机构的毕业生."""
    m = _GIVEN_TO.match(text)
    return m.span("q") if m and (begins_with_verb(m["q"]) or _ACTIVE.match(m["q"])) else None


#: Lists that only fill a phrase: 提供检索、评估、培训等服务, 在融资、奖励等方面.
_LISTS = GRAMMAR["working.lists"]
#: What only says which thing is meant: 利用财政性资金设立的, 以企业为主体的, 以社会资金购置的.
_ASIDES = GRAMMAR["working.asides"]
_NAMED = (
    "部门",
    "省政府",
    "市政府",
    "县区政府",
    "乡镇政府",
    "金融机构",
    "保险机构",
    "投资机构",
    "服务机构",
    "司法机关",
    "社会组织",
)


#: A phrase that says by what itself: 通过税收优惠、资助等方式.
_BY_WHAT = GRAMMAR["working.by_what"]
#: What is founded is the means: 设立科技支行.
_FOUNDED = GRAMMAR["working.founded"]
#: Who runs a place is not the place: 孵化器运营机构应当….
_OPERATOR = GRAMMAR["working.operator"]
#: 引导社会资本投资: what is put in is the means, whoever puts it in.
_CAPITAL = GRAMMAR["working.capital"]
_LISTED_DUTY = GRAMMAR["reading.listed_duty"]
#: (责令改正;)拒不改正的,可以查封: what is then done belongs to the consequence.
_STILL_WRONG = GRAMMAR["working.still_wrong"]
#: Words of a means that beside another only say what that is for, or how people are valued: 完善职称、考核制度.
_BESIDE_ANOTHER: tuple[tuple[Means, Rule], ...] = (
    ("知识产权", GRAMMAR["working.put_to_use"]),
    ("监督考核", GRAMMAR["working.people_valued"]),
)
_USED_FOR, _MATTER = GRAMMAR["working.used_for"], GRAMMAR["working.matter"]


def means_of(reading: Reading, lead: tuple[Means, ...] = ()) -> tuple[Means, ...]:
    """The means of a rule; those of its lead for an item that is no sentence."""
    binding = reading.binding
    if binding == "无":
        return ()
    if binding == "免除":
        return ("免责",)
    if binding == "责任":
        return ("监督考核",)
    only_named = reading.carried.lists_conditions or reading.carried.lists_contents
    if lead and only_named and not any(c.marks for c in reading.rules):
        return lead
    if lead and lead != OTHER_MEANS and not reading.first.mark and not begins_with_verb(reading.first.text):
        return lead
    ruled = _ruled(reading)
    found = means_in(_USED_FOR.sub("", ruled)) or means_in(ruled)
    if binding == "不得":
        found = tuple(m for m in found if m not in only_done())
    lent = tuple(m for m in lead if m != "监督考核") if binding != "不得" else ()
    found = found or lent
    for means, words in _BESIDE_ANOTHER:
        if len(found) > 1 and means in found and means not in means_in(words.sub("某", ruled)):
            found = tuple(m for m in found if m != means)
    if _MATTER.search(reading.whole):
        found = tuple(m for m in MEANS if m in (*found, "知识产权"))
    return found or OTHER_MEANS


def means_lent(lead: Reading) -> tuple[Means, ...]:
    """What a lead lends to its items: nothing where it ends with the announcement of duties (履行下列职责)."""
    return () if _LISTED_DUTY.search(lead.rules[-1].text) else means_of(lead)


def with_means(
    readings: Iterable[Reading], lead: tuple[Means, ...] = ()
) -> Iterator[tuple[Reading, tuple[Means, ...]]]:
    """Rules with their means: how a thing ruled before is handled works by what it was ruled by (具体工作由…负责).

    What else is done where somebody does not comply with a consequence belongs to it: (责令改正;)拒不改正的,可以查封.
    """
    before: tuple[Means, ...] = ()
    punished = False
    for reading in readings:
        means = means_of(reading, lead)
        follows = OWN_THING.match(reading.first.text) or (punished and _STILL_WRONG.match(reading.whole))
        if means == OTHER_MEANS and before and reading.carried.within and follows:
            means = before
        punished = reading.binding == "责任" or (punished and reading.carried.within)
        yield reading, means
        before = means


def _ruled(reading: Reading) -> str:
    parts: list[str] = []
    for clause in reading.clauses:
        if (clause.role != RULE and not _BY_WHAT.match(clause.text)) or (parts and AIM.match(clause.text)):
            continue
        text = list(clause.text)
        for actor in (*clause.subject, *clause.partners, *clause.others):
            runs_it = actor in clause.subject and (
                actor.classes[0] == "园区" or _OPERATOR.search(clause.text, actor.start, actor.end)
            )
            capital = _CAPITAL.search(clause.text, actor.start, actor.end)
            named = (actor.classes[0].split(":")[0] in _NAMED and not capital) or runs_it
            if named and not _FOUNDED.search(clause.text[: actor.start]):
                text[actor.start : actor.end] = "某" * (actor.end - actor.start)
        for start, end in within(clause):
            text[start - clause.start : end - clause.start] = "某" * (end - start)
        parts.append(_ASIDES.sub("", _LISTS.sub("", "".join(text))))
    return ",".join(parts)
