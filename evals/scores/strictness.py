"""An independent look at what was said: every figure, quote and city must stand in the articles cited beside it.

It shares no code with the verifier: it reads the finished text as a reader does, by its marks （武汉·第五十八条）
and its quotes, and knows nothing of how the text came to be.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import Answer, Article, Regulation
from evals.scores.supported import numbers_in
from law.text.places import gazetteer
from law.text.script import plain, to_simplified

Held = Mapping[str, tuple[Regulation, Article]]
_CHIP = re.compile(r"（([^（）·]+)·(第[^（）]+条(?:之[一二三四五六七八九十]+)?|题注)）")
_QUOTE = re.compile(r"「([^「」]+)」|“([^“”]+)”|『([^『』]+)』")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something said that the articles cited for it lack."""

    kind: str
    said: str
    sentence: str


def faults_of(answer: Answer, held: Held) -> list[Fault]:
    """What the text of an answer says beyond the articles it cites."""
    cited = [held[c.id] for c in answer.citations]
    result = [
        Fault("quote", c.quote, c.label)
        for c in answer.citations
        if plain(c.quote) not in plain(held[c.id][1].text) or plain(c.quote) not in plain(answer.text)
    ]
    prose = answer.writing.prose if answer.writing else ""
    return result + shown_faults(prose, held) + _beyond(prose, cited)


def shown_faults(prose: str, held: Held) -> list[Fault]:
    """The same of streamed prose, sentence by sentence, each by the marks at its end or the last before it.

    In a paragraph that stands on one article the mark stands once.
    """
    by_name: dict[tuple[str, str], list[tuple[Regulation, Article]]] = {}
    for regulation, article in held.values():
        short = re.sub(r"[市省]$", "", regulation.place)
        by_name.setdefault((plain(short), plain(article.label)), []).append((regulation, article))
    result: list[Fault] = []
    last: list[tuple[str, str]] = []
    for sentence in _sentences(to_simplified(prose)):
        chips = [(plain(place), plain(label)) for place, label in _CHIP.findall(sentence)] or last
        last = chips
        unknown = [f"{p}·{label}" for p, label in chips if (p, label) not in by_name]
        result += [Fault("mark", u, sentence) for u in unknown]
        cited = [pair for chip in chips for pair in by_name.get(chip, ())]
        result += _beyond(_CHIP.sub("", sentence), cited)
    return result


def _beyond(text: str, cited: Sequence[tuple[Regulation, Article]]) -> list[Fault]:
    words = "\n".join(plain(a.text) for _, a in cited)
    titles = "".join(plain(f"{r.title}{r.place}{r.province}") for r, _ in cited)
    bare = _CHIP.sub("", text)
    strange = figures(bare) - figures(words)
    result = [Fault("figure", f, text) for f in sorted(strange)]
    quotes = [next(filter(None, q)) for q in _QUOTE.findall(bare)]
    result += [Fault("quote", q, text) for q in quotes if plain(q).strip("。，；") not in words]
    result += [Fault("city", c, text) for c in cities(bare) if c not in words and c not in titles]
    return result


def figures(text: str) -> set[str]:
    """Every number of a text in one notation: 百分之三十 and 30% are both 30%."""
    return {f"{n.value:g}{'%' if n.percent else ''}" for n in numbers_in(text)}


def cities(text: str) -> set[str]:
    """The short names of all cities of the country that a text names with 市, and of those held by any name."""
    said = plain(text)
    return {plain(short) for short in _names() if f"{short}市" in said or (short in _HELD and short in said)}


def _names() -> Iterable[str]:
    return {re.sub(r"市$", "", place.name) for place in gazetteer().values() if place.level == "city"}


_HELD: set[str] = set()


def know(regulations: Iterable[Regulation]) -> None:
    """Name the cities that are looked for without 市 as well."""
    _HELD.update(re.sub(r"[市省]$", "", r.place) for r in regulations)


def _sentences(prose: str) -> list[str]:
    return [s for s in re.split(r"(?<=[。！？])(?![」”』）])|\n+", prose) if s.strip()]
