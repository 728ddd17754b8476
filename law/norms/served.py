"""For or against whom a rule is. Who acts is read elsewhere; who is merely informed or asked is not served."""

from collections.abc import Iterator, Sequence

from law.norms.acting import PUNISHES, TOWARDS
from law.norms.actors import Actor, is_official, is_public
from law.norms.carried_over import Who
from law.norms.clause.clauses import Clause
from law.norms.clause.marks import Mark
from law.norms.clause.roles import groups_of
from law.norms.clause.stretches import AIM, CONDITION, FRAME, RULE
from law.norms.grammar import GRAMMAR
from law.norms.rule_reading import Reading

#: Directly before, these do not make anybody better or worse off: he is told, asked, joined, founded, or gone to.
_PASSED_BY = GRAMMAR["served.passed_by"]
#: Directly after, these make a phrase about something else: 医疗机构出具的证明, 企业共同参与的体系.
_PHRASE = GRAMMAR["served.phrase"]
#: An institution that is itself what is built: 推进技术转移机构、交易平台建设.
_BUILT = GRAMMAR["served.built"]
#: After 向 and somebody, these say that he is asked or told something.
_ASKED = GRAMMAR["served.asked"]
_TO, _GONE_TO = GRAMMAR["served.to"], GRAMMAR["served.gone_to"]
#: What is built or founded, or only had, is not served: 建设研发机构、联合实验室; 有符合条件的驾驶员.
_BUILDS = GRAMMAR["served.builds"]
_HEAD = GRAMMAR["served.head"]
#: Before a government or a department, these say that something is done to it.
_UPON = GRAMMAR["served.upon"]
_FOR_THEM = GRAMMAR["served.for_them"]
_RELATIVE = GRAMMAR["served.relative"]
#: In these who stands in them is neither better nor worse off: 自权利人知道之日起, 经业主同意.
_ASIDE = GRAMMAR["served.aside"]
#: Whom a condition names as given something: 赋予成果完成人所有权的.
_GIVES, _FOUND_OUT = GRAMMAR["served.gives"], GRAMMAR["served.found_out"]
#: What is done falls to those of whom the condition spoke: 志愿者表现突出的,给予表彰.
_FALLS_TO = GRAMMAR["served.falls_to"]
#: Whoever is organised learns or takes part: 组织职工开展培训.
_TAUGHT = GRAMMAR["served.taught"]
_CHOSEN = GRAMMAR["served.chosen"]
#: Only a time: 物业管理委员会成立之日起十日内.
_SPAN = GRAMMAR["served.span"]
#: 为其: those served before; 可以给予补贴: to them too.
_THEIRS = GRAMMAR["served.theirs"]
_THEIR_RIGHT = GRAMMAR["served.their_right"]
_GIVES_ON = GRAMMAR["served.gives_on"]
_BROUGHT = GRAMMAR["served.brought"]
_PART = GRAMMAR["served.part"]
_WITH_HIM, _CONTRACT = GRAMMAR["served.with_him"], GRAMMAR["served.contract"]
_TOLD = GRAMMAR["served.told"]
#: 申请人要求获得证照的,应当发放: it is done for him who asks.
_ASKS_FOR = GRAMMAR["served.asks_for"]
#: 向劳动者推广的技术,必须经过试验: a thing is ruled on.
_AT_HEAD, _THING_TO_HIM = GRAMMAR["served.at_head"], GRAMMAR["served.thing_to_him"]
#: 保障投资者参与决策管理的权利: it is he who is kept in a right.
_KEPT = GRAMMAR["served.kept"]
_RIGHT = GRAMMAR["served.right"]
#: 公民的合法权益受法律保护: who stands so does nothing.
_PROTECTED = GRAMMAR["served.protected"]
#: 加强对服务站点和技术人员的指导: it is done to all of them.
_TOWARDS, _DONE_TO = GRAMMAR["served.towards"], GRAMMAR["served.done_to"]
_AMONG = GRAMMAR["served.among"]
#: 通知有关使用人: he is told; 通知急救机构进行救治: he is to act.
_NOTIFIED, _TOLD_END = GRAMMAR["served.notified"], GRAMMAR["served.told_end"]
#: 企业发生的研究开发费用,可以加计扣除: it is for him whose cost it is.
_COST, _RELIEVED = GRAMMAR["served.cost"], GRAMMAR["served.relieved"]
#: 由其 (医疗机构) 提供的: he does it; 将 (企业) 的资源: a thing of his is handled.
_AGENT, _OF_HIS_DOING = GRAMMAR["served.agent"], GRAMMAR["served.of_his_doing"]
_HANDLED_THING, _HANDLED_SO = GRAMMAR["served.handled_thing"], GRAMMAR["served.handled_so"]
_MAKES_UP = GRAMMAR["standing.makes_up"]
_GIVEN_TO_HIM, _PREPOSED = GRAMMAR["served.given_to_him"], GRAMMAR["served.preposed"]
#: 对维护 (企业) 秩序的单位: whom only that names which says of him what he does.
_TO_ONE_OF_WHOM = GRAMMAR["served.to_one_of_whom"]
_BODY, _ORGANISES, _DONE_UPON = GRAMMAR["served.body"], GRAMMAR["served.organises"], GRAMMAR["served.done_upon"]
#: 为 (企业) 提供便利的行为: no more than which act is meant.
_IN_AN_ACT = GRAMMAR["served.in_an_act"]
#: (企业) 停产: he is made to; (企业) 的培育: it is he who is raised.
_STOPPED, _RAISED = GRAMMAR["served.stopped"], GRAMMAR["served.raised"]
#: 任何单位不得强迫: those who acted before.
_BARE_BAN = GRAMMAR["served.bare_ban"]
_ANOTHER = GRAMMAR["served.another"]
#: 完善 (从业人员) 的自律制度: he is kept in it.
_ORDER_MADE, _ORDERED = GRAMMAR["served.order_made"], GRAMMAR["served.ordered"]
_ENCOURAGED_WITH, _DOES_WITH = GRAMMAR["served.encouraged_with"], GRAMMAR["served.together"]


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
    found = found or _whose_cost(reading) or _named_before(reading, acting)
    if not found and _of_those_before(reading):
        return reading.carried.served if reading.carried.served.classes else _who_acted_before(reading)
    urged = {id(a) for _, a in reading.urged()}
    himself = {_said(c, a) for c, a in reading.acting if id(a) not in urged}
    others = [(c, a) for c, a in found if id(a) in urged or _said(c, a) not in himself or _another(c, a)]
    return reading.who(sorted(others, key=lambda pair: pair[0].start))


def _said(clause: Clause, actor: Actor) -> str:
    """The words that somebody stands in; who acts and is named again in them is nobody else (科协…依照科协章程)."""
    return clause.text[actor.start : actor.end]


def _another(clause: Clause, actor: Actor) -> bool:
    return bool(_ANOTHER.search(clause.text[max(0, actor.start - 4) : actor.start]))


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
        yield from ((reading.first, a) for a in reading.first.partners if not is_official(a))
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
            return ()
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
    """Whether an authority and whom it acts upon stand before what is done: 市人民政府对有贡献的企业,(应当奖励)."""
    by_authority = bool(clause.subject) and all(map(is_official, clause.subject))
    return by_authority and bool(TOWARDS.match(clause.text[clause.subject[-1].end :]))


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
        return [(c, a) for c, a in private if c.role == FRAME]
    falls = any(_FALLS_TO.search(c.text) for c in reading.rules)
    return private if falls else [(c, a) for c, a in private if _ASKS_FOR.match(c.text[a.end :])]


def _whose_cost(reading: Reading) -> list[tuple[Clause, Actor]]:
    """Those who have a cost that is borne in part, or counts when taxes are reckoned."""
    if not any(_RELIEVED.search(c.text) for c in reading.rules):
        return []
    costs = [c for c in reading.clauses if c is not reading.first and _COST.search(c.text)]
    return [(c, a) for c in costs for a in c.subject[:1] if not is_official(a)]


def _done_by(clause: Clause) -> bool:
    """Whether who is named in a condition is not himself at fault: 街道办事处调查核实后."""
    return bool(TOWARDS.match(clause.text)) or clause.text.endswith("后")


def served_in(text: str, others: Sequence[Actor], mark: Mark | None) -> tuple[Actor, ...]:
    """Those of a clause whom its rule serves, supervises or punishes; `mark` is the first mark of the clause."""
    asides = [m.span() for m in _ASIDE.finditer(text)]
    groups = groups_of(text, others)
    head = next((n for n, group in enumerate(groups) if _TO_ONE_OF_WHOM.search(text[: group[0].start])), 0)
    return tuple(
        a
        for group in groups[head:]
        for a in group
        if not any(start <= a.start < end for start, end in asides) and _is_served(text, group, a, mark)
    )


def _goes_to(before: str, after: str) -> bool:
    """Whether something is done to or among those between two texts, or they are told of it or kept in a right."""
    if (_TOWARDS.search(before) and _DONE_TO.match(after)) or (_KEPT.search(before) and _RIGHT.match(after)):
        return True
    if before.endswith("在"):
        return bool(_AMONG.match(after))
    return bool(_NOTIFIED.search(before) and _TOLD_END.match(after))


def _is_made_to(before: str, after: str) -> bool:
    """Whether somebody is made to stop, or is raised, or kept in an order, wherever he stands."""
    if _STOPPED.match(after) or _RAISED.match(after):
        return True
    return bool(_ORDER_MADE.search(before) and _ORDERED.match(after))


def _encouraged_with(before: str, after: str) -> bool:
    """Whether another is encouraged to do something together with him: 应当鼓励企业与 (高校) 联合攻关."""
    return bool(_ENCOURAGED_WITH.search(before) and _DOES_WITH.match(after))


def _authority_is_served(before: str, after: str) -> bool:
    """Whether something is done for or to a government or department between two texts, which is not only asked."""
    if before.endswith("为") and _FOR_THEM.match(after):
        return True
    if _GONE_TO.search(before) and _ASKED.match(after):
        return False
    return bool(_UPON.search(before)) and not _PHRASE.match(after) and not _RELATIVE.match(after)


def _only_stands_there(text: str, group: Sequence[Actor], mark: Mark | None) -> bool:
    """Whether nothing is done to those of a group: they stand before what is done, or do it in an attribute."""
    before, after = text[max(0, group[0].start - 64) : group[0].start], text[group[-1].end :]
    if mark is None and group[0].start == 0:
        return True
    by_him = _AGENT.search(before) is not None
    if by_him and _MAKES_UP.match(after):
        return True
    if _OF_HIS_DOING.match(after) and (by_him or not _GIVEN_TO_HIM.search(before)):
        return True
    if _HANDLED_THING.search(before) and not _HANDLED_SO.match(after):
        return True
    return mark is not None and group[-1].end <= mark.start and not _PREPOSED.search(before)


def _is_served(text: str, group: Sequence[Actor], actor: Actor, mark: Mark | None) -> bool:
    first, last = group[0], group[-1]
    before, after = text[max(0, first.start - 40) : first.start], text[last.end : last.end + 30]
    private = not is_official(actor)
    if private and _PROTECTED.match(after):
        return True
    if _AT_HEAD.match(before) and _THING_TO_HIM.match(after):
        return False
    if private and _is_made_to(before, after):
        return True
    if _only_stands_there(text, group, mark):
        return False
    if private and _goes_to(before, after):
        return True
    if _BODY.search(actor.classes[0]) and _BUILT.match(after):
        return False
    if private and _encouraged_with(before, after):
        return True
    if private and (_TOLD.search(before) or (_WITH_HIM.search(before) and _CONTRACT.match(after))):
        return True
    if _BROUGHT.search(before) and _PART.match(after):
        return False
    if _CHOSEN.search(before) and not after:
        return False
    if _BUILDS.search(before) and _HEAD.match(after):
        return False
    if not private:
        return _authority_is_served(before, after)
    if _TO.search(before):
        return not _ASKED.match(after)
    if _ORGANISES.search(before) and _TAUGHT.match(after):
        return True
    upon = _DONE_UPON.search(before) is not None and not (before.endswith("为") and _IN_AN_ACT.match(after))
    return not _PASSED_BY.search(before) and (upon or not _PHRASE.match(after))
