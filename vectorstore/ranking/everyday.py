"""What people say, and the words that regulations use for it (`everyday.tsv`)."""

from functools import lru_cache
from importlib.resources import files

from law.text.script import plain


@lru_cache(maxsize=1)
def _expressions() -> dict[str, tuple[str, ...]]:
    lines = (files("vectorstore.ranking") / "everyday.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {said: tuple(words.split("|")) for said, words in pairs}


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the expressions are that begin with a character, the longest first."""
    table: dict[str, set[int]] = {}
    for said in _expressions():
        table.setdefault(said[0], set()).add(len(said))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in table.items()}


def words_of_the_law(text: str) -> tuple[tuple[str, ...], ...]:
    """For each everyday expression in a text, the longest first, the words that a regulation may use for it.

    >>> words_of_the_law("公司要掏钱吗")[-1]
    ('承担', '所需费用', '列入财政预算', '经费保障', '由建设单位承担')
    """
    return _read(plain(text))


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[tuple[str, ...], ...]:
    table, lengths, at = _expressions(), _lengths(), 0
    found: list[tuple[str, ...]] = []
    while at < len(text):
        for length in lengths.get(text[at], ()):
            if words := table.get(text[at : at + length]):
                found.append(words)
                at += length
                break
        else:
            at += 1
    return tuple(found)
