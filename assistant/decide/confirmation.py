"""Does the best article surely answer? Cited is only what stands; where it is not sure, candidates are offered.

A calibrated logistic over what the ranking shows of the best article within its own regulation. Where people have
written likely questions they tell much, so articles that have some and articles that have none have a curve each.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Hit
from assistant.decide.calibration import Calibration
from assistant.decide.decision import Decision
from assistant.retrieve import Found
from assistant.understand.language import kinds_asked
from assistant.understand.question import Question
from prompts import say
from vectorstore.library import Library
from vectorstore.words import Scores

#: Within its regulation: how far the article's nearness stands above the mean (in deviations), how far its total and
#: its words are ahead of the next one's, its share of the best score for the law's words, how near its likely questions
#: are (above the mean of all, 0 where it has none); whether a kind of fact is asked for; how many articles there are
#: (logarithm). None depends on how an embedding model spreads its cosines.
FEATURES = ("above", "lead", "words_lead", "everyday", "question", "kind", "articles")
#: A reader is offered at most so many candidates.
CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`sure` are the articles to cite, `doubtful` the best ones of regulations in which none is; `confidence` is that
    of the surest, 0 to 1."""

    sure: tuple[Hit, ...]
    doubtful: tuple[Hit, ...]
    confidence: float

    @property
    def left_open(self) -> set[str]:
        """The regulations in which none is sure, by id."""
        return {_owner(h) for h in self.doubtful}

    @property
    def notices(self) -> tuple[str, ...]:
        """What is said of these beside the others' answer."""
        return tuple(say("notice.unconfirmed", title=h.regulation, label=h.label) for h in self.doubtful)


def confirm(
    question: Question, found: Found, library: Library, calibration: Calibration, chosen: Sequence[Hit]
) -> Confirmed:
    """Each regulation is judged by its best chosen article; what stands beside that one stands or falls with it."""
    sure: list[Hit] = []
    doubtful: list[Hit] = []
    best = 0.0
    for id_ in dict.fromkeys(_owner(h) for h in chosen):
        mine = [h for h in chosen if _owner(h) == id_]
        confidence = confidence_of(question, found, library, calibration, mine[0])
        best = max(best, confidence)
        if confidence >= calibration.confirmed_for(likely_questions=id_ in library.searcher.asked_about):
            sure += mine
        else:
            doubtful.append(mine[0])
    return Confirmed(tuple(sure), tuple(doubtful), best)


def unconfirmed(found: Found, made: Confirmed) -> Decision:
    """Nothing is cited: the candidates, and the words that say so."""
    ranked = [h for h in found.hits if _owner(h) in made.left_open]
    candidates = tuple(dict.fromkeys((*made.doubtful, *ranked)))[:CANDIDATES]
    labels = "、".join(f"《{h.regulation}》{h.label}" for h in candidates)
    refusal = say("refusal.unconfirmed", labels=labels)
    return Decision(reason="unconfirmed", refusal=refusal, related=candidates, confidence=made.confidence)


def confidence_of(
    question: Question, found: Found, library: Library, calibration: Calibration, best: Hit
) -> float:  # fmt: skip
    """How likely an article answers, 0 to 1."""
    curve = calibration.confirmation_for(likely_questions=_owner(best) in library.searcher.asked_about)
    values = features(question, found, library, best)
    x = curve.bias + sum(w * v for w, v in zip(curve.weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))


def features(question: Question, found: Found, library: Library, best: Hit) -> tuple[float, ...]:
    """What tells an article that answers from one that only comes first, in the order of `FEATURES`."""
    scored, at = found.scored, library.searcher.index_of(best.id)
    mine = library.places(_owner(best))
    others = mine[mine != at]
    everyday = float(scored.everyday[mine].max(initial=0.0))
    words = math.log1p(float(scored.words[at])) - math.log1p(float(scored.words[others].max(initial=0.0)))
    return (
        _above(scored.near[mine], float(scored.near[at])),
        float(scored.total[at]) - float(scored.total[others].max(initial=-20.0)), words,
        float(scored.everyday[at]) / everyday if everyday else 0.0, _above(scored.question[mine], scored.question[at]),
        float(bool(kinds_asked(question.text))), math.log(len(mine)),
    )  # fmt: skip


def _above(scores: Scores, one: float) -> float:
    """How many deviations a score stands above the mean of those that there are; 0 where it is none itself."""
    if math.isnan(one):
        return 0.0
    return (float(one) - float(np.nanmean(scores))) / (float(np.nanstd(scores)) or 1.0)


def _owner(one: Hit) -> str:
    return one.id.partition("/")[0]
