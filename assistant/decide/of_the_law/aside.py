"""Is a turn of a talk about something else altogether (护照丢了去哪补办), whatever was spoken of before?

With the matter of before almost anything ranks high, so a net reads what the turn finds by itself and with that
matter, side by side, and the turn's own vector. `python -m evals.calibrate.talks.fit_aside` fits it for one embedding
model, on turns of talks about these regulations and on `asides.jsonl`, asked in the same places.
"""

from functools import lru_cache

import numpy as np

from assistant.decide.heads import fitted
from assistant.decide.of_the_law.relevance import FEATURES, features
from assistant.decide.stated.head import FIELDS, Curve
from assistant.decide.stated.signals import Floats
from assistant.decide.stated.wanted import wants_of
from assistant.decide.unmentioned import matters_named
from assistant.retrieve import Found
from assistant.understand.question import Question
from assistant.understand.thread.wider import words_of
from law.text.rules import load_rules
from vectorstore.library import Library

#: Below these log odds that it is of the law a turn is about something else, below the second one that is an errand
#: (帮我订张票).
OF_THE_LAW, _ERRAND = -1.5, 1.0
#: Words of few articles that make up so much of a turn name what it is about.
_NAMED = 0.5
#: How many signals there are: how far the turn stands by itself, how many words it has, the share of these that any law
#: held has, its length, how many sorts of fact it wants, whether it wants something done; whether it asks of
#: another city, goes over to something else, points; whether its best article was just cited, is the best of the turn
#: by itself too, and how good both are; `relevance.FEATURES` of the turn by itself, and with the matter of before.
SIGNALS = 13 + 2 * len(FEATURES)


def is_aside(question: Question, found: Found, library: Library) -> bool | None:
    """Whether a turn is about something else; None where nothing tells: it was not looked up by itself, or no net was
    fitted for the regulations asked. One that asks for a status or an article, points to one, corrects the last
    answer, or is made up of words of few articles (龙城英才计划) is not: it was asked of the law."""
    turn, curve = question.blend, load_aside(library.manifest.model)
    if curve is None or turn is None or found.alone is None or found.own is None:
        return None
    if not library.asked_about(*question.regulation_ids):  # the net was fitted on such alone
        return None
    if question.references or question.status or turn.doubted or question.near:
        return False
    if any(m.share >= _NAMED for m in matters_named(turn.alone, library)):
        return False
    least = _ERRAND if _says("errand", question) else OF_THE_LAW
    return curve.odds(signals_of_turn(question, found, library), found.own) < least


def _says(rule: str, question: Question) -> bool:
    return load_rules("assistant.understand", "parts.toml")[rule].search(question.asking) is not None


def signals_of_turn(question: Question, found: Found, library: Library) -> Floats:
    """(SIGNALS,) of a turn that was looked up by itself and with the matter of before (`found.alone`, `found.own`)."""
    turn, alone = question.blend, found.alone
    assert turn is not None
    assert alone is not None  # who asks has seen that
    at = np.flatnonzero(found.asked)
    own_best = int(at[np.argmax(alone.total[at])])
    best = found.hits[0] if found.hits else None
    words = words_of(turn)
    held = sum(bool(library.searcher.sharing(w, 1)) for w in words)
    return np.nan_to_num(
        np.array(
            [
                turn.own,
                len(words),
                held / max(len(words), 1),
                len(turn.alone),
                len(wants_of(question.asking)),
                _says("wanted", question),
                turn.swapped,
                *turn.signs[1:],
                best is not None and best.id in turn.cited,
                best is not None and library.searcher.index_of(best.id) == own_best,
                float(alone.total[own_best]),
                best.score if best else 0.0,
                *features(question, alone, found.asked, turn.alone),
                *features(question, found.scored, found.asked),
            ],
            dtype=np.float64,
        )
    )


@lru_cache(maxsize=4)
def load_aside(model: str) -> Curve | None:
    """The net of an embedding model; None where none was fitted for it, or of other signals."""
    held = fitted(model, "aside", FIELDS)
    if held is None or len(held["mean"]) != SIGNALS:
        return None
    return Curve(*(np.asfortranarray(held[field]) for field in FIELDS))
