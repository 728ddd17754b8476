"""How much of what is asked stands in a text: in its words, or in the law's words for everyday ones."""

import math
from collections.abc import Sequence
from functools import lru_cache

from assistant.decide.stated.wanted import FIGURES, WANTS, clause_with, wants_of
from law.norms.actors import actors_in
from law.regulation import Article
from law.text.grams import bigrams
from law.text.rules import load_rules
from law.text.script import plain
from vectorstore.library import Library
from vectorstore.ranking.everyday import words_of_the_law

#: What stands for a word: its law's words; the characters of a longer one; each character of one of two.
_LAW, _PIECES, _CHARACTER = 0.8, 0.7, 0.25
#: What no word weighs less than.
_LEAST = 0.1
#: So near to what asks stands the word that is what is asked.
_BESIDE = 2
#: Figures of a thing: a day, or how often, is one of a deed.
_MEASURES = FIGURES - {"point", "often"}
#: What a word that names a thing is tagged: nouns, short ones (社保), letters (GDP).
_THINGS = frozenset(("n", "nz", "nt", "vn", "j", "i", "eng"))


def own_words(text: str) -> list[str]:
    """The words of a question that name something, in order.

    >>> own_words("停车证丢失能不能补办")
    ['停车', '丢失', '补办']
    """
    return list(_named(text))


@lru_cache(maxsize=256)
def _named(text: str) -> tuple[str, ...]:
    """The same, kept: of one question they are wanted several times."""
    import rjieba

    empty = load_rules("assistant.understand", "parts.toml")["empty"]
    only_asks = load_rules("assistant.decide.stated", "wanted.toml")["asking"]
    words = dict.fromkeys(rjieba.cut(plain(text)))
    named = (w for w in words if (len(w) > 1 and "一" <= w[0] <= "鿿") or (w.isascii() and w.isalnum()))
    return tuple(w for w in named if not (empty.fullmatch(w) or only_asks.fullmatch(w)))


def asked_words(text: str, words: Sequence[str]) -> list[str]:
    """Those of its words that stand beside what asks: 认定 of 谁来认定."""
    text = plain(text)
    spots = [m.span() for m in load_rules("assistant.decide.stated", "wanted.toml")["mark"].finditer(text)]
    places = ((w, at) for w in words if (at := text.find(w)) >= 0)
    return [w for w, at in places if any(_is_beside(at, at + len(w), *spot) for spot in spots)]


def _is_beside(start: int, end: int, first: int, last: int) -> bool:
    return 0 <= start - last <= _BESIDE or 0 <= first - end <= _BESIDE


def held(word: str, text: str) -> float:
    """How surely a plain text has a word, 0 to 1."""
    return 1.0 if word in text else _in_others(word, _grams(word) if len(word) > 2 else _of_the_law(word), text)


def _in_others(word: str, others: Sequence[str], text: str) -> float:
    """How surely a text that lacks a word has it in others: the bigrams of a long one, the law's words for a short."""
    if len(word) > 2:
        return _PIECES * [o in text for o in others].count(True) / len(others) if others else 0.0
    for other in others:
        if other in text:
            return _LAW
    return _CHARACTER * ((word[0] in text) + (word[1] in text)) if len(word) == 2 else 0.0


@lru_cache(maxsize=4096)
def _grams(word: str) -> tuple[str, ...]:
    """The bigrams of a word, kept: it is sought in many texts."""
    return tuple(bigrams(word))


@lru_cache(maxsize=4096)
def _of_the_law(word: str) -> tuple[str, ...]:
    """The law's words for a short one, kept likewise."""
    return tuple(law for words in words_of_the_law(word) for law in words)


def measured_thing(text: str) -> str:
    """The thing of which a figure is asked for, by the last noun before what asks; "" where there is none, or where it
    is somebody, who gets or has what is measured.

    >>> measured_thing("注册资本最低要多少"), measured_thing("给发明人留多少")
    ('注册资本', '')
    """
    import rjieba

    empty = load_rules("assistant.understand", "parts.toml")["empty"]
    for want in (w for w in WANTS if w in _MEASURES & wants_of(text)):
        clause, end = clause_with(want, plain(text))
        nouns = [w for w, kind in rjieba.tag(clause[:end]) if len(w) > 1 and kind in _THINGS and not empty.fullmatch(w)]
        if nouns:
            return "" if any(a.classes for a in actors_in(nouns[-1])) else nouns[-1]
    return ""


def share_held(words: Sequence[str], text: str, otherwise: float) -> float:
    """The share of some words that a plain text has; `otherwise` where there are none."""
    return sum([held(w, text) for w in words]) / len(words) if words else otherwise


def share_in_best(words: Sequence[str], texts: Sequence[str], otherwise: float) -> float:
    """The largest of these shares over some texts."""
    if not words or not texts:
        return otherwise
    sought = [(w, _grams(w) if len(w) > 2 else _of_the_law(w)) for w in words]
    best = 0.0
    for text in texts:
        total = 0.0
        for word, others in sought:
            if word in text:
                total += 1.0
            elif len(word) == 2 or others:
                total += _in_others(word, others, text)
        best = max(best, total)
    return best / len(words)


def told(topic: str, library: Library, articles: Sequence[Article]) -> list[float]:
    """Of each article how much its best 款 has of a question's own words, each weighed by how rare it is, 0 to 1."""
    words = rarity(topic, library)
    total = sum(words.values()) or 1.0
    texts = [[plain(p.full) for p in a.paragraphs] for a in articles]
    return [
        max((sum(weight * held(word, t) for word, weight in words.items()) / total for t in own), default=0.0)
        for own in texts
    ]


def rarity(topic: str, library: Library) -> dict[str, float]:
    """The own words of a question, each with how rare it is in what is held."""
    many = len(library.searcher.article_ids) + 1
    return {w: max(_LEAST, math.log(many / (library.searcher.how_many_share(w) + 0.5))) for w in own_words(topic)}
