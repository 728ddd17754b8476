"""The citations of an answer, each held to the store: what does not stand there verbatim is taken out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Block, Citation, told_apart

if TYPE_CHECKING:
    from vectorstore.library import Library


def verify(blocks: Sequence[Block], library: "Library") -> tuple[Block, ...]:
    """Drop every citation whose article is not held or whose quote is not a span of it."""
    kept: list[Block] = []
    for block in blocks:
        citations = tuple(c for c in block.citations if carried(c, library))
        if citations or not block.citations:
            kept.append(replace(block, citations=citations))
    return told_apart(kept)


def carried(citation: Citation, library: "Library") -> bool:
    """Whether a citation names a held article as the store names it, and quotes it verbatim."""
    held = library.by_id.get(citation.id)
    if held is None:
        return False
    regulation, article = held
    named = (citation.regulation, citation.label, citation.article) == (regulation.title, article.label, article.number)
    if not (named and citation.quote.strip()):
        return False
    return citation.quote in article.text or squeezed(citation.quote) in squeezed(article.text)


def squeezed(text: str) -> str:
    """Without white space, the only liberty a quote may take."""
    return re.sub(r"\s+", "", text)
