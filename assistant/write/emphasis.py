"""Which words of a quote answer: the figure, who, when, whether. The quote itself is not changed."""

import re
from functools import lru_cache

from assistant.understand.language import Emphasis, emphases, kinds_asked
from law.text.grams import bigrams
from law.text.rules import load_rules, read_once
from law.text.script import same_length_simplified
from vectorstore.ranking.everyday import words_of_the_law

Span = tuple[int, int]
#: At most so many places of one quote stand out; more would be none.
_MOST = 4
#: What a question asks for is looked for in so many of its first characters, for each quote anew.
_ASKED = 300
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")


def emphasised(question: str, quote: str) -> tuple[Span, ...]:
    """Spans [start, end) of `quote` that answer `question` (Simplified), in order, not overlapping.

    Whom and whether a rule concerns is looked for in the sentence nearest to the question only.
    """
    question, text = question[:_ASKED], same_length_simplified(quote)
    spans: list[Span] = []
    for kind in kinds_asked(question):
        spans += [m.span() for m in kind.carried.finditer(text)]
    asked = _asked_for(question)
    figures = [e for e in asked if e.name in ("figure", "when")]
    for emphasis in figures:
        spans += _matches(emphasis, text, (0, len(text)))
    if not spans:
        for emphasis in asked:
            if emphasis not in figures:
                spans += _matches(emphasis, text, _nearest(question, text))
    return _merged(spans)[:_MOST]


@read_once(8)
def _asked_for(question: str) -> tuple[Emphasis, ...]:
    asked = tuple(e for e in emphases() if e.asked.search(question))
    if load_rules("assistant.write", "first_line.toml")["owned"].search(question):
        return tuple(e for e in asked if e.name != "who")  # whose a result is: who acts answers nothing
    return asked


def _matches(emphasis: Emphasis, text: str, within: Span) -> list[Span]:
    start, end = within
    return [m.span("words") for m in emphasis.answered.finditer(text, start, end)]


def _nearest(question: str, text: str) -> Span:
    """The sentence that shares most with the question, in its own words or the law's for them."""
    asked = _grams(question)
    places = [m.span() for m in _SENTENCE.finditer(text)] or [(0, len(text))]
    return max(places, key=lambda p: len(asked & set(bigrams(text[p[0] : p[1]]))) / (8 + p[1] - p[0]) ** 0.5)


@lru_cache(maxsize=64)
def _grams(question: str) -> frozenset[str]:
    said = bigrams(question)
    return frozenset(said + [g for words in words_of_the_law(question) for word in words for g in bigrams(word)])


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for start, end in sorted(set(spans)):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
