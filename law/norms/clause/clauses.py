"""A sentence as clauses: what each is for, what marks it, who stands where."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from law.norms.actors import Actor, actors_in, is_official
from law.norms.clause.marks import Mark, begins_with_verb, marks_in
from law.norms.clause.roles import PLACE_ACTS, for_whom, head_of, partners_in, spoken_of, subject_of
from law.norms.clause.stretches import (
    BY_CHARGE,
    CONDITION,
    FRAME,
    JOINED_BY_OR,
    PURPOSE,
    RULE,
    SCENE,
    role_of,
)
from law.norms.grammar import GRAMMAR

_STOPS = re.compile(r"[,;:。!?\n]")
_TITLE = re.compile(r"《[^《》]{0,60}》")
_BRACKETED = re.compile(r"\([^()]{0,60}\)|“[^“”]{0,60}”|\"[^\"]{0,60}\"")
#: What numbers a clause, or joins it to the one before.
_OPENING = GRAMMAR["clauses.opening"]
#: A clause so begun only says how or where.
_BY_WAY = GRAMMAR["clauses.by_way"]
#: More than a phrase: after 规定 or a comma's worth of words something is done.
_DONE = GRAMMAR["clauses.done"]
#: What happens, before what is then to be done: 文物丢失或者损毁,所有人应当报案.
_HAPPENS = GRAMMAR["clauses.happens"]
#: 对维护秩序,促进发展做出成绩的单位: the comma ends no clause.
_OPEN_ATTRIBUTE = GRAMMAR["clauses.open_attribute"]
#: A condition that goes on with what was done before: (参加自学考试,)取得文凭的.
_GOES_ON = GRAMMAR["clauses.goes_on"]
_THING_OF = GRAMMAR["clauses.thing_of"]
_LISTED = GRAMMAR["reader.lists"]
_AUTHORITY_DOES = GRAMMAR["clauses.authority_does"]
_COMES_TO_LIGHT = GRAMMAR["clauses.comes_to_light"]
#: So many at most are looked at in one clause.
_MOST = 80


@dataclass(slots=True)
class Clause:
    """A clause at `start` to `end` of the plain text.

    `subject` are those who act in it, as far as it says so itself, or those at the head of a condition; `partners`
    those they act with, `others` everybody else that it names; `mark` is its first mark. `stop` is the sign after it.
    """

    start: int
    end: int
    text: str
    role: str
    marks: tuple[Mark, ...]
    subject: tuple[Actor, ...]
    partners: tuple[Actor, ...]
    others: tuple[Actor, ...]
    stop: str = ""

    @property
    def mark(self) -> Mark | None:
        """The first mark."""
        return self.marks[0] if self.marks else None


def sentences(plain: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences of a plain text, their full stops with them."""
    start = 0
    for m in re.finditer(r"[。!?]", _hidden(plain)):
        if m.end() > start:
            yield start, m.end()
        start = m.end()
    if plain[start:].strip():
        yield start, len(plain)


def clauses_of(plain: str, start: int, end: int) -> list[Clause]:
    """The clauses of the sentence at `start` to `end`, in order."""
    masked = _TITLE.sub(lambda m: "《" + "※" * (len(m[0]) - 2) + "》", plain[start:end])
    masked = _OPEN_ATTRIBUTE.sub(lambda m: m[0][:-1] + "、", masked)
    hidden = _hidden(masked)
    found: list[Clause] = []
    opening = _OPENING.match(masked)
    at = opening.end() if opening else 0
    ruled = False
    for m in [*_STOPS.finditer(hidden, at), None]:
        until = m.start() if m else len(masked)
        text = masked[at:until]
        lead = len(text) - len(text.lstrip())
        if text:
            clause = _clause(text, start + at + lead, ruled=ruled)
            clause.stop = m[0] if m else ""
            ruled = (ruled or clause.role == RULE) and clause.stop != ";"
            found.append(clause)
        at = m.end() if m else until
    _chain(found)
    _topics(found)
    return found


def _topics(clauses: Sequence[Clause]) -> None:
    """What somebody only happens to do, before another who shall act, frames it: 科技人员出境,部门应当办理."""
    ruled = False
    for one, after in itertools.pairwise(clauses):
        bare = not one.marks and one.stop == ","
        alone = bare and one.role == RULE and bool(one.subject)
        happens = _HAPPENS.search(one.text) and not begins_with_verb(one.text) and one.role == after.role == RULE
        if bare and (happens or (not ruled and _is_scene(one, after))):
            one.role = CONDITION
        elif alone and not ruled and _is_allowed(after) and not any(is_official(a) for a in one.subject):
            one.role = FRAME if _THING_OF.search(one.text) else CONDITION
        elif alone and after.role == RULE and _rules_of(after) and not says_what_is_done(one):
            one.role = FRAME
        ruled = (ruled or one.role == RULE) and one.stop != ";"


def _is_allowed(after: Clause) -> bool:
    """Whether a clause begins with what is allowed: who only did something before it, did so for it."""
    return after.role == RULE and after.mark is not None and after.mark.binding == "可以" and after.mark.start == 0


def _rules_of(after: Clause) -> bool:
    """Whether a clause says who must act, or what may be done with what was named before: (…费用,)可以加计扣除."""
    return after.mark is not None and (bool(after.subject) or after.mark.start == 0)


def _is_scene(one: Clause, after: Clause) -> bool:
    """Whether somebody's doing is only named before what must then be done: (企业)使用地下空间,应当符合标准."""
    mark = after.mark
    if _LISTED.search(one.text):
        return False
    must = mark is not None and (
        (mark.binding == "应当" and after.text[mark.start] in "应须必") or (mark.binding == "可以" and mark.start == 0)
    )
    if one.subject:
        must = mark is not None and mark.start < 2 and mark.binding in ("应当", "不得") and not after.subject
    said = one.text[one.subject[-1].end :] if one.subject and one.subject[0].start < 4 else one.text
    return must and after.role == RULE and one.role in (RULE, FRAME) and bool(SCENE.match(said))


def _chain(clauses: list[Clause]) -> None:
    """What stands unmarked before the last …的 of a stretch belongs to the condition: 未牟利,程序合法的,不予追究."""
    begin = 0
    for n, clause in enumerate(clauses):
        if clause.stop in ";:" or n == len(clauses) - 1:
            stretch = clauses[begin : n + 1]
            last = max((i for i, c in enumerate(stretch) if c.role == CONDITION and c.text.endswith("的")), default=0)
            before = stretch[:last]
            punished = any(m.binding in ("责任", "免除") for c in stretch[last + 1 :] for m in c.marks)
            joined = len(before) == 1 and not before[0].marks and _belongs(before[0], stretch[last])
            joined = joined or (all(map(_only_does, before)) and bool(_GOES_ON.match(stretch[last].text)))
            if joined or not any(c.role == RULE and _rules(c, punished=punished) for c in before):
                for c in before:
                    if c.role == RULE:
                        c.role = CONDITION
                        left = sorted((*c.subject, *c.others), key=lambda a: a.start)
                        c.subject = spoken_of(c.text, left)
                        c.others = tuple(a for a in left if a not in c.subject)
            _ruling(stretch)
            begin = n + 1


def _only_does(one: Clause) -> bool:
    """Whether a clause names a doing of nobody, as a condition does before its …的: 参加考试,取得文凭的."""
    return one.role == RULE and not one.marks and not one.subject and not one.partners


def _belongs(one: Clause, condition: Clause) -> bool:
    """Whether an unmarked clause belongs to the condition after it: 经营者实施垄断行为,损害公共利益的."""
    private = one.role == RULE and bool(one.subject) and not any(is_official(a) for a in one.subject)
    return bool(JOINED_BY_OR.match(condition.text)) or (private and not condition.subject)


def _rules(clause: Clause, *, punished: bool) -> bool:
    """Whether something is ruled, no condition begun; what is punished may be something done or allowed."""
    if punished:
        return any(m.binding in ("应当", "不得", "责任") for m in clause.marks)
    return bool(clause.marks) or says_what_is_done(clause)


def _ruling(stretch: list[Clause]) -> None:
    """What only says how or where is what is ruled, where nothing else is: …的,按照规定享受优惠."""
    last = stretch[-1]
    if last.role == FRAME and last.stop != ":" and not any(c.role == RULE for c in stretch) and _DONE.search(last.text):
        last.role = RULE
        left = sorted((*last.subject, *last.others), key=lambda a: a.start)
        last.subject = subject_of(last.text, left, last.mark)
        last.others = tuple(a for a in left if a not in last.subject)


def says_what_is_done(clause: Clause) -> bool:
    """Whether a clause without a mark rules something itself: 建立健全…机制, 市人民政府完善…."""
    after = clause.text[clause.subject[-1].end :] if clause.subject else clause.text
    return bool(BY_CHARGE.match(after)) or (begins_with_verb(after) and not _BY_WAY.match(after))


def takes_over(clause: Clause) -> bool:
    """Whether a clause without a mark begins with an authority and what it does: (…,)市人民政府对企业给予补贴."""
    subject = clause.subject
    begins = not clause.mark and bool(subject) and subject[0].start < 2 and all(map(is_official, subject))
    return begins and clause.role == RULE and bool(_AUTHORITY_DOES.match(clause.text[subject[-1].end :]))


def _hidden(text: str) -> str:
    """The text with stops inside brackets and quotation marks blanked out."""
    return _BRACKETED.sub(lambda m: re.sub(r"[,;:。!?]", "、", m[0]), text)


def _clause(text: str, start: int, *, ruled: bool) -> Clause:
    marks = marks_in(text)
    role = role_of(text, marked=bool(marks), ruled=ruled)
    everybody = actors_in(text)[:_MOST]
    if role == PURPOSE and everybody and for_whom(text, everybody[0]):
        role = RULE
    if (
        text.startswith(tuple(PLACE_ACTS))
        and (marks or begins_with_verb(text[2:]))
        and not (everybody and everybody[0].start < 3)
    ):
        everybody = (Actor(PLACE_ACTS[text[:2]], 0, 2), *everybody)
    partners = partners_in(text, everybody)
    left = [a for a in everybody if a not in partners]
    subject = subject_of(text, left, marks[0] if marks else None) if role == RULE else ()
    goes_on = ruled and begins_with_verb(text)
    if role == RULE and not marks and not subject and not goes_on and (head := head_of(text, left)):
        role, subject = FRAME, head
    elif role in (CONDITION, FRAME):
        found = _COMES_TO_LIGHT.match(text) is not None
        subject = () if found else spoken_of(text, left) or (head_of(text, left) if role == FRAME else ())
    others = tuple(a for a in left if a not in subject)
    return Clause(start, start + len(text), text, role, marks, subject, partners, others)
