"""Who does what? Whether articles tell of the act of which it is asked who does it."""

from collections.abc import Sequence

from assistant.decide.stated.wanted import clause_with
from assistant.decide.stated.words import held, own_words
from law.text.rules import load_rules
from law.text.script import plain

#: Words are held by a text from this on.
_HELD = 0.5


def tells_of_no_such_act(asked: str, before: str, texts: Sequence[str]) -> bool:
    """Whether it is asked who does what no text tells of, nor was told before; not where it is only asked who is in
    charge.

    >>> tells_of_no_such_act("由谁裁决", "成果可以共有吗", ["单位与完成人可以约定"])
    True
    >>> tells_of_no_such_act("由谁负责", "成果可以共有吗", []), tells_of_no_such_act("谁来约定", "", ["可以约定"])
    (False, False)
    """
    clause, end = clause_with("who", plain(asked))
    rules = load_rules("assistant.decide.stated", "wanted.toml")
    words = [w for w in own_words(clause) if not rules["who"].search(w)]
    told = [w for w in words if clause.find(w) >= end]
    own = [w for w in words if held(w, plain(before)) < _HELD and not rules["in_charge"].fullmatch(w)]
    meant = told[-1:] or own
    return bool(meant) and all(w in own and not any(held(w, t) >= _HELD for t in texts) for w in meant)
