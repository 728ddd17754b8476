"""Which help is asked for by its sort alone, whatever it is given for: 有哪些补贴和奖励, 企业能拿到哪些财政补助.

Where nothing is named beside a sort of help and those who get it, all the rules are wanted that give such a help, and
the norms say which these are. Funds (资金) are no such sort: most rules that speak of them tell how they are managed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.understand.bodies.concerned import names_a_matter
from assistant.understand.bodies.task import listed_between
from law.norms.actors import Actor
from law.norms.clause.marks import means_in
from law.norms.norm import DEPARTMENT
from law.text.rules import load_rules

#: By what a help works that is asked for by its sort.
_SORTS = ("补助", "奖励", "税收")


@dataclass(frozen=True, slots=True)
class Helped:
    """Help that is asked for: by what it works (`means`), as it was said, and the classes of those who get it."""

    means: tuple[str, ...]
    said: str
    classes: tuple[str, ...]


def helped(bare: str, named: Sequence[Actor]) -> Helped | None:
    """The help that is all that a topic asks for, `named` being those that it names; None where it names a matter.

    >>> from law.norms.actors import actors_in
    >>> [helped(t, actors_in(t)) is not None for t in ("有哪些补贴和奖励", "购买保险有哪些补贴", "企业能拿到哪些补助")]
    [True, False, True]
    """
    rules = load_rules("assistant.understand.bodies", "helped.toml")
    found = [*rules["help"].finditer(bare)]
    means = tuple(m for m in _SORTS if any(m in means_in(f[0]) for f in found))
    gaining = [a for a in named if not any(c.startswith(DEPARTMENT) or c.endswith("政府") for c in a.classes)]
    if not means or any(not listed_between(bare[a.end : b.start]) for a, b in pairwise(gaining)):
        return None
    left = bare
    for start, end in sorted([(a.start, a.end) for a in named] + [f.span() for f in found], reverse=True):
        left = left[:start] + "，" + left[end:]
    if names_a_matter(left, rules["given"]):
        return None
    classes = tuple(dict.fromkeys(c for a in gaining for c in a.classes))
    return Helped(means, "、".join(dict.fromkeys(f[0] for f in found)), classes)
