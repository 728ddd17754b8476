"""Who acts: the subjects of a sentence against those of the clause that it tells again."""

import re
from collections.abc import Sequence

from assistant.verify.actors import Actor, actors, is_official, names_of, stands_for
from assistant.verify.aligned import Match
from assistant.verify.clauses import Clause
from assistant.verify.source import Source
from assistant.verify.thresholds import T
from assistant.verify.verdict import Open
from assistant.verify.words import words


def against_agents(clause: Clause, found: Sequence[Match]) -> list[str]:
    """Reasons where somebody acts who does not act in the likest clauses of the law."""
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
    return [f"「{a.said}」做的事,条文写的是「{_said(found[0].clause.agents)}」" for a in wrong]


def strange_actors(said: str, sources: Sequence[Source], concluded: str = "") -> list[str]:
    """Reasons against actors that the articles do not name at all; 本市 may be told as its government.

    Of those that stand in what is only `concluded` the reason is open.
    """
    held = frozenset().union(*(s.actor_names for s in sources))
    text = "\n".join(s.known for s in sources)
    local = "本市" in text or "市人民政府" in text
    governments = any(h.startswith("gov:") for h in held)
    strange: list[str] = []
    for actor in actors(said):
        named = actor.said in text or any(stands_for(n, held) for n in actor.names)
        if named and not (governments and _wider_level(actor, held)):
            continue
        fields = [f for n in actor.names if n.startswith("dept:") for f in words().aliases[n[5:]]]
        if any(re.search(f"{f}[^,;。]{{0,80}}(?:部门|机关)", text) for f in fields):
            continue
        if actor.names <= {"gov", "dept", "公民", "社会力量", "原单位"} or (
            actor.names <= {"gov:city"} and local and not governments
        ):
            continue
        reason = f"所引条文没有写到「{actor.said}」"
        strange.append(Open(reason) if actor.said in concluded else reason)
    return strange


def _wider_level(actor: Actor, held: frozenset[str]) -> bool:
    levels = {n for n in actor.names if n.startswith("gov:")}
    return bool(levels) and "gov" not in held and not levels <= held


def without_actors(text: str) -> str:
    """The text with a comma for every actor."""
    for actor in reversed(actors(text)):
        text = text[: actor.start] + "," + text[actor.end :]
    return text


def _said(found: Sequence[Actor]) -> str:
    return "、".join(a.said for a in found)
