"""A sentence laid beside the rule that it tells, norm by norm, and its figures beside those of the law."""

import itertools
import re
from collections.abc import Callable, Iterable, Sequence

from assistant.verify.coverage import bigrams, cut, is_filler, stands, told_words
from assistant.verify.one_rule.crossed import crossed, merged
from assistant.verify.one_rule.doers import against_doers
from assistant.verify.one_rule.relations import (
    ANYBODY,
    counted_otherwise,
    office_level,
    told_as_equal,
    used_for,
    value_of,
    whose_share,
)
from assistant.verify.one_rule.starts import against_starts
from assistant.verify.source import Neighbours, Source, in_own_words, in_plain
from assistant.verify.verdict import Untold
from assistant.verify.words import grammar, words
from law.norms import Norm, norms_of_text
from law.norms.actors import PEOPLE
from law.norms.norm import DEPARTMENT, Bound
from law.text.figures import figures

#: How much of what a rule of the sentence says a norm must hold to be the one it tells, and of the best, to be as good.
LIKE, NEAR = 0.35, 0.85
#: What is told of a start or of an exception for it to be that one.
SAME_START, EXCEPTED = 0.5, 0.75
#: So many bigrams that only one of two like rules has are a sign of it.
SIGN = 2
#: Of the bigrams of the longer of two rules, as many in both make them alike.
ALIKE = 0.5
#: Characters that tell how a clause begins.
_LEAD = 4
#: Characters before a word that tell which word of the law it stands for.
_CONTEXT = 2
#: A bound of the law (key) may be told as these.
_TOLD_AS: dict[Bound, tuple[Bound, ...]] = {
    "不低于": ("不低于", "等于", "起"),
    "不高于": ("不高于", "等于", "内"),
    "高于": ("高于", "等于"),
    "低于": ("低于", "等于"),
}


def against_norms(said: str, sources: Sequence[Source], near: Neighbours) -> list[str]:
    """Reasons against a stretch of a plain sentence, each from a pair of what it says and what the law says."""
    text = "\n".join(s.text for s in sources)
    held = [n for s in sources for n in s.norms]
    reasons: list[str] = []
    for norm in norms_of_text(said):
        mine = in_plain(norm)
        alike = _alike(in_own_words(mine.quote, text), held, near)
        for check in _CHECKS:
            found = [check(mine, law) for law in alike]
            if found and all(found):
                reasons.append(found[0])
        reasons += _strange_agent(mine, held)
    reasons += _levels(said, text)
    reasons += [
        f"条文没有写占「{m['base']}」的比例"
        for m in words().base.finditer(said)
        if told_words(m["base"], text) < SAME_START and "占" in text
    ]
    reasons += against_starts(said, sources) + against_doers(said, sources)
    reasons += crossed(said, sources) + merged(said, sources)
    reasons += _special(said, sources)
    reasons += _done(said, text, held)
    reasons += _mixed(said, sources)
    return reasons


def _alike(said: str, held: Sequence[Norm], near: Neighbours) -> list[Norm]:
    """The norms most like a rule of the sentence, none that is much worse than the best."""
    pairs = bigrams(said)
    scored = [(near.share(pairs, bigrams(n.quote)), n) for n in held]
    best = max((s for s, _ in scored), default=0.0)
    return [n for s, n in scored if s >= LIKE and s >= NEAR * best]


def _bound(said: Norm, law: Norm) -> str:
    """高于七成 of what the law says 不低于七成."""
    for mine in said.figures:
        same = [f for f in law.figures if value_of(f.text) == value_of(mine.text)]
        if same and all(f.bound in _TOLD_AS and mine.bound not in _TOLD_AS[f.bound] for f in same):
            return f"「{mine.text}」在条文里是「{same[0].bound}」,不是「{mine.bound}」"
    return ""


def _special(said: str, sources: Sequence[Source]) -> list[str]:
    """The general figure told of what the law gives a figure of its own: 其中,软件类项目最高可以占百分之五十."""
    reasons: list[str] = []
    own = {(f.kind, f.value) for f in figures(said)}
    for m in (m for s in sources for m in s.specials):
        general, special = ({(f.kind, f.value) for f in figures(m[part])} for part in ("general", "figure"))
        kinds = {kind for kind, _ in special}
        if own & special or not any(f in own for f in general if f[0] in kinds):
            continue
        told = [one for one in grammar("joins_things").split(m["subject"]) if one and told_words(one, said) >= EXCEPTED]
        if told and told_words(told[0], m["general"]) < EXCEPTED:
            reasons.append(f"条文对「{told[0]}」另有规定:「{m['figure']}」")
    return reasons


def _exception(said: Norm, law: Norm) -> str:
    """What the law excepts told as what it rules."""
    mine = bigrams(said.quote)
    for exception in law.exceptions:
        ruled = law.quote.replace(exception, "")
        if any(m[0] + said.quote[m.end() : m.end() + 2] not in ruled for m in words().denied.finditer(said.quote)):
            continue  # 未担任领导职务 is the rule's own, and denies nothing of the exception
        rest = bigrams(ruled)
        for piece in words().excepted_one.sub("|", exception).split("|"):
            own = bigrams(piece) - rest
            if own and len(own & mine) >= EXCEPTED * len(own):
                return f"条文把这种情形除外:「{exception}」"
    return ""


def _agreed(said: Norm, law: Norm) -> str:
    """按照约定 left out: what is to be done hangs on what was agreed."""
    mine = bigrams(said.quote)
    for clause in re.split("[,;:。]", law.quote):
        own = bigrams(words().agreed.sub("", clause))
        if words().agreed.search(clause) and len(own & mine) >= LIKE * len(own):
            return "" if words().agreement.search(said.quote) else Untold(f"略去了「{clause}」里的约定")
    return ""


def _served(said: Norm, law: Norm) -> str:
    """Something given to somebody else than those to whom the law gives it."""
    theirs = {*law.beneficiaries, *law.actors, *law.partners}
    if not law.beneficiaries or theirs & ANYBODY or not words().given.search(said.quote):
        return ""
    known = theirs | ANYBODY | (set(PEOPLE) if theirs & set(PEOPLE) else set())
    named = zip(said.beneficiaries, said.beneficiaries_said, strict=False)
    wrong = [
        c for c, w in named if c not in said.actors and c not in known and not c.endswith("政府") and w not in law.quote
    ]
    return f"条文写的是对「{'、'.join(law.beneficiaries_said)}」,没有写到{wrong[0]}" if wrong else ""


def _helper(said: Norm, law: Norm) -> str:
    """A department that only takes part told as the one that acts."""
    turned = bool(set(said.partners) & set(law.actors)) and grammar("jointly").search(said.quote) is not None
    if set(said.actors) & set(law.actors) or not law.actors:
        return ""
    leads = bool(said.partners) and grammar("jointly").search(said.quote) is not None
    if words().together.search(said.quote) and not (turned or leads):
        return ""
    named = f"{DEPARTMENT}:" if leads else DEPARTMENT
    wrong = [c for c in said.actors if c in law.partners and c.startswith(named)]
    if not wrong:
        return ""
    return f"条文写的是由「{'、'.join(law.actors_said)}」做,「{'、'.join(said.actors_said)}」只是参加"


#: What is looked at in each pair: every norm that a rule may tell must object.
_CHECKS: tuple[Callable[[Norm, Norm], str], ...] = (
    *(_bound, _exception, _served, _agreed, _helper),
    *(whose_share, office_level, told_as_equal, used_for, counted_otherwise),
)


def _strange_agent(said: Norm, held: Sequence[Norm]) -> list[str]:
    """由企业出资, where no rule of the article has an enterprise act."""
    if "由" not in said.quote:
        return []
    if not said.actors:
        text = "\n".join(n.quote for n in held)
        first = [
            next(iter(cut(part.partition("由")[2])), "") for part in re.split("[,;:。]", said.quote) if part[:1] == "由"
        ]
        strange = [w for w in first if len(w) > 1 and not is_filler(w) and not stands(w, text)]
        return [f"条文没有写由「{w}」做" for w in strange]
    known = {c for n in held for c in (*n.actors, *n.partners)} | ANYBODY
    text = "\n".join(n.quote for n in held)
    strange = [
        w
        for w, c in zip(said.actors_said, said.actors, strict=False)
        if f"由{w}" in said.quote and c not in known and f"经{w}" not in text  # 由完成人申请, of 经完成人申请
    ]
    return [f"条文没有写由「{w}」做" for w in strange]


def _levels(said: str, text: str) -> list[str]:
    """市级财政 of the law told as 省级财政."""
    reasons = []
    for m in words().level.finditer(said):
        after = said[m.end() : m.end() + 2]
        other = next((o[0] for o in words().level.finditer(text) if text.startswith(after, o.end())), "")
        if len(after) == 2 and other and m[0] + after not in text:
            reasons.append(f"条文写的是「{other}{after}」,不是「{m[0]}{after}」")
    return reasons


def _done(said: str, text: str, held: Iterable[Norm]) -> list[str]:
    """已经设立 of what the law only wants, plans or tries."""
    reasons = []
    for m in words().done.finditer(said):
        verb = m["verb"] or m["late"]
        plan = next((n for n in held if n.plan and verb in n.quote), None)
        if plan and not any(word in text for word in (f"已{verb}", f"已经{verb}", f"{verb}了")):
            reasons.append(f"条文没有说已经{verb},只写了「{plan.quote[:30]}」")
    return reasons


def _mixed(said: str, sources: Sequence[Source]) -> list[str]:
    """A clause that begins as one rule and goes on as another that is much like it: 市级财政…不低于省试点县."""
    rules = [(c.text, bigrams(c.text)) for s in sources for c in s.clauses if not c.role]
    alike = [
        (one, other, first, second)
        for (one, first), (other, second) in itertools.permutations(rules, 2)
        if one[:2] != other[:2] and len(first & second) >= ALIKE * max(len(first), len(second))
    ]
    for clause in dict.fromkeys(re.split("[,;:。]", said)):
        mine = bigrams(clause)
        for one, other, first, second in alike:
            signs = len(mine & (second - first)) if _begins_as(clause, one, other) else 0
            if signs >= SIGN and signs > len(mine & (first - second)):
                return [f"「{clause}」把「{one}」和「{other}」说成了一项"]
    return []


def _begins_as(clause: str, one: str, other: str) -> bool:
    """Whether a clause begins as one rule does, or tells its level and not that of the other: 贵县安排, of 县级财政."""
    lead = clause[:_LEAD]
    if not (words().level.match(one) and words().level.match(other)):
        return clause.startswith(one[:2])
    return clause.startswith(one[:2]) or (one[0] in lead and other[0] not in lead)


def opposed(said: str, text: str) -> list[str]:
    """Words of a plain sentence whose opposite stands at the same place of the cited text."""
    reasons: list[str] = []
    for one, other in (pair for a, b in words().opposites for pair in ((a, b), (b, a))):
        for m in re.finditer(re.escape(one), said):
            before = said[max(0, m.start() - _CONTEXT) : m.start()]
            after = said[m.end() : m.end() + _CONTEXT]
            if len(before) == _CONTEXT and before + one not in text and before + other in text:
                reasons.append(f"条文写的是「{before}{other}」,不是「{before}{one}」")
            elif len(one) > 1 and len(after) == _CONTEXT and one + after not in text and other + after in text:
                reasons.append(f"条文写的是「{other}{after}」,不是「{one}{after}」")
    denied = words().unlimited.search(said)
    if denied and not words().unlimited.search(text) and words().limited.search(text):
        reasons.append(f"条文有限制,不是「{denied[0]}」")
    return list(dict.fromkeys(reasons))
