"""What a clause of a sentence may not change in the clause it tells again: how binding, who acts, on what conditions."""

import re
from collections.abc import Sequence

from assistant.verify.actors import Actor, actors, names_of, stands_for
from assistant.verify.aligned import NEAR, Match, in_own_words, matches, near_best, share_of
from assistant.verify.clauses import Clause, is_binding, read_clauses
from assistant.verify.coverage import bigrams
from assistant.verify.figures import figures
from assistant.verify.references import blank_references
from assistant.verify.source import Neighbours, Source
from assistant.verify.thresholds import T
from assistant.verify.words import words

_WORD = {"duty": "应当", "may": "可以", "ban": "不得", "urge": "鼓励或支持", "explore": "探索", "": "没有写成这种要求"}
_ABSOLUTE = re.compile(
    r"一律|任何|所有(?!权|制)|全部|无条件|不论|无论|没有例外|无一例外|统统|一概|[都均](?=不[低少超得能])|(?:多少|怎样|什么|谁).{0,12}都"
)
_EMPTY_DUTY = re.compile(r"^(?:依法|依规|按|依照|遵守|符合|照)[一-鿿]{0,8}$")
_SUFFICIENT = re.compile(r"直接|就(?=可|能|得|要|会|应|必|给|免)|即可|便可|即应")
_AT_WILL = re.compile(r"是否|视情|自行|自愿|酌情|也可以不|可以不|不强制")
_ALTERNATIVE = re.compile(r"除(?!了)|例外|但|不影响|前提|情形|另有|不在此列|另当别论")


#: Rules this like the best may be the one that is told: one whose conditions are told is enough.
LIKE = 0.8
#: A clause of fewer characters after its mark says too little: the clause before it is read along.
SHORT = 6


def against_rules(said: str, sources: Sequence[Source], near: Neighbours, *, conditions: bool = True) -> list[str]:
    """Reasons against a stretch of a plain sentence without quotation marks and names.

    Without `conditions`, a rule may be told without the conditions under which it holds.
    """
    text = "\n".join(s.text for s in sources)
    whole = in_own_words(said, text)
    whole_pairs = bigrams(said) | bigrams(whole)
    reasons: list[str] = []
    before = ""
    for clause in read_clauses(said):
        body = in_own_words(clause.body, text)
        lead = in_own_words((before if len(clause.body) < SHORT else "") + _without_actors(clause.lead), text)
        before = clause.text + ","
        same = frozenset((f.kind, f.value) for f in clause.figures)
        found = matches(body, sources, near, figures_said=same, lead=lead)
        if not found and lead:
            found = matches(lead, sources, near)
        if not found or found[0].score < T.aligned:
            continue
        if clause.role != "exception":
            ruled = found
            if not clause.role:
                ruled = matches(body, sources, near, figures_said=same, lead=lead, ruled=True) or found
            if not (same and found[0].clause.role) and not _EMPTY_DUTY.match(clause.body):
                reasons += _modality(clause, _of_same_agents(clause, ruled))
            reasons += _agents(clause, ruled)
        if not clause.role and conditions:
            reasons += _conditions(clause, ruled, said, whole_pairs, near)
        reasons += _negation(clause, near_best(found, NEAR))
    reasons += _strange_actors(said, sources)
    return list(dict.fromkeys(reasons))


def _without_actors(text: str) -> str:
    for actor in reversed(actors(text)):
        text = text[: actor.start] + "," + text[actor.end :]
    return text


def _of_same_agents(clause: Clause, found: Sequence[Match]) -> list[Match]:
    """The best matches; of those not so far off, only the ones with the actors of the clause where there are any."""
    if clause.said_agents and not _official(clause.agents):
        mine = names_of(clause.agents)
        same = [m for m in found if mine & names_of(m.clause.agents)]
        if same:
            return near_best(same, NEAR)
    return near_best(found, NEAR)


def _modality(clause: Clause, found: Sequence[Match]) -> list[str]:
    if not clause.marked or found[0].score < T.aligned_modality:
        return []
    held = [m.clause.marks for m in found]
    if clause.agents and not _official(clause.agents):
        held = [h - {"duty"} if "urge" in h else h for h in held]  # 支持企业 does not bind the enterprise
    if clause.marks == {"may"} and held == [frozenset({"urge"})]:
        return []  # to encourage is to leave it to them
    if clause.marks == {"may"} and not _governs(clause) and not _AT_WILL.search(clause.text):
        # 企业可以列支 of what the law simply gives, or encourages the enterprise itself to do
        own = bool(clause.agents)
        held = [
            h | {"may"} if not h or h == {"urge"} or (own and _official(m.clause.agents)) else h
            for h, m in zip(held, found, strict=True)
        ]
    if not held or any(_may_say(clause.marks, h) for h in held):
        return []
    said = "、".join(_WORD[m] for m in sorted(clause.marks))
    law = "、".join(_WORD[m] for m in sorted(held[0])) or _WORD[""]
    return [f"「{clause.text}」说成{said},条文是{law}:「{found[0].clause.text}」"]


def _governs(clause: Clause) -> bool:
    """Whether an authority acts in the clause; one carried on from before does where nothing else stands first."""
    other = re.search(r"[一-鿿]{2}", words().marks.sub("", clause.lead))
    return _official(clause.agents) and (clause.said_agents or not other)


def _official(agents: Sequence[Actor]) -> bool:
    return any(n.startswith(("gov", "dept")) for n in names_of(agents))


def _may_say(said: frozenset[str], held: frozenset[str]) -> bool:
    allowed: set[str] = set()
    for name in held or {""}:
        allowed |= words().allowed[name]
    if said == {"duty", "urge"} and held == {"urge"}:
        return True  # 政府要鼓励企业, where the law says 鼓励企业
    return (
        bool(said <= allowed)
        or (len(held) > 1 and bool(said & allowed))
        or (len(said) > 1 and "duty" not in said and bool(said & allowed))
    )


def _agents(clause: Clause, found: Sequence[Match]) -> list[str]:
    if not clause.said_agents or found[0].score < T.aligned_agents:
        return []
    if not clause.marked and not _official(clause.agents) and "由" not in clause.text:
        return []  # without a mark, what stands first need not act
    if not re.search(r"[一-鿿]{2}", _without_actors(clause.text)):
        return []
    held = [names_of(m.clause.agents) for m in found]
    if words().receiving.search(clause.body) and not words().receiving.search(found[0].clause.body):
        receivers = [names_of(a for a in actors(m.clause.text) if a not in m.clause.agents) for m in found]
        held = [r or h for r, h in zip(receivers, held, strict=True)]
    elif "duty" not in clause.marks or not clause.marked:
        # 科技人员有更大自主权, of what the law gives them: an actor on either side of the clause
        held = [h | names_of(actors(m.clause.text)) if h else h for h, m in zip(held, found, strict=True)]
    if not all(held):
        return []
    union = frozenset().union(*held)
    wrong = [a for a in clause.agents if not any(stands_for(n, union) for n in a.names)]
    wrong += [a for a in clause.agents if a not in wrong and _wider_level(a, union)]
    return [f"「{a.said}」做的事,条文写的是「{_said(found[0].clause.agents)}」" for a in wrong]


def _wider_level(actor: Actor, held: frozenset[str]) -> bool:
    levels = {n for n in actor.names if n.startswith("gov:")}
    return bool(levels) and "gov" not in held and not levels <= held


def _said(found: Sequence[Actor]) -> str:
    return "、".join(a.said for a in found)


def _strange_actors(said: str, sources: Sequence[Source]) -> list[str]:
    held = frozenset().union(*(s.actor_names for s in sources))
    text = "\n".join(s.known for s in sources)
    local = "本市" in text or "市人民政府" in text
    strange = []
    for actor in actors(said):
        if actor.said in text or any(stands_for(n, held) for n in actor.names):
            if not _wider_level(actor, held) or not any(h.startswith("gov:") for h in held):
                continue
        fields = [f for n in actor.names if n.startswith("dept:") for f in words().aliases[n[5:]]]
        if any(re.search(f"{f}[^,;。]{{0,80}}(?:部门|机关)", text) for f in fields):
            continue
        if actor.names <= {"gov", "dept", "公民", "社会力量", "原单位"} or (
            actor.names <= {"gov:city"} and local and not any(h.startswith("gov:") for h in held)
        ):
            continue
        strange.append(f"所引条文没有写到「{actor.said}」")
    return strange


def _conditions(
    clause: Clause, found: Sequence[Match], said: str, pairs: frozenset[str], near: Neighbours
) -> list[str]:
    """Conditions and exceptions of the rule that the clause tells, where the sentence leaves them out."""
    absolute = bool(_ABSOLUTE.search(said))
    partly = found[0].told < T.told_whole and not absolute and not _SUFFICIENT.search(clause.text)
    if found[0].score < T.aligned_conditions or partly:
        return []
    like = near_best(found, LIKE)
    alike = [m for m in like if not clause.marked or clause.marks & m.clause.marks] or like
    dropped = [_dropped(m.clause, said, pairs, near, absolute=absolute) for m in alike]
    return dropped[0] if all(dropped) else []


def _dropped(law: Clause, said: str, pairs: frozenset[str], near: Neighbours, *, absolute: bool) -> list[str]:
    least = T.condition_absolute if absolute else T.condition
    dropped = [
        f"略去了条件「{m[0]}」"
        for m in words().attributive.finditer(law.text)
        if _told_part(m[0], pairs, near) < max(least if absolute else 0, T.attributive)
    ]
    if law.exceptions and (absolute or not _ALTERNATIVE.search(said)):
        if min(share_of(e, pairs, near) for e in law.exceptions) < T.exception:
            dropped += [f"略去了例外「{e}」" for e in law.exceptions]
    said_figures = {(f.kind, f.value) for f in figures(blank_references(said))}
    for condition in law.conditions:
        if not (absolute or is_binding(condition)):
            continue
        held = {(f.kind, f.value) for f in figures(blank_references(condition))}
        if _told_part(_narrowing(condition), pairs, near) < least or (held and not held & said_figures):
            dropped.append(f"略去了条件「{condition}」")
    return dropped


def _told_part(text: str, pairs: frozenset[str], near: Neighbours) -> float:
    """How much of the best told alternative of a condition is said."""
    return max(share_of(c, pairs, near) for c in re.split(r"或者?|以及", text))


def _narrowing(condition: str) -> str:
    """What narrows, without what is narrowed: 对注册地在本市境内的创业投资机构 without its last word."""
    cut = condition.rfind("的")
    return condition[:cut] if condition.startswith("对") and 6 <= cut < len(condition) - 1 else condition


def _negation(clause: Clause, found: Sequence[Match]) -> list[str]:
    if found[0].score < T.aligned_negation:
        return []
    law = found[0].clause.text
    mine, theirs = _negated(clause.text), _negated(law)
    for pair in theirs - mine:
        if _affirmed(pair, clause.text) and not _affirmed(pair, law):
            return [f"条文是否定的:「{law}」"]
    for pair in mine - theirs:
        if _affirmed(pair, law):
            return [f"「{clause.text}」加了否定,条文是「{law}」"]
    return []


def _affirmed(pair: str, text: str) -> bool:
    """Whether two characters stand in a text with no negation shortly before them."""
    return any(
        not words().negated.search(text[max(0, m.start() - 12) : m.start()]) for m in re.finditer(re.escape(pair), text)
    )


def _negated(text: str) -> set[str]:
    """Pairs of characters that stand right after a negation."""
    found = set()
    for m in words().negated.finditer(text):
        if not words().no_negation.match(text, m.start()) and m.end() + 2 <= len(text):
            found.add(text[m.end() : m.end() + 2])
    return found
