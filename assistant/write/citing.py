"""A citation is rendered from the store."""

from assistant.answer import Citation
from assistant.write.emphasis import emphasised
from law.regulation import Article, Paragraph, Regulation


def cite(
    regulation: Regulation, article: Article, paragraph: Paragraph, *, item: int = 0, question: str = "",
    stretch: str = "",
) -> Citation:  # fmt: skip
    """A citation of one 款, or of one 项 of it, rendered from the store; what answers the question stands out.

    `stretch` are the only words of it to be quoted, where not all are.
    """
    whole = paragraph.items[item - 1] if item else "\n".join(filter(None, [paragraph.text, *paragraph.items]))
    quote = stretch or whole
    return Citation(
        article.id, regulation.place, regulation.title, article.number, article.suffix, article.label,
        paragraph.number, article.heading, article.chapter, regulation.status, quote, len(article.paragraphs), item,
        emphasised(question, quote) if question else (),
    )  # fmt: skip
