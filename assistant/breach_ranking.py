"""A rule and what follows when it is broken stand in two articles; a question about the one is near the other.

「违反本条例第十三条第一款规定的，由…处…罚款」 says nothing of what 第十三条 rules, so no likeness finds it. Where it is
asked what becomes of who breaks a rule, such an article is ranked near the one that it names, and the rule is raised a
little by a consequence that tells the same in other words.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.understand.language import asks_for_sanction
from assistant.understand.question import Question
from vectorstore.library import Library
from vectorstore.ranking.ranker import Scored

#: How much of the way to the other's score an article is raised: a consequence, and a rule. By `dev` without likely
#: questions and fifteen regulations that have none.
_CONSEQUENCE, _RULE = 0.7, 0.3
#: Of more regulations than this the consequences are not read.
MOST = 12


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
