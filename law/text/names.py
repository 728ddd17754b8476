"""The one reader of what a text calls a regulation: 《…》, a title with words left out, a city and 条例.

A name is held against a title by alignment, not by a list of phrases: its characters stand in the title, nearly all in
order (科创中心建设条例 in 推进科技创新中心建设条例). A title that no held one answers to is told as such, so that a
number behind it is not looked up in another regulation.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from law.text.rules import load_rules
from law.text.script import half_width, to_simplified

_RULES = load_rules("law.text", "names.toml")
_HEAD, _BESIDE = _RULES["head"], _RULES["beside"]
_EDGE = re.compile(r"[,，。?？!！;；:：、\s\"“”「」|]")
#: Words of a sentence; with one of them before 条例 no title begins there.
#: Longer than any name that people give; shorter than this it says nothing.
_LONGEST, _LEAST = 60, 2
#: Of a name whose characters all stand in the title, so large a part must stand in order.
_IN_ORDER = 0.7


@dataclass(frozen=True, slots=True)
class Titled:
    """What a name may mean: the id and the title of a regulation, and its place (洛阳市) in both forms."""

    id: str
    title: str
    place: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedAs:
    """Where a text names regulations, and which: no `ids` for a title that is not held."""

    start: int
    end: int
    ids: tuple[str, ...]


def names_in(
    text: str, places: Sequence[tuple[int, int, tuple[str, ...]]], held: Collection[Titled]
) -> tuple[NamedAs, ...]:
    """Every name of a regulation in half-width Simplified text that is more than a place and 条例.

    `places` are where cities stand, with the ids of the regulations that they have (none for a city not held).
    """
    found: list[NamedAs] = []
    at = 0
    while head := _HEAD.search(text, at):
        at = head.end()
        if any(a <= head.start() < b for a, b, _ in places):  # 洛阳条例 is a name of its own
            continue
        edge = max(
            [m.end() for m in _EDGE.finditer(text, max(0, head.start() - _LONGEST), head.start())]
            + [n.end for n in found]
            + [max(0, head.start() - _LONGEST)]
        )
        title = text.rfind("《", max(edge, 0), head.start())
        if title >= 0 and "》" not in text[title : head.start()]:
            edge = max(edge, title)
        before = [p for p in places if edge <= p[0] and p[1] <= head.start()]
        named = _after_place(text, head, before[-1], held) if before else _alone(text, head, edge, held)
        if named:
            found.append(named)
    return tuple(found)


def _after_place(
    text: str, head: re.Match[str], place: tuple[int, int, tuple[str, ...]], held: Collection[Titled]
) -> NamedAs | None:
    """武汉科创中心建设条例: the words between a city's name and the head are a title of that city, or none of it."""
    start, end, ids = place
    mine = [t for t in held if t.id in ids]
    words = text[end : head.start()]
    if not mine:
        return NamedAs(start, head.end(), ())
    said = _content(words)
    if not said:
        kinds = tuple(t.id for t in mine if head["kind"] and head["kind"] in t.title)
        return NamedAs(start, head.end(), kinds) if 0 < len(kinds) < len(mine) else None
    if whole := _answering(said, head["kind"], mine):
        return NamedAs(start, head.end(), whole)
    at, best = _longest(text, end, head, mine)
    rest = text[end:at] if best else words
    if _is_sentence(rest):
        return NamedAs(at, head.end(), best) if best else None
    long_enough = len(said) >= (2 if words.startswith("市") else 4) or is_numbered(text, head.end())
    asked_of = "《" in text[start : head.end()] or not _RULES["to_be_made"].search(text[head.end() :])
    if head["kind"] and not _RULES["often_verb"].search(head["kind"]) and long_enough and asked_of:
        return NamedAs(start, head.end(), ())
    return None


def _alone(text: str, head: re.Match[str], edge: int, held: Collection[Titled]) -> NamedAs | None:
    """科技进步条例 without a city: the title that it answers to; one that is not held where a number follows it."""
    at, best = _longest(text, edge, head, held)
    rest = text[edge:at] if best else text[edge : head.start()]
    clear = not _content(rest) or _is_sentence(rest)
    if best and clear:
        return NamedAs(at, head.end(), best) if len(best) < len(held) or len(held) == 1 else None
    kind = head["kind"]
    if (
        kind
        and not _RULES["often_verb"].search(kind)
        and not clear
        and is_numbered(text, head.end())
        and len(_content(rest)) >= _LEAST
    ):
        return NamedAs(edge, head.end(), ())
    return None


def is_numbered(text: str, end: int) -> bool:
    """Whether the number of an article follows a name that ends there."""
    return bool(_RULES["numbered"].search(text[end : end + 16]))


def of_its_articles(text: str, end: int) -> bool:
    """Whether what a text says is asked behind its name that ends there: of an article by its number, or at all."""
    return is_numbered(text, end) or bool(_RULES["of_its_articles"].search(text[end:]))


def _content(words: str) -> str:
    return _BESIDE.sub("", words)


def _answering(said: str, kind: str | None, held: Collection[Titled]) -> tuple[str, ...]:
    return tuple(t.id for t in held if (not kind or kind in _bare(t.title)) and aligns(said + (kind or ""), t.title))


def aligns(name: str, title: str) -> bool:
    """Whether every character of a name stands in a title, nearly all of them in order.

    >>> aligns("科创中心建设条例", "武汉市推进科技创新中心建设条例(草案征求意见稿)")
    True
    >>> aligns("科技进步条例", "常州市科技创新促进条例"), aligns("知识产权条例", "常州市科技创新促进条例")
    (False, False)
    """
    bare = _bare(title)
    if _subsequence(name, bare):
        return True
    return not Counter(name) - Counter(bare) and in_common(name, bare) >= _IN_ORDER * len(name)


@lru_cache(maxsize=16_384)
def _bare(title: str) -> str:
    return re.sub(r"[()《》〈〉\s]", "", to_simplified(half_width(title)))


def _subsequence(name: str, title: str) -> bool:
    rest = iter(title)
    return all(ch in rest for ch in name)


def in_common(name: str, title: str) -> int:
    """How many characters stand in both in the same order: 3 for 科技人才 and 科学技术人员."""
    row = [0] * (len(title) + 1)
    for a in name:
        before = row[:]
        for i, b in enumerate(title, 1):
            row[i] = before[i - 1] + 1 if a == b else max(before[i], row[i - 1])
    return row[-1]


def _longest(text: str, edge: int, head: re.Match[str], held: Collection[Titled]) -> tuple[int, tuple[str, ...]]:
    """Where the longest run of words before a head begins that stands in order in a title, and in whose."""
    kind = head["kind"] or ""
    best: tuple[int, tuple[str, ...]] = (head.start(), ())
    words = text[max(edge, 0) : head.start()]
    if len(_content(words)) < _LEAST:
        return best  # 本条例 names none, however many there are
    last = [said for said in reversed(words) if not _BESIDE.fullmatch(said)][:_LEAST]
    for one in held:
        title = _bare(one.title)
        if any(said not in title for said in last):
            continue  # most of very many titles: too short a run would stand in it
        end = title.rfind(kind) if kind else len(title)
        at = head.start()
        while end > 0 and at > edge:
            said = text[at - 1]
            if not _BESIDE.fullmatch(said):
                end = title.rfind(said, 0, end)
                if end < 0:
                    break
            at -= 1
        while at < head.start() and _BESIDE.fullmatch(text[at]) and text[at] != "《":
            at += 1
        if len(_content(text[at : head.start()])) < _LEAST:
            continue
        if at < best[0]:
            best = at, (one.id,)
        elif at == best[0]:
            best = at, (*best[1], one.id)
    return best


@lru_cache(maxsize=1)
def _of_a_sentence() -> tuple[frozenset[str], re.Pattern[str]]:
    said = tomllib.loads((files("law.text") / "names.toml").read_text("utf-8"))
    return frozenset(said["sentence"]["words"]), re.compile(f"(?:{'|'.join(said['office']['ends'])})$")


def _is_sentence(words: str) -> bool:
    """Whether words before a title belong to the sentence: a particle, a verb of citing, an office's name."""
    import rjieba

    told, office = _of_a_sentence()
    cut = [w for w in rjieba.cut(words) if w.strip()]
    return any(w in told or (office.search(w) and (len(w) > 1 or w is cut[-1])) for w in cut)
