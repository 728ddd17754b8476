"""Which articles? Look-ups by number, and a ranking in which each city is served for itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from assistant.answer import Hit, hit
from assistant.raising import with_sanctions, with_what_a_turn_tells, with_what_stands_alike, with_words_told
from assistant.understand.question import Question
from assistant.understand.thread.weighing import mixed, weigh
from law.regulation import Article, Regulation
from law.text.dates import rules as date_rules
from law.text.numerals import to_chinese
from law.text.references import Reference
from law.text.rules import Rule, load_rules
from law.text.script import plain
from vectorstore.arrays import Scores, highest
from vectorstore.library import Library
from vectorstore.ranking.ranker import RUNNING, Scored

#: By so much (summed standard scores) an article is raised to which a conversation points.
_POINTED = 6.0
Vector = npt.NDArray[np.float32]
K = 10
#: Where no city is named and there are more regulations than this, only so many of those that have one of the best
#: articles are ranked, each for itself no further than is looked at.
_FEW, _EACH = 12, 4


@dataclass(frozen=True, slots=True)
class LookUp:
    """A reference followed in one regulation; `articles` is empty where there is none of that number.

    A question of status is followed to the articles that answer it, with an empty reference.
    """

    regulation: Regulation
    reference: Reference
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`hits` over all cities asked for; `by_regulation` the ranking of each, best first.

    `asked` marks, in the order of the score arrays, the articles of the regulations asked for; `own` is the vector of a
    talk's last turn by itself where it was looked up so, `alone` are the scores that it has then. `signals` keeps what
    was read of an article for an asked thing, by thing and article, `within` of all articles of a regulation, by topic
    and regulation: several look at the same ones.
    """

    hits: tuple[Hit, ...]
    by_regulation: dict[str, tuple[Hit, ...]]
    lookups: tuple[LookUp, ...]
    vector: Vector
    scored: Scored
    asked: npt.NDArray[np.bool_]
    own: Vector | None = None
    alone: Scored | None = None
    signals: dict[tuple[str, str], Scores] = field(init=False, default_factory=dict, compare=False, repr=False)
    within: dict[tuple[str, str], Scores] = field(init=False, default_factory=dict, compare=False, repr=False)


def retrieve(
    question: Question, library: Library, vector: Vector | Sequence[Vector], k: int = K, each: int = 0
) -> Found:
    """Rank the articles of the regulations asked for; articles looked up by number come first.

    `vector` is that of the topic, or those of `question.topics`.

    Of each regulation the best k are ranked; where very many are in the running the best `each`, as many as are looked
    at where it is not given.
    """
    vectors = [vector] if isinstance(vector, np.ndarray) else list(vector)
    asked = library.searcher.belonging(question.regulation_ids)
    scored, alone, running = scores(question, library, vectors, asked)
    scored = with_what_a_turn_tells(question, library, scored, running)
    lookups = follow(question, [library.regulation(i) for i in running])
    depth = k if len(question.regulation_ids) <= _FEW else each or _EACH
    by_regulation = _ranked(library, scored, running, depth)
    merged = _merge(by_regulation, k, each=question.compares and (question.named or question.every))
    first = _looked_up(lookups)
    seen = {h.id for h in first}
    hits = (*first, *(h for h in merged if h.id not in seen))
    blend = question.blend
    own = vectors[0] if blend and blend.topics[0] == blend.alone else None
    return Found(hits[: max(k, len(first))], by_regulation, lookups, mixed(blend, vectors), scored, asked, own, alone)


def scores(
    question: Question, library: Library, vectors: Sequence[Vector], asked: npt.NDArray[np.bool_]
) -> tuple[Scored, Scored | None, tuple[str, ...]]:
    """The scores of all articles, before those of a talk are told apart; those of a turn by itself where it was looked
    up so; and the regulations to rank."""
    within = (
        question.regulation_ids if question.named or len(question.regulation_ids) < len(library.regulations) else None
    )
    also = (*question.near, *question.besides)
    alone = None
    if question.blend:
        scored, alone = weigh(question.blend, library, vectors, within, asked, also)
    else:
        scored = library.searcher.score(vectors[0], question.topic, within, also)
    scored = _leaning(question, library, scored)
    running = _in_the_running(question, library, scored, asked)
    scored = with_sanctions(question, library, scored, running)
    scored = with_words_told(question, library, scored, running)
    return with_what_stands_alike(library, scored, running), alone, running


def _leaning(question: Question, library: Library, scored: Scored) -> Scored:
    """The scores with what the conversation points to raised, and what it does not want again lowered."""
    if not (question.near or question.besides):
        return scored
    total = scored.total.copy()
    for ids, by in ((question.near, _POINTED), (question.besides, -_POINTED)):
        for id_ in ids:
            total[library.searcher.index_of(id_)] += by
    return replace(scored, total=total)


def follow(question: Question, regulations: Sequence[Regulation]) -> tuple[LookUp, ...]:
    """What a question names by number, by chapter or by its status, in each regulation; nothing is searched."""
    labelled = _labelled(question, regulations)
    if question.references and not _within_labelled(question.text, labelled):
        return tuple(
            LookUp(r, ref, _articles(r, ref, question.text))
            for ref in question.references
            for r in regulations
            if ref.of in ("", r.id)
        )
    if labelled:
        return labelled
    if _rules()["chapter"].search(question.text):
        chapters = ((r, _chapter_named(r, question.text)) for r in regulations)
        whole = [(r, tuple(a for a in r.numbered if a.chapter == chapter)) for r, chapter in chapters if chapter]
        if whole:
            return tuple(LookUp(r, Reference(), articles) for r, articles in whole)
    if _rules()["heading_notes"].search(question.text):
        return tuple(LookUp(r, Reference(), found) for r in regulations if (found := r.find(0)))
    if question.status:
        return tuple(LookUp(r, Reference(), found) for r in regulations if (found := _on_status(r, question.status)))
    return ()


def _labelled(question: Question, regulations: Sequence[Regulation]) -> tuple[LookUp, ...]:
    """What is no 条 and is named by its own label, in a regulation that is named: 三、（二）, 附件1 or 附件一."""
    text = plain(question.text)
    if not question.named or not _rules()["label"].search(text):  # no article is read for nothing
        return ()
    found: list[LookUp] = []
    for regulation in regulations:
        own = [a for a in regulation.articles if len(a.label) > 1 and not a.label.endswith("条") and a.label[0] != "第"]
        named = [a for a in own if (a.number or a.suffix) and any(label in text for label in _written(a))]
        longest = max((len(a.label) for a in named), default=0)
        found += [LookUp(regulation, Reference(), (a,)) for a in named if len(a.label) == longest]
    return tuple(found)


def _written(article: Article) -> tuple[str, str]:
    """A label as it stands and with its number in Chinese numerals: 附件1, 附件一."""
    label = plain(article.label)
    return label, re.sub(r"\d+", lambda number: to_chinese(int(number[0])), label)


def _rules() -> dict[str, Rule]:
    return load_rules("assistant", "retrieve.toml")


def _within_labelled(text: str, labelled: Sequence[LookUp]) -> bool:
    """附件2第一条 is a place of the annex, and no article of the regulation."""
    labels = {label for x in labelled for a in x.articles for label in _written(a)}
    return any(re.search(re.escape(label) + _rules()["within_label"].written, plain(text)) for label in labels)


def _articles(regulation: Regulation, reference: Reference, text: str) -> tuple[Article, ...]:
    """The articles of a number or a chapter; where a number repeats, the chapter or heading named decides."""
    chapter = _chapter(regulation, reference.chapter)
    if reference.chapter and not reference.number:
        return tuple(a for a in regulation.numbered if chapter and a.chapter == chapter)
    if reference.number < 0:
        at = len(regulation.numbered) + reference.number
        return regulation.numbered[at : at + 1] if at >= 0 else ()
    number, suffix = reference.number, reference.suffix
    if reference.step:
        number, suffix = regulation.beside(number, suffix, reference.step)
    found = regulation.find(number, suffix)
    named = tuple(a for a in found if (a.heading and a.heading in text) or (chapter and a.chapter == chapter))
    return named or found


def _chapter(regulation: Regulation, number: int) -> str:
    """The chapter of that number as articles name it, "" where there is none; -1 is the last."""
    chapters = list(dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter))
    if number < 0:
        return chapters[-1] if chapters else ""
    begins = f"第{to_chinese(number)}章"
    return next((c for c in chapters if begins in c.split(" ")), "")


def _chapter_named(regulation: Regulation, text: str) -> str:
    """A chapter asked for by its title: 法律责任一章, 总则."""
    for chapter in dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter):
        title = plain(chapter.rpartition(" ")[2])
        named = re.search(re.escape(title) + _rules()["as_chapter"].written, text)
        if named or (_rules()["chapter_alone"].search(title) and title in text):
            return chapter
    return ""


def _on_status(regulation: Regulation, status: str) -> tuple[Article, ...]:
    """The text before 第一章 for adoption, approval and amendments, the article on taking effect for the rest."""
    preamble = tuple(
        a for a in regulation.articles if a.number == 0 and date_rules()["tells_passage"].search(plain(a.text))
    )
    effect = tuple(a for a in regulation.numbered[-3:] if date_rules()["tells_effect"].search(plain(a.text)))
    return (preamble or effect) if status in ("passage", "change") else (effect or preamble)


def _ranked(library: Library, scored: Scored, regulation_ids: Sequence[str], k: int) -> dict[str, tuple[Hit, ...]]:
    """The best k articles of each of some regulations."""
    best = {i: best_places(library, scored, i, k) for i in regulation_ids}
    heads = library.heads(np.concatenate(list(best.values()))) if best else {}
    return {
        i: tuple(
            hit(library.regulation(i), heads[id_], total, similarity)
            for id_, total, similarity in zip(
                library.searcher.ids_at(places),
                scored.total[places].tolist(),
                scored.similarity_at(places).tolist(),
                strict=True,
            )
        )
        for i, places in best.items()
    }


def best_places(library: Library, scored: Scored, regulation_id: str, k: int) -> npt.NDArray[np.intp]:
    """Where the best k articles of a regulation stand, the best first."""
    places = library.places(regulation_id)
    return places[np.argsort(-scored.total[places], kind="stable")[:k]]


def rank(library: Library, scored: Scored, regulation_id: str, k: int) -> tuple[Hit, ...]:
    """The best k articles of one regulation."""
    return _ranked(library, scored, [regulation_id], k)[regulation_id]


def hit_of(library: Library, scored: Scored, article_id: str) -> Hit:
    """An article with its scores."""
    regulation, article = library.by_id[article_id]
    at = library.searcher.index_of(article_id)
    return hit(regulation, article, float(scored.total[at]), float(scored.similarity_at(at)))


def within_reach(question: Question, found: Found) -> Question:
    """What is gathered from whole texts is gathered from those nearest to the question, where no place is named and
    very many are held."""
    if question.named or len(question.regulation_ids) <= _FEW:
        return question
    return replace(question, regulation_ids=tuple(found.by_regulation)[:_FEW])


def _in_the_running(
    question: Question, library: Library, scored: Scored, asked: npt.NDArray[np.bool_]
) -> tuple[str, ...]:
    """The regulations to rank: all that are asked for, or of very many a few of those that have one of the best
    articles."""
    if question.named or len(question.regulation_ids) <= _FEW:
        return question.regulation_ids
    everywhere = len(question.regulation_ids) >= len(library.regulations)
    total = scored.total if everywhere else np.where(asked, scored.total, -np.inf)
    best = highest(total, RUNNING)
    best = best[np.argsort(-total[best], kind="stable")]
    return tuple(dict.fromkeys(library.searcher.owner_of(int(i)) for i in best))[:_FEW]


def _merge(by_regulation: dict[str, tuple[Hit, ...]], k: int, *, each: bool) -> tuple[Hit, ...]:
    """By score; where the cities were named to be compared, in turns, so that each is served."""
    ranked: list[Sequence[Hit]] = sorted(by_regulation.values(), key=lambda hits: -hits[0].score if hits else 0)
    if each:
        return tuple(h for row in zip_longest(*ranked) for h in row if h is not None)[:k]
    return tuple(sorted((h for hits in ranked for h in hits), key=lambda h: -h.score)[:k])


def _looked_up(lookups: Sequence[LookUp]) -> tuple[Hit, ...]:
    return tuple(dict.fromkeys(hit(x.regulation, a, 100.0, 1.0) for x in lookups for a in x.articles))
