"""Which sorts of fact one thing that is asked wants: a sum, a share, who, where, what follows, whether…"""

import re
from typing import Literal, get_args

from law.text.rules import load_rules, read_once
from law.text.script import plain

Want = Literal[
    "money", "share", "period", "point", "often", "count", "measure", "figure",
    "who", "recipient", "place", "how", "conditions", "papers", "payment", "consequence", "whether", "what",
]  # fmt: skip
WANTS: tuple[Want, ...] = get_args(Want)
#: Wants that only a figure answers.
FIGURES: frozenset[Want] = frozenset(("money", "share", "period", "point", "often", "count", "measure", "figure"))
#: What is asked so openly the rules on its matter answer, as far as there are any.
OPENLY: frozenset[Want] = frozenset(("how", "what"))
_CLAUSE = re.compile("[^,，。;；?？!！]+")

#: What each is called, where no kind of fact of the question has a name: `whether` and `what` have none.
NAMES: dict[Want, str] = {
    "money": "amount", "share": "percentage", "period": "period", "point": "date", "often": "frequency",
    "count": "quantity", "measure": "quantity", "figure": "quantity", "recipient": "apply", "who": "who",
    "place": "place", "how": "procedure", "conditions": "conditions", "papers": "papers", "payment": "payment",
    "consequence": "consequence",
}  # fmt: skip


@read_once(256)
def wants_of(question: str) -> frozenset[Want]:
    """The sorts of fact that a question wants.

    >>> sorted(wants_of("由谁认定，几天办完"))
    ['period', 'who']
    """
    rules = load_rules("assistant.decide.stated", "wanted.toml")
    text = rules["indefinite"].sub("某", plain(question))
    found = frozenset(want for want in WANTS if rules[want].search(text))
    return found - {"period"} if "often" in found else found


def clause_with(want: Want, question: str) -> tuple[str, int]:
    """The last clause of a question that wants a sort of fact, and where in it the words that ask for it end.

    >>> clause_with("who", "谈不拢的话,由谁裁决?")
    ('由谁裁决', 2)
    """
    rule = load_rules("assistant.decide.stated", "wanted.toml")[want]
    asking = ((c[0], hit) for c in _CLAUSE.finditer(question) if (hit := rule.search(c[0])))
    return next(((c, hit.end()) for c, hit in reversed([*asking])), ("", 0))


def asks_who_acts(question: str) -> bool:
    """Whether a question asks which body is to do something.

    >>> asks_who_acts("由谁统筹"), asks_who_acts("谁可以申请")
    (True, False)
    """
    return load_rules("assistant.decide.stated", "wanted.toml")["acts"].search(plain(question)) is not None
