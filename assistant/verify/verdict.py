"""What the check of one sentence finds."""

from dataclasses import dataclass


class Open(str):
    """A reason of likeness alone: whether the article carries it, words cannot tell. Everything else is a hard fact."""

    __slots__ = ()


class Only(Open):
    """A reason that a rule is told as holding for something only: of several cities it may be how one is told apart."""

    __slots__ = ()


class Untold(str):
    """A reason that a condition or an exception is left out: the sentence beside it may tell it."""

    __slots__ = ()


class OpenUntold(Open, Untold):
    """The same of a clause that only concludes: a second look may settle it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are Chinese and quote what is wrong; empty where the sentence is supported."""

    supported: bool
    reasons: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether no hard fact stands against it: then a second look may settle it."""
        return not self.supported and all(isinstance(r, Open) for r in self.reasons)

    @property
    def needs_beside(self) -> bool:
        """Whether only conditions are missing, which the sentence before or after may tell."""
        return any(isinstance(r, Untold) for r in self.reasons) and all(
            isinstance(r, Open | Untold) for r in self.reasons
        )
