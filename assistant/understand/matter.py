"""What a question is about: what is left of it without the words that only ask."""

from law.text.rules import load_rules


def matter_in(text: str) -> str:
    """The characters of a question that name its matter.

    >>> matter_in("一个人多少钱"), matter_in("科技保险补不补")
    ('', '科技保险')
    >>> matter_in("政府贴不贴钱")
    '政府'
    """
    rules = load_rules("assistant.understand", "parts.toml")
    return rules["empty"].sub("", rules["whether"].sub("", text))
