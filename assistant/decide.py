"""Is there evidence, and which? A refusal says what kind of silence it is."""

import math
import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from assistant.answer import Hit
from assistant.calibration import Calibration, Logistic
from assistant.language import Kind, kinds_asked
from assistant.references import LAST
from assistant.retrieve import Found, LookUp, Vector
from assistant.understand import Question
from prompts import say
from vectorstore.library import Library
from vectorstore.numerals import article_label, printed_date, to_chinese
from vectorstore.regulation import Article, Paragraph, Regulation
from vectorstore.script import plain
from vectorstore.search import Scored

Rows = npt.NDArray[np.bool_]
_DATED = re.compile(r"\d年.*\d[日号]|年月日|之日起|废止|第\d+号")
#: How many of a city's ranked articles are looked through for the kind of fact asked for, and how
#: near the best one, as a share of its score, they must be.
_NEXT_BEST, _NEAR = 3, 0.75
#: Best and mean similarity of likely questions and of paragraphs, best word score, best total, length.
FEATURES = ("question", "questions_mean", "paragraph", "paragraphs_mean", "words", "total", "length")


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
        elsewhere = _elsewhere(question, found, library, calibration)
        return elsewhere or _looked_up(question, found, notices)
    if found.scored is None or relevance(question, found, calibration) < calibration.off_topic:
        return Decision(reason="off_topic", refusal=say("refusal.off_topic", held=held))
    asked = kinds_asked(question.text)
    chosen = _carrying(asked, _choose(question, found, calibration), found, library)
    if not chosen:
        what = "、".join(say(f"kind.{k.name}") for k in asked)
        return Decision(reason="not_stated", refusal=say("refusal.not_stated", what=what), related=found.hits[:3])
    evidence = tuple(_evidence(found, library, h, calibration, asked) for h in chosen)
    answered = {e.regulation.id for e in evidence}
    silent = tuple(
        library.regulation(i)
        for i in question.regulation_ids
        if (question.named or question.every) and i not in answered
    )
    cited = {h.id for h in chosen}
    related = tuple(h for h in found.hits if h.id not in cited)[:3]
    return Decision(evidence, notices=notices, related=related, silent=silent)


def features(question: Question, scored: Scored, rows: Rows) -> tuple[float, ...]:
    """What tells a question about these articles from any other, in the order of `FEATURES`."""
    asked = scored.question[rows]
    asked = asked[~np.isnan(asked)]
    best, mean = (float(asked.max()), float(asked.mean())) if len(asked) else (0.0, 0.0)
    paragraphs = scored.paragraph[rows]
    return (
        best, mean, float(np.nanmax(paragraphs)), float(np.nanmean(paragraphs)),
        math.log1p(float(scored.words[rows].max(initial=0.0))), float(scored.total[rows].max()),
        float(min(len(question.topic), 60)),
    )  # fmt: skip


def relevance(question: Question, found: Found, calibration: Calibration) -> float:
    """How likely the question is about the corpus at all, 0 to 1 (a calibrated logistic).

    Articles that have likely questions and articles that have none are judged each by their own curve,
    the latter only where they are asked for; the more hopeful of the two counts.
    """
    assert found.scored is not None
    with_questions = ~np.isnan(found.scored.question)
    without = found.asked & ~with_questions
    curves = ((calibration.relevance, with_questions), (calibration.relevance_without_questions, without))
    return max((_on_curve(c, features(question, found.scored, rows)) for c, rows in curves if rows.any()), default=0.0)


def _on_curve(curve: Logistic, values: tuple[float, ...]) -> float:
    x = curve.bias + sum(w * v for w, v in zip(curve.weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))


def _outside(question: Question, library: Library) -> Decision:
    names = "、".join(library.regulation(i).place for i in question.outside)
    chosen = "、".join(dict.fromkeys(library.regulation(i).place for i in question.regulation_ids))
    return Decision(reason="city_not_in_corpus", refusal=say("refusal.not_in_filter", names=names, chosen=chosen))


def _partly_held(question: Question) -> tuple[str, ...]:
    return (say("notice.not_held", names="、".join(question.unknown)),) if question.unknown else ()


# look-ups -----------------------------------------------------------------------------------


def _looked_up(question: Question, found: Found, notices: tuple[str, ...]) -> Decision:
    missing = [_missing(x) for x in found.lookups if not x.articles]
    if not any(x.articles for x in found.lookups):
        return Decision(reason="no_such_article", refusal=say("refusal.no_such_article", missing="".join(missing)))
    evidence: list[Evidence] = []
    said = [*notices, *missing]
    for lookup in found.lookups:
        if question.status:
            said.append(_dates(lookup.regulation))
        elif len(lookup.articles) > 1 and lookup.reference.number:
            said.append(say("notice.repeated", title=lookup.regulation.title, count=len(lookup.articles),
                            label=lookup.articles[0].label))  # fmt: skip
        for article in lookup.articles:
            paragraphs, notice = _pointed_at(lookup, article)
            if question.status:
                paragraphs = tuple(p for p in paragraphs if _DATED.search(plain(p.full))) or paragraphs
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


def _elsewhere(question: Question, found: Found, library: Library, calibration: Calibration) -> Decision | None:
    """A real matter under a wrong number: the article that treats it, and what the number really is.

    None where the numbered article is itself among the best for the matter, or where nothing is.
    """
    named = [(x, a) for x in found.lookups for a in x.articles]
    if not question.beside or len(named) != 1 or relevance(question, found, calibration) < calibration.off_topic:
        return None
    lookup, article = named[0]
    ranked = found.by_regulation[lookup.regulation.id]
    assert found.scored is not None
    own = float(found.scored.total[library.searcher.index_of(article.id)])
    if article.id in [h.id for h in ranked[:3]] or ranked[0].score - own < calibration.elsewhere_margin:
        return None
    heading = f"【{article.heading}】" if article.heading else ""
    notice = say(
        "notice.elsewhere", label=ranked[0].label, asked=article.label + heading, title=lookup.regulation.title
    )
    evidence = _evidence(found, library, ranked[0], calibration, kinds_asked(question.text))
    return Decision((evidence,), notices=(notice,), related=(_hit_of(found, article), *ranked[1:3]))


def _hit_of(found: Found, article: Article) -> Hit:
    return next(h for h in found.hits if h.id == article.id)


def _missing(lookup: LookUp) -> str:
    reference, title = lookup.reference, lookup.regulation.title
    if reference.chapter:
        return say("notice.no_chapter", title=title, asked=to_chinese(reference.chapter))
    label = article_label(reference.number, reference.suffix)
    return say("notice.no_article", title=title, label=label, count=_count(lookup.regulation))


def _dates(regulation: Regulation) -> str:
    """What the regulation's own data say of its dates."""
    parts: list[str] = []
    for kind in ("adopted", "approved", "announced", "effective", "amended"):
        value = regulation.dates.get(kind)
        days = [value] if isinstance(value, str) else value or []
        parts += [say(f"date.{kind}", when="、".join(map(printed_date, days)))] if days else []
    if not regulation.dates.get("effective"):
        parts.append(say("date.unknown_effect"))
    return say("notice.dates", title=regulation.title, dates="，".join(parts))


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


def _carrying(asked: tuple[Kind, ...], chosen: tuple[Hit, ...], found: Found, library: Library) -> tuple[Hit, ...]:
    """Only articles that carry the kind of fact asked for; the next best ones are tried as well.

    Empty where none does: the articles treat the matter, but are silent on that fact.
    """
    if not asked:
        return chosen
    cities = dict.fromkeys(h.city for h in chosen)
    kept: list[Hit] = []
    for city in cities:
        near = [h for hits in found.by_regulation.values() for h in hits[:_NEXT_BEST] if h.city == city]
        mine = [h for h in chosen if h.city == city and _carries(asked, library, h)]
        first = next((h for h in near if _carries(asked, library, h) and h.score > near[0].score * _NEAR), None)
        kept += mine or ([first] if first else [])
    return tuple(kept)


def _carries(asked: tuple[Kind, ...], library: Library, one: Hit) -> bool:
    text = plain(library.by_id[one.id][1].text)
    return any(k.carried.search(text) for k in asked)


def _evidence(
    found: Found, library: Library, chosen: Hit, calibration: Calibration, asked: tuple[Kind, ...]
) -> Evidence:
    regulation, article = library.by_id[chosen.id]
    return Evidence(regulation, article, _paragraphs(found, library, article, calibration, asked))


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
    if len(article.paragraphs) == 1 or found.vector is None:
        return article.paragraphs
    ranked = _paragraph_scores(found.vector, library, article)
    carrying = {p.number for p in article.paragraphs if any(k.carried.search(plain(p.full)) for k in asked)}
    if carrying:
        ranked = {n: s for n, s in ranked.items() if n in carrying}
    if not ranked:
        return article.paragraphs
    best = max(ranked.values())
    near = [p for p in article.paragraphs if ranked.get(p.number, -1.0) >= best - calibration.paragraph_margin]
    return tuple(near)
