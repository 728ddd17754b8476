"""What a question is about: what is left of it without the words that only ask."""

import re

from law.text.rules import load_rules

#: 贴不贴, 管不管: whether, and nothing of what.
_WHETHER = re.compile(r"([一-鿿])不\1")


def matter_in(text: str) -> str:
    """The characters of a question that name its matter.

    >>> matter_in("一个人多少钱"), matter_in("科技保险补不补")
    ('', '科技保险')
    >>> matter_in("政府贴不贴钱")
    '政府'
    """
    return load_rules("assistant.understand", "parts.toml")["empty"].sub("", _WHETHER.sub("", text))
