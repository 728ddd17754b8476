"""Which article has this figure: 「七成写在哪条」, 「不低于70%的规定在哪条」."""

from collections.abc import Sequence

from assistant.decide.decision import Decision, Evidence
from assistant.decide.premise import figures_of
from assistant.understand.language import asks_where, where_cut
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from law.regulation import Regulation
from law.text.figures import Figure, figures, same_figure
from law.text.references import blank_references
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: Kinds of figures by which an article is known; a bare number or a counter may stand in many.
_TELLING = frozenset({"share", "money", "months", "days", "workdays", "倍"})
#: More articles than this have the figure: it does not tell which is meant, unless nothing else is asked.
_MOST, _MOST_ALONE = 5, 12
#: Where so few characters are left beside the figure, it is all that is asked.
_ALONE = 6


def with_the_figure(question: Question, library: Library) -> Decision | None:
    """The 款 that have the figure whose place is asked for, or the words that none has; None where none is asked for,
    or many have it."""
    text = plain(question.text)
    if not asks_where(text):
        return None
    told = [f for f in figures(blank_references(text)) if f.kind in _TELLING]
    if not told:
        return None
    evidence = figured(told, [library.regulation(i) for i in question.regulation_ids])
    alone = len(matter_in(without_figures(plain(question.topic), told))) <= _ALONE
    if not evidence and alone:
        said = "、".join(f"「{f.said}」" for f in told)
        return Decision(reason="not_stated", refusal=say("refusal.no_such_figure", figures=said))
    return Decision(evidence) if 0 < len(evidence) <= (_MOST_ALONE if alone else _MOST) else None


def figured(told: Sequence[Figure], regulations: Sequence[Regulation]) -> tuple[Evidence, ...]:
    """Of every numbered article, the 款 that have all the figures."""
    found: list[Evidence] = []
    for regulation in regulations:
        for article in regulation.numbered:
            having = tuple(
                p for p in article.paragraphs
                if all(any(f.kind == t.kind and same_figure(t, f) for f in figures_of(p)) for t in told)
            )  # fmt: skip
            found += [Evidence(regulation, article, having)] if having else []
    return tuple(found)


def without_figures(text: str, told: Sequence[Figure]) -> str:
    """A question without its figures and the words that ask where they stand."""
    for figure in told:
        text = text.replace(figure.said, "")
    return where_cut(text)
