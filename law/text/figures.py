"""Numbers, percentages, sums, dates and durations in any notation, each with its bound."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from law.text.figure_words import figure_words
from law.text.numerals import value_of
from law.text.rules import Rule, load_rules, read_once


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text in plain form. `parts` of a date are year, month, day, None where unsaid.

    `kind` is date, share, money, months, days, workdays, age, or the counter itself (次, 届, 家);
    `bound` is min, max, below, within, reach, about, or "" for the bare figure.
    """

    kind: str
    value: Fraction
    bound: str
    start: int
    end: int
    said: str
    parts: tuple[int | None, int | None, int | None] = (None, None, None)


_PARTS = (("y", "y3", "y3"), ("m", "m2", "m3"), ("d", "d2", "d3"))
#: The words that bound a figure are quoted with it from so many characters before it on.
_NEAR_BOUND = 20
_SHARES = ("in_hundred", "fraction", "percent", "range", "tenths", "half")
#: How lengths of time are written, in what they are counted, and how many of it one is.
_TIMES = (
    ("years", "months", 12),
    ("half_year", "months", 12),
    ("months", "months", 1),
    ("months_within", "months", 1),
    ("quarters", "months", 3),
    ("workdays", "workdays", 1),
    ("weeks", "days", 7),
    ("days", "days", 1),
    ("hours", "hours", 1),
)


#: A run of digits longer than any numeral that is meant. It is one figure whose value nothing has; looking for numerals
#: at each place within it would take the square of its length.
_ENDLESS = re.compile(r"[0-9,零〇一二两三四五六七八九十百千万亿廿壹贰叁拾佰仟]{25,}")
_NOTHING_HAS = Fraction(-1)


def endless(text: str) -> str:
    """The first run of digits that is longer than any numeral, "" where there is none."""
    found = _ENDLESS.search(text)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class _ReadFigure:
    """A match read as a figure of a kind; `value` is None where it is none."""

    match: re.Match[str]
    kind: str
    value: Fraction | None
    parts: tuple[int | None, int | None, int | None] = (None, None, None)


@read_once(256)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a plain text, in order; references to articles must have been blanked out before."""
    found = [Figure("", _NOTHING_HAS, "", *m.span(), m[0][:24]) for m in _ENDLESS.finditer(text)]
    text = _ENDLESS.sub(lambda m: "|" * len(m[0]), text) if found else text
    text = _rules()["once_for_all"].sub("|次性", text)
    taken = bytearray(len(text))
    for read in chain(_dates(text), _measures(text), _times(text), _counted(text)):  # what was read first is taken
        start, end = read.match.span()
        if read.value is None or any(taken[start:end]):
            continue
        taken[start:end] = b"\1" * (end - start)
        bound = _day_bound(text[end : end + 3]) if read.kind == "date" else _bound(text, start, end)
        found.append(Figure(read.kind, read.value, bound, start, end, read.match[0], read.parts))
    return tuple(sorted(found, key=lambda f: f.start))


def _dates(text: str) -> Iterator[_ReadFigure]:
    for m in _rules()["date"].finditer(text):
        year, month, day = (_whole(m[a] or m[b] or m[c]) for a, b, c in _PARTS)
        if (month or 1) <= 12 and (day or 1) <= 31 and not _rules()["no_date"].match(text[m.end() : m.end() + 2]):
            yield _ReadFigure(m, "date", Fraction(0), (year, month, day))


def _measures(text: str) -> Iterator[_ReadFigure]:
    """Shares, sums, ages, multiples."""
    rules = _rules()
    for name in _SHARES:
        for m in rules[f"share.{name}"].finditer(text):
            yield _ReadFigure(m, "share", _share(m))
    for m in rules["sum"].finditer(text):
        value = value_of(m["n"])
        yield _ReadFigure(m, "money", value and value * (value_of("1" + m["s"]) or 1))
    for m in rules["degrees"].finditer(text):
        value = value_of(m["n"])
        yield _ReadFigure(m, "摄氏度", -value if value is not None and m["below"] else value)
    for m in rules["age"].finditer(text):
        yield _ReadFigure(m, "age", value_of(m["n"]))
    for m in rules["times_over"].finditer(text):
        yield _ReadFigure(m, "倍", Fraction(2) if m["double"] else value_of(m["n"]))


def _times(text: str) -> Iterator[_ReadFigure]:
    for name, kind, scale in _TIMES:
        for m in _rules()[f"time.{name}"].finditer(text):
            yield _ReadFigure(m, *_time(m, kind, scale))


def _counted(text: str) -> Iterator[_ReadFigure]:
    """What is counted, and bare numbers."""
    words = figure_words()
    for m in words.counters.finditer(text):
        value = value_of(m["n"])
        once = m["c"] == "次" and m["n"] == "一"
        if once and not words.once.search(text[max(0, m.start() - 4) : m.start()]):
            continue
        if not (value == 1 and not m["n"].isdigit() and words.indefinite.fullmatch(m["c"])):
            yield _ReadFigure(m, m["c"].removeprefix("个") or "个", value)
    for m in _rules()["bare"].finditer(text):
        yield _ReadFigure(m, "", value_of(m[0]))


def unstated(said: Sequence[Figure], held: Iterable[Figure]) -> list[tuple[Figure, str]]:
    """The figures that none of the held ones carries, each with "number" or the bound that was held instead."""
    by_kind: dict[str, list[Figure]] = {}
    for h in held:
        by_kind.setdefault(h.kind, []).append(h)
    wrong: list[tuple[Figure, str]] = []
    for f in said:
        same = [h for h in by_kind.get(f.kind, ()) if same_figure(f, h)]
        if not same and not f.kind:
            same = [h for hs in by_kind.values() for h in hs if h.value == f.value or f.value in h.parts]
        if not same:
            wrong.append((f, "number"))
        elif not any(_bounds_agree(f.bound, h.bound) for h in same):
            wrong.append((f, same[0].bound))
    return wrong


def same_figure(said: Figure, held: Figure) -> bool:
    """Whether two figures of one kind are the same, a date as far as it is said."""
    if said.kind == "date":
        return all(s is None or s == h for s, h in zip(said.parts, held.parts, strict=True))
    return said.value == held.value


#: What may be said (values) of a figure that the law gives with a bound (key).
_MAY_SAY = {
    "min": {"min", "reach", "over", "below!"},
    "over": {"over", "min", "reach", "below!"},
    "reach": {"reach", "min", "over", "", "below!"},
    "max": {"max", "within", "over!"},
    "within": {"within", "max", "", "over!", "reach"},
    "below": {"below"},
    "before": {"before"},
    "": {"", "within", "reach"},
}


_LOWER, _UPPER = frozenset({"min", "over", "reach", "below!"}), frozenset({"max", "within", "below", "over!"})


def contrary(said: Figure, held: Figure) -> bool:
    """Whether one bounds from above what the other bounds from below: 不高于七成, where the law says 不低于."""
    return (said.bound in _UPPER and held.bound in _LOWER) or (said.bound in _LOWER and held.bound in _UPPER)


def bounded(text: str, start: int, end: int) -> str:
    """What is written of a figure there with the words that bound it: 不高于七成, 七成以下."""
    before = _rules()["quoted_before"].search(text[max(0, start - _NEAR_BOUND) : start])
    after = _rules()["quoted_after"].match(text, end)
    return f"{before[0] if before else ''}{text[start:end]}{after[0] if after else ''}"


def _bounds_agree(said: str, held: str) -> bool:
    return said in _MAY_SAY.get(held.removesuffix("!"), {held}) or said == held


def _bound(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 18) : start], text[end : end + 10]
    words = figure_words()
    for name, pattern in words.bounds_after if words.any_after.match(after) else ():
        if pattern.match(after):
            return name
    for name, pattern in words.bounds_before if words.any_before.search(before) else ():
        if pattern.search(before):
            if name in ("below", "over") and words.ruled_out.search(
                text[max(0, start - 14) : start] + "|" + text[end:]
            ):
                return name + "!"
            return name
    return ""


def _day_bound(after: str) -> str:
    return "before" if _rules()["day_before"].match(after) else ""


def _share(m: re.Match[str]) -> Fraction | None:
    said = m.groupdict()
    if said.get("half"):
        return Fraction(1, 2)
    value = value_of(said["n"])
    if value is None:
        return None
    if said.get("k"):
        return value / {"百": 100, "千": 1000, "万": 10_000}[said["k"]]
    if said.get("d"):
        below = value_of(said["d"])
        return value / below if below else None
    if "h" in said:
        rest = Fraction(5) if said["h"] == "半" else value_of(said["h"] or "零") or Fraction(0)
        return value / 10 + rest / 100
    return value / (1000 if m[0].endswith("‰") else 100)


def _time(m: re.Match[str], kind: str, scale: int) -> tuple[str, Fraction | None]:
    said = m.groupdict()
    if said.get("half"):
        return kind, Fraction(scale, 2)
    value = value_of(said["n"])
    if value is None:
        return kind, None
    if said.get("h") or said.get("h2") or _rules()["and_a_half"].search(m[0]):
        value += Fraction(1, 2)
    if kind == "hours":
        return ("days", value / 24) if value % 24 == 0 else (kind, value)
    return kind, value * scale


def _whole(text: str | None) -> int | None:
    value = value_of(text.replace("元", "一")) if text else None
    return int(value) if value is not None else None


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Rule]:
    return load_rules("law.text", "figures.toml")
