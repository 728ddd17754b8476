"""Who acts: governments by level, departments by field, and the other subjects of a clause."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.verify.words import words

_JOIN = re.compile(r"^(?:、|和|与|及|以及|或者|或|及其|,)?(?:其他)?$")

#: Characters before an actor that may say that it is no subject.
_BEFORE = 40


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
        object_ = bool(words().not_acting.search(text[max(0, actor.start - _BEFORE) : actor.start])) or (
            joined and skipped
        )
        object_ = object_ or bool(words().under.match(text, actor.end))
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


def is_official(found: Iterable[Actor]) -> bool:
    """Whether a government or a department is among actors."""
    return any(n.startswith(("gov", "dept")) for n in names_of(found))


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
