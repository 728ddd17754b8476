"""Which 款 of an article answers: how likely each, by how near it is and by how much of what is asked it has."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.decide.stated.wanted import FIGURES, wants_of
from assistant.decide.stated.words import held, rarity
from assistant.retrieve import Vector
from assistant.understand.language import Kind, asks_for_help, kinds_asked
from law.norms.actors import actors_in, is_public
from law.norms.norm import Norm
from law.regulation import Article
from law.text.figures import figures
from law.text.grams import bigrams
from law.text.rules import load_rules, read_once
from law.text.script import plain
from vectorstore.library import Library
from vectorstore.ranking.everyday import words_of_the_law

Floats = npt.NDArray[np.float64]
#: How near the 款 is to the question, its best two likely questions are, and the question as mapped; the share it has
#: of the question's own words, each weighed by how rare it is, of the law's words for its everyday ones, and of its
#: bigrams; whether it carries a kind of fact asked for, has a figure where one is wanted, grants money where help is
#: asked for, is for somebody whom the question names, binds somebody other than an authority where it is asked whether
#: somebody must or may refuse; how long it is (logarithm), and whether it comes first.
FEATURES = (
    "own",
    "likely",
    "near",
    "words",
    "everyday",
    "bigrams",
    "carried",
    "figure",
    "grants",
    "served",
    "duty",
    "length",
    "first",
)
#: Means that put money into somebody's hands; the law's words that tell who is meant.
_MONEY, _TOLD = frozenset(("资金", "补助", "奖励")), 3


def chances(weights: Sequence[float], topic: str, vector: Vector, library: Library, article: Article) -> Floats:
    """(款,) how likely each 款 of an article is the one that answers; they sum to 1."""
    scores = paragraph_rows(topic, vector, library, article) @ np.asarray(weights)
    likely = np.exp(scores - scores.max())
    result: Floats = likely / likely.sum()
    return result


def paragraph_rows(topic: str, vector: Vector, library: Library, article: Article) -> Floats:
    """(款, features) of an article, in the order of `FEATURES`."""
    searcher, asked, words = library.searcher, _asked_of(topic), rarity(topic, library)
    own = searcher.paragraph_scores(vector, article.id)
    near = searcher.paragraph_scores(searcher.led(vector, topic, [article.id.partition("/")[0]]), article.id)
    likely = _likely(searcher.question_scores(vector, article.id))
    norms = library.norms_of_article(article.id)
    rows: list[tuple[float, ...]] = []
    for paragraph in article.paragraphs:
        number, text = paragraph.number, plain(paragraph.full)
        rows.append(
            (
                own.get(number, -1.0),
                likely.get(number, own.get(number, -1.0)),
                near.get(number, -1.0),
                *asked.shares(text, words),
                *asked.fits(text, [n for n in norms if n.paragraph == number]),
                math.log(len(text) + 1),
                float(not rows),
            )
        )
    return np.array(rows)


@dataclass(frozen=True)
class _Asked:
    """What is asked, read once: the law's words for its everyday ones, its bigrams; the kinds of fact, and whether a
    figure or help is asked for; the classes of whom it names."""

    everyday: tuple[tuple[str, ...], ...]
    grams: frozenset[str]
    kinds: tuple[Kind, ...]
    figure: bool
    help: bool
    duty: bool
    named: frozenset[str]

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The bigrams of two characters: a text has one where they stand side by side."""
        return frozenset(g for g in self.grams if len(g) == 2 and not g.isascii())

    def shares(self, text: str, words: Mapping[str, float]) -> tuple[float, float, float]:
        """How much of it a plain text has: of its words (with how much each tells), of the law's words for them, of its
        bigrams."""
        said = sum(weight * held(word, text) for word, weight in words.items())
        of_law = sum(any(word in text for word in words) for words in self.everyday)
        shared = sum(pair in text for pair in self.pairs)
        if len(self.pairs) < len(self.grams):
            shared += len((self.grams - self.pairs).intersection(bigrams(text)))
        return (
            said / (sum(words.values()) or 1.0),
            of_law / (len(self.everyday) or 1),
            shared / (len(self.grams) or 1),
        )

    def fits(self, text: str, norms: Sequence[Norm]) -> tuple[float, ...]:
        """Whether a plain text carries a kind of fact, a figure, money; is for who is named, binds who is asked of."""
        grants = self.help and any(_MONEY.intersection(n.means) for n in norms)
        return (
            float(any(k.carried.search(text) for k in self.kinds)),
            float(self.figure and bool(figures(text))),
            float(grants),
            float(any(self.named.intersection(n.beneficiaries) for n in norms)),
            float(self.duty and any(map(_binds_others, norms))),
        )


def _binds_others(norm: Norm) -> bool:
    """Whether somebody who is no authority must or may not do something."""
    return norm.binding in ("应当", "不得") and any(not is_public(name) for name in norm.actors)


@read_once(64)
def _asked_of(topic: str) -> _Asked:
    said = plain(topic)
    of_law = tuple(words_of_the_law(said))
    told = [said, *(word for words in of_law for word in words[:_TOLD])]
    return _Asked(
        of_law,
        frozenset(bigrams(said)),
        kinds_asked(topic),
        bool(wants_of(topic) & FIGURES),
        asks_for_help(topic),
        load_rules("assistant.decide.stated", "paragraphs.toml")["duty"].search(said) is not None,
        frozenset(c for one in told for actor in actors_in(one) for c in actor.classes),
    )


def _likely(scores: Sequence[tuple[tuple[int, ...], float]]) -> dict[int, float]:
    """Of each 款 with likely questions the mean of the best two."""
    answered: dict[int, list[float]] = {}
    for numbers, score in scores:
        for number in numbers:
            answered.setdefault(number, []).append(score)
    best = {number: sorted(found)[-2:] for number, found in answered.items()}
    return {number: sum(two) / len(two) for number, two in best.items()}
