"""The numbers that Word draws itself: 「第%1条」 stands in numbering.xml, not in the text.

A paragraph names a list (numId) and a level; the list is a use of a definition (abstractNum), which says
for each level where it starts, how a number is written and what stands around it.
"""

from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from law.text.numerals import to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographTraditionalCounting",
)
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` is 「第%1条」; `gap` is what Word puts after the number."""

    start: int = 1
    written: str = "decimal"
    text: str = ""
    gap: str = "\u3000"
    restarts_after: int = -1  # the level whose next number makes this one begin again; -1: the one above
    plain: bool = False  # isLgl: all numbers Arabic


@dataclass(frozen=True, slots=True)
class ListUse:
    """A numId: the definition it uses, and the levels it changes."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class Numbering:
    """All lists of a document, and how far each has counted."""

    definitions: dict[str, dict[int, Level]] = field(default_factory=dict)
    uses: dict[str, ListUse] = field(default_factory=dict)
    style_of: dict[tuple[str, str], int] = field(default_factory=dict)  # (definition, style) → its level
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that a paragraph style has in a list, where the list says so."""
        use = self.uses.get(number)
        return self.style_of.get((use.definition, style)) if use else None

    def next(self, number: str, level: int) -> str:
        """Count one paragraph on; its number as it is printed, with the gap after it; "" for a bullet."""
        use = self.uses.get(number)
        if use is None or not 0 <= level < _LEVELS:
            return ""
        levels = {**self.definitions.get(use.definition, {}), **use.levels}
        counts = self._counts.setdefault(use.definition, [None] * _LEVELS)
        own = levels.get(level, Level())
        if level in use.starts and (number, level) not in self._started:
            self._started.add((number, level))
            counts[level] = use.starts[level]
        else:
            last = counts[level]
            counts[level] = own.start if last is None else last + 1
        for below in range(level + 1, _LEVELS):
            after = levels.get(below, Level()).restarts_after
            if after != 0 and (after == -1 or level < after):
                counts[below] = None
        return _printed(levels, level, counts)


def numbering_of(root: Element | None) -> Numbering:
    """Read word/numbering.xml; an absent one numbers nothing."""
    result = Numbering()
    if root is None:
        return result
    linked: dict[str, str] = {}
    style_lists: dict[str, str] = {}
    for one in root.findall(f"{W}abstractNum"):
        id_ = one.get(f"{W}abstractNumId", "")
        if (link := _value(one, "numStyleLink")) is not None:
            linked[id_] = link
        if (own := _value(one, "styleLink")) is not None:
            style_lists[own] = id_
        levels = {int(x.get(f"{W}ilvl", "0")): x for x in one.findall(f"{W}lvl")}
        result.definitions[id_] = {at: _level(x) for at, x in levels.items()}
        for at, x in levels.items():
            if (style := _value(x, "pStyle")) is not None:
                result.style_of[id_, style] = at
    for one in root.findall(f"{W}num"):
        definition = _value(one, "abstractNumId") or ""
        definition = style_lists.get(linked.get(definition, ""), definition)
        starts: dict[int, int] = {}
        changed: dict[int, Level] = {}
        for over in one.findall(f"{W}lvlOverride"):
            at = int(over.get(f"{W}ilvl", "0"))
            if (start := _value(over, "startOverride")) is not None:
                starts[at] = int(start)
            if (level := over.find(f"{W}lvl")) is not None:
                changed[at] = _level(level)
                starts.setdefault(at, changed[at].start)
        result.uses[one.get(f"{W}numId", "")] = ListUse(definition, starts, changed)
    return result


def written(number: int, style: str) -> str:
    """One number in one of Word's ways to write it.

    >>> written(12, "chineseCounting"), written(3, "decimalEnclosedCircle"), written(4, "lowerRoman")
    ('十二', '③', 'iv')
    """
    if style in _HAN:
        return to_chinese(number)
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join("〇一二三四五六七八九"[int(d)] for d in str(number))
    if style in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return to_chinese(number).translate(_FORMAL)
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if style == "decimalFullWidth":
        return "".join(chr(ord("０") + int(d)) for d in str(number))
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "ideographTraditional" and 0 < number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    if style in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if style == "upperLetter" else text
    if style in ("lowerRoman", "upperRoman"):
        text = _roman(number)
        return text.upper() if style == "upperRoman" else text
    return str(number)


def _roman(number: int) -> str:
    text = "m" * (number // 1000)
    number %= 1000
    for value, letters in ((900, "cm"), (500, "d"), (400, "cd"), *_ROMAN):
        text, number = text + letters * (number // value), number % value
    return text


def _printed(levels: dict[int, Level], level: int, counts: list[int | None]) -> str:
    own = levels.get(level, Level())
    if own.written in ("bullet", "none") or not own.text:
        return ""
    text = own.text
    for at in range(_LEVELS):
        one = levels.get(at, Level())
        count = counts[at]
        value = one.start if count is None else count
        text = text.replace(f"%{at + 1}", written(value, "decimal" if own.plain and at < level else one.written))
    return text + own.gap


def _level(element: Element) -> Level:
    start, form = _value(element, "start"), element.find(f"{W}numFmt")
    kind = form.get(f"{W}val", "decimal") if form is not None else "decimal"
    restart = _value(element, "lvlRestart")
    gap = {"nothing": "", "space": " "}.get(_value(element, "suff") or "", "\u3000")
    text = _value(element, "lvlText") or ""
    level = Level(int(start or 0) if start is not None else 0, kind, text, gap)
    return replace(
        level, restarts_after=int(restart) if restart is not None else -1, plain=element.find(f"{W}isLgl") is not None
    )


def _value(element: Element, child: str) -> str | None:
    found = element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val")
