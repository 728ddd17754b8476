"""By what an article is raised that its likeness to the question does not tell: its words, its like, whose breach it
names.

Cosines of one regulation's articles lie close together. Among the best ones of a regulation that has no likely
questions, those whose best 款 has more of the question's own words, rare ones most, are ranked higher.

Regulations of several cities rule the same in other words, and a question is near to those of one city: what stands in
the place of the best article of all is raised towards it.

Of a turn of a talk the words alone tell little: the best articles are weighed once more by how they stand to the turn
and to what was cited before it.

A rule and what follows when it is broken stand in two articles; a question about the one is near the other.

「违反本条例第十三条第一款规定的，由…处…罚款」 says nothing of what 第十三条 rules, so no likeness finds it. Where it is
asked what becomes of who breaks a rule, such an article is ranked near the one that it names, and the rule is raised a
little by a consequence that tells the same in other words.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.decide.stated.wanted import wants_of
from assistant.decide.stated.words import own_words, share_held, told
from assistant.understand.language import asks_for_sanction
from assistant.understand.question import Question
from assistant.understand.thread.blend import Blend, weights
from law.text.script import plain
from vectorstore.arrays import Places, Scores
from vectorstore.library import Library
from vectorstore.ranking.ranker import Scored

#: How much of the way to the other's score an article is raised: a consequence, and a rule. By `dev` without likely
#: questions and fifteen regulations that have none.
_CONSEQUENCE, _RULE = 0.7, 0.3
#: Of more regulations than this neither the consequences nor the words of the best articles are read.
MOST = 12
#: So many best articles of a regulation are read, and so much is all of the question's words worth, in summed standard
#: scores: about what a conditional logistic gives (docs/decisions/words-told.md).
_READ, _TOLD = 5, 4.6
#: How much of the way to the best score of all what stands in its place elsewhere is raised (`dev` without likely
#: questions).
_ALIKE = 0.5


def with_sanctions(question: Question, library: Library, scored: Scored, running: Sequence[str]) -> Scored:
    """The scores with consequences and the rules whose breach they name raised towards each other."""
    if len(running) > MOST or not asks_for_sanction(question.text):
        return scored
    pairs = np.concatenate([library.sanctions(i) for i in running] or [np.zeros((0, 2), np.intp)])
    if not len(pairs):
        return scored
    own, total = scored.total, scored.total.copy()
    for raised, by, share in ((pairs[:, 0], pairs[:, 1], _CONSEQUENCE), (pairs[:, 1], pairs[:, 0], _RULE)):
        np.maximum.at(total, raised, (1 - share) * own[raised] + share * own[by])
    return replace(scored, total=total)


def with_words_told(question: Question, library: Library, scored: Scored, running: Sequence[str]) -> Scored:
    """The scores with the best articles of each regulation without likely questions raised by what they have more of
    the question's words than the first of them; of a turn of a talk that is read twice, in both readings."""
    if len(question.regulation_ids) > MOST:
        return scored
    best = [best_of(scored, library.places(i)) for i in running if not library.asked_about(i)]
    if not (best := [places for places in best if len(places)]):
        return scored
    articles = [library.by_id[i][1] for places in best for i in library.searcher.ids_at(places)]
    shares = np.mean([told(topic, library, articles) for topic in question.topics], axis=0)
    ends = np.cumsum([len(places) for places in best]).tolist()
    total = scored.total.copy()
    for places, start, end in zip(best, [0, *ends], ends, strict=False):
        total[places] += _TOLD * np.maximum(0.0, shares[start:end] - shares[start])
    return replace(scored, total=total)


def with_what_stands_alike(library: Library, scored: Scored, running: Sequence[str]) -> Scored:
    """The scores with what stands in the place of the best article of all raised towards it: of each other regulation
    without likely questions the article nearest to that one to which that one is the nearest in turn, where it is among
    the best ones itself."""
    if not 1 < len(running) <= MOST:
        return scored
    own = {i: library.places(i) for i in running}
    first = max(own, key=lambda i: float(scored.total[own[i]].max()))
    best = int(own[first][scored.total[own[first]].argmax()])
    others = [i for i in running if i != first and not library.asked_about(i)]
    likeness = library.searcher.likeness
    alike = [int(own[i][likeness(np.array([best]), own[i])[0].argmax()]) for i in others]
    alike = [place for place, i in zip(alike, others, strict=True) if place in best_of(scored, own[i])]
    if not alike:
        return scored
    nearest = own[first][likeness(np.array(alike), own[first]).argmax(axis=1)]
    total = scored.total.copy()
    for place in (p for p, back in zip(alike, nearest.tolist(), strict=True) if back == best):
        total[place] = max(total[place], (1 - _ALIKE) * total[place] + _ALIKE * total[best])
    return replace(scored, total=total)


def with_what_a_turn_tells(question: Question, library: Library, scored: Scored, running: Sequence[str]) -> Scored:
    """The scores with those of the best articles of each regulation dealt out anew, the best to the one that a turn of
    a talk most likely means (`tellings`). None lies further behind it than that tells, nor than the one of its rank
    did: by how far they lie apart it is judged afterwards."""
    turn = question.blend
    if turn is None or len(running) > MOST:
        return scored
    words = own_scores(turn, library)
    by, total = np.array(weights().told), scored.total.copy()
    for places in map(library.places, running):
        best = best_of(scored, places)
        if len(best) > 1:
            raised = total[best] + tellings(turn, library, best, None if words is None else words[best]) @ by
            order = np.argsort(-raised, kind="stable")
            behind = raised[order] - raised[order[0]]
            total[best[order]] = np.maximum(scored.total[best], scored.total[best[0]] + behind)
    return replace(scored, total=total)


def own_scores(turn: Blend, library: Library) -> Scores | None:
    """(articles,) what each scores for a turn's own words; None where it has none."""
    return library.searcher.words_of(turn.alone) if turn.alone else None


def best_of(scored: Scored, places: Places) -> Places:
    """Where the few best of some articles stand, the best first."""
    best: Places = places[np.argsort(-scored.total[places], kind="stable")[:_READ]]
    return best


def tellings(turn: Blend, library: Library, best: Places, words: Scores | None) -> npt.NDArray[np.float64]:
    """(articles, TOLD) what tells of each of a regulation's best articles whether a turn means it; `words` what it
    scores for the turn's own."""
    ids = library.searcher.ids_at(best)
    mine = {i for i in turn.cited if i.partition("/")[0] == ids[0].partition("/")[0]}
    chapters = {library.by_id[i][1].chapter for i in mine}
    others = np.array([library.searcher.index_of(i) for i in turn.cited if i not in mine], dtype=np.intp)
    like = library.searcher.likeness(others, best).max(axis=0) if len(others) else np.zeros(len(best))
    wants = wants_of(turn.alone or turn.asks)
    own = own_words(turn.alone if wants or not turn.somebody else "")  # 那小企业呢: the same, for somebody else
    leans = 1 - turn.own
    rows: list[tuple[float, ...]] = []
    for at, id_ in enumerate(ids):
        article = library.by_id[id_][1]
        held = share_held(own, plain(f"{article.heading}\n{article.text}"), 0.5)
        score = float(words[at]) if words is not None else 0.0
        spoken_of = (leans * float(like[at]), leans * float(article.chapter in chapters))
        rows.append((held, score, *spoken_of, float("who" in wants and id_ in mine)))
    return np.array(rows)
