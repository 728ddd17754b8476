"""Everything numbered by 条, 款, 项, 章 or 节 in a text: each run of numbers once and in one pass.

What stands where a number should and is none is a part without numbers. 条 counts other things as well (第二条生产线,
出台了二十条措施); those are no parts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from law.text.numerals import NUMBER, to_int
from law.text.rules import Rule, load_rules, read_once

#: A range of more than this is read up to here, and said to be cut.
LONGEST_RANGE = 30
_RULES = load_rules("law.text", "references.toml")
_RANGE, JOIN = _RULES["range"].written, _RULES["join"].written
_SUFFIX = f"(?:{_RULES['suffix'].written})?"
_ELEMENT = re.compile(rf"(第)?\s*([(（])?\s*({NUMBER})\s*([)）])?\s*(?:(条|款|项|章|节){_SUFFIX})?")
_BETWEEN = re.compile(rf"({_RANGE})|{JOIN}")
#: After 条, a suffix that is none: 第58条之百, 第五条之零.
_ODD_SUFFIX = re.compile(r"\s*之\s*[0零〇百千万]")
_START = re.compile(
    rf"第\s*[(（]?\s*(?={NUMBER})|"
    rf"(?<!第-)(?<!第负)(?<![0-9一二三四五六七八九十][点/+=×·•:])"
    rf"(?<![0-9a-zA-Z.′″'\"零〇一二三四五六七八九十百千万两])(?={NUMBER})"
)


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """What is numbered in a text: `numbers` of one `unit` (条, 款, 项, 章, 节), each (number, suffix).

    `numbers` is empty where what is written is no number; `cut` says that a range was too long.
    """

    start: int
    end: int
    unit: str
    numbers: tuple[tuple[int, int], ...]
    cut: bool = False
    ordinal: bool = True  # written with 第


@read_once(256)
def parts_of(text: str) -> tuple[NumberedPart, ...]:
    """Everything numbered by 条, 款, 项, 章 or 节, in order; series and ranges are one part."""
    parts: list[NumberedPart] = []
    at = 0
    while found := _START.search(text, at):
        begin = found.start()
        part, end = _series(text, begin)
        within = bool(part and parts and part.unit in "款项" and parts[-1].end == begin)  # 30条二款
        if (
            part
            and (text[begin] == "第" or within or _is_bare_reference(text, part))
            and not (part.unit == "条" and counts_things(text, part.end))
        ):
            parts.append(part)
        at = max(end, found.end(), begin + 1)
    return tuple(parts)


def _series(text: str, begin: int) -> tuple[NumberedPart | None, int]:
    """Numbers joined to one unit from `begin` on, and where to read on; None where no unit follows."""
    numbers: list[tuple[int | None, int, bool]] = []  # number, suffix, whether a range leads to it
    good, unit, end, ranged = 0, "", begin, False
    at = begin
    while element := _ELEMENT.match(text, at):
        if numbers and element[5] and unit and element[5] != unit:
            break
        if bool(element[2]) != bool(element[4]) or (element[2] and element[5] not in (None, "项")):
            break
        numbers.append((to_int(element[3]), to_int(element[6] or "") or 0, ranged))
        end = element.end()
        if element[5]:
            if (odd := _ODD_SUFFIX.match(text, end)) or (element[6] and not to_int(element[6])):
                numbers[-1], end = (None, 0, ranged), odd.end() if odd else end
            unit, good, last = element[5], len(numbers), end
            while element[6] and (further := _further_suffix(text, end)):
                numbers.append((numbers[-1][0], further[0], further[2]))
                good, end = len(numbers), further[1]
                last = end
        between = _BETWEEN.match(text, end)
        if not between or (element[5] and not between[1] and text.startswith("第", between.end())):
            break
        ranged, at = bool(between[1]), between.end()
    if not unit:
        return None, end
    return _part(begin, last, unit, numbers[:good], text[begin] == "第"), last


def _further_suffix(text: str, end: int) -> tuple[int, int, bool] | None:
    """「…之一到之三」「…之一、之二」: the suffix, where it ends, and whether a range leads to it."""
    between = _BETWEEN.match(text, end)
    found = rules()["suffix_alone"].match(text, between.end()) if between else None
    if not between or not found:
        return None
    return to_int(found[1]) or 0, found.end(), bool(between[1])


def _part(begin: int, end: int, unit: str, said: Sequence[tuple[int | None, int, bool]], ordinal: bool) -> NumberedPart:
    numbers: dict[tuple[int, int], None] = {}
    cut = False
    before: tuple[int, int] | None = None
    for number, suffix, ranged in said:
        if not number:
            return NumberedPart(begin, end, unit, (), ordinal=ordinal)
        if ranged and before:
            between = _between(before, (number, suffix))
            cut |= len(between) >= LONGEST_RANGE
            numbers |= dict.fromkeys(between[: LONGEST_RANGE - 1])
        if not (ranged and cut):
            numbers[number, suffix] = None
        before = (number, suffix)
    return NumberedPart(begin, end, unit, tuple(numbers), cut, ordinal)


def _between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """What a range holds after its first place; of one that runs backwards its last place alone."""
    if first[0] == last[0]:
        return [(first[0], s) for s in range(first[1] + 1, last[1] + 1)]
    return [(n, 0) for n in range(first[0] + 1, last[0] + 1)] if not last[1] else [last]


def _is_bare_reference(text: str, part: NumberedPart) -> bool:
    """Whether 58条 without 第 names an article: after a law or a place, or where the sentence goes on as of one."""
    written, before = text[part.start : part.end], text[max(0, part.start - 8) : part.start]
    if part.unit != "条" or rules()["counting"].search(before) or written[0] in "一两":
        return False
    cited = bool(rules()["citing"].search(before))
    followed = goes_on(text, part.end) and (cited or not rules()["no_bare"].match(text, part.end))
    single = len(written) == 2 and written[0] in "二三四五六七八九"
    if cited or not before[-1:] or not "一" <= before[-1] <= "鿿":
        return followed if single or not cited else True
    return followed and not single


def counts_things(text: str, end: int) -> bool:
    """Whether 条, which ends there, counts a thing: 第二条生产线."""
    return bool(rules()["counted"].match(text, end))


def goes_on(text: str, end: int) -> bool:
    """Whether what follows a number goes on, or ends, as of an article."""
    return end == len(text) or bool(rules()["goes_on"].match(text, end))


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """The rules of `references.toml` by name."""
    return load_rules("law.text", "references.toml")
