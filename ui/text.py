"""Texts from questions and documents, made safe for Markdown: shown as they are, never obeyed."""

import re

from prompts import say

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:^=&])")

COLOURS = {"in_force": "green", "repealed": "red"}


def escape(text: str) -> str:
    """Every character that Markdown or Streamlit's directives could read is escaped."""
    return _SPECIAL.sub(r"\\\1", text)


def lines(text: str) -> str:
    """A text with each printed line on a line of its own."""
    return "  \n".join(map(escape, text.splitlines()))


def marked(text: str) -> str:
    """A paragraph set off by a background."""
    return "  \n".join(f":orange-background[{escape(line)}]" for line in text.splitlines())


def badge(status: str) -> str:
    """The status of a regulation as a coloured word."""
    return f":{COLOURS.get(status, 'orange')}-badge[{say(f'status.{status}')}]"
