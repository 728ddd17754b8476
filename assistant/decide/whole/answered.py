"""One of several things that a message asks, with what was found and decided for it alone."""

from dataclasses import dataclass

from assistant.decide.decision import Decision
from assistant.decide.stated.head import Stated
from assistant.decide.stated.wanted import wants_of
from assistant.retrieve import Found, Vector
from assistant.understand.parts import Part

#: A thing of its own has an article that stands out for it: this good (summed standard scores), and the next one at
#: most this share of it. Calibrated on the messages of `dev` and `whole_dev` that ask more than one thing.
CLEAR, _NEXT, _GOOD, FAIR = 10.0, 0.75, 9.0, 7.0
#: Below the first chance what is asked is stated nowhere, if the sort of fact is lacking; below the second, if that is
#: a payment, which has its own name in everyday words too; below the third, if anything else is lacking; above the last
#: it is no silence whatever its words are. Below the third fewer than one in a hundred of what is stated are lost,
#: each article left out (`python -m evals.calibrate.fit_stated` prints what is seen and lost).
_LACKED, _UNPAID, _UNSTATED, LIKELY = 0.15, 0.36, 0.05, 0.45
#: A figure of a thing that is named nowhere (注册资本) is stated nowhere below this chance, though the article has
#: others of its sort: the nearest of a thing that is named otherwise has 0.9.
_OF_NOTHING = 0.65
#: Beside a thing that is stated as surely as the first, a chance below the second is that of a silence, whatever is
#: lacking. With 0.35 five things more of `dev` were denied that are stated in other words, for 3.5 silences more of
#: `whole_dev`.
SURELY, _BESIDE = 0.975, 0.1
#: Where all that is asked would be stated nowhere, the likeliest thing is stated all the same from this chance on: a
#: message whose every thing is silence is rare, and of those of `whole_dev` one in ten is above.
STANDS = 0.06


@dataclass(frozen=True, slots=True)
class Answered:
    """One thing that was asked, what was found for it, and what was decided.

    `vector` is that of its own words; `stated_in` how likely an article states it, None where no head says so;
    `beside` says that another thing of the message is surely stated, `stands` that it is the likeliest of several that
    would all be stated nowhere; `has_its_own` that the article that ranks first for it states it, and no other's does;
    `of_nothing` that it asks for a figure of a thing that its regulations name nowhere.
    """

    part: Part
    found: Found
    decision: Decision
    vector: Vector
    stated_in: Stated | None = None
    beside: bool = False
    stands: bool = False
    has_its_own: bool = False
    of_nothing: bool = False

    @property
    def unstated(self) -> bool:
        """Whether what it wants is stated in no article that may be its answer."""
        if self.stated_in is None or self.part.question.status or self.stands:
            return False
        lacked = _UNPAID if "payment" in wants_of(self.part.own) else _LACKED
        least = _OF_NOTHING if self.of_nothing else lacked if self.stated_in.lacks else _UNSTATED
        return self.stated_in.chance < (max(least, _BESIDE) if self.beside else least)

    @property
    def likely(self) -> bool:
        """Whether an article more likely states it than not, whatever its words are."""
        least = _OF_NOTHING if self.of_nothing else LIKELY
        return self.stands or (self.stated_in is not None and self.stated_in.chance > least)

    @property
    def clear(self) -> bool:
        """Whether one article stands out, or the thing is looked up."""
        hits = self.found.hits
        if self.found.lookups or self.decision.statement:
            return bool(self.decision.evidence)
        stands_out = (
            len(hits) < 2 or len(self.part.question.regulation_ids) > 1 or hits[1].score <= _NEXT * hits[0].score
        )
        return bool(self.decision.evidence) and hits[0].score >= CLEAR and stands_out

    @property
    def carries(self) -> bool:
        """Whether it asks for a kind of fact of a matter that it names, and a good article has that."""
        own = self.part
        return bool(own.kinds and self.decision.evidence and not own.leans) and self.found.hits[0].score >= FAIR

    @property
    def stated(self) -> bool:
        """Whether a good article is there for a thing that asks for no kind of fact, whatever stands beside it."""
        asks_more = self.part.leans or self.part.kinds
        return not asks_more and bool(self.decision.evidence) and self.found.hits[0].score >= _GOOD
