"""What the tests of the parser look at, of a text that is read."""

from law.parsing.parser import parse

TAIL = "\n第三条 本条例自2020年1月1日起施行。\n"


def articles(text, **declared):
    return [a for a in parse(text, **declared).articles if a.number]


def ids(text):
    return [a.id for a in articles(text)]


def texts(text):
    return [[p.text for p in a.paragraphs] for a in articles(text)]


def items(text):
    return [list(p.items) for a in articles(text) for p in a.paragraphs]


def findings(text, kind):
    return [f.line for f in parse(text).findings if f.kind == kind]
