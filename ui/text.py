"""Texts from questions and documents, made safe for Markdown: shown as they are, never obeyed."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:^=&])")

STATUS = {
    "in_force": ("现行有效", "green"),
    "draft": ("草案", "orange"),
    "amended": ("后经修正", "orange"),
    "repealed": ("已废止", "red"),
    "not_yet_in_force": ("尚未施行", "orange"),
}


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
    word, colour = STATUS.get(status, (status, "gray"))
    return f":{colour}-badge[{word}]"
