"""Who acts and how binding: a clause of a sentence against those of the law that it tells again."""

import re
from collections.abc import Callable, Sequence

from assistant.verify.actors import GOV, SaidActor, actors, is_official, names_of, stands_for
from assistant.verify.clauses import SaidClause
from assistant.verify.coverage import told_words
from assistant.verify.source import NEAR, Match, Source, near_best
from assistant.verify.verdict import Open
from assistant.verify.words import T, grammar, words
from law.norms.norm import DEPARTMENT
from prompts import say

#: How much of what must be, or must not, a condition of the law says for it to be that condition.
_CONDITION = 0.8


def against_binding(clause: SaidClause, ranked: Sequence[Match], excepted: Callable[[SaidClause], bool]) -> list[str]:
    """A reason where a clause of a sentence binds otherwise than the likest clauses of the law.

    `excepted` tells whether the sentence speaks of the exceptions of a clause: what is not to be done then may be
    told of what may be done otherwise.
    """
    found = list(ranked) if words().postposed.match(clause.body) else _of_same_agents(clause, ranked)
    vague = not found[0].in_body and not words().at_will.search(clause.text)
    least = T.aligned if words().at_will.search(clause.text) else T.aligned_modality
    if not clause.marked or vague or found[0].score < least or _only_bounds(clause, found[0].clause):
        return []
    held = [m.clause.marks for m in found]
    if clause.agents and not is_official(clause.agents):
        held = [h - {"duty"} if "urge" in h else h for h in held]  # 支持企业 does not bind the enterprise
    if clause.marks == {"may"} and (held == [frozenset({"urge"})] or words().means.search(found[0].clause.text)):
        return []  # to encourage is to leave it to them; means may be used
    if clause.marks == {"may"} and not words().at_will.search(clause.text):
        # 企业可以列支 of what the law gives, encourages the enterprise to do, or binds an authority to do for it
        governs = _governs(clause)
        received = bool(words().receiving.search(clause.body))
        loosely = bool(clause.agents) or received or found[0].score < T.aligned_closely
        held = [
            h | {"may"} if not h or (not governs and ("urge" in h or (loosely and is_official(m.clause.agents)))) else h
            for h, m in zip(held, found, strict=True)
        ]
    if clause.marks == {"urge"}:
        held = [
            h or frozenset({"urge"} if words().promotes.search(m.clause.text) else ())
            for h, m in zip(held, found, strict=True)
        ]
    if clause.marks == {"ban"} and not words().takes_away.search(clause.body):  # 不能申报, of 取消申报资格
        held = [
            h | {"ban"} if words().takes_away.search(m.clause.text) else h for h, m in zip(held, found, strict=True)
        ]
    if clause.marks == {"ban"} and any(excepted(m.clause) or _bars(m.clause, clause) for m in found):
        return []
    if clause.marks == {"need"} and any(_is_condition(clause, m.clause) for m in found):
        return []
    if clause.marks == {"need"} and (not clause.said_agents or is_official(clause.agents)):
        held = [h - {"urge", "explore"} for h in held]
    if not held or any(_may_say(clause.marks, h) for h in held):
        return []
    said = "、".join(say(f"modality.{m}") for m in sorted(clause.marks))
    law = "、".join(say(f"modality.{m}") for m in sorted(held[0])) or say("modality.none")
    return [f"「{clause.text}」说成{said},条文是{law}:「{found[0].clause.text}」"]


def _is_condition(clause: SaidClause, law: SaidClause) -> bool:
    """Whether what must be is a condition of the law's: 但企业家要有经验, of 支持有经验的企业家."""
    narrowing = [*law.conditions, *(m[0] for m in words().attributive.finditer(law.text))]
    if words().state.match(clause.body):
        narrowing.append(law.text.rpartition("的")[0])
    if words().decides.search(clause.text):  # 要由单位批准, of what the unit may approve
        narrowing.append(law.text)
    return any(told_words(without_actors(clause.body), one) >= _CONDITION for one in narrowing)


def _bars(law: SaidClause, clause: SaidClause) -> bool:
    """Whether what must not be is what the law's condition bars: 不得损害安全, of 在不损害安全的前提下."""
    barring = [*law.exceptions, *(c for c in law.conditions if words().negated.search(c))]
    barring += [law.text] if law.role else []
    barring = [one for one in barring if not any(words().marks.finditer(one))]  # 应当保密的除外 bars no secrecy
    return any(told_words(without_actors(clause.body), one) >= _CONDITION for one in barring)


def _only_bounds(clause: SaidClause, law: SaidClause) -> bool:
    """Whether a duty is only the bound of a figure that the law gives: 要求使用权不少于十年, of what may be given."""
    if not clause.marks <= {"duty", "need"} or grammar("gives").search(clause.body):
        return False
    bounded = {(f.kind, f.value) for f in law.figures if f.bound}
    return any(f.bound and (f.kind, f.value) in bounded for f in clause.figures)


def _of_same_agents(clause: SaidClause, found: Sequence[Match]) -> list[Match]:
    """The best matches; of those not so far off, only the ones with the actors of the clause where there are any."""
    if clause.said_agents and not is_official(clause.agents):
        mine = names_of(clause.agents)
        same = [m for m in found if mine & names_of(m.clause.agents)]
        if same:
            return near_best(same, NEAR)
    return near_best(found, NEAR)


def _governs(clause: SaidClause) -> bool:
    """Whether an authority acts in the clause; one carried on from before does where nothing else stands first."""
    other = re.search(r"[一-鿿]{2}", words().marks.sub("", clause.lead))
    return is_official(clause.agents) and (clause.said_agents or not other)


def _may_say(said: frozenset[str], held: frozenset[str]) -> bool:
    allowed: set[str] = set()
    for name in held or {""}:
        allowed |= words().allowed[name]
    if said == {"duty", "urge"} and held == {"duty"}:
        return True  # 应当支持, where the law says 应当给予支持
    if said in ({"duty", "urge"}, {"need", "urge"}) and held == {"urge"}:
        return True  # 政府要鼓励企业, where the law says 鼓励企业
    return (
        bool(said <= allowed)
        or (len(held) > 1 and bool(said & allowed))
        or (len(said) > 1 and "duty" not in said and bool(said & allowed))
    )


def against_agents(clause: SaidClause, found: Sequence[Match], text: str) -> list[str]:
    """Reasons where somebody acts who does not act in the likest clauses of the law.

    On whose asking or consent something hangs in its `text` is told as acting too: 由完成人申请, of 经完成人申请.
    """
    if not clause.said_agents or found[0].score < T.aligned_agents:
        return []
    if not clause.marked and not is_official(clause.agents) and "由" not in clause.text:
        return []  # without a mark, what stands first need not act
    if not re.search(r"[一-鿿]{2}", without_actors(clause.text)):
        return []
    held = [names_of(m.clause.agents) for m in found]
    if words().receiving.search(clause.body) and not words().receiving.search(found[0].clause.body):
        around = ["".join((*m.clause.conditions, "|", m.clause.text)) for m in found]
        receivers = [names_of(actors(t)) - names_of(m.clause.agents) for t, m in zip(around, found, strict=True)]
        held = [r or h for r, h in zip(receivers, held, strict=True)]
    elif not clause.marks & {"duty", "need"} or not clause.marked:
        # 科技人员有更大自主权, of what the law gives them: an actor on either side of the clause
        held = [h | names_of(actors(m.clause.text)) if h else h for h, m in zip(held, found, strict=True)]
    if not all(held):
        return []
    union = frozenset().union(*held)
    wrong = [a for a in clause.agents if not any(stands_for(n, union) for n in a.names)]
    wrong += [a for a in clause.agents if a not in wrong and _wider_level(a, union)]
    told = {a.said for m in found for a in m.clause.agents}  # who is named in the law's own words is the law's
    wrong = [a for a in wrong if a.said not in told and not (f"由{a.said}" in clause.text and f"经{a.said}" in text)]
    return [f"「{a.said}」做的事,条文写的是「{_said(found[0].clause.agents)}」" for a in wrong]


def strange_actors(said: str, sources: Sequence[Source], concluded: str = "") -> list[str]:
    """Reasons against actors that the articles do not name at all; 本市 may be told as its government.

    Of those that stand in what is only `concluded` the reason is open.
    """
    held = frozenset().union(*(s.actor_names for s in sources))
    text = "\n".join(s.known for s in sources)
    local = grammar("city_itself").search(text) is not None
    governments = any(h.endswith("政府") and h != GOV for h in held)
    strange: list[str] = []
    for actor in actors(said):
        named = actor.said in text or any(stands_for(n, held) for n in actor.names)
        denied = words().denies_actor.search(said[: actor.start])
        if denied or (named and not (governments and _wider_level(actor, held))):
            continue
        if actor.names <= {GOV, DEPARTMENT, "个人", "任何主体"} or (
            actor.names <= {"市政府"} and local and not governments
        ):
            continue
        reason = f"所引条文没有写到「{actor.said}」"
        strange.append(Open(reason) if actor.said in concluded else reason)
    return strange


def _wider_level(actor: SaidActor, held: frozenset[str]) -> bool:
    levels = {n for n in actor.names if n.endswith("政府") and n != GOV}
    return bool(levels) and GOV not in held and not levels <= held


def without_actors(text: str) -> str:
    """The text with a comma for every actor."""
    for actor in reversed(actors(text)):
        text = text[: actor.start] + "," + text[actor.end :]
    return text


def _said(found: Sequence[SaidActor]) -> str:
    return "、".join(a.said for a in found)
