"""What another regulation has in the place of an article: 「和常州的有什么不同」, 「武汉有对应的吗」."""

from assistant.understand.language import without_frame
from assistant.understand.matter import matter_in
from law.text.rules import Rule, load_rules

#: What is left of a turn that names so little only asks for the article in its place.
_NOTHING = 1


def asks_for_counterpart(text: str) -> bool:
    """Whether an article is compared, or another is wanted in its place.

    >>> asks_for_counterpart("武汉有对应的条文吗"), asks_for_counterpart("按比例给多少")
    (True, False)
    """
    return bool(_rules()["counterpart"].search(text))


def of_the_others(text: str) -> bool:
    """Whether it asks so of the other regulations that are held, by no name: 跟其他城市比."""
    return bool(_rules()["elsewhere"].search(text))


def asks_for_nothing_else(topic: str) -> bool:
    """Whether a turn, its cities cut out, asks for no more than the article in its place.

    >>> asks_for_nothing_else("有对应的条文吗"), asks_for_nothing_else("有没有类似的基金")
    (True, False)
    """
    rules = _rules()
    if not rules["counterpart"].search(topic):
        return False
    bare = rules["counterpart"].sub("", rules["elsewhere"].sub("", topic))
    return len(matter_in(without_frame(rules["which"].sub("", bare)))) <= _NOTHING


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "counterpart.toml")
