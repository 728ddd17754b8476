"""Is there evidence, and which? A refusal says what kind of silence it is."""

import math
from dataclasses import dataclass, field

import numpy as np

from assistant.answer import Hit
from assistant.calibration import Calibration
from assistant.references import LAST
from assistant.retrieve import Found, LookUp
from assistant.understand import Question
from prompts import say
from vectorstore.library import Library
from vectorstore.numerals import article_label, to_chinese
from vectorstore.regulation import Article, Paragraph, Regulation


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paragraphs of one article that answer, in document order."""

    regulation: Regulation
    article: Article
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Evidence to quote, or a reason to refuse with the words that say it."""

    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    refusal: str = ""
    notices: tuple[str, ...] = ()
    related: tuple[Hit, ...] = ()
    silent: tuple[Regulation, ...] = field(default=())  # compared, but without such a rule


def decide(question: Question, found: Found, library: Library, calibration: Calibration) -> Decision:
    """The order matters: what was named and is not held, then look-ups, then the ranking."""
    held = "、".join(f"{r.place}《{r.title}》" for r in library.regulations)
    if question.outside:
        return _outside(question, library)
    if question.unknown and not question.named:
        names = "、".join(question.unknown)
        return Decision(reason="city_not_in_corpus", refusal=say("refusal.city_not_in_corpus", names=names, held=held))
    notices = _partly_held(question)
    if found.lookups:
        return _looked_up(found, notices)
    if found.scored is None or relevance(found, calibration) < calibration.off_topic:
        return Decision(reason="off_topic", refusal=say("refusal.off_topic", held=held))
    chosen = _choose(question, found, calibration)
    evidence = tuple(_evidence(found, library, h, calibration) for h in chosen)
    answered = {e.regulation.id for e in evidence}
    silent = tuple(
        library.regulation(i)
        for i in question.regulation_ids
        if (question.named or question.every) and i not in answered
    )
    cited = {h.id for h in chosen}
    related = tuple(h for h in found.hits if h.id not in cited)[:3]
    return Decision(evidence, notices=notices, related=related, silent=silent)


def relevance(found: Found, calibration: Calibration) -> float:
    """How likely the question is about the corpus at all, 0 to 1 (a calibrated logistic)."""
    assert found.scored is not None
    return _logistic(calibration, features(found))


def features(found: Found) -> tuple[float, float, float]:
    """Best question and paragraph similarity and best word score over the whole index."""
    scored = found.scored
    assert scored is not None
    question = float(np.nanmax(scored.question)) if not np.isnan(scored.question).all() else 0.0
    return question, float(np.nanmax(scored.paragraph)), math.log1p(float(scored.words.max(initial=0.0)))


def _logistic(calibration: Calibration, values: tuple[float, float, float]) -> float:
    model = calibration.relevance if values[0] else calibration.relevance_without_questions
    x = model.bias + sum(w * v for w, v in zip(model.weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))


def _outside(question: Question, library: Library) -> Decision:
    names = "、".join(library.regulation(i).place for i in question.outside)
    chosen = "、".join(dict.fromkeys(library.regulation(i).place for i in question.regulation_ids))
    return Decision(reason="city_not_in_corpus", refusal=say("refusal.not_in_filter", names=names, chosen=chosen))


def _partly_held(question: Question) -> tuple[str, ...]:
    return (say("notice.not_held", names="、".join(question.unknown)),) if question.unknown else ()


# look-ups -----------------------------------------------------------------------------------


def _looked_up(found: Found, notices: tuple[str, ...]) -> Decision:
    missing = [
        say("notice.no_article", title=x.regulation.title, count=_count(x.regulation),
            label=article_label(x.reference.number, x.reference.suffix))
        for x in found.lookups if not x.articles
    ]  # fmt: skip
    if not any(x.articles for x in found.lookups):
        return Decision(reason="no_such_article", refusal=say("refusal.no_such_article", missing="".join(missing)))
    evidence: list[Evidence] = []
    said = [*notices, *missing]
    for lookup in found.lookups:
        if len(lookup.articles) > 1:
            said.append(say("notice.repeated", title=lookup.regulation.title, count=len(lookup.articles),
                            label=lookup.articles[0].label))  # fmt: skip
        for article in lookup.articles:
            paragraphs, notice = _pointed_at(lookup, article)
            said += [notice] if notice else []
            evidence.append(Evidence(lookup.regulation, article, paragraphs))
    return Decision(tuple(evidence), notices=tuple(said))


def _pointed_at(lookup: LookUp, article: Article) -> tuple[tuple[Paragraph, ...], str]:
    """The 款 that a reference names, or all of them with the words that say why."""
    asked, item = lookup.reference.paragraph, lookup.reference.item
    count = len(article.paragraphs)
    if asked == LAST:
        asked = count
    if asked > count:
        notice = say("notice.no_paragraph", title=lookup.regulation.title, label=article.label,
                     asked=to_chinese(asked), count=count)  # fmt: skip
        return article.paragraphs, notice
    chosen = tuple(p for p in article.paragraphs if not asked or p.number == asked)
    if item and not any(len(p.items) >= item for p in chosen):
        return chosen, say("notice.no_item", title=lookup.regulation.title, label=article.label, asked=to_chinese(item))
    if item:
        chosen = tuple(p for p in chosen if len(p.items) >= item)
    return chosen, ""


def _count(regulation: Regulation) -> str:
    numbered = regulation.numbered
    if not numbered:
        return "全文没有分条"
    last = max(numbered, key=lambda a: (a.number, a.suffix))
    return f"收录的文本共{len(numbered)}条，到{last.label}为止"


# the ranking ----------------------------------------------------------------------------------


def _choose(question: Question, found: Found, calibration: Calibration) -> tuple[Hit, ...]:
    """The best article of each city, and others close behind it.

    Where cities were not named, a city whose best article is far behind the best of all is left out;
    where they were, only one whose best article is not about the matter at all.
    """
    tops = {i: hits for i, hits in found.by_regulation.items() if hits}
    if not tops:
        return ()
    best = max(hits[0].score for hits in tops.values())
    asked_each = question.named or question.every
    behind = calibration.city_margin_named if asked_each else calibration.city_margin
    chosen: list[Hit] = []
    for id_ in question.regulation_ids:
        hits = tops.get(id_, ())
        if not hits or hits[0].score < best - behind * abs(best):
            continue
        near = hits[0].score - calibration.second_margin
        chosen += [h for n, h in enumerate(hits[: calibration.most_articles]) if n == 0 or h.score >= near]
    return tuple(chosen)


def _evidence(found: Found, library: Library, chosen: Hit, calibration: Calibration) -> Evidence:
    regulation, article = library.by_id[chosen.id]
    return Evidence(regulation, article, _paragraphs(found, library, article, calibration))


def _paragraphs(found: Found, library: Library, article: Article, calibration: Calibration) -> tuple[Paragraph, ...]:
    """The 款 that answer: near the question themselves, or through a likely question that they answer."""
    if len(article.paragraphs) == 1 or found.vector is None:
        return article.paragraphs
    scores = library.searcher.paragraph_scores(found.vector, article.id)
    ranked = {n: s + calibration.paragraph_offset for n, s in scores.items()}
    for answered_by, score in library.searcher.question_scores(found.vector, article.id):
        for number in answered_by:
            ranked[number] = max(ranked.get(number, -1.0), score)
    if not ranked:
        return article.paragraphs
    best = max(ranked.values())
    near = [p for p in article.paragraphs if ranked.get(p.number, -1.0) >= best - calibration.paragraph_margin]
    return tuple(near)
