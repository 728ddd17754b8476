"""For or against whom a rule is. Who acts is read elsewhere; who is merely informed or asked is not served."""

from collections.abc import Iterator, Sequence

from law.norms.acting import PUNISHES, TOWARDS
from law.norms.actors import Actor, is_official, is_public
from law.norms.carried_over import Who
from law.norms.clause.clauses import Clause
from law.norms.clause.roles import groups_of
from law.norms.clause.stretches import AIM, CONDITION, FRAME, RULE
from law.norms.grammar import GRAMMAR
from law.norms.rule_reading import Reading
from law.norms.served_in_clause import bettered_in, served_in

#: Whom a condition names as given something: 赋予成果完成人所有权的.
_GIVES, _FOUND_OUT = GRAMMAR["served.gives"], GRAMMAR["served.found_out"]
#: What is done falls to those of whom the condition spoke: 志愿者表现突出的,给予表彰.
_FALLS_TO = GRAMMAR["served.falls_to"]
#: Only a time: 物业管理委员会成立之日起十日内.
_SPAN = GRAMMAR["served.span"]
#: 为其: those served before; 可以给予补贴: to them too.
_THEIRS = GRAMMAR["served.theirs"]
_THEIR_RIGHT = GRAMMAR["served.their_right"]
_GIVES_ON = GRAMMAR["served.gives_on"]
#: 申请人要求获得证照的,应当发放: it is done for him who asks.
_ASKS_FOR = GRAMMAR["served.asks_for"]
#: 企业发生的研究开发费用,可以加计扣除: it is for him whose cost it is.
_COST, _RELIEVED = GRAMMAR["served.cost"], GRAMMAR["served.relieved"]
#: 根据申请人的请求: it is done for him who asked.
_AT_HIS_REQUEST, _REQUEST = GRAMMAR["served.at_his_request"], GRAMMAR["served.request"]
#: 任何单位不得强迫: those who acted before.
_BARE_BAN = GRAMMAR["served.bare_ban"]
_ANOTHER = GRAMMAR["served.another"]
_ENCOURAGED_WITH = GRAMMAR["served.encouraged_with"]


def beneficiaries_of(reading: Reading) -> Who:
    """Those it is done for or to: not those who act, nor those who are only told, asked or belong to something."""
    ruled = reading.plain_kind in ("rule", "consequence") and reading.binding != "无"
    if not ruled or reading.carried.lists_requirements:
        return Who()
    if reading.names_content:
        return Who()
    acting = {id(a) for _, a in reading.acting}
    banned = {id(a) for _, a in reading.urged()} if reading.binding == "不得" else set()
    found = list(_encouraged(reading))
    ruling = {id(c) for c in reading.rules}
    spoken: list[tuple[Clause, Actor]] = []
    theirs, falls = (any(rule.search(c.text) for c in reading.rules) for rule in (_THEIRS, _FALLS_TO))
    for c in reading.clauses:
        mine = [a for a in _named_in(reading, c, ruling=id(c) in ruling, falls=falls) if id(a) not in acting | banned]
        found += [(c, a) for a in mine]
        others = acting or reading.grants() or reading.binding in (*PUNISHES, "可以")
        speaks = c.role in (RULE, CONDITION, FRAME) and c is not reading.first and (theirs or not _SPAN.search(c.text))
        if others and speaks:
            spoken += [(c, a) for a in c.subject if id(a) not in acting and a not in mine]
    found += _spoken_of(reading, spoken, named=bool(found) and not theirs)
    found = found or _whose_cost(reading) or _named_before(reading, acting) or _who_asked(reading, acting)
    if not found and _punished_under(reading):
        return reading.carried.served
    if not found and _of_those_before(reading):
        return reading.carried.served if reading.carried.served.classes else _who_acted_before(reading)
    return reading.who(sorted(_others(reading, found), key=lambda pair: pair[0].start))


def _punished_under(reading: Reading) -> bool:
    """Whether an item says what follows for those whom its lead punishes: 企业有下列行为的,处罚如下:(一)…罚款."""
    if not reading.carried.listed or reading.carried.kind != "consequence" or reading.first.mark is None:
        return False
    first = reading.clauses[0]
    return reading.first.mark.binding in PUNISHES and first.role == CONDITION and first is not reading.first


def _others(reading: Reading, found: list[tuple[Clause, Actor]]) -> list[tuple[Clause, Actor]]:
    """Those found, whoever acts and is only named again left out."""
    own = {id(a) for _, a in (*reading.urged(), *reading.acting)}
    himself = {_said(c, a) for c, a in reading.acting}
    return [
        (c, a)
        for c, a in found
        if id(a) in own or _said(c, a) not in himself or _another(c, a) or _acts_in_turn(reading, c, a)
    ]


def _acts_in_turn(reading: Reading, clause: Clause, actor: Actor) -> bool:
    """Whether others do it to somebody who acts himself only in a later clause: 企业应当告知 (业主),业主应当遵守."""
    does_it = {_said(c, a) for c, a in reading.acting if c is clause}
    return bool(does_it) and _said(clause, actor) not in does_it


def _said(clause: Clause, actor: Actor) -> str:
    """The words that somebody stands in; who acts and is named again in them is nobody else (科协…依照科协章程)."""
    return clause.text[actor.start : actor.end]


def _another(clause: Clause, actor: Actor) -> bool:
    return bool(_ANOTHER.search(clause.text[max(0, actor.start - 48) : actor.start]))


def _of_those_before(reading: Reading) -> bool:
    """Whether it is for those whom the rule before it served: 为其提供条件, 可以给予补贴."""
    if not reading.carried.within:
        return False
    before = reading.clauses[: reading.clauses.index(reading.first)]
    names_nobody = all(c.role == CONDITION and not (c.subject or c.others) for c in before)
    subject = reading.first.subject
    gives = reading.first.text[subject[-1].end if subject and subject[0].start < 3 else 0 :]
    alone = names_nobody and bool(_GIVES_ON.match(gives))
    return alone or _bans_to_them(reading) or any(_THEIRS.search(c.text) for c in reading.rules)


def _bans_to_them(reading: Reading) -> bool:
    """Whether a ban ends with what is done to somebody and names nobody: (…自愿参加,)任何单位不得强迫."""
    return reading.binding == "不得" and bool(_BARE_BAN.search(reading.rules[-1].text))


def _who_acted_before(reading: Reading) -> Who:
    """Those who acted in the rule before, where another now does something to or for them: 单位应当为其保留岗位."""
    before = reading.carried.who
    theirs = any(_THEIRS.search(c.text) for c in reading.rules) or _bans_to_them(reading)
    others = bool(reading.acting) and not set(before.classes) & set(reading.named().classes)
    return before if theirs and others and not any(map(is_public, before.classes)) else Who()


def _encouraged(reading: Reading) -> Iterator[tuple[Clause, Actor]]:
    """Those who are encouraged or supported in what they do, and those who do it with them."""
    if reading.encourages():
        yield from reading.urged()
        yield from ((c, a) for c in reading.rules for a in c.partners if not is_official(a))
    else:
        with_them = ((c, a) for c in reading.rules for a in c.partners if not is_official(a))
        yield from ((c, a) for c, a in with_them if _ENCOURAGED_WITH.search(c.text[: a.start]))


def _named_in(reading: Reading, clause: Clause, *, ruling: bool, falls: bool) -> Sequence[Actor]:
    """Those whom a clause itself names as served, kept from something, or told of.

    `ruling` says that it rules, `falls` that what is done then falls to somebody.
    """
    if reading.carried.lists_conditions and not clause.marks:
        return [a for a in clause.subject if not is_official(a)]
    if clause.role == CONDITION and (reading.makes_good or reading.answers_for):
        return [a for a in clause.others if not is_official(a)]
    if clause.role == CONDITION:
        private = [(a, clause.text[: a.start]) for a in clause.others if not is_official(a)]
        return [a for a, before in private if _GIVES.search(before) or (falls and _FOUND_OUT.search(before))]
    if clause.role == FRAME and (TOWARDS.match(clause.text) or _heads_towards(clause)):
        return served_in(clause.text, (*clause.subject, *clause.others), clause.mark)
    if ruling:
        if clause is not reading.first and not clause.marks and AIM.match(clause.text):
            return bettered_in(clause.text, clause.others)
        return served_in(clause.text, clause.others, clause.mark)
    return ()


def _named_before(reading: Reading, acting: set[int]) -> list[tuple[Clause, Actor]]:
    """Those named last before 其, for whom something is done: (反映会员的诉求,)维护其合法权益."""
    for n, clause in enumerate(reading.rules):
        at = _THEIR_RIGHT.search(clause.text)
        if at is None:
            continue
        others = [(c, a) for c in reading.rules[: n + 1] for a in c.others if c is not clause or a.end <= at.start()]
        before = [(c, a) for c, a in others if not is_official(a) and id(a) not in acting]
        if before:
            last = before[-1][0]
            return [(last, a) for a in groups_of(last.text, [a for c, a in before if c is last])[-1]]
    return []


def _heads_towards(clause: Clause) -> bool:
    """Whether somebody and whom he acts upon stand before what is done: 市人民政府对有贡献的企业,(应当奖励)."""
    return bool(clause.subject) and bool(TOWARDS.match(clause.text[clause.subject[-1].end :]))


def _spoken_of(reading: Reading, spoken: list[tuple[Clause, Actor]], *, named: bool) -> list[tuple[Clause, Actor]]:
    """Of those whom a condition spoke of, whom what is done then falls to; a punishment only to whom it names."""
    if reading.binding == "责任":
        upon = reading.first.text.startswith(("对", "由")) and "对" in reading.first.text
        mine = [(c, a) for c, a in spoken if not is_official(a) or not _done_by(c)]
        return [] if named and upon else mine
    private = [(c, a) for c, a in spoken if not is_official(a)]
    if reading.binding in PUNISHES:
        return [(c, a) for c, a in private if c is private[-1][0]]
    if named:
        return []
    if _bans_to_them(reading):
        return [(c, a) for c, a in private if c.role == FRAME or _ASKS_FOR.match(c.text[a.end :])]
    falls = any(_FALLS_TO.search(c.text) for c in reading.rules)
    return private if falls else [(c, a) for c, a in private if _ASKS_FOR.match(c.text[a.end :])]


def _whose_cost(reading: Reading) -> list[tuple[Clause, Actor]]:
    """Those who have a cost that is borne in part, or counts when taxes are reckoned."""
    if not any(_RELIEVED.search(c.text) for c in reading.rules):
        return []
    costs = [c for c in reading.clauses if c is not reading.first and _COST.search(c.text)]
    return [(c, a) for c in costs for a in c.subject[:1] if not is_official(a)]


def _who_asked(reading: Reading, acting: set[int]) -> list[tuple[Clause, Actor]]:
    """Those at whose request it is done: 国务院专利行政部门可以根据申请人的请求…."""
    named = ((c, a) for c in reading.clauses for a in (*c.subject, *c.others) if not is_official(a))
    return [
        (c, a)
        for c, a in named
        if id(a) not in acting
        and _AT_HIS_REQUEST.search(c.text[max(0, a.start - 8) : a.start])
        and _REQUEST.match(c.text[a.end : a.end + 20])
    ]


def _done_by(clause: Clause) -> bool:
    """Whether who is named in a condition is not himself at fault: 街道办事处调查核实后."""
    return bool(TOWARDS.match(clause.text)) or clause.text.endswith("后")
