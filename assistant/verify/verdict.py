"""What the check of one sentence finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are Chinese and quote what is wrong; empty where the sentence is supported."""

    supported: bool
    reasons: tuple[str, ...] = ()
