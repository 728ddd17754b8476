"""Words typed by their sound: 研发机购 is 研发机构, 科研经肺 is 科研经费.

A word that no dictionary has is half of a slip of the input method: the other character is right, and a word of the
regulations that are asked sounds the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.understand.searching import place_sought
from law.held import gathered
from law.regulation import Regulation
from law.text.rules import load_rules
from law.text.script import plain
from law.text.sounds import sounds

#: Of more regulations than this the words are not read.
_MOST = 12


class PairsOf:
    """The pairs of characters that stand side by side in one regulation: those of its articles by how they sound, with
    how often each is there."""

    def __init__(self, regulation: Regulation) -> None:
        self._questions = regulation.questions
        self._title = plain(regulation.title)
        self.articles = _counted(f"{a.heading}\n{a.text}" for a in regulation.articles)
        self.by_sound: dict[tuple[str, str], dict[str, int]] = {}
        of = sounds()
        for pair, often in self.articles.items():
            if pair[0] in of and pair[1] in of:
                self.by_sound.setdefault((of[pair[0]], of[pair[1]]), {})[pair] = often

    def shortened(self, typed: str) -> bool:
        """Whether two characters stand in the title in their order: 推建 of 推进科技创新中心建设条例."""
        return typed[1] in self._title.partition(typed[0])[2]

    @cached_property
    def asked(self) -> Counter[str]:
        """Those of its likely questions."""
        return _counted(q.text for q in self._questions)


def mend_words(text: str, held: Sequence[Regulation], asked: Iterable[str]) -> str:
    """A text with the words that are typed by their sound as the regulations asked for (ids) have them; what is looked
    for as a word (哪几条提到限行) is left as it is."""
    ids = tuple(asked)
    if len(ids) > _MOST:
        return text
    kept = gathered(_kept, held)
    for regulation in held:
        if regulation.id in ids and regulation.id not in kept:
            kept[regulation.id] = PairsOf(regulation)
    heard = [kept[i] for i in ids if i in kept]
    slips = [at for at in range(len(text) - 1) if _sounding(text[at : at + 2], heard)]
    if not slips or place_sought(text):
        return text
    import rjieba  # nothing before this needs its dictionary

    end = 0
    ends = {0, *(end := end + len(word) for word in rjieba.cut(text, False))}
    done = 0
    for at in slips:  # characters that stand for themselves: no dictionary has a word that one of them is of
        typed = text[at : at + 2]
        if at < done or not {at, at + 1, at + 2} <= ends or rjieba.has_word(typed):
            continue
        meant = _sounding(typed, heard)
        words = [w for w in meant if rjieba.has_word(w)]
        if words:
            text, done = text[:at] + max(words, key=lambda w: meant[w]) + text[at + 2 :], at + 2
    return text


def _sounding(typed: str, heard: Sequence[PairsOf]) -> dict[str, int]:
    """The pairs that sound like one of which one character is right, with how often each is there; none where the pair
    is there itself, or is left of a title, or a character of it stands by itself in any sentence."""
    of, alike = sounds(), Counter[str]()
    if typed[0] not in of or typed[1] not in of or any(typed in words.articles for words in heard):
        return alike
    for words in heard:
        found = words.by_sound.get((of[typed[0]], of[typed[1]]), {})
        alike.update({w: n for w, n in found.items() if w[0] == typed[0] or w[1] == typed[1]})
    if not alike or any(typed in words.asked or words.shortened(typed) for words in heard):
        return {}
    return {} if load_rules("assistant.understand", "parts.toml")["stands_alone"].search(typed) else alike


def _counted(texts: Iterable[str]) -> Counter[str]:
    """The pairs of characters that stand side by side, with how often each is there."""
    text = plain("\n".join(texts))
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _kept(_: Sequence[Regulation]) -> dict[str, PairsOf]:
    """What is kept of those that are held: each is read when it is first asked for."""
    return {}
