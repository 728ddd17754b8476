"""Whom a clause serves, supervises or punishes, by what stands before and behind him."""

from collections.abc import Sequence

from law.norms.actors import Actor, is_official
from law.norms.clause.marks import Mark
from law.norms.clause.roles import groups_of
from law.norms.grammar import GRAMMAR

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
#: Whoever is organised learns or takes part: 组织职工开展培训.
_TAUGHT = GRAMMAR["served.taught"]
_CHOSEN = GRAMMAR["served.chosen"]
_BROUGHT = GRAMMAR["served.brought"]
_PART = GRAMMAR["served.part"]
_WITH_HIM, _CONTRACT = GRAMMAR["served.with_him"], GRAMMAR["served.contract"]
_TOLD = GRAMMAR["served.told"]
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
#: 完善 (从业人员) 的自律制度: he is kept in it.
_ORDER_MADE, _ORDERED = GRAMMAR["served.order_made"], GRAMMAR["served.ordered"]
#: 答复 (业主) 提出的询问: it is he who is answered.
_ANSWERED, _WHAT_HE_ASKS = GRAMMAR["served.answered"], GRAMMAR["served.what_he_asks"]
_ENCOURAGED_WITH, _DOES_WITH = GRAMMAR["served.encouraged_with"], GRAMMAR["served.together"]
#: 产业发展方向: no sign of whom it is done to, though it holds one.
_NO_SIGN = GRAMMAR["served.no_sign"]
#: 与有关单位,(建立机制): a clause that only says with whom.
_WITH_OTHERS = GRAMMAR["served.with_others"]
#: (企业) 由部门认定: others do it to him; 收益归 (业主) 共有: it is his.
_BY_OTHERS = GRAMMAR["served.by_others"]
_BETTERED, _HIS_QUALITY = GRAMMAR["served.bettered"], GRAMMAR["served.his_quality"]
_BELONGS, _HIS_OWN = GRAMMAR["served.belongs"], GRAMMAR["served.his_own"]


def served_in(text: str, others: Sequence[Actor], mark: Mark | None) -> tuple[Actor, ...]:
    """Those of a clause whom its rule serves, supervises or punishes; `mark` is the first mark of the clause."""
    asides = [m.span() for m in _ASIDE.finditer(text)]
    groups = groups_of(text, others)
    if mark is None and groups and groups[-1][-1].end == len(text) and _WITH_OTHERS.match(text):
        return ()
    head = next((n for n, group in enumerate(groups) if _TO_ONE_OF_WHOM.search(text[: group[0].start])), 0)
    return tuple(
        a
        for group in groups[head:]
        for a in group
        if not any(start <= a.start < end for start, end in asides) and _is_served(text, group, a, mark)
    )


def bettered_in(text: str, others: Sequence[Actor]) -> tuple[Actor, ...]:
    """Those of an aim whose own abilities are to rise: 提高 (公众) 科学素养."""
    groups = groups_of(text, [a for a in others if not is_official(a)])
    return tuple(a for g in groups if _is_bettered(text[: g[0].start], text[g[-1].end :]) for a in g)


def _is_bettered(before: str, after: str) -> bool:
    return bool(_BETTERED.search(before) and _HIS_QUALITY.match(after))


def _signs(before: str) -> str:
    """A text with the words blanked out that hold a sign of whom it is done to and are none."""
    return _NO_SIGN.sub(lambda m: "某" * len(m[0]), before)


def _goes_to(before: str, after: str) -> bool:
    """Whether something is done to or among those between two texts, or they are told of it or kept in a right."""
    if (_TOWARDS.search(before) and _DONE_TO.match(after)) or (_KEPT.search(before) and _RIGHT.match(after)):
        return True
    if before.endswith("在"):
        return bool(_AMONG.match(after))
    if _ANSWERED.search(before) and _WHAT_HE_ASKS.match(after):
        return True
    return bool(_NOTIFIED.search(before) and _TOLD_END.match(after))


def _falls_to_him(before: str, after: str) -> bool:
    """Whether what is spoken of is his, or others decide upon him who stands first: 收益归 (业主) 共有."""
    if _BELONGS.search(before):
        return bool(_HIS_OWN.match(after))
    return not before and bool(_BY_OTHERS.match(after))


def _is_made_to(before: str, after: str) -> bool:
    """Whether somebody is made to stop, or is raised, or kept in an order, wherever he stands."""
    if _STOPPED.match(after) or _RAISED.match(after):
        return True
    if _is_bettered(before, after):
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
    before, after = _signs(text[max(0, first.start - 40) : first.start]), text[last.end : last.end + 30]
    private = not is_official(actor)
    if private and (_PROTECTED.match(after) or _falls_to_him(before, text[last.end :])):
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
