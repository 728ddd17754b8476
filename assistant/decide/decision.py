"""What is decided: evidence to quote, something to say of the index itself, or a refusal."""

from dataclasses import dataclass

from assistant.answer import Hit
from law.regulation import Article, Paragraph, Regulation


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paragraphs of one article that answer, in document order."""

    regulation: Regulation
    article: Article
    paragraphs: tuple[Paragraph, ...]
    item: int = 0  # only this 项 of them, where one was named


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
    confidence: float | None = None  # how likely the best article answers; None where that was no question
