"""Who is named in a rule, and what goes on from one rule, or from the lead of a list, to the next."""

from dataclasses import dataclass

from law.norms.norm import Binding, Kind


@dataclass(frozen=True, slots=True)
class Who:
    """Classes, and the words that they stand in."""

    classes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes on from one rule, or from the lead of a list, to the next; `binding` is None where nothing does.

    `within` says that it comes from the same sentence, `named` that who acts was named and not only
    urged, `lists_conditions` that each item of the list is one, `lists_requirements` that each says what somebody is.
    """

    who: Who = Who()
    binding: Binding | None = None
    kind: Kind = "rule"
    listed: bool = False
    within: bool = False
    named: bool = False
    lists_conditions: bool = False
    lists_requirements: bool = False
