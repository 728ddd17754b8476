"""Which article has this figure: 「七成写在哪条」, 「不低于70%的规定在哪条」."""

from assistant.decide.decision import Decision, Evidence
from assistant.decide.premise import figures_of
from assistant.understand.language import asks_where
from assistant.understand.question import Question
from law.text.figures import figures, same_figure
from law.text.references import blank_references
from law.text.script import plain
from vectorstore.library import Library

#: Kinds of figures by which an article is known; a bare number or a counter may stand in many.
_TELLING = frozenset({"share", "money", "months", "days", "workdays", "倍"})
#: More articles than this have the figure: it does not tell which is meant.
_MOST = 5


def with_the_figure(question: Question, library: Library) -> Decision | None:
    """The 款 that have the figure whose place is asked for; None where none is asked for, or none or many have it."""
    text = plain(question.text)
    if not asks_where(text):
        return None
    told = [f for f in figures(blank_references(text)) if f.kind in _TELLING]
    if not told:
        return None
    evidence: list[Evidence] = []
    for regulation in (library.regulation(i) for i in question.regulation_ids):
        for article in regulation.numbered:
            having = tuple(
                p for p in article.paragraphs
                if all(any(f.kind == t.kind and same_figure(t, f) for f in figures_of(p)) for t in told)
            )  # fmt: skip
            evidence += [Evidence(regulation, article, having)] if having else []
    return Decision(tuple(evidence)) if 0 < len(evidence) <= _MOST else None
