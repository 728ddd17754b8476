"""Does a regulation treat the matter of which it is asked what there is? Asked for all on a matter (有哪些规定, 各怎么
规定), something always ranks first; of a matter that a city does not treat that is no answer.

A net reads of each regulation its best article, how the others stand behind it, and the question's own vector.
`python -m evals.calibrate.sets.fit_treated` fits it for one embedding model.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from assistant.decide.decision import Decision, once
from assistant.decide.heads import fitted
from assistant.decide.of_the_law.relevance import FEATURES as OF_THE_LAW
from assistant.decide.of_the_law.relevance import features
from assistant.decide.premise import told_of_the_rule
from assistant.decide.stated.head import FIELDS, Curve, load_statedness, log_odds
from assistant.decide.stated.signals import Floats
from assistant.decide.whole.members import FEATURES, NEAR, features_within, laid_out, load_membership
from assistant.retrieve import Found
from assistant.understand.language import asks_penalties
from assistant.understand.parts import asked_of
from assistant.understand.question import Question
from prompts import say
from vectorstore.library import Library

#: Below these log odds a regulation does not treat a matter of which all is wanted, or one fact.
OF_A_SET, OF_A_FACT = -1.0, -1.5
#: A regulation treats the matter of a fact where its best article states that so surely.
_SURE = 0.98
#: So many of the best articles are looked at together.
_BESIDE = 4
#: `relevance.FEATURES` within the regulation; `members.FEATURES` and NEAR of its best article, and the greatest that
#: any has; how likely the likeliest few belong to the matter; the chance that the best states it (log odds); how many
#: regulations are asked, how long the question is, how good the best is and how far the fourth lies behind.
SIGNALS = len(OF_THE_LAW) + 2 * len((*FEATURES, *NEAR)) + _BESIDE + 5


def only_what_treats(question: Question, found: Found, decision: Decision, library: Library) -> Decision:
    """The decision without what is cited of regulations that do not treat the matter, which are told to be silent; a
    refusal where none does and a city was named. What is looked up or found by its words, and what is asked in a talk
    or of a regulation as a whole, stays as it is; so does, of one fact, a regulation whose article all but surely
    answers."""
    curve = load_treated(library.manifest.model)
    if curve is None or decision.unstated or not _ranked(question, found, decision):
        return decision
    cited = dict.fromkeys(e.regulation.id for e in decision.evidence)
    if not any(map(library.asked_about, cited)):  # the net was fitted on such alone, and no other is read here
        return decision
    asked = [r for r in cited if library.regulation(r).numbered]
    if not library.asked_about(*asked):
        return decision
    if question.breadth.kind == "fact":
        answers = {i.partition("/")[0] for i in decision.sure}
        asked = [r for r in asked if r not in answers]
    one_fact = question.breadth.kind != "set"
    least = OF_A_FACT if one_fact else OF_A_SET
    open_ = [i for i in asked if not (one_fact and _stated(question, found, library, i) >= _SURE)]
    mute = [i for i in open_ if curve.odds(signals_of_matter(question, found, library, i), found.vector) < least]
    return _without(question, found, decision, mute, library) if mute else decision


def _ranked(question: Question, found: Found, decision: Decision) -> bool:
    """Whether what is cited was found by the ranking, for a question that says all that it asks. What follows from a
    breach is chosen by what it names, and what is told of the law is held to the text."""
    listed = decision.listing is not None and decision.listing.ground == say("ground.matter")
    if not decision.evidence or found.lookups or not (listed or decision.confidence is not None):
        return False
    breadth = question.breadth
    by_name = breadth.kind not in ("set", "fact") or breadth.by_norms or breadth.chapter or breadth.counts
    leans = question.near or question.besides or question.blend or question.rewritten
    if by_name or leans or question.references or question.status:
        return False
    return not (asks_penalties(question.text) or told_of_the_rule(question.asking))


def _without(question: Question, found: Found, decision: Decision, mute: Sequence[str], library: Library) -> Decision:
    kept = tuple(e for e in decision.evidence if e.regulation.id not in mute)
    places = {e.regulation.place for e in kept}
    silent = [r for r in map(library.regulation, mute) if r.place not in places and r not in decision.silent]
    near = [h for i in mute for h in found.by_regulation.get(i, ())[:2]]
    if not (question.named or question.every):
        return replace(decision, evidence=kept) if kept else decision
    if not kept:
        titles = "、".join(f"《{r.title}》" for r in (*decision.silent, *silent))
        refusal = say("refusal.not_found", titles=titles)
        return Decision(reason="not_stated", refusal=refusal, notices=decision.notices, related=once(near)[:3])
    unstated = dict.fromkeys(f"{r.place}：{asked_of(question.topic)}" for r in silent)
    return replace(
        decision,
        evidence=kept,
        silent=(*decision.silent, *silent),
        unstated=tuple(unstated),
        related=once((*decision.related, *near)),
    )


def _best(found: Found, library: Library, regulation_id: str) -> int:
    """Which of the numbered articles of a regulation ranks first."""
    return int(np.argmax(found.scored.total[laid_out(library, regulation_id).at]))


def _stated(question: Question, found: Found, library: Library, regulation_id: str) -> float:
    """How likely the best article of a regulation states what is asked."""
    head = load_statedness(library.manifest.model)
    assert head is not None  # both are fitted for a model, or none
    article = laid_out(library, regulation_id).ids[_best(found, library, regulation_id)]
    return head.judge(question.topic, found.vector, found, library, article).chance


def signals_of_matter(question: Question, found: Found, library: Library, regulation_id: str) -> Floats:
    """(SIGNALS,) of one regulation of which something was found."""
    topic = question.topic
    rows = np.zeros(len(found.asked), dtype=bool)
    rows[library.places(regulation_id)] = True
    within = features_within(topic, found, library, regulation_id)
    chances = load_membership().asked_about.chances(within[:, : len(FEATURES)])
    likely = sorted(chances.tolist(), reverse=True)[:_BESIDE]
    scores = np.sort(found.scored.total[rows])[::-1]
    return np.nan_to_num(
        np.array(
            [
                *features(question, found.scored, rows),
                *within[_best(found, library, regulation_id)],
                *within.max(axis=0),
                *(*likely, *[0.0] * _BESIDE)[:_BESIDE],
                log_odds(_stated(question, found, library, regulation_id)),
                len(question.regulation_ids),
                len(topic),
                float(scores[0]),
                float(scores[0] - scores[min(_BESIDE, len(scores)) - 1]),
            ],
            dtype=np.float64,
        )
    )


@lru_cache(maxsize=4)
def load_treated(model: str) -> Curve | None:
    """The net of an embedding model; None where none was fitted for it, or of other signals."""
    held = fitted(model, "treated", FIELDS)
    if held is None or len(held["mean"]) != SIGNALS or load_statedness(model) is None:
        return None
    return Curve(*(np.asfortranarray(held[field]) for field in FIELDS))
