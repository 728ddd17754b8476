"""A text as clauses: how binding each is, who acts in it, and on what conditions it holds."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.verify.actors import SaidActor, acting, actors
from assistant.verify.words import grammar, words
from law.norms.clause.marks import begins_with_verb
from law.norms.clause.stretches import CONDITION, EXCEPTION, FRAME, role_of
from law.text.figure_words import figure_words
from law.text.figures import Figure, figures
from law.text.references import blank_references

_SENTENCE = re.compile(r"[。!?\n]")


@dataclass(slots=True)
class SaidClause:
    """`marks` is how binding it is (duty, may, ban, urge, explore); empty where nothing says so.

    `agents` act in it; `said_agents` tells whether the clause names them itself or carries them on.
    `conditions` and `exceptions` are the stretches of its sentence under which it holds.
    """

    text: str
    lead: str
    body: str
    marks: frozenset[str]
    marked: bool
    agents: tuple[SaidActor, ...]
    said_agents: bool
    figures: tuple[Figure, ...] = ()
    conditions: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)
    role: str = ""  # condition, exception, or "" for what is ruled


def read_clauses(text: str, *, law: bool = False) -> list[SaidClause]:
    """The clauses of a plain text without quotation marks, in order.

    In a law 应当 goes on over 支持 and 鼓励 of the same sentence.
    """
    text = text if law else grammar("wish").sub("想", text)
    return [c for sentence in _SENTENCE.split(text) if sentence for c in _of_sentence(sentence, law)]


def unbounded(text: str) -> str:
    """The text with references and bounded figures blanked out, so that 不得低于七成 is no prohibition."""
    blank = blank_references(text)
    return _without_bounds(blank, figures(blank))


def _without_bounds(blank: str, read: Sequence[Figure]) -> str:
    for f in read:
        start = f.start
        if f.bound.rstrip("!") in ("min", "max", "over", "below", "reach"):
            for _, pattern in figure_words().bounds_before:
                if m := pattern.search(blank[max(0, f.start - 18) : f.start]):
                    start = max(0, f.start - 18) + m.start()
                    break
        kept = re.sub(r"[^,;:。\n]", "|", blank[start : f.start]) if f.start - start <= 8 else blank[start : f.start]
        if f.start - start > 8:
            kept = grammar("bound_of_figure").sub(lambda m: "|" * len(m[0]), kept)
        blank = blank[:start] + kept + "|" * (f.end - f.start) + blank[f.end :]
    return blank


def _of_sentence(sentence: str, law: bool) -> list[SaidClause]:
    bare = blank_references(sentence)
    read = figures(bare)
    starts = [f.start for f in read]
    blank = _without_bounds(bare, read)
    found: list[SaidClause] = []
    marks: frozenset[str] = frozenset()
    agents: tuple[SaidActor, ...] = ()
    group: list[SaidClause] = []  # since the last semicolon
    at = 0
    for part in re.split(r"([,;:])", blank):
        begin = at
        at += len(part)
        raw = sentence[begin:at]
        if part == ";":
            _tie(group)
            group = []
            if "duty" not in marks:  # 鼓励…;完善…: it may go on
                marks = frozenset({"urge", "duty"}) if law and marks == {"urge"} else frozenset()
        if not part or part in ",;:":
            continue
        role = _role(raw)
        for start, end, own, lead_end in _spans(part, law):
            lead, body = part[start:lead_end], part[lead_end:end]
            if law and own == {"urge"} and "duty" in marks and group and not actors(lead):
                own = own | {"duty"}  # 市人民政府应当建立…,支持…
            marks = own or marks
            mine = _agents(lead, body, own, opening=not found)
            if own == {"urge", "duty"} and not mine:
                mine = (*agents, *acting(actors(body), body, first=True))
            said = bool(mine)
            clause = SaidClause(
                raw[start:end],
                lead,
                body,
                marks,
                bool(own),
                mine or agents,
                said,
                tuple(read[bisect_left(starts, begin + start) : bisect_left(starts, begin + end)]),
            )
            clause.role = role
            agents = agents if role == "exception" else clause.agents
            found.append(clause)
            group.append(clause)
    _tie(group)
    return found


def _spans(part: str, law: bool) -> list[tuple[int, int, frozenset[str], int]]:
    """Where each mark rules in a clause: (start, end, marks, end of what stands before the mark)."""
    nouns = [m.span() for m in words().noun.finditer(part)]
    marks = [
        (m.start(), m.end(), m.lastgroup or "")
        for m in words().marks.finditer(part)
        if not (any(a <= m.start() < b for a, b in nouns) or (law and m.lastgroup == "need"))
    ]
    if not marks:
        return [(0, len(part), frozenset(), 0)]
    groups: list[tuple[int, int, set[str]]] = []
    for start, end, name in marks:
        if groups and words().adjacent.match(part[groups[-1][1] : start]):
            groups[-1] = (groups[-1][0], end, groups[-1][2] | {name})
        else:
            groups.append((start, end, {name}))
    spans = []
    for n, (_, end, names) in enumerate(groups):
        begin = 0 if n == 0 else groups[n - 1][1]
        until = groups[n + 1][0] if n + 1 < len(groups) else len(part)
        lead_end = end
        if n:
            begin = groups[n][0]
        spans.append((begin, until, frozenset(names), lead_end))
    return spans


def _agents(lead: str, body: str, own: frozenset[str], *, opening: bool) -> tuple[SaidActor, ...]:
    """Who acts: before 应当 or 可以, after 鼓励 and 支持, after 由, or at the beginning of an unmarked clause."""
    if own == {"urge"} or (own == {"may"} and grammar("allows").search(lead)):
        return acting(actors(body), body, first=True) or acting(actors(lead), lead)
    if own == {"duty"} and grammar("demand").search(lead):
        return acting(_first_in(body), body, first=True) or acting(actors(lead), lead)
    if own:
        by = acting(actors(body), body) if "由" in body else ()
        by = tuple(a for a in by if body[: a.start].endswith("由")) if by else ()
        return by or acting(actors(lead), lead)
    every = _first_in(body)
    first = acting(every, body, first=True)
    if opening and not first and every and every[-1].end >= len(body) - 1:
        return acting(every, body)[-1:]  # 国家、省级创新型企业, before 可以优先享受
    return first


def _first_in(body: str) -> tuple[SaidActor, ...]:
    """The actors of a clause that does not begin with what is done: 编制紧缺人才目录 has nobody act."""
    found = actors(body)
    begins = begins_with_verb(body) and "由" not in body and bool(found) and found[0].start > 1
    return () if begins else found


def is_binding(condition: str) -> bool:
    """Whether a condition does more than name the matter: 连续两次不合格者, not 利用财政性资金取得的."""
    return bool(words().binding.search(condition)) and not words().pointing.search(condition)


def _role(raw: str) -> str:
    """What a clause is for, as law/norms reads it: condition, exception, or "" for what is ruled or frames it."""
    role = role_of(raw, marked=False, ruled=False)
    if role == FRAME and raw.startswith("对") and "的" in raw[6:]:
        return CONDITION  # 对注册地在本市的投资机构, narrows what follows
    return role if role in (CONDITION, EXCEPTION) else ""


def _tie(group: list[SaidClause]) -> None:
    """Give what is ruled in a stretch between semicolons the conditions before it and the exceptions around it."""
    last = max((n for n, c in enumerate(group) if c.role == "condition"), default=-1)
    but = next((n for n, c in enumerate(group) if grammar("but").match(c.text) and n), len(group))
    exceptions = [c.text for c in group if c.role == "exception"]
    if any(c.role == "exception" for c in group[but:]):
        exceptions = [c.text for c in group[but:]] + [c.text for c in group[:but] if c.role == "exception"]
        for c in group[but:]:
            c.role = "exception"
    for n, c in enumerate(group):
        if n < last and not c.role and not c.marked:
            c.role = "condition"
    conditions: dict[str, None] = {}
    for c in group:
        if not c.role:
            c.conditions, c.exceptions = list(conditions), exceptions
        elif c.role == "condition":
            conditions[c.text] = None
