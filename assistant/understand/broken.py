"""What follows when a rule is broken, as it is asked: 违反第六十条怎么处罚, 有没有罚则."""

from law.text.rules import Rule, load_rules


def asks_penalties(text: str) -> bool:
    """Whether a fine, a penalty or liability is asked for.

    >>> asks_penalties("有没有罚则"), asks_penalties("谁来管")
    (True, False)
    """
    return bool(_rules()["follows"].search(text))


def says_broken(text: str) -> bool:
    """Whether a rule is said to be broken."""
    return bool(_rules()["act"].search(text))


def names_nothing_else(topic: str) -> bool:
    """Whether such a question names no matter of its own: it asks of a whole regulation.

    >>> names_nothing_else("有没有罚款的规定"), names_nothing_else("骗取资金怎么处罚")
    (True, False)
    """
    return not _rules()["frame"].sub("", topic)


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "broken.toml")
