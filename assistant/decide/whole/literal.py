"""By words or figures: every article that has them, in either script, and the sentences in which they stand."""

import re
from collections.abc import Iterable, Sequence

from assistant.decide.decision import Decision, Evidence
from assistant.decide.premise import figures_of
from assistant.understand.bodies.names import formal
from assistant.understand.language import NAMED_HELP, asks_where, kinds_asked, where_cut
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from law.norms.norm import Norm
from law.regulation import Article, Paragraph, Regulation
from law.text.figures import Figure, figures, same_figure
from law.text.references import blank_references
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_HAN = re.compile(r"[一-鿿]{2,}")
#: The name of a way of helping has at least so many characters.
_NAME = 3
#: A sentence longer than this is quoted from its last whole clause on, not at all cut within it.
_HEADING_ONLY = 60
#: Kinds of figures by which an article is known; a bare number or a counter may stand in many.
_TELLING = frozenset({"share", "money", "months", "days", "workdays", "倍", "摄氏度"})
#: More articles than this have the figure: it does not tell which is meant, unless nothing else is asked.
_MOST, _MOST_ALONE = 5, 12
#: Where so few characters are left beside the figure, it is all that is asked.
_ALONE = 6
#: The name of a kind of body says so many characters more than that of the body; no such word begins it.
_KINDS_SAY, _NO_KIND = range(6, 1, -1), "vpdcu"


def articles_with(
    words: Sequence[str], without: Sequence[str], regulation_ids: Iterable[str], library: Library
) -> tuple[Evidence, ...]:
    """Of each numbered article that has one of the words, in its heading or text, the sentences that do."""
    found: list[Evidence] = []
    for id_ in regulation_ids:
        regulation = library.regulation(id_)
        for article in _candidates(words, regulation, library):
            found += _sentences_with(words, without, regulation, article)
    return tuple(found)


def in_marks(words: Sequence[str]) -> str:
    """Words as they are named: 「飞地」、「孵化器」."""
    return "、".join(f"「{word}」" for word in words)


def how_often(words: Sequence[str], without: Sequence[str], article: Article) -> int:
    """How many times any of the words stands in an article's heading and text."""
    held = _less(without, f"{article.heading}\n{article.text}")
    return sum(held.count(plain(word)) for word in words)


def stands(words: Sequence[str], without: Sequence[str], text: str) -> bool:
    """Whether one of the words stands in a text, whatever its script, where it is no part of others.

    >>> stands(["知识产权"], [], "智慧財產權"), stands(["青年"], ["青年节"], "青年节")
    (True, False)
    """
    held = _less(without, text)
    return any(plain(word) in held for word in words)


def _less(without: Sequence[str], text: str) -> str:
    held = plain(text)
    for other in without:
        held = held.replace(plain(other), "\n")
    return held


def _candidates(words: Sequence[str], regulation: Regulation, library: Library) -> Iterable[Article]:
    """The articles that may have them: by their bigrams where words are long enough, else all."""
    if not all(_HAN.fullmatch(plain(w)) for w in words):
        return regulation.numbered
    ids = {i for word in words for i in library.searcher.sharing(word)}
    return [a for a in regulation.numbered if a.id in ids]


def _sentences_with(
    words: Sequence[str], without: Sequence[str], regulation: Regulation, article: Article
) -> list[Evidence]:
    found: list[Evidence] = []
    for paragraph in article.paragraphs:
        if run := _run(words, without, paragraph.text):
            found.append(Evidence(regulation, article, (paragraph,), stretch=run))
        for number, item in enumerate(paragraph.items, 1):
            if stands(words, without, item):
                found.append(Evidence(regulation, article, (paragraph,), item=number))
    if not found and stands(words, without, article.heading):
        first = article.paragraphs[0]
        found.append(Evidence(regulation, article, (first,), stretch=opening(first)))
    return found


def _run(words: Sequence[str], without: Sequence[str], text: str) -> str:
    """From the first sentence that has the words to the last one, "" where none has."""
    places = [m for m in _SENTENCE.finditer(text) if stands(words, without, m[0])]
    return text[places[0].start() : places[-1].end()].strip() if places else ""


def opening(paragraph: Paragraph, most: int = _HEADING_ONLY) -> str:
    """The first words of a 款, up to the end of its sentence or of the last clause that fits."""
    text = paragraph.text or paragraph.full
    sentence = re.match(r"[^。；;]+[。；;]?", text)
    whole = sentence[0] if sentence else text
    if len(whole) <= most:
        return whole.strip()
    cuts = [m.end() for m in re.finditer(r"[，,、：:]", whole[:most])]
    clauses = [m.end() for m in re.finditer(r"[，,：:]", whole[:most])]
    return whole[: (clauses or cuts or [most])[-1]].strip()


def with_the_figure(question: Question, library: Library) -> Decision | None:
    """The 款 that have the figure whose place is asked for, or the words that none has; None where none is asked for,
    or many have it."""
    text = plain(question.text)
    told = [f for f in figures(blank_references(text)) if f.kind in _TELLING]
    left = matter_in(without_figures(plain(question.topic), told))
    if not told or not (asks_where(text) or not left):
        return None
    evidence = figured(told, [library.regulation(i) for i in question.regulation_ids])
    alone = len(left) <= _ALONE
    if not evidence and alone:
        said = "、".join(f"「{f.said}」" for f in told)
        return Decision(reason="not_stated", refusal=say("refusal.no_such_figure", figures=said))
    return Decision(evidence) if 0 < len(evidence) <= (_MOST_ALONE if alone else _MOST) else None


def name_of_help(question: Question, library: Library) -> str:
    """The name of a way of helping (创新券) that is all a question asks for and that an article says; "" where not."""
    asked = kinds_asked(question.asking)
    if any(k.name not in NAMED_HELP for k in asked):
        return ""
    called = [m[0] for k in asked if (m := k.asked.search(plain(question.topic)))]
    words = (name[a:] for name in called for a in range(len(name) - _NAME + 1))
    return next((w for w in words if articles_with((w,), (), question.regulation_ids, library)), "")


def name_of_kind(question: Question, norms: Sequence[Norm]) -> str:
    """The name of one kind of those asked for, as it stands in the question and in a norm; "" where none does."""
    import rjieba

    said = question.breadth.said
    before = formal(plain(question.text)).partition(said)[0]
    names = [before[-more:] + said for more in _KINDS_SAY if len(before) >= more]
    names += [said] if said not in question.breadth.actors else []
    quotes = [plain(n.quote) for n in norms]
    held = (n for n in names if any(n in q for q in quotes))
    return next((n for n in held if rjieba.tag(n)[0][1][0] not in _NO_KIND), "")


def figured(told: Sequence[Figure], regulations: Sequence[Regulation]) -> tuple[Evidence, ...]:
    """Of every numbered article, the 款 that have all the figures."""
    found: list[Evidence] = []
    for regulation in regulations:
        for article in regulation.numbered:
            having = tuple(
                p
                for p in article.paragraphs
                if all(any(f.kind == t.kind and same_figure(t, f) for f in figures_of(p)) for t in told)
            )
            found += [Evidence(regulation, article, having)] if having else []
    return tuple(found)


def without_figures(text: str, told: Sequence[Figure]) -> str:
    """A question without its figures and the words that ask where they stand."""
    for figure in told:
        text = text.replace(figure.said, "")
    return where_cut(text)
