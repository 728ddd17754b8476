"""The figures of a rule: what each measures, how it is bounded, where a period begins."""

import re
from dataclasses import replace

from law.norms.norm import Bound, NormFigure
from law.norms.plain_with_places import Spelt
from law.text.figures import Figure, figures
from law.text.numerals import NUMERAL
from law.text.rules import load_rules

_GRAMMAR = load_rules("law.norms", "grammar.toml")

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
_NO_FIGURE = re.compile(
    rf"第{NUMERAL}[条款项章节](?:之[一二三四五六七八九十])?|前[一二两三四五]?[款项条]|^\({NUMERAL}\)|^{NUMERAL}[、.]|"
    rf"{NUMERAL}(?:、{NUMERAL}){{0,8}}级|第{NUMERAL}[届次]|{NUMERAL}届|{NUMERAL}次会议|{NUMERAL}年{NUMERAL}月{NUMERAL}日(?=[^,;。]{{2,60}}(?:通过|批准|修正|公布))|"
    rf"每{NUMERAL}?[户人件例](?![^,;。]{{0,2}}[以不])|三项费用|二次(?=供水|污染|加压)|一[种个项次类些定般旦并律同]|[一二三四五六七八九十]大|第[一二三四五六七八九十]"
)
#: No law prints a number so long; and so many at most are looked at in one rule.
_RUN = re.compile(r"[0-9,.零〇一二两三四五六七八九十百千万亿点]{25,}")
_MOST = 80
_STARTS = (
    re.compile(r"(?P<s>自[^,;。自]{1,30}?(?:之日起|日起|起|后|之日|之时起))[^,;。]{0,3}$"),
    re.compile(r"(?:^|[,;。自从在于当])(?P<s>(?:(?![自从在于])[一-鿿]){2,20}(?:后|之日起))$"),
)
#: Between what is measured and its figure: a verb, a bound, and what the share is of.
_LINK = re.compile(
    r"(?:且|并且?|但是?)?(?:应当?|所|提前|最高|最多|最低|至少|可以|一般|不)*(?:(?:不得?低于|不得?少于|不得?超过|不足|高于|占(?!地|用)|按照?)[^,;。|]{1,16}的?)?"
    r"(?:应当|应|可以|可|原则上|一般|分别|均|总额|合计|累计|连续|不得|不|低于|少于|高于|超过|多于|短于|长于|超出|大于|小于|达到|达|(?<!届)满|"
    r"过|至少|最长|最短|最高|最多|至多|最低|最少|为|占|该[^,;。]{2,8}|其|仍|提取|按照?|在|每|于|近|约|按|以|至|仍不足|不足|的|\|)*$"
)
_SPANS = ("days", "workdays", "months", "hours")
#: The lower end of a range, whose unit stands with the upper: 三至五年, 十五日至三十日.
_LOWER = _GRAMMAR["amounts.lower"]
#: 三月底前, 六个月前.
_AHEAD = _GRAMMAR["amounts.ahead"]
_AFTER = re.compile(r"^(?:前|之前|底前|末前|以上|以下|以内|之内|内|左右|至|到|或者|、|起|的)+")
#: A bound before what a share is of: 不少于总建筑面积的千分之三.
_OF_WHAT = _GRAMMAR["amounts.of_what"]
#: What is measured stands behind the figure: 五千元以下罚款, 百分之二十以上的净收入, 十年的使用权.
_MEASURED = _GRAMMAR["amounts.measured"]
#: Of what is counted, the things themselves: 两个以上建设单位, 三名以上成员.
_COUNTED = ("个", "家", "名", "人", "种", "类", "项", "处", "所", "位", "户", "辆", "台", "次", "座")
_COUNTED_ONES = _GRAMMAR["amounts.counted_ones"]
#: Between the two ends of a range.
_RANGE = _GRAMMAR["amounts.range"]
#: A number of things that is named itself: 筹备组人数应当为七人以上单数.
_NUMBERED = _GRAMMAR["amounts.numbered"]
#: What is to be done within a period.
_ACTION = re.compile(
    r"^,?(?:(?:根据|按照|依照)[^,;。]{2,24},)?(?:[^,;。应]{0,16}应当|应当|应|须|必须|可以|不得)?(?:向[^,;。]{2,16}?部门|依法|及时|分别)?([一-鿿()、]{2,40})"
)
_CUT = re.compile(
    r"[,;:。、()|]|应当|可以|不得|提取|持有的|年度的|每年的|安排的|用于|给予|赋予|不少于|不低于|其中|划拨|提供|凡当年|须|"
    r"(?:且|并且)占?|[对向将在由]|经(?!费|济|营)|^(?:但是?|且|并且?|于)"
)


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
        begins = _STARTS[0].search(window) or _STARTS[1].search(window)
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
    if re.match(r"(?:以内|之内|内|范围内)", after):
        return "内"
    if part[max(0, figure.start - 2) : figure.start] == "提前" and figure.kind in _SPANS:
        return "不低于"
    if re.match(r"之?前", after) and figure.kind in _SPANS:
        return "不低于"  # 十五日前: no later than that
    if _AHEAD.search(after) and figure.kind == "date":
        return "内"
    if re.search(r"(?<!超)过$", part[max(0, figure.start - 2) : figure.start]):
        return "高于"
    if not figure.bound and (m := _OF_WHAT.search(part[max(0, figure.start - 30) : figure.start])):
        return "不低于" if m[1] in ("不低于", "不少于", "不得低于", "不得少于") else "不高于"
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
    if figure.kind in _COUNTED and not numbered and (m := _COUNTED_ONES.match(part[behind : behind + 24])):
        return behind, behind + m.end()
    within = bound_of(part, figure) == "内" and figure.kind in _SPANS
    ahead = bool(_AHEAD.search(part[figure.end : figure.end + 3])) or part[: figure.start].endswith("提前")
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
        m = _AFTER.match(part[at : at + 8])
        at += m.end() if m else 0
        more = re.match(rf"{NUMERAL}[^,;。一-鿿]{{0,2}}(?:元|倍|年|日|个月|毫升|米|平方米)(?=以)", part[at : at + 20])
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
        verb = re.search(r"(?:可以|应当|不得|由|从)[^,;。]*$", part[begin : end - 1])
        end = begin + verb.start() if verb else end - 1
    cuts = [m.end() for m in _CUT.finditer(part[begin:end])]
    first = begin + (cuts[-1] if cuts else 0)
    if "的" in part[first:end]:
        first = part.rindex("的", first, end) + 1
    return (first, end) if end - first >= 2 and part[end - 1] not in "后起" else None


def _blank(m: re.Match[str]) -> str:
    return "|" * len(m[0])
