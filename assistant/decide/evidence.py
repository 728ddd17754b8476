"""What answers: articles, and in each the 款 that do."""

from collections.abc import Sequence
from dataclasses import replace

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
    found: Found, library: Library, chosen: Hit, calibration: Calibration, asked: tuple[Kind, ...], question: Question
) -> Evidence:
    """The 款 of a ranked article that answer; those that carry the kind of fact asked for, where any does.

    Where a turn of a talk supposes another case, one that was not quoted yet is with them.
    """
    regulation, article = library.by_id[chosen.id]
    likely = _likely(found, library, article, calibration, question)
    carrying = [p for p in article.paragraphs if any(k.carried.search(plain(p.full)) for k in asked)]
    running = carrying or list(article.paragraphs)
    share = calibration.choice_for(likely_questions=library.asked_about(article.id)).share
    kept = [p for p in running if likely[p] >= share * max(likely[p] for p in running)]
    fresh = [p for p in article.paragraphs if not any(q in plain(p.full) for q in question.quoted)]
    if len(fresh) < len(article.paragraphs) and not any(p in fresh for p in kept):
        kept += sorted(fresh, key=lambda p: -likely[p])[:1]
    return Evidence(regulation, article, tuple(p for p in article.paragraphs if p in kept))


def naming(evidence: Evidence, names: Sequence[str]) -> Evidence:
    """The same with every 款 of its article that has one of these names."""
    more = (p for p in evidence.article.paragraphs if any(n in plain(p.full) for n in names))
    kept = {*evidence.paragraphs, *more}
    return replace(evidence, paragraphs=tuple(p for p in evidence.article.paragraphs if p in kept))


def in_its_words(question: Question) -> str:
    """What a question asks, of a turn that names a matter of its own without what was spoken of before it."""
    own = question.blend
    return own.asks if own and own.words and not own.swapped else question.topic


def margins_of(calibration: Calibration, library: Library, id_: str) -> Margins:
    """The margins for an article or a regulation, by its id."""
    return calibration.margins_for(likely_questions=library.asked_about(id_))


def _likely(
    found: Found, library: Library, article: Article, calibration: Calibration, question: Question
) -> dict[Paragraph, float]:
    """How likely each 款 is the one that answers."""
    if len(article.paragraphs) == 1:
        return dict.fromkeys(article.paragraphs, 1.0)
    topic = in_its_words(question)
    vector = found.vector if topic == question.topic or found.own is None else found.own
    choice = calibration.choice_for(likely_questions=library.asked_about(article.id))
    return dict(zip(article.paragraphs, chances(choice.weights, topic, vector, library, article), strict=True))
