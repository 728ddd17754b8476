"""What answers: articles, and in each the 款 that do."""

import numpy as np

from assistant.answer import Hit
from assistant.decide.calibration import Calibration, Margins
from assistant.decide.decision import Evidence
from assistant.retrieve import Found, Vector
from assistant.understand.language import Kind
from law.regulation import Article, Paragraph
from law.text.script import plain
from vectorstore.library import Library


def evidence_of(
    found: Found, library: Library, chosen: Hit, calibration: Calibration, asked: tuple[Kind, ...]
) -> Evidence:
    """The 款 of a ranked article that answer; those that carry the kind of fact asked for, where any does."""
    regulation, article = library.by_id[chosen.id]
    return Evidence(regulation, article, _paragraphs(found, library, article, calibration, asked))


def margins_of(calibration: Calibration, library: Library, id_: str) -> Margins:
    """The margins for an article or a regulation, by its id."""
    return calibration.margins_for(likely_questions=id_.partition("/")[0] in library.searcher.asked_about)


def _paragraph_scores(vector: Vector, library: Library, article: Article) -> dict[int, float]:
    """Of each 款, its own likeness to the question plus that of the best two likely questions it answers."""
    own = library.searcher.paragraph_scores(vector, article.id)
    answered: dict[int, list[float]] = {}
    for answered_by, score in library.searcher.question_scores(vector, article.id):
        for number in answered_by:
            answered.setdefault(number, []).append(score)
    return {n: s + float(np.mean(sorted(answered.get(n, [s]))[-2:])) for n, s in own.items()}


def _paragraphs(
    found: Found, library: Library, article: Article, calibration: Calibration, asked: tuple[Kind, ...]
) -> tuple[Paragraph, ...]:
    """The 款 that answer: near the question themselves, or through a likely question that they answer."""
    if len(article.paragraphs) == 1:
        return article.paragraphs
    ranked = _paragraph_scores(found.vector, library, article)
    carrying = {p.number for p in article.paragraphs if any(k.carried.search(plain(p.full)) for k in asked)}
    if carrying:
        ranked = {n: s for n, s in ranked.items() if n in carrying}
    if not ranked:
        return article.paragraphs
    best = max(ranked.values())
    margin = margins_of(calibration, library, article.id).paragraph_margin
    near = [p for p in article.paragraphs if ranked.get(p.number, -1.0) >= best - margin]
    return tuple(near)
