"""Who acts: governments by level, departments by field, and the other subjects of a clause."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.verify.words import grammar, words
from law.norms.actors import Actor as Named
from law.norms.actors import actors_in
from law.norms.norm import DEPARTMENT

#: A government whose level is not said.
GOV = "政府"


#: Characters before an actor that may say that it is no subject.
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class SaidActor:
    """`names` is a class of `law.norms`, narrowed to a kind where it holds many; `GOV` where no level is said."""

    names: frozenset[str]
    said: str
    start: int
    end: int


def actors(text: str) -> tuple[SaidActor, ...]:
    """Every actor of a plain text, in order; of a list of departments one each."""
    return tuple(
        SaidActor(names, said, a.start, a.end)
        for a in actors_in(text)
        if (said := text[a.start : a.end].strip("、和及与()等")) and not grammar("people_only").fullmatch(said)
        for names in _names(a.classes, said, _described(text, a))
    )


def _described(text: str, actor: Named) -> str:
    """The adjective before somebody: 大 of 大企业, 中小 of 科技型中小企业."""
    return grammar("before_actor").split(text[max(0, actor.start - 2) : actor.start])[-1]


def _names(classes: Sequence[str], said: str, before: str) -> Iterator[frozenset[str]]:
    if classes[0].endswith("政府"):
        yield frozenset({GOV} if grammar("no_level").match(said) else classes)
        return
    for name in classes:
        kind = next((n for n, k in enumerate(words().kinds.get(name, ())) if k.search(before + said)), None)
        yield frozenset({name if kind is None else f"{name}/{kind}"})


def acting(found: Iterable[SaidActor], text: str, *, first: bool = False) -> tuple[SaidActor, ...]:
    """The actors of a stretch that stand as its subject; with `first`, only a group at its beginning."""
    subjects: list[SaidActor] = []
    end = 0
    skipped = False
    run = 0  # of subjects that are joined to each other
    for actor in found:
        between = text[end : actor.start]
        joined = bool(end) and bool(grammar("joins_actors").match(between))
        object_ = bool(words().not_acting.search(text[max(0, actor.start - _BEFORE) : actor.start])) or (
            joined and skipped
        )
        object_ = object_ or bool(words().under.match(text, actor.end))
        if object_ and joined and not skipped:  # 高校、科研机构的科技人员
            subjects = subjects[: len(subjects) - run]
        run = run + 1 if joined and not object_ else int(not object_)
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


def names_of(found: Iterable[SaidActor]) -> frozenset[str]:
    """All classes of several actors."""
    return frozenset(n for a in found for n in a.names)


def is_official(found: Iterable[SaidActor]) -> bool:
    """Whether a government or a department is among actors."""
    return any(n == GOV or n.endswith("政府") or n.startswith(DEPARTMENT) for n in names_of(found))


def stands_for(name: str, held: frozenset[str]) -> bool:
    """Whether an actor said is one of those that the law holds, or a wider or neighbouring word for one of them."""
    if name in held:
        return True
    if name == GOV:
        return any(h.endswith("政府") for h in held)
    if name.endswith("政府"):
        return GOV in held
    if name.startswith(DEPARTMENT):  # 部门, and 部门:住房 of 部门:住房城乡建设
        return any(h.startswith(name) for h in held)
    mine, theirs = name.partition("/")[0], {h.partition("/")[0] for h in held}
    return name in theirs or any(name in (w := words().wider.get(h, ())) or (mine == h and h in w) for h in theirs)
