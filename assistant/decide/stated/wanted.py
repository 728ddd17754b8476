"""Which sorts of fact one thing that is asked wants: a sum, a share, who, where, what follows, whether…"""

from typing import Literal, get_args

from law.text.rules import load_rules
from law.text.script import plain

Want = Literal[
    "money", "share", "period", "point", "often", "count", "measure", "figure",
    "who", "recipient", "place", "how", "conditions", "papers", "payment", "consequence", "whether", "what",
]  # fmt: skip
WANTS: tuple[Want, ...] = get_args(Want)
#: Wants that only a figure answers.
FIGURES: frozenset[Want] = frozenset(("money", "share", "period", "point", "often", "count", "measure", "figure"))


def wants_of(question: str) -> frozenset[Want]:
    """The sorts of fact that a question wants.

    >>> sorted(wants_of("由谁认定，几天办完"))
    ['period', 'who']
    """
    rules, text = load_rules("assistant.decide.stated", "wanted.toml"), plain(question)
    found = frozenset(want for want in WANTS if rules[want].search(text))
    return found - {"period"} if "often" in found else found
