"""The figures of a rule: what each measures, how it is bounded, where a period begins."""

import re
from dataclasses import replace

from law.norms.grammar import GRAMMAR
from law.norms.norm import Bound, NormFigure
from law.norms.plain_with_places import Spelt
from law.text.figures import Figure, figures
from law.text.rules import FirstOf

_BOUNDS: dict[str, Bound] = {
    "min": "不低于",
    "max": "不高于",
    "over": "高于",
    "below": "低于",
    "within": "内",
    "reach": "不低于",
    "before": "内",
}
#: Numbers that bound nothing: of articles and items, of grades (二级文物), of who met when (第十届…通过).
_NO_FIGURE = FirstOf({n.rpartition(".")[2]: r for n, r in GRAMMAR.items() if n.startswith("amounts.no_figure_")})
#: No law prints a number so long; and so many at most are looked at in one rule.
_RUN = re.compile(r"[0-9,.零〇一二两三四五六七八九十百千万亿点]{25,}")
_MOST = 80
_STARTS_ON = GRAMMAR["amounts.starts_on"]
_STARTS_AFTER = GRAMMAR["amounts.starts_after"]
#: Between what is measured and its figure: a verb, a bound, and what the share is of.
_LINK = GRAMMAR["amounts.link"]
_SPANS = ("days", "workdays", "months", "hours")
#: The lower end of a range, whose unit stands with the upper: 三至五年, 十五日至三十日.
_LOWER = GRAMMAR["amounts.lower"]
#: 三月底前, 六个月前.
_AHEAD = GRAMMAR["amounts.ahead"]
_PAST = GRAMMAR["amounts.past"]
#: A bound before what a share is of: 不少于总建筑面积的千分之三.
_OF_WHAT = GRAMMAR["amounts.of_what"]
#: What is measured stands behind the figure: 五千元以下罚款, 百分之二十以上的净收入, 十年的使用权.
_MEASURED = GRAMMAR["amounts.measured"]
#: Of what is counted, the things themselves: 两个以上建设单位, 三名以上成员.
_COUNTED = GRAMMAR["amounts.counted"]
_COUNTED_ONES = GRAMMAR["amounts.counted_ones"]
#: Between the two ends of a range.
_RANGE = GRAMMAR["amounts.range"]
#: A number of things that is named itself: 筹备组人数应当为七人以上单数.
_NUMBERED = GRAMMAR["amounts.numbered"]
#: What is to be done within a period.
_ACTION = GRAMMAR["amounts.action"]
#: Where what is measured begins at the earliest.
_CUT = FirstOf({n.rpartition(".")[2]: r for n, r in GRAMMAR.items() if n.startswith("amounts.cut_")})
_INSIDE = GRAMMAR["amounts.inside"]
_EARLIER = GRAMMAR["amounts.earlier"]
_MORE_THAN = GRAMMAR["amounts.more_than"]
_OTHER_END = GRAMMAR["amounts.other_end"]
_VERB_BEFORE = GRAMMAR["amounts.verb_before"]
_THIS_EARLY, _NO_LESS = GRAMMAR["amounts.this_early"], GRAMMAR["amounts.no_less"]


def figures_of(text: Spelt, start: int, end: int) -> tuple[NormFigure, ...]:
    """Every figure of a stretch of the plain text, in order."""
    part = _NO_FIGURE.sub(_blank, _RUN.sub(_blank, text.plain[start:end]))
    found: list[NormFigure] = []
    place, end_of_last = (0, 0), -1
    for figure in figures(part)[:_MOST]:
        if not figure.kind:
            continue  # a number that counts nothing
        if end_of_last < 0 or not _RANGE.fullmatch(part[end_of_last : figure.start]):
            low = _LOWER.search(part[max(0, figure.start - 12) : figure.start])
            place = _subject(part, replace(figure, start=figure.start - len(low[0])) if low else figure)
        (first, last), end_of_lower, end_of_last = place, end_of_last, figure.end
        begin = max(0, figure.start - 34)
        window = part[begin : figure.start]
        begins = _STARTS_ON.search(window) or _STARTS_AFTER.search(window)
        starts = text.verbatim(start + begin + begins.start("s"), start + begin + begins.end("s")) if begins else ""
        subject, bound = text.verbatim(start + first, start + last), bound_of(part, figure)
        low = _LOWER.search(window) if bound == "等于" and figure.kind != "date" else None
        if low:
            bound = "不高于"
            said = text.verbatim(start + begin + low.start("low"), start + begin + low.end("low"))
            if found and end_of_lower >= begin + low.start("low"):
                found[-1] = replace(found[-1], bound="不低于")
            else:
                found.append(NormFigure(said, subject, "不低于", figure.kind, starts))
        end_of = figure.end + (figure.kind == "date" and part[figure.end : figure.end + 1] in ("底", "末"))
        found.append(
            NormFigure(text.verbatim(start + figure.start, start + end_of), subject, bound, figure.kind, starts)
        )
    return tuple(found)


def bound_of(part: str, figure: Figure) -> Bound:
    """The bound of a figure in the words of the norm."""
    after = part[figure.end : figure.end + 6]
    if figure.kind == "date" and after.startswith("起"):
        return "起"
    if _INSIDE.match(after):
        return "内"
    if _THIS_EARLY.search(part[max(0, figure.start - 2) : figure.start]) and figure.kind in _SPANS:
        return "不低于"
    if _EARLIER.match(after) and figure.kind in _SPANS:
        return "不低于"  # 十五日前: no later than that
    if _AHEAD.search(after) and figure.kind == "date":
        return "内"
    if _MORE_THAN.search(part[max(0, figure.start - 2) : figure.start]):
        return "高于"
    if not figure.bound and (m := _OF_WHAT.search(part[max(0, figure.start - 30) : figure.start])):
        return "不低于" if _NO_LESS.match(m[1]) else "不高于"
    return _BOUNDS.get(figure.bound.rstrip("!"), "等于")


def _subject(part: str, figure: Figure) -> tuple[int, int]:
    """The place of what the figure measures: the noun behind it or before its bound, or what is done in its time."""
    behind = _behind(part, figure)
    if figure.kind == "date" and part[figure.end : figure.end + 1] == "起":
        return figure.end + 1, min(len(part), figure.end + 3)
    of_what = figure.kind and _OF_WHAT.search(part[max(0, figure.start - 30) : figure.start])
    if of_what and (place := _before(part, figure)):
        return place
    if behind and (m := _MEASURED.match(part[behind : behind + 24])):
        return behind + m.start(1), behind + m.end(1)
    numbered = _NUMBERED.search(part[max(0, figure.start - 24) : figure.start])
    if _COUNTED.fullmatch(figure.kind) and not numbered and (m := _COUNTED_ONES.match(part[behind : behind + 24])):
        return behind, behind + m.end()
    within = bound_of(part, figure) == "内" and figure.kind in _SPANS
    ahead = bool(_AHEAD.search(part[figure.end : figure.end + 3])) or bool(_THIS_EARLY.search(part[: figure.start]))
    ahead = ahead and figure.kind in (*_SPANS, "date")
    if not within and not ahead and (place := _before(part, figure)):
        return place
    if m := _ACTION.match(part[behind : behind + 40]):
        return behind + m.start(1), behind + m.end(1)
    return _before(part, figure) or (behind, min(len(part), behind + 4))


def _behind(part: str, figure: Figure) -> int:
    """Where the words behind a figure begin, its bound and the other end of a range passed over."""
    at = figure.end
    for _ in range(3):
        m = _PAST.match(part[at : at + 8])
        at += m.end() if m else 0
        more = _OTHER_END.match(part[at : at + 20])
        if not more:
            break
        at += more.end()
    return at


def _before(part: str, figure: Figure) -> tuple[int, int] | None:
    """The noun before the verb or the bound of a figure; where none is, that of the clause before."""
    begin = max(0, figure.start - 40)
    before = part[begin : figure.start]
    link = _LINK.search(before)
    end = begin + (link.start() if link else len(before))
    if end > begin and part[end - 1] == ",":
        verb = _VERB_BEFORE.search(part[begin : end - 1])
        end = begin + verb.start() if verb else end - 1
    cuts = [m.end() for m in _CUT.finditer(part[begin:end])]
    first = begin + (cuts[-1] if cuts else 0)
    if "的" in part[first:end]:
        first = part.rindex("的", first, end) + 1
    return (first, end) if end - first >= 2 and part[end - 1] not in "后起" else None


def _blank(m: re.Match[str]) -> str:
    return "|" * len(m[0])
