"""What a draft says on the strength of one citation: its own part of the sentence, without the words around it.

`claims_of` gives each citation of a sentence its part: before it where it stands in brackets or ends the clause, after
it where it leads; citations side by side share one. `bare` takes off what only frames it: headings, 仅 before 鼓励,
what is said not to be. The rule `topic` knows a part that names matters and tells nothing of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from law.text.rules import Rule, load_rules

_OPEN, _CLOSE = re.compile(r"[(（\[【—-]\s*$"), re.compile(r"\s*[)）\]】]")
_ENDS = re.compile(r"[;；。！？!?\n]")
_CLAUSE = re.compile(r"[,，;；:：。！？!?\n|]")
_HAN = re.compile(r"[一-鿿\ue000-\uf8ff]")
#: What is quoted is one thing, in which nothing is cut: each quote stands as a run of characters of its own.
_QUOTE = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_RUN = re.compile(r"([\ue000-\uefff])\uf8ff*")

_BOLD = re.compile(r"\*\*([^*]+)\*\*|__([^_]+)__|`")


def rule(name: str) -> Rule:
    """A rule of `claims.toml`."""
    return load_rules("assistant.check", "claims.toml")[name]


@dataclass(frozen=True, slots=True)
class Spot:
    """A citation in a sentence: where it opens with its frame and name, where its number ends."""

    opens: int
    end: int


def claims_of(said: str, spots: Sequence[Spot]) -> list[tuple[str, tuple[int, ...]]]:
    """For each citation of a sentence its claim, bare, and which others stand side by side with it."""
    quotes = [m[0] for m in _QUOTE.finditer(said)][:4000]
    told = iter(range(len(quotes)))
    said = _QUOTE.sub(lambda m: chr(0xE000 + next(told)).ljust(len(m[0]), "\uf8ff"), said, count=len(quotes))
    groups: list[list[int]] = []
    for n, spot in enumerate(spots):
        if n and rule("joined").match(said[spots[n - 1].end : spot.opens]):
            groups[-1].append(n)
        else:
            groups.append([n])
    whole = [Spot(spots[g[0]].opens, spots[g[-1]].end) for g in groups]
    parts = [bare(_part(said, whole, n)) for n in range(len(whole))]
    claims = [_RUN.sub(lambda m: quotes[ord(m[1]) - 0xE000], part) for part in parts]
    by_spot = {n: (claims[at], tuple(m for m in group if m != n)) for at, group in enumerate(groups) for n in group}
    return [by_spot[n] for n in range(len(spots))]


def frame_before(said: str, since: int, opens: int) -> int:
    """Where the words that frame a citation begin (根据, 依据为)."""
    found = rule("frame").search(said[since:opens])
    return since + found.start() if found else opens


def _part(said: str, spots: Sequence[Spot], n: int) -> str:
    spot = spots[n]
    since = _behind(said, spots[n - 1]) if n else 0
    if _bracketed(said, spot):
        before = said[since : spot.opens].rstrip(" (（[【—-")
        if len(spots) > 1 or rule("order").search(before):
            before = _ENDS.split(before.strip(" ,，、;；"))[-1]
        return before + _tail(said, spots, n)
    if explained := rule("explained").match(said, spot.end):
        return explained[1]
    until = _until(said, spots, n)
    if _ENDS.match(said[spot.end :].lstrip()):
        until = spot.end  # it closes its part: 甲应当…,见第三条;乙…
    before, after = said[since : spot.opens], rule("leads").sub("", said[spot.end : until])
    if len(spots) == 1 and not rule("idle").match(after.strip()):
        return before + after
    after = after.strip(" ,，、;；()（）")
    if len(_HAN.findall(after)) >= 3 and not rule("idle").match(after):
        subject = "" if n and rule("joined").search(before[-1:]) else _CLAUSE.split(before)[-1]
        return (subject if n == 0 or len(subject) <= 16 else "") + after
    return _ENDS.split(before.strip(" ,，、;；"))[-1] if n else before


def _bracketed(said: str, spot: Spot) -> bool:
    return bool(_OPEN.search(said[: spot.opens]) or _CLOSE.match(said[spot.end :]))


def _behind(said: str, spot: Spot) -> int:
    """Behind a citation and what closes or explains it."""
    if not _OPEN.search(said[: spot.opens]):
        return spot.end
    closed = re.search(r"[)）\]】]", said[spot.end :])
    return spot.end + closed.end() if closed else spot.end


def _tail(said: str, spots: Sequence[Spot], n: int) -> str:
    """What follows a citation in brackets: the rest of its clause, of a sentence with one citation all up to a stop."""
    rest = said[_behind(said, spots[n]) : spots[n + 1].opens if n + 1 < len(spots) else len(said)]
    if len(spots) == 1:
        return _ENDS.split(rest)[0]
    return "" if not rest or _CLAUSE.match(rest) else _CLAUSE.split(rest)[0]


def _until(said: str, spots: Sequence[Spot], n: int) -> int:
    """Where the part of a leading citation ends: before the clause in which the next one stands."""
    if n + 1 == len(spots):
        return len(said)
    stretch = said[spots[n].end : spots[n + 1].opens]
    stops = [m.end() for m in (_ENDS if _bracketed(said, spots[n + 1]) else _CLAUSE).finditer(stretch)]
    return spots[n].end + (stops[-1] if stops else len(stretch))


def bare(claim: str) -> str:
    """A claim without what frames it."""
    text = _BOLD.sub(lambda m: m[1] or m[2] or "", claim)
    text = rule("markup").sub("", text.strip(" |\t"))
    text = rule("heading").sub("", rule("counts").sub("", rule("denied").sub("", text)))
    for _ in range(3):
        text = rule("matter").sub("", rule("fills").sub("", text.lstrip(" ,，、")))
    for name in ("merely", "not_so", "order", "edition", "urging", "many"):
        text = rule(name).sub("", text)
    return text.strip(" ,，、;；:：|")
