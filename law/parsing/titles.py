"""The title of a document, from its first lines: printed alone, over two lines, with 《》 in it, or as a sentence."""

import re
from collections.abc import Sequence
from itertools import pairwise

from law.text.places import places_in
from law.text.rules import load_rules

_KIND = (
    r"(?:条例|规定|办法|决定|决议|细则|规则|章程|规程|法|法典|宪法|方案|意见|措施|通知|解释|解读|修正案|规范|规划|纲要|计划|政策|"
    r"指南|指引|准则|守则|标准|目录|要点|批复|答复|制度|条款|清单|说明)"
)
_INNER = r"(?:[^《》。；：:]|《[^《》]{2,60}》|〈[^〈〉]{2,60}〉)"
_PLAIN = re.compile(rf"^《?([^《》。；，:：]{{2,60}}?{_KIND}(?:[（(][^）)]{{1,20}}[)）])*)》?$")
#: 上海市实施《…法》办法; 关于…、…的决定; a sentence of its own that a heading sets apart.
_COMPOUND = re.compile(rf"^({_INNER}{{2,90}}?{_KIND}(?:[（(][^）)]{{1,20}}[)）])*)$")
_DRAFT_MARK = re.compile(r"^[（(][^（）()]{0,12}(?:草案|征求意见稿|送审稿|讨论稿|试行|暂行)[^（）()]{0,8}[)）]$")
_DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_SENTENCE_TITLE = re.compile(r"关于|《|^.{2,30}[省市县区州盟]|中华人民共和国")
_NO_TITLE = re.compile(r"^[（(]|公告$|^第.{1,8}[号條条章]|通过$|[令字][〔\[第]")


def title_of(lines: Sequence[str], headline: str = "") -> str:
    """The title among the lines before the first article; `headline` is what markup sets apart as one. "" for none."""
    joined = [re.sub(r"\s", "", line) for line in lines]
    heading = re.sub(r"\s", "", headline)
    if not heading and (sent := _sent_round(joined)):
        return _completed(sent, joined)
    for pattern in (_PLAIN, _COMPOUND):
        if heading and (found := _match(pattern, heading)):
            return _completed(found, joined)
    pairs = [a + b for a, b in pairwise(joined) if len(a) < 40 and len(b) < 30]
    for candidate in [*joined[:12], *pairs[:6]]:
        if found := _match(_PLAIN, candidate) or _match(_COMPOUND, candidate):
            return _completed(found, joined)
    if heading and len(heading) <= 60 and not _DATE.search(heading):
        return heading
    return ""


def _sent_round(lines: Sequence[str]) -> str:
    """What a notice sends round (印发《…办法》的通知) and is printed again below it, as the title of its own text."""
    sends = load_rules("law.parsing", "standing.toml")["sends_round"]
    for found in filter(None, map(sends.search, lines)):
        if found[1] in lines and _match(_PLAIN, found[1]):
            return found[1]
    return ""


def _match(pattern: re.Pattern[str], candidate: str) -> str:
    if _DATE.search(candidate) or _NO_TITLE.search(candidate):
        return ""
    found = pattern.match(candidate)
    if not found or (
        pattern is _COMPOUND and not re.search(r"关于|《|^.{2,30}[省市县区州盟]|中华人民共和国", candidate)
    ):
        return ""
    return found[1]


def _completed(title: str, lines: Sequence[str]) -> str:
    """A title printed on several lines: 「杭州市」 above it, 「（草案）」 below."""
    if title not in lines:
        return title
    at = lines.index(title)
    above, below = lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else ""
    if any(above == place.name for _, _, place in places_in(above)):
        title = above + title
    return title + below if _DRAFT_MARK.match(below) else title
