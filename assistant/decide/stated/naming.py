"""What an office calls a fact that is stated nowhere, beside the words of whoever asks for it."""

from assistant.decide.stated.wanted import NAMES, wants_of
from assistant.decide.whole.counted import measured_in
from assistant.understand.language import kinds_asked
from assistant.understand.parts import more_kinds
from law.text.rules import load_rules
from law.text.script import plain
from prompts import say

#: Sorts that are named where no closer name is known for a figure, or for what somebody does.
_LOOSE = ("quantity", "amount", "sum", "percentage", "payment", "who", "procedure", "place", "date")

#: What is told beside the sort of a fact, and takes no other name's place.
_BOUNDS = ("most", "least", "shown", "manner", "heirs")


def names_of(asked: str, within: str = "") -> str:
    """The names of what is asked for; "" where it has none. `within` is the thing asked with what was told before it,
    in which its kind of fact is heard too.

    >>> names_of("总盘子多大"), names_of("要罚多少款"), names_of("要不要先登记")
    ('规模、总额', '罚款金额、数额', '')
    >>> names_of("最多占几成")
    '占比、比例、上限'
    """
    text, within = plain(asked), plain(within or asked)
    rules = load_rules("assistant.decide.stated", "naming.toml")
    close = [name for name, rule in rules.items() if rule.search(text)]
    kinds = [k.name for k in kinds_asked(within) or (k for k in more_kinds() if k.asked.search(within))]
    typed = [name for want, name in NAMES.items() if want in wants_of(text)][:1]
    sorts = (typed or kinds) if kinds == ["quantity"] else kinds or typed
    if set(close) - set(_BOUNDS):
        sorts = [s for s in sorts if s not in _LOOSE]
    names = [*measured_in(text), *(say(f"kind.{name}") for name in (*close, *sorts))]
    return "、".join(dict.fromkeys("、".join(names).split("、")))
