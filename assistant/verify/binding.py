"""How binding: 应当, 可以, 不得 and 鼓励 of a sentence against those of the clause that it tells again."""

import re
from collections.abc import Callable, Sequence

from assistant.verify.actors import is_official, names_of
from assistant.verify.aligned import NEAR, Match, near_best
from assistant.verify.clauses import Clause
from assistant.verify.thresholds import T
from assistant.verify.words import words

_SAID = {"duty": "应当", "need": "应当", "may": "可以", "ban": "不得", "urge": "鼓励或支持", "explore": "探索"}
_UNSAID = "没有写成这种要求"


def against_binding(clause: Clause, ranked: Sequence[Match], excepted: Callable[[Clause], bool]) -> list[str]:
    """A reason where a clause of a sentence binds otherwise than the likest clauses of the law.

    `excepted` tells whether the sentence speaks of the exceptions of a clause: what is not to be done then may be
    told of what may be done otherwise.
    """
    found = list(ranked) if words().postposed.match(clause.body) else _of_same_agents(clause, ranked)
    vague = not found[0].in_body and not words().at_will.search(clause.text)
    least = T.aligned if words().at_will.search(clause.text) else T.aligned_modality
    if not clause.marked or vague or found[0].score < least:
        return []
    held = [m.clause.marks for m in found]
    if clause.agents and not is_official(clause.agents):
        held = [h - {"duty"} if "urge" in h else h for h in held]  # 支持企业 does not bind the enterprise
    if clause.marks == {"may"} and held == [frozenset({"urge"})]:
        return []  # to encourage is to leave it to them
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
    if clause.marks == {"ban"} and any(excepted(m.clause) for m in found):
        return []
    if clause.marks == {"need"} and (not clause.said_agents or is_official(clause.agents)):
        held = [h - {"urge", "explore"} for h in held]
    if not held or any(_may_say(clause.marks, h) for h in held):
        return []
    said = "、".join(_SAID[m] for m in sorted(clause.marks))
    law = "、".join(_SAID[m] for m in sorted(held[0])) or _UNSAID
    return [f"「{clause.text}」说成{said},条文是{law}:「{found[0].clause.text}」"]


def _of_same_agents(clause: Clause, found: Sequence[Match]) -> list[Match]:
    """The best matches; of those not so far off, only the ones with the actors of the clause where there are any."""
    if clause.said_agents and not is_official(clause.agents):
        mine = names_of(clause.agents)
        same = [m for m in found if mine & names_of(m.clause.agents)]
        if same:
            return near_best(same, NEAR)
    return near_best(found, NEAR)


def _governs(clause: Clause) -> bool:
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
