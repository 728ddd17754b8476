"""What is decided: evidence to quote, something to say of the index itself, or a refusal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.answer import Hit
from law.regulation import Article, Paragraph, Regulation

#: So surely an article answers that it is not asked besides whether its text treats the matter, or is only related.
_ALL_BUT_SURE = 0.98


def once(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Each article once, where two of its hits have other scores."""
    first: dict[str, Hit] = {}
    for one in hits:
        first.setdefault(one.id, one)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paragraphs of one article that answer, in document order."""

    regulation: Regulation
    article: Article
    paragraphs: tuple[Paragraph, ...]
    item: int = 0  # only this 项 of them, where one was named
    stretch: str = ""  # only these words of the one 款, verbatim


@dataclass(frozen=True, slots=True)
class Listing:
    """How a set was chosen: `ground` says by what, in the reader's words (按字面「长三角」).

    `form` is list, outline or differences; `counts` whether it was asked how many there are.
    """

    ground: str
    form: Literal["list", "outline", "differences"] = "list"
    counts: bool = False
    aspects: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of differences: each matter and ids of its articles


@dataclass(frozen=True, slots=True)
class Decision:
    """Evidence to quote, a statement about the index itself, or a reason to refuse with the words that say it."""

    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    refusal: str = ""
    notices: tuple[str, ...] = ()
    related: tuple[Hit, ...] = ()
    silent: tuple[Regulation, ...] = ()  # compared, but without such a rule
    statement: str = ""
    readings: tuple[str, ...] = ()  # whole questions, one of which was meant: the reader chooses
    unstated: tuple[str, ...] = ()  # what was asked besides and is stated nowhere, each in a few words
    listing: Listing | None = None  # how a set was chosen; None where the evidence is no set
    aside: bool = False  # surely about something else, however it is read
    chances: Mapping[str, float] = field(default_factory=dict, hash=False)  # of ranked articles, by id

    @property
    def sure(self) -> frozenset[str]:
        """The ids of the articles that all but surely answer what was ranked as one question."""
        return frozenset(i for i, chance in self.chances.items() if chance >= _ALL_BUT_SURE)

    @property
    def confidence(self) -> float | None:
        """How likely the best of them answers, 0 to 1; None where that was no question."""
        return max(self.chances.values(), default=None)

    @property
    def left_open(self) -> bool:
        """Whether no article surely answers, and the question itself is clear."""
        return self.reason == "unconfirmed" and not self.readings
