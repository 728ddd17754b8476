"""What each step of the path tells of itself, in plain values that JSON can hold."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answer import Block
from assistant.decide.decision import Decision
from assistant.retrieve import Found
from assistant.understand.question import Question
from vectorstore.library import Library

if TYPE_CHECKING:
    from langchain_core.documents import Document

#: Ranked articles that a trace tells with their signals.
_TOLD = 10


def understood(question: Question) -> dict[str, Any]:
    """How the question was read: every field of it that says something."""
    said = {f.name: getattr(question, f.name) for f in fields(question)}
    plain = {name: _plain(value) for name, value in said.items()}
    return {name: value for name, value in plain.items() if value not in ("", False, None, [], {})}


def ranked(found: Found, library: Library) -> dict[str, Any]:
    """The best articles with the score and every signal of each, and what was looked up by number."""
    signals = {
        f.name: value
        for f in fields(found.scored)
        if isinstance(value := getattr(found.scored, f.name), np.ndarray) and value.ndim == 1
    }
    rows = []
    for hit in found.hits[:_TOLD]:
        at = library.searcher.index_of(hit.id)
        scores = {name: round(float(s[at]), 4) for name, s in signals.items() if not np.isnan(s[at])}
        rows.append({"id": hit.id, "label": hit.label, "heading": hit.heading, **scores})
    looked_up = [{"regulation": x.regulation.title, "articles": [a.id for a in x.articles]} for x in found.lookups]
    return {"hits": rows} | ({"lookups": looked_up} if looked_up else {})


def documents(found: Found, library: Library) -> "list[Document]":
    """The ranked articles as LangChain's documents."""
    from langchain_core.documents import Document

    return [
        Document(
            id=h.id,
            page_content=library.by_id[h.id][1].text,
            metadata={"city": h.city, "regulation": h.regulation, "label": h.label, "score": h.score},
        )
        for h in found.hits
    ]


def decided(decision: Decision) -> dict[str, Any]:
    """The articles and 款 that answer, or why none does."""
    said: dict[str, Any] = {
        "evidence": [{"id": e.article.id, "paragraphs": [p.number for p in e.paragraphs]} for e in decision.evidence],
        "reason": decision.reason,
        "refusal": decision.refusal,
        "statement": decision.statement,
        "silent": [r.id for r in decision.silent],
        "related": [h.id for h in decision.related],
        "notices": list(decision.notices),
        "confidence": decision.confidence and round(decision.confidence, 3),
    }
    return {name: value for name, value in said.items() if value}


def written(blocks: tuple[Block, ...]) -> dict[str, Any]:
    """What is quoted, city by city."""
    quoted: dict[str, list[str]] = {}
    for block in blocks:
        quoted.setdefault(block.heading, []).extend(f"{c.id} {c.number}" for c in block.citations)
    return {"quoted": quoted}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: v for f in fields(value) if (v := _plain(getattr(value, f.name))) not in ("", 0, None, [])}
    return value if isinstance(value, str | int | float | bool | dict | None) else str(value)
