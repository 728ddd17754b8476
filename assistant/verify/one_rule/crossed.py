"""What is told of two rules crosswise, or of two as of one: 甲的归乙管,乙的归甲管; 甲和乙都归甲管."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from assistant.verify.one_rule.order import order
from assistant.verify.one_rule.units import Signed, signed_words
from assistant.verify.source import Source, in_own_words

#: So many rules of an article and clauses of a sentence are looked at, and characters of each.
_MOST_RULES, _MOST, _LONGEST = 30, 12, 200
#: Of the words of the shorter of two rules, as many are in both for them to be of one matter.
_ALIKE = 0.2
#: Characters of a rule that a reason quotes.
_QUOTED = 60
_CLAUSE = re.compile(r"[^,;:。\n]+")


@dataclass(frozen=True, slots=True)
class _Twins:
    """Two rules of one matter, and the words that only the one and only the other has."""

    first: str
    second: str
    of_first: frozenset[Signed]
    of_second: frozenset[Signed]


def crossed(said: str, sources: Sequence[Source]) -> list[str]:
    """Reasons against a plain stretch two of whose clauses begin as one rule each and go on as the other."""
    clauses = [c for c in _CLAUSE.findall(said) if len(c) <= _LONGEST][:_MOST]
    twins = [t for s in sources for t in _twins(s)]
    if len(clauses) < 2 or not twins:
        return []
    text = "\n".join(s.text for s in sources)
    rules = [words for s in sources for words in _rules(s).values()]
    placed = [_in_order(in_own_words(c, text)) for c in clauses]
    placed = [[] if _of_one(words, rules) else words for words in placed]
    for pair in twins:
        turns = [_turn(words, pair) for words in placed]
        if 1 in turns and -1 in turns:
            one, other = clauses[turns.index(1)], clauses[turns.index(-1)]
            return [f"「{one}」和「{other}」说反了:条文是「{pair.first[:_QUOTED]}」"]
    return []


def merged(said: str, sources: Sequence[Source]) -> list[str]:
    """Reasons where of two things together something is told that the law has of one of them: 甲和乙都归甲管."""
    text = "\n".join(s.text for s in sources)
    reasons: list[str] = []
    for clause in (c for c in _CLAUSE.findall(said)[:_MOST] if len(c) <= _LONGEST):
        mark = order()["all_of_them"].search(clause)
        if not mark or not order()["joins"].search(clause, 0, mark.start()):
            continue
        spoken_of, said_of_it = clause[: mark.start()], clause[mark.end() :]
        subject, predicate = (signed_words(in_own_words(part, text)) for part in (spoken_of, said_of_it))
        for pair in (t for s in sources for t in _twins(s)):
            if _only_of(pair.of_first, pair.of_second, subject, predicate):
                reasons.append(f"「{clause}」把两项说成了一样:条文另有「{pair.second[:_QUOTED]}」")
            elif _only_of(pair.of_second, pair.of_first, subject, predicate):
                reasons.append(f"「{clause}」把两项说成了一样:条文另有「{pair.first[:_QUOTED]}」")
    return reasons[:1]


def _only_of(
    own: frozenset[Signed], other: frozenset[Signed], subject: frozenset[Signed], predicate: frozenset[Signed]
) -> bool:
    """Whether both rules are spoken of, and what is told is of the one only."""
    return bool(subject & own and subject & other and predicate & own and not predicate & other)


def _of_one(words: Sequence[Signed], rules: Sequence[frozenset[Signed]]) -> bool:
    """Whether one rule has all of the words that any rule has."""
    known = frozenset(words) & frozenset().union(*rules)
    return any(known <= rule for rule in rules)


@lru_cache(maxsize=512)
def _twins(source: Source) -> tuple[_Twins, ...]:
    """Every two rules of an article that are of one matter."""
    return tuple(
        _Twins(one, other, mine - theirs, theirs - mine)
        for (one, mine), (other, theirs) in combinations(_rules(source).items(), 2)
        if mine - theirs and theirs - mine and len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))
    )


@lru_cache(maxsize=512)
def _rules(source: Source) -> dict[str, frozenset[Signed]]:
    """The rules of an article, the items of its lists among them, each with its words."""
    quotes = (*(u.text for u in source.units), *(n.quote for n in source.norms if n.item))
    pieces = dict.fromkeys(piece for quote in quotes for piece in quote.split(";") if len(piece) <= _LONGEST)
    return {piece: signed_words(piece) for piece in [*pieces][:_MOST_RULES]}


def _turn(words: Sequence[Signed], pair: _Twins) -> int:
    """1 where a clause begins with what only the first rule has and ends with what only the second has, -1 where it is
    the other way round, 0 else."""
    sides = [1 if w in pair.of_first else -1 for w in words if w in pair.of_first or w in pair.of_second]
    changes = sum(a != b for a, b in pairwise(sides))
    return sides[0] if changes == 1 else 0


def _in_order(text: str) -> list[Signed]:
    """The words of a clause that say something, in their order."""
    return sorted(signed_words(text), key=lambda w: text.find(w[0]) if w[0] in text else len(text))
