"""Which cities the last turn of a talk is asked of, besides those that it names plainly."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.cities import Cities, all_cities, find_cities
from assistant.understand.matter import matter_in
from assistant.understand.thread.turns import Turn, left_over, spoken_of
from law.norms.actors import actors_in
from law.regulation import Regulation
from law.text.numerals import to_int
from law.text.rules import Rule, load_rules

#: One city is the last of several that are gone through when so many have been spoken of, and the turn names so little.
_SEVERAL, _LITTLE = 2, 3
#: How the names of places and regions are tagged: 长三角, 国内, 全国.
_PLACES = ("ns", "s", "n")
#: Right before a city, it is not meant: 我在武汉,不在常州.
_BEFORE = 4


def meant(text: str, found: Cities) -> Cities:
    """The cities named, without those that a turn with several says it does not mean."""
    if len(found.ids) < _SEVERAL:
        return found
    denied = {i for at, i in found.named_at if i and _rule("denied").search(text[max(0, at - _BEFORE) : at])}
    kept = tuple(i for i in found.ids if i not in denied)
    return replace(found, ids=kept) if kept and denied else found


def remaining(text: str, turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The regulations not yet spoken of, where the turn asks for these: 剩下那座城市呢; or 最后一个, said of nothing
    else when several have been gone through."""
    left = left_over(turns, held)
    if not turns:
        return ()
    if counted := _counted_others(text, turns, held):
        return counted
    if not left:
        return ()
    found = _rule("remaining").search(text)
    if found and not _of_a_region(text[: found.start()], held):
        return left
    one = _rule("last_one").search(text)
    if not one or len(spoken_of(turns)) < _SEVERAL:
        return ()
    if len(left) == 1 and _rule("rest").search(text):
        return left
    rest = text[: one.start()] + text[one.end() :]
    return left if len(matter_in(_rule("number").sub("", rest))) < _LITTLE else ()


def _of_a_region(before: str, held: Sequence[Regulation]) -> bool:
    """Whether a place stands right before the others and is no city that is held: 长三角别的城市 are not those."""
    import rjieba

    words = list(rjieba.tag(before))
    return bool(words) and words[-1][1] in _PLACES and not find_cities(words[-1][0], held).ids


def _counted_others(text: str, turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The regulations not yet spoken of, or but for those spoken of last, where a turn counts as many others and what
    it counts is nobody: 另外两家给不给补贴, and not 另外两家企业."""
    found = _rule("others").search(text)
    if found is None or any(a.start == found.end() for a in actors_in(text)):
        return ()
    last = next((ids for t in reversed(turns) if (ids := find_cities(t.asked, held).ids or spoken_of([t]))), ())
    others = (left_over(turns, held), tuple(r.id for r in held if r.id not in last))
    return next((ids for ids in others if len(ids) == to_int(found["number"])), ())


def by_place(text: str, turns: Sequence[Turn]) -> tuple[str, ...]:
    """The regulation that a turn names by its place among those spoken of, 最后那座城市; all of them for 这三座里;
    none where it does neither."""
    told = next((ids for t in reversed(turns) if len(ids := spoken_of([t])) >= _SEVERAL), ()) or spoken_of(turns)
    if len(told) < _SEVERAL:
        return ()
    if _rule("spoken").search(text):
        return spoken_of(turns)
    found = _rule("ordinal").search(text)
    if not found:
        return ()
    which = found["which"]
    at = (
        (to_int(which[1:]) or 0) - 1
        if which[0] == "第"
        else 0
        if which[-1] in "前头先面始初早" and which[0] != "后"
        else -1
    )
    return told[at : at + 1 or None] if at < len(told) else ()


def so_many(text: str, turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The regulations spoken of last where a turn names so many cities, fewer than there are: 两个城市谁来落实."""
    found = _rule("so_many").search(text)
    number = (to_int(found["number"]) or 0) if found else 0
    if not _SEVERAL <= number < len(held):
        return ()
    told: dict[str, None] = {}
    for turn in reversed(turns):
        told |= dict.fromkeys(find_cities(turn.asked, held).ids or spoken_of([turn]))
    last = set([*told][:number])
    return tuple(r.id for r in held if r.id in last) if len(last) == number else ()


def each_spoken_of(text: str, turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The regulations that a turn counts as so many: all that are held, or those spoken of; none where neither has that
    number, or the turn names none so: 三家都有吗, 两部里哪部更细."""
    found = _rule("each").search(text)
    number = (to_int(found["number"]) or 0) if found else 0
    told = _told(turns, held)
    return next((ids for ids in (told, tuple(r.id for r in held)) if len(ids) == number), ())


def _told(turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for t in turns for i in find_cities(t.asked, held).ids or spoken_of([t])))


def of_things(text: str, found: Cities) -> bool:
    """Whether 分别 is said of several things, and no word of a turn of several cities."""
    return found.every and not found.ids and not all_cities(_rule("every_thing").sub("", text))


def without_count(topic: str) -> str:
    """What a turn names besides the city that is left.

    >>> without_count("还有一地呢,一并讲了吧")
    '呢,了吧'
    """
    return _rule("number").sub("", _rule("last_one").sub("", without_cities(topic)))


def without_cities(topic: str) -> str:
    """What a turn names besides so many cities, which are no matter.

    >>> without_cities("三个城市怎么培养青年人才")
    '怎么培养青年人才'
    """
    for name in ("remaining", "others", "so_many", "each"):
        topic = _rule(name).sub("", topic)
    return topic


def _rule(name: str) -> Rule:
    return load_rules("assistant.understand.thread", "scope.toml")[name]
