"""The figures of a rule: what each measures, how it is bounded, where a period begins."""

import re

from law.norms.norm import Bound, NormFigure
from law.norms.spelt import Spelt
from law.text.figures import Figure, figures
from law.text.numerals import NUMERAL

_BOUNDS: dict[str, Bound] = {
    "min": "不低于", "max": "不高于", "over": "高于", "below": "低于", "within": "内",
    "reach": "不低于", "before": "内",
}  # fmt: skip
_REFERENCE = re.compile(rf"第{NUMERAL}[条款项章节](?:之[一二三四五六七八九十])?|前[一二两三四五]?[款项条]")
_ITEM_MARK = re.compile(rf"^\({NUMERAL}\)|^{NUMERAL}[、.]")
_STARTS = re.compile(
    r"自[^,;。自]{1,30}?(?:之日起|日起|起)|自[^,;。自]{1,30}?(?:后|之日)(?=[一-鿿]{0,2}$)|[一-鿿]{2,16}(?:后|之日起)$"
)
_BOUND_WORDS = re.compile(
    r"(?:应当|应|可以|可|原则上|一般|分别|均|总额|合计)*(?:不得|不)?(?:低于|少于|高于|超过|多于|短于|长于|超出|大于|小于|达到|达|满|至少|最高|最多|至多|最低|为|占|按照?|提取|处以?|在|每|于|满足|近|约|近年)*$"
)
_UNIT_AFTER = re.compile(r"^(?:以上|以下|以内|之内|内|的|左右|至|到|或者|、|起)+")
_SUBJECT_AFTER = re.compile(
    r"^[一-鿿]{0,6}?(罚款|使用权|所有权|资助|补助|补贴|奖励|奖金|比例|期限|股权|股份|费用|免费用血|委员|代表|面积|票|人民币)"
)
_CUT = re.compile(r"[,;:。、()|]|应当|可以|不得|提取|持有的|年度的|每年的|安排的|用于|给予|赋予|不少于|不低于|其中")


def figures_of(text: Spelt, start: int, end: int) -> tuple[NormFigure, ...]:
    """Every figure of a stretch of the plain text, in order; numbers of articles and item marks are none."""
    part = _ITEM_MARK.sub(_blank, _REFERENCE.sub(_blank, text.plain[start:end]))
    found = []
    for figure in figures(part):
        first, last = _subject(part, figure)
        begins = _STARTS.search(part[max(0, figure.start - 32) : figure.start])
        offset = start + max(0, figure.start - 32)
        found.append(
            NormFigure(
                text.verbatim(start + figure.start, start + figure.end),
                text.verbatim(start + first, start + last),
                bound_of(part, figure),
                figure.kind,
                text.verbatim(offset + begins.start(), offset + begins.end()) if begins else "",
            )
        )
    return tuple(found)


def bound_of(part: str, figure: Figure) -> Bound:
    """The bound of a figure in the words of the norm."""
    after = part[figure.end : figure.end + 6]
    if figure.kind == "date" and after.startswith("起"):
        return "起"
    return _BOUNDS.get(figure.bound.rstrip("!"), "等于")


def _subject(part: str, figure: Figure) -> tuple[int, int]:
    """The place of what the figure measures: the noun after it (罚款), or the one before its bound."""
    tail = part[figure.end :]
    skipped = _UNIT_AFTER.match(tail)
    at = figure.end + (skipped.end() if skipped else 0)
    if m := _SUBJECT_AFTER.match(part[at : at + 14]):
        return at + m.start(1), at + m.end(1)
    begin = max(0, figure.start - 40)
    before = part[begin : figure.start]
    end = figure.start - (len(before) - _BOUND_WORDS.search(before).start())  # type: ignore[union-attr]
    stretch = part[begin:end]
    cuts = [m.end() for m in _CUT.finditer(stretch)]
    first = begin + (cuts[-1] if cuts else 0)
    head = part[first:end]
    if "的" in head:
        first += head.rindex("的") + 1
    if first >= end:
        return at, min(len(part), at + 4)
    return first, end


def _blank(m: re.Match[str]) -> str:
    return "|" * len(m[0])
