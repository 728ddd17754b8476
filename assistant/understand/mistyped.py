"""Words typed by their sound: 研发机购 is 研发机构, 科研经肺 is 科研经费.

A word that no dictionary has is half of a slip of the input method: the other character is right, and a word of the
regulations that are asked sounds the same.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from itertools import pairwise

from assistant.understand.searching import place_sought
from law.held import gathered, with_ids
from law.regulation import Regulation
from law.text.rules import load_rules
from law.text.script import plain, plain_long
from law.text.sounds import sound_alikes, sounds
from vectorstore.engine.lazy import Kept

#: Of more regulations than this the words are not read; of so many they are kept.
_MOST, _KEPT = 12, 64


class _Words:
    """What stands in one regulation, each of it read when it is first wanted."""

    def __init__(self, regulation: Regulation) -> None:
        self._regulation = regulation

    def may_have(self, pairs: Sequence[str]) -> bool:
        """False where it is told without reading all of it that it has none of some pairs."""
        return "pairs" in self.__dict__ or self._regulation.may_say(pairs)

    @cached_property
    def pairs(self) -> Counter[str]:
        """The pairs of characters beside each other in its articles, with how often each is there."""
        text = plain_long("\n".join(f"{a.heading}\n{a.text}" for a in self._regulation.articles))
        return Counter(map("".join, pairwise(text)))

    @cached_property
    def asked(self) -> str:
        """Its likely questions."""
        return plain_long("\n".join(q.text for q in self._regulation.questions))

    def shortened(self, typed: str) -> bool:
        """Whether two characters stand in the title in their order: 推建 of 推进科技创新中心建设条例."""
        return typed[1] in plain(self._regulation.title).partition(typed[0])[2]


def mend_words(text: str, held: Sequence[Regulation], asked: Iterable[str]) -> str:
    """A text with the words that are typed by their sound as the regulations asked for (ids) have them; what is looked
    for as a word (哪几条提到限行) is left as it is. Once the dictionary is read, no regulation is for a text of which
    nothing seems to be mistyped."""
    ids = tuple(asked)
    if not 0 < len(ids) <= _MOST:
        return text
    if "rjieba" not in sys.modules and not _may_be_mistyped(text, _words_of(held, ids)):
        return text  # its dictionary takes a tenth of a cold start: it is not read for nothing
    if not (slips := _slips(text)) or place_sought(text):
        return text
    import rjieba

    heard, done = _words_of(held, ids), 0
    typed = [text[at : at + 2] for at in slips]
    sought = [pair for one in typed for pair in (one, *_alike(one))]
    having = [words for words in heard if words.may_have(sought)]  # each is looked through once for all slips
    for at, one in zip(slips, typed, strict=True):
        if at < done:
            continue
        meant = _sounding(one, heard, having)
        words = [w for w in meant if rjieba.has_word(w)]
        if words:
            text, done = text[:at] + max(words, key=lambda w: meant[w]) + text[at + 2 :], at + 2
    return text


def _words_of(held: Sequence[Regulation], ids: Sequence[str]) -> list[_Words]:
    """What is kept of the words of some regulations, by their ids."""
    kept = gathered(_kept, held)
    return [kept.get(r.id, partial(_Words, r)) for r in with_ids(ids, held)]


def _may_be_mistyped(text: str, heard: Sequence[_Words]) -> bool:
    """Whether two characters beside each other that stand nowhere sound like two that do; told without a dictionary."""
    of = sounds()
    for typed in dict.fromkeys(map("".join, pairwise(text))):
        if typed[0] not in of or typed[1] not in of or any(typed in words.pairs for words in heard):
            continue
        alike = _alike(typed)
        if any(pair in words.pairs for words in heard for pair in alike) and not any(
            typed in words.asked for words in heard
        ):
            return True
    return False


def _slips(text: str) -> list[int]:
    """Where two characters stand that are no word together and of which each stands for itself, no dictionary having a
    word that one of them is of, though no sentence has either by itself.

    >>> _slips("常州的研发机购怎么扶持"), _slips("武汉那部从哪天起施行")
    ([5], [])
    """
    import rjieba

    of, end = sounds(), 0
    ends = {0, *(end := end + len(word) for word in rjieba.cut(text, False))}
    alone = [at for at in range(len(text) - 1) if {at, at + 1, at + 2} <= ends]
    pairs = ((at, text[at : at + 2]) for at in alone if text[at] in of and text[at + 1] in of)
    never = load_rules("assistant.understand", "parts.toml")["stands_alone"]
    return [at for at, typed in pairs if not rjieba.has_word(typed) and not never.search(typed)]


def _sounding(typed: str, heard: Sequence[_Words], having: Sequence[_Words]) -> Counter[str]:
    """The pairs that sound like one of which one character is right, with how often each is there; none where the pair
    is there itself, or is left of a title. What is not `having` has neither."""
    if any(words.shortened(typed) for words in heard):
        return Counter()
    alike = _alike(typed)
    if any(typed in words.pairs or typed in words.asked for words in having):
        return Counter()
    return Counter({pair: n for pair in alike if (n := sum(words.pairs[pair] for words in having))})


def _alike(typed: str) -> list[str]:
    """The pairs that sound like one, one character of it being right."""
    like_first, like_second = sound_alikes(typed)
    return [typed[0] + c for c in like_second] + [c + typed[1] for c in like_first]


def _kept(_: Sequence[Regulation]) -> Kept[str, _Words]:
    """What is kept of those that are held."""
    return Kept(_KEPT)
