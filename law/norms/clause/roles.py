"""Who stands where in a clause: who acts, with whom, of whom it only speaks, who is joined to whom."""

from collections.abc import Sequence

from law.norms.actors import PEOPLE, Actor, is_official, place_acts
from law.norms.clause.marks import Mark, begins_with_verb
from law.norms.grammar import GRAMMAR

#: A place that acts is its government.
PLACE_ACTS = place_acts()
_PLACES = tuple(PLACE_ACTS)
_AND_THEIRS = GRAMMAR["standing.and_theirs"]
#: Between two, each of these makes them one group.
_JOINS = [GRAMMAR[f"standing.joined_{how}"] for how in ("and", "etc", "within")]
_NO_JOIN = GRAMMAR["standing.no_join"]
#: A clause so begun is about those at its end, who need not act.
_TOWARDS_HEAD = GRAMMAR["standing.towards_head"]
_HEADED = GRAMMAR["standing.headed"]
_SAYS_WHO = GRAMMAR["standing.says_who"]
#: After these somebody is a place or a means, not the one spoken of.
_NOT_OF_HIM = GRAMMAR["standing.not_of_him"]
_DENIED = GRAMMAR["standing.denied"]
#: What may stand before who acts at the beginning of a clause without a mark.
_AT_FIRST = GRAMMAR["standing.at_first"]
#: Directly before somebody, these say that something is done to him or with him.
_TOWARDS = GRAMMAR["standing.towards"]
#: What something is done to, in the middle of a clause: 由主管机关对直接负责的主管人员.
_UPON = GRAMMAR["standing.upon"]
_PHRASE = GRAMMAR["standing.phrase"]
#: 在本市登记的 (出版单位): a phrase that only says which one is meant.
_WHICH = GRAMMAR["standing.which"]
#: 科普工作的对象是 (全体公民): what is said of a thing.
_IS_SAID = GRAMMAR["standing.is_said"]
_MAKES_UP = GRAMMAR["standing.makes_up"]
#: (建设单位) 无偿配置的用房 (应当): nobody acts.
_ITS_THING = GRAMMAR["standing.its_thing"]
_GIVES_IT = GRAMMAR["standing.gives_it"]
#: Behind somebody: only what he does, has or is a part of is spoken of.
_OF = [GRAMMAR[f"standing.of_{what}"] for what in ("done", "thing", "part")]
_PARTNER = GRAMMAR["standing.partner"]
_HELPED = GRAMMAR["standing.helped"]
_BY = GRAMMAR["standing.by"]
#: 由列入公告管理的生产企业生产.
_BY_OF = GRAMMAR["standing.by_of"]
#: Who decides who shall act acts himself: 可以决定由区人民政府行使.
_ASSIGNS = GRAMMAR["standing.assigns"]
#: 收益归 (业主) 共有: he has it, and does nothing.
_BELONGS, _HIS_OWN = GRAMMAR["served.belongs"], GRAMMAR["served.his_own"]
_JOINTLY = GRAMMAR["standing.jointly"]
_AN_AIM = GRAMMAR["served.an_aim"]
_TOGETHER = GRAMMAR["standing.together"]


def partners_in(text: str, everybody: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those after 会同 and 配合, and after 与 where 共同 follows."""
    found: list[Actor] = []
    end = -1
    for actor in everybody:
        before = text[: actor.start]
        joined = bool(found) and _joined(text[end : actor.start])
        if (
            joined
            or _PARTNER.search(before[-48:])
            or (is_official(actor) and _HELPED.search(before[-8:]))
            or (_TOGETHER.search(before[-12:]) and _JOINTLY.match(text, actor.end))
        ):
            found.append(actor)
            end = actor.end
        elif found:
            break
    return tuple(found)


def subject_of(text: str, everybody: list[Actor], mark: Mark | None) -> tuple[Actor, ...]:
    """Who acts: the group after 由, before the mark, or at the beginning of a clause without a mark."""
    if by := [a for a in everybody if acts_by(text, a) and not _ASSIGNS.search(text[max(0, a.start - 12) : a.start])]:
        return group_of(text, everybody, by[0])
    found: tuple[Actor, ...] = ()
    limit = mark.start if mark else 0
    for actor in everybody:
        if mark and actor.start >= limit:
            break
        if actor in found:
            continue
        before, after = text[: actor.start], text[actor.end : limit] if mark else text[actor.end :]
        heads = _opens_clause(before, actor) or _SAYS_WHO.fullmatch(before)
        if not mark and (not heads or not after):
            break
        if (
            _UPON.search(before[-26:])
            or _TOWARDS.search(before[-8:])
            or (_PHRASE.search(before[-62:]) and not _WHICH.search(before[-62:]))
            or _only_of(after)
            or (mark and _ITS_THING.match(after))
            or _has_it(text, actor)
        ):
            continue
        group = group_of(text, everybody, actor)
        found = found if _only_of(text[group[-1].end : limit or len(text)]) else group
    return found


def _only_of(after: str) -> bool:
    """Whether what stands behind somebody says that only something of his is meant: (企业) 依法取得的许可."""
    return any(rule.match(after) for rule in _OF)


def acts_by(text: str, actor: Actor) -> bool:
    """Whether 由 stands before somebody: 由市民政部门, 由全体业主."""
    before = text[max(0, actor.start - 40) : actor.start]
    if _GIVES_IT.match(text, actor.end) or _MAKES_UP.match(text, actor.end):
        return False
    if _has_it(text, actor):
        return False
    return bool(_BY.search(before) or _BY_OF.search(before))


def _has_it(text: str, actor: Actor) -> bool:
    """Whether it is only said that something is his: 收益归 (业主) 所有."""
    before = text[max(0, actor.start - 24) : actor.start]
    return bool(_BELONGS.search(before)) and _HIS_OWN.match(text[actor.end :]) is not None


def _opens_clause(before: str, actor: Actor | None = None) -> bool:
    """Whether what stands before somebody leaves him at the beginning of his clause: 各, 制溴 (企业)."""
    kind = (
        (actor is None or actor.classes[0] not in PEOPLE or len(before) > 2)
        and len(before) <= 8
        and not _DENIED.search(before)
        and not before.startswith(_PLACES)
        and not begins_with_verb(before)
        and not _NO_JOIN.search(before)
    )
    return bool(_AT_FIRST.match(before)) or kind


def spoken_of(text: str, everybody: list[Actor]) -> tuple[Actor, ...]:
    """Of whom a condition speaks: those at its beginning, or those that something is said of there."""
    found: tuple[Actor, ...] = ()
    before = text[: everybody[0].start] if everybody else ""
    if everybody and _opens_clause(before) and not _NOT_OF_HIM.search(before):
        found = group_of(text, everybody, everybody[0])
    if found and _only_of(text[found[-1].end :]):
        found = ()
    return found or _meant(text, everybody)


def _meant(text: str, everybody: list[Actor]) -> tuple[Actor, ...]:
    """Of whom a condition speaks that does not begin with him: 纳入预案的企业未制定方案的."""
    first = next((a for a in everybody if text[: a.start].endswith("的") and not _TOWARDS_HEAD.match(text)), None)
    return group_of(text, everybody, first) if first else ()


def head_of(text: str, everybody: list[Actor]) -> tuple[Actor, ...]:
    """Those with whom a clause without a verb of its own ends, who act in the next: 未达到标准的县人民政府,应当…."""
    if not everybody or len(text) - everybody[-1].end > 1 or _TOWARDS_HEAD.match(text):
        return ()
    first = len(everybody) - 1
    while first and _joined(text[everybody[first - 1].end : everybody[first].start]):
        first -= 1
    before = text[: everybody[first].start]
    if _IS_SAID.search(before):
        return ()
    if begins_with_verb(text) and "的" not in before and not _HEADED.match(text):
        return ()
    if _TOWARDS.search(before[-8:]) or _BELONGS.search(before[-24:]):
        return ()
    return tuple(everybody[first:])


def for_whom(text: str, first: Actor) -> bool:
    """Whether 为 stands before somebody for whom something is done, and not before an aim: 为人才及其团队确定薪酬."""
    before, after = text[1 : first.start], _AND_THEIRS.sub("", text[first.end :])
    return not _AN_AIM.match(text) and not begins_with_verb(before) and begins_with_verb(after)


def groups_of(text: str, everybody: Sequence[Actor]) -> list[list[Actor]]:
    """Those of a clause, each with those joined to him."""
    groups: list[list[Actor]] = []
    for actor in everybody:
        if groups and _joined(text[groups[-1][-1].end : actor.start]):
            groups[-1].append(actor)
        else:
            groups.append([actor])
    return groups


def _joined(between: str) -> bool:
    """Whether what stands between two of them makes them one group: 、自然科学类."""
    return any(rule.match(between) for rule in _JOINS) and not _NO_JOIN.search(between)


def group_of(text: str, everybody: list[Actor], first: Actor) -> tuple[Actor, ...]:
    """An actor and those joined to it: 市、区人民政府及其有关部门."""
    group = [first]
    for actor in everybody[everybody.index(first) + 1 :]:
        if not _joined(text[group[-1].end : actor.start]):
            break
        group.append(actor)
    return tuple(group)
