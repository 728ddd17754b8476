"""What likeness does not tell, by which an article is raised: what it has of the words, and whose breach it names.

Cosines of one regulation's articles lie close together. Among the best ones of a regulation that has no likely
questions, those whose best 款 has more of the question's own words, rare ones most, are ranked higher.

A rule and what follows when it is broken stand in two articles; a question about the one is near the other.

「违反本条例第十三条第一款规定的，由…处…罚款」 says nothing of what 第十三条 rules, so no likeness finds it. Where it is
asked what becomes of who breaks a rule, such an article is ranked near the one that it names, and the rule is raised a
little by a consequence that tells the same in other words.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.decide.stated.words import told
from assistant.understand.language import asks_for_sanction
from assistant.understand.question import Question
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
    total = scored.total.copy()
    for places in map(library.places, running):
        best = places[np.argsort(-scored.total[places], kind="stable")[:_READ]]
        ids = library.searcher.ids_at(best)
        if not ids or library.asked_about(ids[0]):
            continue
        articles = [library.by_id[i][1] for i in ids]
        shares = np.mean([told(topic, library, articles) for topic in question.topics], axis=0)
        total[best] += _TOLD * np.maximum(0.0, shares - shares[0])
    return replace(scored, total=total)
