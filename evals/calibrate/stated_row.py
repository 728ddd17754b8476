"""What the heads learn from that tell whether an article states what is asked."""

from dataclasses import dataclass

from assistant.decide.stated.signals import Floats


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One asked thing of one article: signals, its own vector, whether it is stated, and how much it counts."""

    source: str
    asked: str
    article: str
    stated: bool
    counts: float
    values: Floats
    vector: Floats
