"""How much is asked for? A head over what rules hear, how the question is put, and its own vector."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from assistant.decide.heads import fitted
from assistant.decide.stated.wanted import FIGURES, wants_of
from assistant.decide.whole.bodies import by_norms
from assistant.decide.whole.literal import articles_with
from assistant.decide.whole.manner import Floats, counted_runs, in_quotation_marks, signs
from assistant.decide.whole.spread import shape
from assistant.retrieve import Found
from assistant.understand.breadth import (
    FACT,
    Breadth,
    Kind,
    counted_matter,
    duties_of,
    names_a_part,
    names_a_whole,
    who_gains,
    within_a_whole,
)
from assistant.understand.language import about_asked, claims_of_the_rule, kinds_asked
from assistant.understand.question import Question
from law.norms.actors import actors_in
from law.norms.norm import DEPARTMENT
from law.text.figures import figures
from law.text.references import blank_references
from law.text.rules import load_rules
from law.text.script import plain
from vectorstore.arrays import Vectors
from vectorstore.library import Library

#: What may turn out to ask for a whole regulation.
_OPEN: Final[tuple[Kind, ...]] = ("fact", "set", "outline")
#: From this probability on the head is believed; from the second where a rule has seen a plural, from the third where
#: nothing else answers; below the last a rule is not.
_SURE, _SIGNED, _LIKELY, _HARDLY = 0.9, 0.8, 0.4, 0.15


#: What a question may want, in the order of the head's classes.
WANTED: Final[tuple[Kind | Literal["count"], ...]] = (
    "fact",
    "set",
    "duties",
    "words",
    "outline",
    "differences",
    "count",
)
#: How much a sign, a run of characters and the vector count beside each other in the head.
_SIGN, _RUN, _VECTOR = 1.5, 5.0, 0.5
#: A set is looked at from this probability on, where several cities are named from the second; one that a rule
#: heard is one at least so likely, one that was told to be whole surely. Duties are believed from the last on,
#: where somebody is named.
_PERHAPS, _EACH, _RULED, _FIRM, _DUTIES = 0.55, 0.995, 0.6, 0.95, 0.35
#: Where no rule has heard a set, the best article of one is no further ahead of the mean of the next three (summed
#: standard scores): of the sets of `whole_dev` nine in ten are below it, of the facts of `dev` that sound like one,
#: one.
_AHEAD, _NEXT = 5.0, 3
#: Duties are all that is asked where so little else is named beside those who have them; more may be where they are
#: surely asked for.
_ELSE, _SURE_DUTIES, _MUCH_ELSE = 4, 0.8, 12
#: What a rule heard as duties, or as words, is a set by its matter where the head thinks so little of it; words that
#: were in no quotation marks and stand nowhere also below the third; duties only where a set is so sure.
_NO_DUTIES, _NO_WORDS, _FEW_WORDS, _SURE_SET = 0.05, 0.15, 0.3, 0.7
#: Within one regulation a set is looked at from this probability on, one that a rule has heard from the second; what so
#: surely asks for one fact has never come near the first, however the ranking was shaped, and is not looked at again.
POSSIBLE, _HEARD, _SURE_FACT = 0.5, 0.4, 0.98
#: No odds are surer than this.
_TINY = 1e-4


@dataclass(frozen=True, slots=True)
class Head:
    """Logistics fitted for one embedding model.

    `breadth` (features, WANTED) says how much is asked for, over the vector less `mean`, the signs that rules hear and
    `runs` of characters. `wholes` (classes, dimension) tells questions about a whole regulation from those about one
    matter, `wholes_names` the classes. `spread` (log odds of the first, SHAPE, one) says of a question of one
    regulation whether a set is wanted, from both how it is put and how the ranking spreads; `ease` over the same how
    easily an article belongs to one. `python -m evals.calibrate.sets.fit_breadth`, `fit_wholes` and `fit_spread`
    make them.
    """

    breadth: Floats
    mean: Vectors
    runs: dict[str, int]
    wholes: Vectors
    wholes_bias: Vectors
    wholes_names: tuple[str, ...]
    spread: Floats
    ease: Floats

    def wanted(self, question: Question, vector: Vectors) -> dict[str, float]:
        """How likely each kind of breadth is asked for."""
        row = design(question.text, signs(question), vector, self.runs, self.mean)
        return dict(zip(WANTED, _softmax(row @ self.breadth).tolist(), strict=True))

    def of_one(self, wanted: Mapping[str, float], shaped: Floats) -> tuple[float, float]:
        """How likely a set is wanted of one regulation whose ranking is so shaped, and how easily (log odds) an article
        belongs to it."""
        row = spread_row(wanted, shaped)
        return float(1 / (1 + math.exp(-(row @ self.spread)))), float(row @ self.ease)

    def whole_chances(self, vector: Vectors) -> dict[str, float]:
        """How likely an outline, the main differences, or one matter is asked for."""
        chances = _softmax(self.wholes @ vector + self.wholes_bias)
        return dict(zip(self.wholes_names, chances.tolist(), strict=True))


def design(
    text: str, told: Floats, vector: Vectors | Floats, runs: Mapping[str, int], mean: Vectors | Floats
) -> Floats:
    """(features,) what the head weighs: vector, signs, runs of characters, and one."""
    own = (vector - mean) * math.sqrt(len(mean)) * _VECTOR
    return np.concatenate([own, told * _SIGN, counted_runs(text, runs) * _RUN, [1.0]])


def spread_row(wanted: Mapping[str, float], shaped: Floats) -> Floats:
    """(log odds, SHAPE, one) what is weighed to tell a set from a fact within one regulation."""
    told = [math.log((p + _TINY) / (1 - p + _TINY)) for p in (1 - wanted["fact"], wanted["set"], wanted["outline"])]
    return np.concatenate([told, shaped, [1.0]])


def _softmax(scores: Floats | Vectors) -> Floats:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float64)


def _asks_for_the_source(question: Question) -> bool:
    """Whether it is asked where the money comes from: one rule says it, however many speak of the money."""
    return load_rules("assistant.understand", "language.toml")["of_the_funds"].search(question.text) is not None


def widened(question: Question, found: Found, library: Library, head: Head) -> Question:
    """The question as one for a set or for duties, with how likely it is one; as it is where it is a look-up, or hardly
    asks for more than a fact.
    """
    if question.breadth.by_norms:
        if by_norms(question, library):
            return question
        question = replace(question, breadth=Breadth(sign=True))  # of what no rule speaks of
    exact = question.references or question.status or question.unread or question.courtesy
    exact = exact or _asks_for_the_source(question) or (question.breadth.kind == "fact" and _tells_a_figure(question))
    breadth = question.breadth
    if (
        exact
        or breadth.chapter
        or breadth.counts
        or breadth.kind not in ("fact", "set", "duties", "words")
        or len(found.vector) != len(head.mean)
    ):
        return question
    wanted = head.wanted(question, found.vector)
    if breadth.kind in ("duties", "words"):
        if not _misheard(question, wanted, library):
            return question
        question = replace(question, breadth=FACT)
        breadth = FACT
    most = _MUCH_ELSE if wanted["duties"] >= _SURE_DUTIES else _ELSE
    if wanted["duties"] >= _DUTIES and (named := duties_of(question.text, question.topic, most)):
        return replace(question, breadth=named)
    leans = question.rewritten or question.near or question.besides or len(question.topics) > 1
    if question.named and len(question.regulation_ids) == 1 and not leans:
        outline = wanted["outline"] > wanted["set"] / 2 and _may_want_the_whole(question, found.vector, head)
        if breadth.kind == "fact" and outline:
            return question
        if breadth.kind == "fact" and wanted["fact"] >= _SURE_FACT:
            return question
        told = breadth.firm or bool(who_gains(question.text, question.topic))
        chance, ease = head.of_one(wanted, shape(question, found, library))
        return _of_one(question, max(chance, _FIRM) if told and chance >= _HARDLY else chance, ease)
    chance = wanted["set"] + wanted["duties"] + wanted["outline"] + wanted["differences"]
    alone = not (breadth.firm or question.compares or leans) and _is_one(question, found)
    if breadth.kind == "set" and alone and chance < _PERHAPS:
        return replace(question, breadth=Breadth(sign=True))
    if breadth.kind == "set":
        chance = max(chance, _FIRM if breadth.firm else _RULED)
    elif chance < (_EACH if question.compares else _PERHAPS) or _is_one(question, found):
        return question
    else:
        chance = min(chance, _RULED)  # heard by no rule: of surer articles
    return replace(question, breadth=replace(breadth, kind="set", chance=chance))


def as_one_set(question: Question, found: Found, library: Library, head: Head) -> Question | None:
    """The question as one for a set, where what looks like several things is surely all that one regulation rules on a
    matter; else None."""
    if not (
        library.asked_about(*question.regulation_ids) and found.by_regulation and len(question.regulation_ids) == 1
    ):
        return None
    whole = widened(question, found, library, head) if question.named else question
    return whole if question.named and whole.breadth.kind == "set" else None


def _misheard(question: Question, wanted: Mapping[str, float], library: Library) -> bool:
    """Whether a rule heard duties or words in a question of one regulation that the head takes for another."""
    if not question.named or len(question.regulation_ids) != 1:
        return False
    if question.breadth.kind == "duties":
        return wanted["duties"] < _NO_DUTIES and wanted["set"] >= _SURE_SET
    chance = wanted["words"] + wanted["count"]
    if chance < _NO_WORDS:
        return True
    sought = question.breadth
    nowhere = not articles_with(sought.words, sought.without, question.regulation_ids, library)
    return chance < _FEW_WORDS and not in_quotation_marks(question.text) and nowhere


def _of_one(question: Question, chance: float, ease: float) -> Question:
    """The question of one regulation as one for a set so likely, or as one for a fact."""
    if chance >= (_HEARD if question.breadth.kind == "set" else POSSIBLE):
        return replace(question, breadth=replace(question.breadth, kind="set", chance=chance, ease=ease))
    return replace(question, breadth=Breadth(sign=True)) if question.breadth.kind == "set" else question


def _may_want_the_whole(question: Question, vector: Vectors, head: Head) -> bool:
    """Whether it may ask for an outline, which is looked at where nothing else answers."""
    return names_a_whole(question.text) and head.whole_chances(vector)["outline"] >= _LIKELY


def _is_one(question: Question, found: Found) -> bool:
    """Whether one article answers alone: it leans on a talk, asks for a kind of fact, or has an article far ahead of
    the next ones of its regulation."""
    if question.rewritten or kinds_asked(question.asking):
        return True
    ranked = max(found.by_regulation.values(), key=lambda hits: hits[0].score if hits else 0.0, default=())
    rest = [h.score for h in ranked[1 : 1 + _NEXT]]
    return not rest or ranked[0].score - sum(rest) / len(rest) > _AHEAD


def as_a_whole(question: Question, vector: Vectors, head: Head, *, unanswered: bool = False) -> Question:
    """The question as one for an outline, or for the main differences, where the head sees one; one that a rule took
    for such and the head does not is a set by its matter. `unanswered` says that as a question of one matter it has
    found no answer.
    """
    if (
        question.references
        or question.status
        or question.unknown
        or question.breadth.chapter
        or question.breadth.by_norms
        or question.breadth.kind not in _OPEN
    ):
        return question
    if len(vector) != head.wholes.shape[-1] or (question.rewritten and question.breadth.kind == "fact"):
        return question
    if about_asked(question.text, question.topic) in ("held", "greeting") or _asks_for_an_office(question):
        return question
    if within_a_whole(question.text) and question.breadth.kind != "outline":
        return question
    if names_a_part(question.topic) or (unanswered and wants_of(question.topic) & FIGURES):
        return question  # of a figure that is stated nowhere an outline tells nothing
    chances = head.whole_chances(vector)
    if question.breadth.kind == "outline":
        return replace(question, breadth=Breadth("set")) if chances["outline"] < _HARDLY else question
    if chances["differences"] >= _SURE and question.compares and _of_regulations(question):
        return replace(question, breadth=Breadth("differences"))
    least = _LIKELY if unanswered else _SIGNED if question.breadth.kind == "set" else _SURE
    if chances["outline"] >= least and names_a_whole(question.text) and counted_matter(question.topic):
        return replace(question, breadth=Breadth("outline"))
    return question


def _of_regulations(question: Question) -> bool:
    """Whether regulations are named, all of them, or spoken of as such: 三部条例."""
    return question.named or question.every or names_a_whole(question.text)


def _asks_for_an_office(question: Question) -> bool:
    """Whether it is a department's part in a regulation that is asked for (审计局对照条例要查什么): no outline."""
    named = {c for a in actors_in(question.topic) for c in a.classes}
    return question.breadth.kind != "outline" and any(c.startswith(DEPARTMENT) for c in named)


def _tells_a_figure(question: Question) -> bool:
    """Whether it tells a figure of the rule (最多七成，没错吧): that is held against its article, and is no set."""
    text = plain(question.text)
    return any(claims_of_the_rule(text, f.kind, f.start) for f in figures(blank_references(text)))


@lru_cache(maxsize=4)
def load_head(model: str) -> Head | None:
    """The head of an embedding model; None where none was fitted for it."""
    held = fitted(model, "whole", ("breadth", "wholes", "spread", "ease"))
    if held is None:
        return None
    return Head(
        held["breadth"].astype(np.float64),
        held["mean"],
        {str(run): at for at, run in enumerate(held["runs"])},
        held["wholes"],
        held["wholes_bias"],
        tuple(str(n) for n in held["wholes_names"]),
        held["spread"].astype(np.float64),
        held["ease"].astype(np.float64),
    )
