"""Reading and searching the regulations by city, chapter and words, without asking anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from law.regulation import Article, Regulation
from law.text.references import references_in
from law.text.script import plain, to_simplified

MAX_WORDS, MAX_LENGTH = 8, 100


@dataclass(frozen=True, slots=True)
class Browsed:
    """Articles in document order, and the words that they were looked for by, to be marked in them.

    `times` is how often each of the words stands in these articles.
    """

    articles: tuple[tuple[Regulation, Article], ...]
    words: tuple[str, ...]
    times: tuple[int, ...] = ()


def chapters(regulation: Regulation) -> tuple[str, ...]:
    """The chapters in document order; "" is left out."""
    return tuple(dict.fromkeys(a.chapter for a in regulation.articles if a.chapter))


def articles_with(regulations: Sequence[Regulation], words: str = "", chapter: str = "") -> Browsed:
    """The articles of a chapter ("" for all) in which every one of `words` occurs, Simplified or Traditional.

    A number, 第五十八条 or 58, finds the articles of that number.
    """
    wanted = tuple(words[:MAX_LENGTH].split()[:MAX_WORDS])
    number, suffix = _number(wanted)
    found = [
        (r, a)
        for r in regulations
        for a in r.articles
        if (not chapter or a.chapter == chapter)
        and ((a.number, a.suffix) == (number, suffix) if number else _holds(a, wanted))
    ]
    texts = [_searched(a) for _, a in found]
    times = () if number else tuple(sum(t.count(plain(word)) for t in texts) for word in wanted)
    return Browsed(tuple(found), () if number else wanted, times)


def _holds(article: Article, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    text = _searched(article)
    return all(plain(word) in text for word in wanted)


def _searched(article: Article) -> str:
    """What is looked through of an article."""
    return plain(article.label + article.heading + article.text)


def _number(wanted: Sequence[str]) -> tuple[int, int]:
    if len(wanted) != 1:
        return 0, 0
    word = wanted[0]
    if word.isdecimal():
        return int(word[:6]), 0
    named = references_in(to_simplified(word)) if word.startswith("第") and "条" in to_simplified(word) else ()
    return (named[0].number, named[0].suffix) if named and named[0].number > 0 else (0, 0)
