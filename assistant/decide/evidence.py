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
    found: Found, library: Library, chosen: Hit, calibration: Calibration, asked: tuple[Kind, ...], question: Question
) -> Evidence:
    """The 款 of a ranked article that answer; those that carry the kind of fact asked for, where any does."""
    regulation, article = library.by_id[chosen.id]
    return Evidence(
        regulation, article, _paragraphs(found, library, article, calibration, asked, in_its_words(question))
    )


def in_its_words(question: Question) -> str:
    """What a question asks, of a turn that names a matter of its own without what was spoken of before it."""
    own = question.blend
    return own.asks if own and own.words and not own.swapped else question.topic


def margins_of(calibration: Calibration, library: Library, id_: str) -> Margins:
    """The margins for an article or a regulation, by its id."""
    return calibration.margins_for(likely_questions=id_.partition("/")[0] in library.searcher.asked_about)


def _paragraphs(
    found: Found, library: Library, article: Article, calibration: Calibration, asked: tuple[Kind, ...], topic: str
) -> tuple[Paragraph, ...]:
    """The 款 that answer: the likeliest, and those that are nearly as likely."""
    carrying = [p for p in article.paragraphs if any(k.carried.search(plain(p.full)) for k in asked)]
    running = carrying or article.paragraphs
    if len(running) == 1:
        return tuple(running)
    choice = calibration.choice_for(likely_questions=article.id.partition("/")[0] in library.searcher.asked_about)
    likely = dict(zip(article.paragraphs, chances(choice.weights, topic, found.vector, library, article), strict=True))
    best = max(likely[p] for p in running)
    return tuple(p for p in running if likely[p] >= choice.share * best)
