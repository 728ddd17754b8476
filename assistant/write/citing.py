"""A citation is rendered from the store."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Block, Citation
from assistant.write.emphasis import emphasised
from assistant.write.first_line import fate_of
from law.regulation import Article, Paragraph, Regulation
from law.text.script import TRADITIONAL, script_of, to_simplified, to_traditional


def cite(
    regulation: Regulation,
    article: Article,
    paragraph: Paragraph,
    *,
    item: int = 0,
    question: str = "",
    stretch: str = "",
) -> Citation:
    """A citation of one 款, or of one 项 of it, rendered from the store; what answers the question stands out.

    `stretch` are the only words of it to be quoted, where not all are.
    """
    whole = paragraph.items[item - 1] if item else "\n".join(filter(None, [paragraph.text, *paragraph.items]))
    quote = stretch or whole
    return Citation(
        article.id,
        regulation.place,
        regulation.title,
        article.number,
        article.suffix,
        article.label,
        paragraph.number,
        article.heading,
        article.chapter,
        regulation.status,
        quote,
        len(article.paragraphs),
        item,
        emphasised(question, quote) if question else (),
        fate=fate_of(regulation, article),
    )


def in_script(blocks: Sequence[Block], question: str, *, traditional: bool) -> tuple[Block, ...]:
    """Blocks whose citations are shown in the script of who asked; what stands out is looked for in what is shown."""
    return tuple(replace(b, citations=tuple(_shown(c, question, traditional) for c in b.citations)) for b in blocks)


def _shown(citation: Citation, question: str, traditional: bool) -> Citation:
    if _is_traditional(citation.quote) == traditional:
        return replace(citation, shown=citation.quote, shown_bold=citation.bold)
    shown = to_traditional(citation.quote) if traditional else to_simplified(citation.quote)
    bold = emphasised(question, shown) if citation.bold else ()
    return replace(citation, shown=shown, shown_bold=bold)


@lru_cache(maxsize=4096)
def _is_traditional(quote: str) -> bool:
    """Kept: the same 款 are quoted again and again."""
    return script_of(quote) == TRADITIONAL
