"""A sentence as clauses: what each is for, what marks it, who stands before and after the mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from law.norms.actors import Actor, actors_in
from law.norms.marks import Mark, marks_in
from law.norms.stretches import RULE, role_of

_STOPS = re.compile(r"[,;:。!?\n]")
_TITLE = re.compile(r"《[^《》]{0,60}》")
_BRACKETED = re.compile(r"\([^()]{0,60}\)|“[^“”]{0,60}”|\"[^\"]{0,60}\"")
_OPENING = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\)|[0-9]{1,2}[.、])?(?:但是|但|并且|并|同时|其中)?,?"
)
_JOIN = re.compile(r"^(?:、|和|与|及|以及|或者|或|及其|,)?(?:其|其他|有关|相关|各类|各|等|下属的?|所属的?)*$")
#: Directly before somebody, these say that something is done to him or with him.
_TOWARDS = re.compile(
    r"(?:对于?|向|为|给予?|将|把|与|同|跟|在|到|从|经|报|于|会同|联合|配合|协助|协调|引导|鼓励|支持|帮助|委托|吸引|组织|征求|听取|指导|建立|设立|培育|允许|要求|赋予|奖励|推动|促进|通知|面向|针对|使|被|按照|根据|依照|依托|利用|保障|维护|加强|完善|提高|服务|督促|取得|形成|通过|监督|申请|接受)(?:各类|本市|本省|全市|该|其|相关|有关)?$"
)
_PHRASE = re.compile(r"(?:^|[,、])(?:对于?|向|为|给|在|按照?|根据|依照|通过|除|自|从|经|利用|因|将)[^,;:]{0,60}$")
_OF = re.compile(r"(?:等)?(?:的(?!应当|可以|不得)|之间|研究|投入|内部|名录|用地|上市|、)")
_PARTNER = re.compile(r"(?:会同|联合|配合|协同|协助)(?:本级|同级|市|有关|相关)*$")
_TOGETHER = re.compile(r"(?:与|和|同)(?:有关|相关|国内外|境内外|本市|其他)*$")


@dataclass(slots=True)
class Clause:
    """A clause at `start` to `end` of the plain text.

    `subject` are those who act in it, as far as it says so itself; `partners` those they act with, `others` everybody
    else that it names; `mark` is its first mark. `stop` is the sign after it.
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
    hidden = _hidden(masked)
    found: list[Clause] = []
    at = len(_OPENING.match(masked)[0]) if _OPENING.match(masked) else 0  # type: ignore[index]
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
    return found


def _hidden(text: str) -> str:
    """The text with stops inside brackets and quotation marks blanked out."""
    return _BRACKETED.sub(lambda m: re.sub(r"[,;:。!?]", "、", m[0]), text)


def _clause(text: str, start: int, *, ruled: bool) -> Clause:
    marks = marks_in(text)
    role = role_of(text, marked=bool(marks), ruled=ruled)
    everybody = actors_in(text)
    partners = _partners(text, everybody)
    left = [a for a in everybody if a not in partners]
    subject = _subject(text, left, marks[0] if marks else None) if role == RULE else ()
    others = tuple(a for a in left if a not in subject)
    return Clause(start, start + len(text), text, role, marks, subject, partners, others)


def _partners(text: str, everybody: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those after 会同 and 配合, and after 与 where 共同 follows."""
    found: list[Actor] = []
    end = -1
    for actor in everybody:
        before = text[: actor.start]
        joined = bool(found) and _JOIN.match(text[end : actor.start])
        if (
            joined
            or _PARTNER.search(before[-8:])
            or (_TOGETHER.search(before[-6:]) and re.search(r"^[^,;。]{0,20}?(?:共同|联合|合作)", text[actor.end :]))
        ):
            found.append(actor)
            end = actor.end
        elif found:
            break
    return tuple(found)


def _subject(text: str, everybody: list[Actor], mark: Mark | None) -> tuple[Actor, ...]:
    """Who acts: the group after 由, before the mark, or at the beginning of a clause without a mark."""
    if by := [
        a
        for a in everybody
        if re.search(r"(?:由|归)(?:市|本级|同级|所在地|当地|有关|相关|该)*$", text[max(0, a.start - 6) : a.start])
    ]:
        return _group(text, everybody, by[0])
    found: tuple[Actor, ...] = ()
    limit = mark.start if mark else 0
    for actor in everybody:
        if mark and actor.start >= limit:
            break
        if actor in found:
            continue
        before, after = text[: actor.start], text[actor.end : limit] if mark else text[actor.end :]
        if not mark and (len(before) > 6 or not after):
            break
        if _TOWARDS.search(before[-8:]) or _PHRASE.search(before[-62:]) or _OF.match(after):
            continue
        found = _group(text, everybody, actor)
    return found


def _group(text: str, everybody: list[Actor], first: Actor) -> tuple[Actor, ...]:
    """An actor and those joined to it: 市、区人民政府及其有关部门."""
    group = [first]
    for actor in everybody[everybody.index(first) + 1 :]:
        if not _JOIN.match(text[group[-1].end : actor.start]):
            break
        group.append(actor)
    return tuple(group)
