"""What answers: articles, and in each the 款 that do."""

from assistant.answer import Hit
from assistant.decide.calibration import Calibration, Margins
from assistant.decide.decision import Evidence
from assistant.decide.stated.paragraphs import chances
from assistant.retrieve import Found
from assistant.understand.language import Kind
from assistant.understand.question import Question
from law.regulation import Article, Paragraph
from law.text.script import plain
from vectorstore.library import Library


def evidence_of(
    question: Question, found: Found, library: Library, chosen: Hit, calibration: Calibration, asked: tuple[Kind, ...]
) -> Evidence:
    """The 款 of a ranked article that answer a question; those that carry the kind of fact asked for, where any does.

    A turn that goes on asks in its own words; where it supposes another case, one that was not quoted yet is with them.
    """
    regulation, article = library.by_id[chosen.id]
    likely = _likely(question, found, library, article, calibration)
    running = [p for p in article.paragraphs if any(k.carried.search(plain(p.full)) for k in asked)]
    running = running or list(article.paragraphs)
    best = max(likely[p] for p in running)
    choice = calibration.choice_for(likely_questions=_curated(article, library))
    kept = [p for p in running if likely[p] >= choice.share * best]
    fresh = [p for p in article.paragraphs if not any(q in plain(p.full) for q in question.quoted)]
    if len(fresh) < len(article.paragraphs) and not any(p in fresh for p in kept):
        kept += sorted(fresh, key=lambda p: -likely[p])[:1]
    return Evidence(regulation, article, tuple(p for p in article.paragraphs if p in kept))


def margins_of(calibration: Calibration, library: Library, id_: str) -> Margins:
    """The margins for an article or a regulation, by its id."""
    return calibration.margins_for(likely_questions=id_.partition("/")[0] in library.searcher.asked_about)


def _likely(
    question: Question, found: Found, library: Library, article: Article, calibration: Calibration
) -> dict[Paragraph, float]:
    """How likely each 款 is the one that answers."""
    if len(article.paragraphs) == 1:
        return dict.fromkeys(article.paragraphs, 1.0)
    choice = calibration.choice_for(likely_questions=_curated(article, library))
    topic, vector = question.topic, found.vector
    if question.blend and found.own is not None:
        topic, vector = question.blend.alone, found.own
    return dict(zip(article.paragraphs, chances(choice.weights, topic, vector, library, article), strict=True))


def _curated(article: Article, library: Library) -> bool:
    return article.id.partition("/")[0] in library.searcher.asked_about
