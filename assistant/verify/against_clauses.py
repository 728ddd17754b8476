"""A clause of a sentence beside the clause of the law that it restates: what it must not change in it."""

import re
from collections.abc import Sequence

from assistant.verify.against_norms import against_norms
from assistant.verify.beyond.case_figures import NO_CASE, Case
from assistant.verify.beyond.conclusions import concludes, is_opener, loosened, only_answers
from assistant.verify.binding import against_agents, against_binding, strange_actors, without_actors
from assistant.verify.clauses import SaidClause, read_clauses
from assistant.verify.conditions import against_conditions, speaks_of_exception
from assistant.verify.coverage import bigrams, told_words
from assistant.verify.source import NEAR, Match, Neighbours, Source, in_own_words, matches, near_best
from assistant.verify.words import T, grammar, words
from law.norms.clause.marks import begins_with_verb
from law.norms.clause.stretches import CONDITION, EXCEPTION

#: A clause of fewer characters after its mark says too little: the clause before it is read along.
SHORT = 6
#: Characters between a negation and its verb, at most.
_OBJECT = 14


def against_clauses(
    said: str,
    sources: Sequence[Source],
    near: Neighbours,
    *,
    conditions: bool = True,
    beside: str = "",
    values: Case = NO_CASE,
    case: str = "",
) -> list[str]:
    """Reasons against a stretch of a plain sentence without quotation marks and names.

    Without `conditions`, a rule may be told without the conditions under which it holds. `beside` is what the
    sentence says of all its cities together: 两地都有例外. `values` are figures of the case that is asked about,
    `case` its question where the sentence speaks of it: conditions that it tells need not be told.
    """
    text = "\n".join(s.text for s in sources)
    whole = in_own_words(said, text)
    whole_pairs = bigrams(said) | bigrams(whole) | bigrams(beside)
    reasons: list[str] = []
    before = ""

    clauses = read_clauses(said)
    then = any(grammar("then").match(c.text) for c in clauses)

    def excepted(law: SaidClause) -> bool:
        return (then or not words().excepting.search(said)) and speaks_of_exception(law, whole_pairs, near)

    concluded = "".join(c.text for c in clauses if concludes(c.text, values))
    read: set[tuple[object, ...]] = set()
    for n, clause in enumerate(clauses):
        following = clauses[n + 1 : n + 2]
        key = _key(clause, before, following)
        if key in read:
            continue
        read.add(key)
        own: list[str] = []
        body = in_own_words(clause.body, text)
        lead = in_own_words(without_actors(clause.lead), text)
        if clause.marked and words().postposed.match(clause.body):
            bare = words().marks.sub("", without_actors(clause.lead))
            body = lead if re.search(r"[一-鿿]{4}", bare) else in_own_words(before, text)
        same = frozenset((f.kind, f.value) for f in clause.figures)
        found = matches(body, sources, near, figures_said=same, lead=lead)
        if len(clause.body) < SHORT and not (found and found[0].in_body and found[0].score >= T.aligned_closely):
            lead = in_own_words(before, text) + lead
            found = matches(body, sources, near, figures_said=same, lead=lead)
        before = clause.text + ","
        if not found and lead:
            found = matches(lead, sources, near)
        if not found or found[0].score < T.aligned:
            continue
        if clause.role != "exception":
            ruled = found
            if not clause.role:
                ruled = matches(body, sources, near, figures_said=same, lead=lead, ruled=True) or found
            unlike = found[0].clause.role and not clause.marks & {"urge", "may"}
            allowed = n == 0 and is_opener(clause.text) and any("duty" in c.marks for c in clauses[1:])
            if not (same and unlike) and not words().empty_duty.match(clause.body) and not allowed:
                own += against_binding(clause, ruled, excepted)
            own += against_agents(clause, ruled, text)
        if not clause.role and conditions and not _only_names(clause, following):
            own += against_conditions(clause, ruled, f"{said},{beside}", whole_pairs, near, case)
        if not only_answers(clause.text):
            own += _negation(clause, near_best(found, NEAR), sources)
        reasons += loosened(own, clause.text, values)
    reasons += strange_actors(said, sources, concluded)
    reasons += against_norms(said, sources, near)
    return list(dict.fromkeys(reasons))


def _key(clause: SaidClause, before: str, following: Sequence[SaidClause]) -> tuple[object, ...]:
    """What the reasons against a clause hang on: said again, it is not read again."""
    agents = tuple(a.said for a in clause.agents)
    figured = any(f.figures for f in following)
    return before, clause.text, clause.role, clause.marks, agents, figured, *clause.conditions


def _only_names(clause: SaidClause, following: Sequence[SaidClause]) -> bool:
    """Whether a clause rules nothing but names what the next gives a figure of: 赋予完成人的使用权,期限不低于十年."""
    return not clause.marked and bool(grammar("named_thing").search(clause.text)) and any(f.figures for f in following)


def _negation(clause: SaidClause, found: Sequence[Match], sources: Sequence[Source]) -> list[str]:
    if found[0].score < T.aligned_negation:
        return []
    law = found[0].clause.text
    away = words().takes_away.search(law)
    told = (
        away
        and not grammar("names_a_case").match(law, away.end())
        and (away.end() == len(law) or told_words(law[away.end() :], clause.text))
    )
    if told and not words().takes.search(clause.text):
        return [f"「{clause.text}」与条文相反:「{law}」"]
    mine, theirs = _negated(clause.text), _negated(law)
    other = ",".join(c.text for s in sources for c in s.clauses if c.text != law)
    for pair in theirs - mine:
        if "非" + pair in law and _affirmed(pair, other):
            continue  # 住宅, of 住宅应当…,鼓励非住宅…
        if _affirmed(pair, clause.text) and not _affirmed(pair, law):
            return [f"条文是否定的:「{law}」"]
    if not clause.marked:  # 专利没有实施, of a condition that denies it: 三年内未实施的
        theirs |= {p for s in sources for c in s.clauses if c.role == CONDITION for p in _negated(c.text)}
    if found[0].clause.role == EXCEPTION and clause.role == CONDITION:
        return []  # 只要不危害国家安全, of what the law excepts
    narrowing = "".join(m[0] for m in words().attributive.finditer(law))
    if len(mine) > 1 and any(pair in narrowing for pair in mine):
        return []  # 未纳入目录的不予补助, of what the law has for those 纳入目录的
    for pair in mine - theirs:
        if _affirmed(pair, law, 40):
            return [f"「{clause.text}」加了否定,条文是「{law}」"]
    return []


def _affirmed(pair: str, text: str, within: int = 12) -> bool:
    """Whether two characters stand in a text with no negation within some characters before them."""
    return any(
        not words().negated.search(text[max(0, m.start() - within) : m.start()])
        for m in re.finditer(re.escape(pair), text)
    )


def _negated(text: str) -> set[str]:
    """Pairs of characters that stand right after a negation."""
    found, adverbs = set(), re.compile(grammar("adverbs").written.strip("^$"))
    for m in words().negated.finditer(text):
        asks = text[m.start() - 1 : m.start()] == text[m.end() : m.end() + 1] != ""  # 要不要, 用不用
        if not asks and not words().no_negation.match(text, m.start()) and m.end() + 2 <= len(text):
            at = adverbs.match(text, m.end()).end()  # type: ignore[union-attr]
            at = _verb_behind(text, at)
            found.add(text[at : at + 2])
    return found


def _verb_behind(text: str, at: int) -> int:
    """Where the verb begins that is denied: behind whom it is for, 没有为孵化器设立资金."""
    if not grammar("preposition").match(text, at):
        return at
    return next((i for i in range(at + 2, min(at + _OBJECT, len(text) - 1)) if begins_with_verb(text[i:])), at)
