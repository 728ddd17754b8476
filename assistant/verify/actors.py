"""Who acts: governments by level, departments by field, and the other subjects of a clause."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.verify.words import words

#: These stand before whom something is done to or with, not before who acts.
_NOT_ACTING = re.compile(
    r"(?:对|向|为|给|给予|把|将|会同|联合|与|同|跟|经|报|于|在|引导|鼓励|支持|帮助|委托|吸引|帮|从|到|面向|组织|征求|听取|指导|"
    r"对于|针对|允许|要求|赋予|奖励|推动|培育|包括|进驻|用于|依托|购买|选派)$|(?:到|在)[一-鿿]{1,6}[、和与及]$|(?:对|向|为|给)(?!了)[^,;:]{1,14}$"
)
#: What follows an actor that only belongs to something, or acts in a clause below: 企业的账, 专家评审后.
_UNDER = re.compile(r"的|[^,;]{1,12}(?:之后|以后|后|时)(?!续|备|代)")
_JOIN = re.compile(r"^(?:、|和|与|及|以及|或者|或|及其|,)?(?:其他)?$")


@dataclass(frozen=True, slots=True)
class Actor:
    """`names` are classes: gov:city, gov (level unsaid), dept:科学技术, dept (field unsaid), 高校, …"""

    names: frozenset[str]
    said: str
    start: int
    end: int


def actors(text: str) -> tuple[Actor, ...]:
    """Every actor of a plain text, in order."""
    found: list[Actor] = []
    for m in words().actors.finditer(text):
        if m["gov"]:
            names = _levels(m["gov"])
        elif m["dept"]:
            names = _fields(m["dept"])
        else:
            names = {words().actor_groups[m.lastgroup or ""]}
        said = m[0].strip("、和及与()等") if m["gov"] or m["dept"] else m[0]
        found.append(Actor(frozenset(names), said, m.start(), m.end()))
    return tuple(found)


def acting(found: Iterable[Actor], text: str, *, first: bool = False) -> tuple[Actor, ...]:
    """The actors of a stretch that stand as its subject; with `first`, only a group at its beginning."""
    subjects: list[Actor] = []
    end = 0
    skipped = False
    for actor in found:
        between = text[end : actor.start]
        joined = bool(end) and bool(_JOIN.match(between))
        object_ = bool(_NOT_ACTING.search(text[: actor.start])) or (joined and skipped)
        object_ = object_ or bool(_UNDER.match(text, actor.end))
        end = actor.end
        skipped = object_
        if object_:
            continue
        if first and subjects and not joined:
            break
        if first and not subjects and actor.start > 6 and not text[: actor.start].endswith("由"):
            break
        subjects.append(actor)
    by_agent = [a for a in subjects if text[: a.start].endswith(("由", "归"))]
    if by_agent:
        at = subjects.index(by_agent[0])
        return tuple(subjects[at:])
    return tuple(subjects)


def names_of(found: Iterable[Actor]) -> frozenset[str]:
    """All classes of several actors."""
    return frozenset(n for a in found for n in a.names)


def stands_for(name: str, held: frozenset[str]) -> bool:
    """Whether an actor said is one of those that the law holds, or a wider word for one of them."""
    if name in held:
        return True
    if name.startswith("gov:"):
        return "gov" in held
    if name == "gov":
        return any(h.startswith("gov:") for h in held)
    if name == "dept":
        return any(h.startswith("dept") for h in held)
    if name.startswith("dept:"):
        return False
    return any(name in words().wider.get(h, ()) for h in held)


def _levels(said: str) -> set[str]:
    """市、县级市(区)人民政府 → city and county; 县(市、区)人民政府 → county; 政府 → gov."""
    before = re.sub(r"(?:人民)?政府.*", "", said)
    before = re.sub(r"\([^()]*\)", "", before)
    before = re.sub(
        r"县级市|县市区|区县|县区|区级|县级", "县", before.replace("市县", "市、县").replace("市区", "市、区")
    )
    levels = set()
    if "省" in before:
        levels.add("gov:province")
    if re.search(r"[县区旗]", before):
        levels.add("gov:county")
    if re.search(r"[乡镇]", before):
        levels.add("gov:town")
    if "市" in before:
        levels.add("gov:city")
    return levels or {"gov"}


def _fields(said: str) -> set[str]:
    fields = {words().field_of.get(f, f) for f in words().fields.findall(said)}
    return {f"dept:{f}" for f in fields} or {"dept"}
