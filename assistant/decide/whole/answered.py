"""One of several things that a message asks, with what was found and decided for it alone."""

from dataclasses import dataclass

from assistant.decide.decision import Decision
from assistant.decide.stated.head import Stated
from assistant.decide.stated.wanted import OPENLY, wants_of
from assistant.retrieve import Found, Vector
from assistant.understand.parts import Part

#: A thing of its own has an article that stands out for it: this good (summed standard scores), and the next one at
#: most this share of it. Calibrated on the messages of `dev` and `whole_dev` that ask more than one thing.
CLEAR, _NEXT, _GOOD, FAIR = 10.0, 0.75, 9.0, 7.0
#: Below this chance what is asked is stated nowhere; above the second it is no silence whatever its words are
#: (`python -m evals.calibrate.fit_stated` prints what is seen and lost of articles left out). What is asked openly
#: (收益怎么分) the rules of its matter answer: where one stands out it is denied below the third alone.
_UNSTATED, LIKELY, _OPEN = 0.2, 0.45, 0.015
#: A figure of a thing that is named nowhere (注册资本) is stated nowhere below this chance, though the article has
#: others of its sort.
_OF_NOTHING = 0.65
#: Where all that is asked would be stated nowhere, the likeliest thing is stated all the same from this chance on: a
#: message whose every thing is silence is rare.
STANDS = 0.06


@dataclass(frozen=True, slots=True)
class Answered:
    """One thing that was asked, what was found for it, and what was decided.

    `vector` is that of its own words; `stated_in` how likely an article states it, None where no head says so;
    `stands` says that it is the likeliest of several that would all be stated nowhere; `has_its_own` that the article
    that ranks first for it states it, and no other's does; `of_nothing` that it asks for a figure of a thing that its
    regulations name nowhere.
    """

    part: Part
    found: Found
    decision: Decision
    vector: Vector
    stated_in: Stated | None = None
    stands: bool = False
    has_its_own: bool = False
    of_nothing: bool = False

    @property
    def unstated(self) -> bool:
        """Whether what it wants is stated in no article that may be its answer."""
        if self.stated_in is None or self.part.question.status or self.stands:
            return False
        wants = wants_of(self.part.own)
        least = _OPEN if wants and wants <= OPENLY and self.clear else _UNSTATED
        return self.stated_in.chance < (_OF_NOTHING if self.of_nothing else least)

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
