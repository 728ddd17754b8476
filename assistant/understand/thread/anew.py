"""A short turn of a talk that begins a new matter (那孵化器呢), asks of a number alone (那21呢), or what follows when a
rule is broken (有没有罚则)."""

from collections.abc import Sequence

from assistant.understand.language import asks_penalties, names_nothing_else
from law.norms.actors import actors_in
from law.regulation import Article, Regulation
from law.text.numerals import to_int
from law.text.rules import Rule, load_rules
from law.text.script import plain

#: A number of an article that is said by itself has at most so many digits: 2025 is a year.
_HIGHEST = 999
#: Of a matter that stands in no more articles than these it is asked in them, however little else tells it.
_FEW = 5


def number_alone(text: str) -> int:
    """The article that a turn names by its bare number; 0 where it says anything else.

    >>> number_alone("那21呢"), number_alone("五十九呢?"), number_alone("21个"), number_alone("2025")
    (21, 59, 0, 0)
    """
    found = _rules()["number"].fullmatch(text.strip())
    number = to_int(found["number"]) if found else None
    return number if number and number <= _HIGHEST else 0


def no_number_alone(text: str) -> bool:
    """Whether what stands alone for an article's number is none: 20.3.

    >>> no_number_alone("20.3"), no_number_alone("20")
    (True, False)
    """
    return bool(_rules()["no_number"].fullmatch(text.strip()))


def is_aspect(said: str) -> bool:
    """Whether words name a side of what was spoken of, and no matter of their own: 金额, 具体条件.

    >>> is_aspect("金额"), is_aspect("容错")
    (True, False)
    """
    return bool(_rules()["aspect"].fullmatch(said))


def penalties_alone(text: str) -> bool:
    """Whether a turn asks for penalties and names no matter: it is about all of a law, or what was looked up."""
    return asks_penalties(text) and names_nothing_else(text)


def new_matter(text: str, cited: Sequence[Article], regulations: Sequence[Regulation]) -> tuple[str, tuple[str, ...]]:
    """The matter of its own that a turn like 那孵化器呢 names, and the ids of the articles that have it where these are
    few; "" where it only narrows what was spoken of.

    It is one where its words stand together in an article of the regulations spoken of, and in none that was cited.
    """
    found = _rules()["matter"].fullmatch(text.strip())
    said = found["matter"] if found else ""
    if not said or is_aspect(said) or _is_somebody(said):
        return "", ()
    words = _words(said)
    if not words or not cited or any(_has(a, words) for a in cited):
        return "", ()
    have = tuple(a.id for r in regulations for a in r.numbered if _has(a, words))
    return said if have else "", have if len(have) <= _FEW else ()


def _is_somebody(said: str) -> bool:
    """企业, 高校: the same matter for somebody else."""
    return any(a.start == 0 and a.end >= len(said) - 1 for a in actors_in(said))


def _words(said: str) -> tuple[str, ...]:
    import rjieba

    words = tuple(w for w in rjieba.cut(said) if len(w) > 1)
    return words or ((said,) if len(said) > 1 else ())


def _has(article: Article, words: Sequence[str]) -> bool:
    text = plain(f"{article.heading}{article.text}")
    return all(w in text for w in words)


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand.thread", "anew.toml")
