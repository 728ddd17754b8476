"""What a clause of a sentence may not change in the clause it tells again: how binding, who acts, on what conditions."""

import re
from collections.abc import Sequence

from assistant.verify.actors import Actor, actors, names_of, stands_for
from assistant.verify.aligned import Match, in_own_words, matches, share_of
from assistant.verify.clauses import Clause, is_binding, read_clauses
from assistant.verify.coverage import bigrams
from assistant.verify.figures import figures
from assistant.verify.references import blank_references
from assistant.verify.source import Neighbours, Source
from assistant.verify.thresholds import T
from assistant.verify.words import words

_WORD = {"duty": "应当", "may": "可以", "ban": "不得", "urge": "鼓励或支持", "explore": "探索", "": "没有写成这种要求"}
_ABSOLUTE = re.compile(r"一律|任何|所有(?!权|制)|全部|无条件|不论|无论|没有例外|无一例外|统统|概")
_ALTERNATIVE = re.compile(r"条件|前提|除外|例外|除|但|不影响|如果|若|符合|满足|的话|只要|情形|另有|才")


def against_rules(said: str, sources: Sequence[Source], near: Neighbours) -> list[str]:
    """Reasons against a stretch of a plain sentence without quotation marks and names."""
    text = "\n".join(s.text for s in sources)
    whole = in_own_words(said, text)
    whole_pairs = bigrams(said) | bigrams(whole)
    reasons: list[str] = []
    for clause in read_clauses(said):
        body = in_own_words(clause.body, text)
        lead = in_own_words(clause.lead, text)
        found = matches(body, sources, near, lead=lead)
        if not found and lead:
            found = matches(lead, sources, near)
        if not found or found[0].score < T.aligned:
            continue
        if clause.role != "exception":
            ruled = [m for m in matches(body, sources, near, lead=lead, ruled=True)] or found
            reasons += _modality(clause, ruled)
            reasons += _agents(clause, ruled)
        if not clause.role:
            reasons += _conditions(clause, found, said, whole_pairs, near)
        reasons += _negation(clause, found)
    reasons += _strange_actors(said, sources)
    return list(dict.fromkeys(reasons))


def _modality(clause: Clause, found: Sequence[Match]) -> list[str]:
    if not clause.marked or found[0].score < T.aligned_modality:
        return []
    held = [_class_of(m.clause) for m in found]
    if clause.marks == {"may"} and not any(n.startswith(("gov", "dept")) for n in names_of(clause.agents)):
        held = [h or frozenset({"may"}) for h in held]
    if not held or any(_may_say(clause.marks, h) for h in held):
        return []
    said = "、".join(_WORD[m] for m in sorted(clause.marks))
    law = "、".join(_WORD[m] for m in sorted(held[0])) or _WORD[""]
    return [f"「{clause.text}」说成{said},条文是{law}:「{found[0].clause.text}」"]


def _class_of(clause: Clause) -> frozenset[str]:
    return clause.marks


def _may_say(said: frozenset[str], held: frozenset[str]) -> bool:
    allowed: set[str] = set()
    for name in held or {""}:
        allowed |= words().allowed[name]
    return bool(said <= allowed) or (len(held) > 1 and bool(said & allowed)) or (len(said) > 1 and "duty" not in said and bool(said & allowed))


def _agents(clause: Clause, found: Sequence[Match]) -> list[str]:
    if not clause.said_agents or found[0].score < T.aligned_agents:
        return []
    held = [names_of(m.clause.agents) for m in found]
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
        if actor.names <= {"gov", "dept", "公民", "社会力量", "原单位"} or (actor.names <= {"gov:city"} and local and not any(h.startswith("gov:") for h in held)):
            continue
        strange.append(f"所引条文没有写到「{actor.said}」")
    return strange


def _conditions(
    clause: Clause, found: Sequence[Match], said: str, pairs: frozenset[str], near: Neighbours
) -> list[str]:
    best = found[0]
    if best.score < T.aligned_conditions or any(not (m.clause.conditions or m.clause.exceptions) for m in found):
        return []
    absolute = bool(_ABSOLUTE.search(said))
    dropped: list[str] = []
    if best.clause.exceptions and (absolute or not _ALTERNATIVE.search(said)):
        if min(share_of(e, pairs, near) for e in best.clause.exceptions) < T.exception:
            dropped += [f"略去了例外「{e}」" for e in best.clause.exceptions]
    said_figures = {(f.kind, f.value) for f in figures(blank_references(said))}
    for condition in best.clause.conditions:
        if not (absolute or is_binding(condition)):
            continue
        held = {(f.kind, f.value) for f in figures(blank_references(condition))}
        if share_of(condition, pairs, near) < (T.condition_absolute if absolute else T.condition) or (
            held and not held & said_figures
        ):
            dropped.append(f"略去了条件「{condition}」")
    return dropped


def _negation(clause: Clause, found: Sequence[Match]) -> list[str]:
    if found[0].score < T.aligned_negation:
        return []
    law = found[0].clause.text
    mine, theirs = _negated(clause.text), _negated(law)
    for pair in theirs - mine:
        if _affirmed(pair, clause.text):
            return [f"条文是否定的:「{law}」"]
    for pair in mine - theirs:
        if _affirmed(pair, law):
            return [f"「{clause.text}」加了否定,条文是「{law}」"]
    return []


def _affirmed(pair: str, text: str) -> bool:
    """Whether two characters stand in a text with no negation shortly before them."""
    return any(not words().negated.search(text[max(0, m.start() - 4) : m.start()]) for m in re.finditer(re.escape(pair), text))


def _negated(text: str) -> set[str]:
    """Pairs of characters that stand right after a negation."""
    found = set()
    for m in words().negated.finditer(text):
        if not words().no_negation.match(text, m.start()) and m.end() + 2 <= len(text):
            found.add(text[m.end() : m.end() + 2])
    return found
