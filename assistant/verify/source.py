"""Cited articles as the verifier reads them: in plain form, worked out once and kept."""

from functools import cached_property, lru_cache

from assistant.verify.figures import Figure, figures
from assistant.verify.references import blank_references
from vectorstore.regulation import Article, Regulation
from vectorstore.script import plain

Cited = tuple[Regulation, Article]


class Source:
    """One article of one regulation. Equal articles share one."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """Plain text of each 款 with its 项."""
        return tuple(plain(p.full) for p in self.article.paragraphs)

    @cached_property
    def text(self) -> str:
        """Plain text of the article, paragraphs one a line."""
        return "\n".join(self.paragraphs)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the article."""
        return figures(blank_references(self.text))


@lru_cache(maxsize=4096)
def source_of(article: Article) -> Source:
    """The article as read; kept for the articles that were judged by last."""
    return Source(article)
