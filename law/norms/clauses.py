"""A sentence as clauses: what each is for, what marks it, who stands before and after the mark."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from law.norms.actors import PEOPLE, Actor, actors_in
from law.norms.marks import Mark, begins_with_verb, marks_in
from law.norms.stretches import CONDITION, FRAME, RULE, role_of

_STOPS = re.compile(r"[,;:。!?\n]")
_TITLE = re.compile(r"《[^《》]{0,60}》")
_BRACKETED = re.compile(r"\([^()]{0,60}\)|“[^“”]{0,60}”|\"[^\"]{0,60}\"")
_OPENING = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\)|[0-9]{1,2}[.、])?(?:但是|但|并且|并|同时|其中)?,?"
)
_JOIN = re.compile(
    r"^(?:\([^()]{0,12}\))?(?:等)?(?:(?:、[一-鿿]{2,10}){0,4}(?:、|和|与|及|以及|或者|或|及其|并)(?:其|其他)?(?:其他)?(?:(?:依法)?(?:负有|承担|履行|行使|具有)[一-鿿]{2,24}的|[一-鿿]{0,14}))?$"
)
_NO_JOIN = re.compile(
    r"[对为向给在按由从将把应可须]|经(?!济|营|费|验|常)|根据|通过|支持|提供|建立|组织|开展|利用|促进|引导|鼓励"
)
#: A clause so begun is about those at its end, who need not act.
_TOWARDS_HEAD = re.compile(
    r"(?:对|向|为|面向|给|支持|鼓励|引导|会同|配合|协助|组织|协调|培养|培育|建立|建设|引进|完善|加强|促进)"
)
_HEADED = ("利用", "在", "不", "从", "符合", "享受", "承担", "经", "取得", "获得", "申请")
#: A clause so begun only says how or where.
_BY_WAY = (
    "通过",
    "在",
    "根据",
    "按",
    "围绕",
    "对",
    "以",
    "为",
    "从",
    "利用",
    "不",
    "经",
    "发挥",
    "充分发挥",
    "依托",
    "结合",
    "聚焦",
)
#: More than a phrase: after 规定 or a comma's worth of words something is done.
_DONE = re.compile(r"(?:规定|要求|约定|标准|程序|职责|分工|办法|情况)(?!的)[一-鿿]{2}|[一-鿿]{8}")
#: So many at most are looked at in one clause.
_MOST = 80
#: After these somebody is a place or a means, not the one spoken of.
_NOT_OF_HIM = ("至", "到", "在", "由", "从", "向", "对", "经", "与")
_DENIED = re.compile("[未不无没]")
#: A place that acts is its government.
_PLACE_ACTS = {"本市": ("市政府",), "本省": ("省政府",), "本区": ("县区政府",), "本县": ("县区政府",)}
_PLACES = tuple(_PLACE_ACTS)
#: What may stand before who acts at the beginning of a clause without a mark.
_AT_FIRST = re.compile(r"^(?:各|各类|其他|有关|相关|本市|本省|本行政区域内|该|其|省|市|全体|所有|凡|原)*$")
#: Directly before somebody, these say that something is done to him or with him.
_TOWARDS = re.compile(
    r"(?:对于?|向|为|给予?|将|把|与|同|跟|在|到|从|经|报|于|会同|联合|配合|协助|协调|引导|鼓励|支持|帮助|委托|吸引|组织|征求|听取|指导|建立|设立|培育|允许|要求|赋予|奖励|推动|促进|通知|面向|针对|使|被|按照|根据|依照|依托|利用|保障|维护|加强|完善|提高|督促|取得|形成|通过|监督|申请|接受)(?:各类|本市|本省|全市|该|其|相关|有关)?$"
)
#: What something is done to, in the middle of a clause: 由主管机关对直接负责的主管人员.
_UPON = re.compile(r"(?<=[一-鿿])(?<!针)对(?!外)[^,;:]{0,24}$")
_PHRASE = re.compile(
    r"(?:^|[,、])(?:对于?|向|为|给|在|按照?|根据|依照|通过|除|自(?![主然愿行觉有贸治身])|从(?!事)|经|利用|因|将)[^,;:]{0,60}$"
)
_OF = re.compile(
    r"(?:等)?(?:依法)?(?:(?:规定|取得|完成|拥有|持有|管理|使用|开展|购置|形成|承担|组织实施|设立|确定|批准|公布|认定|出具|颁发|"
    r"制定|发布|组织|提供|委托|依法)?的(?!应当|可以|不得)|之间|内部|名录|用地|上市)"
)
_PARTNER = re.compile(
    r"(?:会同|联合|配合|协同)(?!、)(?:(?!部门|机构|单位|政府|企业|设立|建立|组建|成立|创办|建设|共建)[^,;。对为向在请]){0,8}$"
)
_BY = re.compile(
    r"(?:(?<!自)(?<!理)由(?!于)|归(?!属|集|档|还|口|国|纳|类))(?:全体|各|市|本级|同级|所在地|当地|有关|相关|该|[^,;:。对为向在给把将按依由的、]{0,8})$"
)
_JOINTLY = re.compile(r"[^,;。]{0,30}?(?:共同|联合|合作|协同)")
_TOGETHER = re.compile(r"(?:与|同)[^,;。对为向在]{0,10}$")


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
    _chain(found)
    _topics(found)
    return found


def _topics(clauses: Sequence[Clause]) -> None:
    """What somebody only happens to do, before another who shall act, frames it: 科技人员出境考察,有关部门应当及时办理."""
    for one, after in itertools.pairwise(clauses):
        alone = one.role == RULE and not one.marks and one.stop == "," and bool(one.subject)
        if alone and after.role == RULE and after.marks and after.subject and not says_what_is_done(one):
            one.role = FRAME


def _chain(clauses: list[Clause]) -> None:
    """What stands unmarked before the last …的 of a stretch belongs to the condition: 未牟利,程序合法的,不予追究."""
    begin = 0
    for n, clause in enumerate(clauses):
        if clause.stop in ";:" or n == len(clauses) - 1:
            stretch = clauses[begin : n + 1]
            last = max((i for i, c in enumerate(stretch) if c.role == CONDITION and c.text.endswith("的")), default=0)
            before = stretch[:last]
            punished = any(m.binding in ("责任", "免除") for c in stretch[last + 1 :] for m in c.marks)
            if not any(c.role == RULE and _rules(c, punished=punished) for c in before):
                for c in before:
                    if c.role == RULE:
                        c.role = CONDITION
                        left = sorted((*c.subject, *c.others), key=lambda a: a.start)
                        c.subject = _spoken_of(c.text, left)
                        c.others = tuple(a for a in left if a not in c.subject)
            _ruling(stretch)
            begin = n + 1


def _rules(clause: Clause, *, punished: bool) -> bool:
    """Whether an unfinished condition is none: something is ruled. What is punished may be something done or allowed."""
    if punished:
        return any(m.binding in ("应当", "不得", "责任") for m in clause.marks)
    return bool(clause.marks) or says_what_is_done(clause)


def _ruling(stretch: list[Clause]) -> None:
    """What only says how or where is what is ruled, where nothing else is: …的,按照规定享受优惠."""
    last = stretch[-1]
    if last.role == FRAME and last.stop != ":" and not any(c.role == RULE for c in stretch) and _DONE.search(last.text):
        last.role = RULE
        left = sorted((*last.subject, *last.others), key=lambda a: a.start)
        last.subject = _subject(last.text, left, last.mark)
        last.others = tuple(a for a in left if a not in last.subject)


def says_what_is_done(clause: Clause) -> bool:
    """Whether a clause without a mark rules something itself: 建立健全…机制, 市人民政府完善…."""
    after = clause.text[clause.subject[-1].end :] if clause.subject else clause.text
    return begins_with_verb(after) and not after.startswith(_BY_WAY)


def _hidden(text: str) -> str:
    """The text with stops inside brackets and quotation marks blanked out."""
    return _BRACKETED.sub(lambda m: re.sub(r"[,;:。!?]", "、", m[0]), text)


def _clause(text: str, start: int, *, ruled: bool) -> Clause:
    marks = marks_in(text)
    role = role_of(text, marked=bool(marks), ruled=ruled)
    everybody = actors_in(text)[:_MOST]
    if (
        text.startswith(_PLACES)
        and (marks or begins_with_verb(text[2:]))
        and not (everybody and everybody[0].start < 3)
    ):
        everybody = (Actor(_PLACE_ACTS[text[:2]], 0, 2), *everybody)
    partners = _partners(text, everybody)
    left = [a for a in everybody if a not in partners]
    subject = _subject(text, left, marks[0] if marks else None) if role == RULE else ()
    if role == RULE and not marks and not subject and (head := _head(text, left)):
        role, subject = FRAME, head
    elif role in (CONDITION, FRAME):
        subject = _spoken_of(text, left) or (_head(text, left) if role == FRAME else ())
    others = tuple(a for a in left if a not in subject)
    return Clause(start, start + len(text), text, role, marks, subject, partners, others)


def _partners(text: str, everybody: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those after 会同 and 配合, and after 与 where 共同 follows."""
    found: list[Actor] = []
    end = -1
    for actor in everybody:
        before = text[: actor.start]
        joined = bool(found) and _joined(text[end : actor.start])
        if (
            joined
            or _PARTNER.search(before[-18:])
            or (_TOGETHER.search(before[-12:]) and _JOINTLY.match(text, actor.end))
        ):
            found.append(actor)
            end = actor.end
        elif found:
            break
    return tuple(found)


def _subject(text: str, everybody: list[Actor], mark: Mark | None) -> tuple[Actor, ...]:
    """Who acts: the group after 由, before the mark, or at the beginning of a clause without a mark."""
    if by := [a for a in everybody if acts_by(text, a)]:
        return group_of(text, everybody, by[0])
    found: tuple[Actor, ...] = ()
    limit = mark.start if mark else 0
    for actor in everybody:
        if mark and actor.start >= limit:
            break
        if actor in found:
            continue
        before, after = text[: actor.start], text[actor.end : limit] if mark else text[actor.end :]
        if not mark and (not _opens_clause(before, actor) or not after):
            break
        if (
            _UPON.search(before[-26:])
            or _TOWARDS.search(before[-8:])
            or _PHRASE.search(before[-62:])
            or _OF.match(after)
        ):
            continue
        group = group_of(text, everybody, actor)
        found = found if _OF.match(text, group[-1].end, limit or len(text)) else group
    return found


def acts_by(text: str, actor: Actor) -> bool:
    """Whether 由 stands before somebody: 由市民政部门, 由全体业主."""
    return bool(_BY.search(text[max(0, actor.start - 10) : actor.start]))


def _opens_clause(before: str, actor: Actor | None = None) -> bool:
    """Whether what stands before somebody leaves him at the beginning of his clause: 各, 制溴 (企业)."""
    kind = (
        (actor is None or actor.classes[0] not in PEOPLE or len(before) > 2)
        and len(before) <= 8
        and not _DENIED.search(before)
        and not before.startswith(_PLACES)
        and not begins_with_verb(before)
        and not _NO_JOIN.search(before)
    )
    return bool(_AT_FIRST.match(before)) or kind


def _spoken_of(text: str, everybody: list[Actor]) -> tuple[Actor, ...]:
    """Of whom a condition speaks: those at its beginning, or those that something is said of there."""
    found: tuple[Actor, ...] = ()
    before = text[: everybody[0].start] if everybody else ""
    if everybody and _opens_clause(before) and not before.endswith(_NOT_OF_HIM):
        found = group_of(text, everybody, everybody[0])
    if found and _OF.match(text, found[-1].end):
        found = ()
    return found or _meant(text, everybody)


def _meant(text: str, everybody: list[Actor]) -> tuple[Actor, ...]:
    """Of whom a condition speaks that does not begin with him: 纳入预案的企业未制定方案的."""
    first = next((a for a in everybody if text[: a.start].endswith("的") and not _TOWARDS_HEAD.match(text)), None)
    return group_of(text, everybody, first) if first else ()


def _head(text: str, everybody: list[Actor]) -> tuple[Actor, ...]:
    """Those with whom a clause without a verb of its own ends, who act in the next: 未达到标准的县人民政府,应当…."""
    if not everybody or len(text) - everybody[-1].end > 1 or _TOWARDS_HEAD.match(text):
        return ()
    first = len(everybody) - 1
    while first and _joined(text[everybody[first - 1].end : everybody[first].start]):
        first -= 1
    before = text[: everybody[first].start]
    if begins_with_verb(text) and "的" not in before and not text.startswith(_HEADED):
        return ()
    if _TOWARDS.search(text[max(0, everybody[first].start - 8) : everybody[first].start]):
        return ()
    return tuple(everybody[first:])


def groups_of(text: str, everybody: Sequence[Actor]) -> list[list[Actor]]:
    """Those of a clause, each with those joined to him."""
    groups: list[list[Actor]] = []
    for actor in everybody:
        if groups and _joined(text[groups[-1][-1].end : actor.start]):
            groups[-1].append(actor)
        else:
            groups.append([actor])
    return groups


def _joined(between: str) -> bool:
    """Whether what stands between two of them makes them one group: 、自然科学类."""
    return bool(_JOIN.match(between)) and not _NO_JOIN.search(between)


def group_of(text: str, everybody: list[Actor], first: Actor) -> tuple[Actor, ...]:
    """An actor and those joined to it: 市、区人民政府及其有关部门."""
    group = [first]
    for actor in everybody[everybody.index(first) + 1 :]:
        if not _joined(text[group[-1].end : actor.start]):
            break
        group.append(actor)
    return tuple(group)
