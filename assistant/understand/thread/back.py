"""A turn that goes back: to what the talk began with, to what it names of the turns before, or to all that was told,
which it wants once more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.understand.cities import find_cities
from assistant.understand.matter import matter_in
from assistant.understand.thread.turns import Turn
from law.regulation import Regulation
from law.text.grams import bigrams
from law.text.numerals import to_int
from law.text.references import Reference
from law.text.rules import Rule, load_rules
from law.text.script import plain

#: What names so little besides going back, names nothing.
_LITTLE = 2
#: 几 is all.
_ALL = 12


@dataclass(frozen=True, slots=True)
class GoneBack:
    """What a turn asks, and the place of the turn among those before that it asks it of."""

    asks: str
    at: int


def gone_back(text: str, turns: Sequence[Turn], held: Sequence[Regulation]) -> GoneBack | None:
    """The turn that another goes back to, and what it asks of it; None where it goes back to none before the last one,
    or asks nothing more.

    那最开始那件事,谁批: of the first. 前面说的补贴谁发: of the one whose question, or else whose answer, has most of
    these words; 回到常州 names a city, and no turn.
    """
    first, returns = _rule("first").search(text), _rule("returns").search(text)
    found = first or returns
    if len(turns) < _LITTLE or found is None:
        return None
    what = returns["what"] if returns and not first else ""
    words = set() if find_cities(what, held).ids else set(bigrams(matter_in(plain(what))))
    has = [(len(words & set(bigrams(t.asked))), _in_answer(words, t)) for t in turns]
    at = 0 if first else max(range(len(turns)), key=lambda n: (*has[n], n))
    left = text[: found.start()] + text[found.end() if first else found.start("what") :]
    asks = left.strip("，,。；;：: 吧了")
    goes = at < len(turns) - 1 and (first or any(has[at]))
    return GoneBack(asks, at) if goes and asks else None


def told_again(text: str, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns whose answers another wants once more, in their order: 这几样合起来讲一遍; none where it
    names anything else."""
    number = _rule("so_many").search(text)
    left = text
    for name in ("once_more", "told", "so_many", "says_nothing"):
        left = _rule(name).sub("", left)
    meant = number or _rule("told").search(text)
    if not (meant and _rule("once_more").search(text)) or len(left) >= _LITTLE:
        return ()
    most = (to_int(number["number"]) if number else None) or _ALL
    by_city = bool(number and number["city"])
    kept: dict[object, Turn] = {}
    for turn in reversed([t for t in turns if t.cited]):
        about = turn.cited[0].id.partition("/")[0] if by_city else tuple(a.id for a in turn.cited)
        if about not in kept and len(kept) < most:
            kept[about] = turn
    return tuple(reversed(kept.values())) if len(kept) > 1 else ()


def places_of(turn: Turn) -> tuple[Reference, ...]:
    """What was quoted in answer to a turn: each 款, or the whole article where all of it was or none can be told."""
    found: list[Reference] = []
    for article in turn.cited:
        place = Reference(article.number, article.suffix, of=article.id.partition("/")[0])
        quoted = [p.number for p in article.paragraphs if any(q in plain(p.full) for q in turn.quotes)]
        some = 0 < len(quoted) < len(article.paragraphs)
        found += [replace(place, paragraph=n) for n in quoted] if some else [place]
    return tuple(found)


def _in_answer(words: set[str], turn: Turn) -> int:
    text = "\n".join(plain(f"{a.heading}{a.text}") for a in turn.cited)
    return len(words & set(bigrams(text)))


def _rule(name: str) -> Rule:
    return load_rules("assistant.understand.thread", "back.toml")[name]
