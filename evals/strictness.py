"""An independent look at what was said: every figure, quote and city must stand in the articles cited beside it.

It shares no code with the verifier: it reads the finished text as a reader does, by its marks （武汉·第五十八条）
and its quotes, and knows nothing of how the text came to be.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import Answer, Article, Regulation
from vectorstore.numerals import to_int
from vectorstore.places import gazetteer
from vectorstore.script import plain

Held = dict[str, tuple[Regulation, Article]]
_CHIP = re.compile(r"（([^（）·]+)·(第[^（）]+条(?:之[一二三四五六七八九十]+)?|题注)）")
_QUOTE = re.compile(r"「([^「」]+)」|“([^“”]+)”|『([^『』]+)』")
_BLOCK = re.compile(r"^> (.+?)\n\n", re.MULTILINE | re.DOTALL)
_HAN = "零〇一二三四五六七八九十百千万亿两"
_UNITS = "年月日天周个小时分钟倍元款项条次人家名所套亩平%％‰以内期届"
_SHARE = rf"([{_HAN}]+|[0-9.]+)"
_FIGURE = re.compile(rf"百分之{_SHARE}|千分之{_SHARE}|([0-9]+(?:\.[0-9]+)?)|(?<![统第])([{_HAN}]{{1,9}})(?=[{_UNITS}])")


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
        Fault("quote", block, block)
        for block in _BLOCK.findall(answer.text)
        if not any(plain(block) in plain(a.text) for _, a in cited)
    ]
    prose = answer.writing.prose if answer.writing else ""
    return result + shown_faults(prose, held) + _beyond(prose, cited)


def shown_faults(prose: str, held: Held) -> list[Fault]:
    """The same of streamed prose, sentence by sentence, each by the marks at its end."""
    by_name: dict[tuple[str, str], list[tuple[Regulation, Article]]] = {}
    for regulation, article in held.values():
        short = re.sub(r"[市省]$", "", regulation.place)
        by_name.setdefault((plain(short), plain(article.label)), []).append((regulation, article))
    result: list[Fault] = []
    for sentence in _sentences(prose):
        chips = [(plain(place), plain(label)) for place, label in _CHIP.findall(sentence)]
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
    result: set[str] = set()
    for found in _FIGURE.finditer(plain(text)):
        percent, mille, digits, han = found.groups()
        tail = plain(text)[found.end() : found.end() + 1]
        unit = "%" if percent or tail == "%" else "‰" if mille else ""
        value = next(filter(None, (percent, mille, digits, han)))
        number = value if re.fullmatch(r"[0-9.]+", value) else to_int(value.replace("两", "二"))
        result.add(f"{float(number):g}{unit}" if number is not None else value)
    return result


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
