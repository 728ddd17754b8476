"""At what level a text stands, and whether it is in force: each said only where its own words tell it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from law.text.dates import End, end_of, rules

LAW, DECREE, MINISTRY, LOCAL, AUTONOMOUS, GOVERNMENT, DOCUMENT = (
    "宪法与法律",
    "行政法规",
    "部门规章",
    "地方性法规",
    "自治条例",
    "政府规章",
    "规范性文件",
)
LEVELS = (LAW, DECREE, MINISTRY, LOCAL, AUTONOMOUS, GOVERNMENT, DOCUMENT)
#: Texts of these levels hold in the whole country.
NATIONAL = (LAW, DECREE, MINISTRY)

_ASSEMBLY = r"人民代表大会|人大常委会"
_AUTONOMOUS = re.compile(r"自治(?:州|县|旗|区)[一-鿿]{0,12}?(?:自治|单行)?条例$")
_ISSUERS = r"(?:国家[一-鿿]{2,12}(?:局|委员会)|中国[一-鿿]{2,10}(?:银行|委员会)|[一-鿿]{2,10}部)"
_MINISTRY = re.compile(rf"{_ISSUERS}(?:令|公告)?[第〔\[（(]?.{{0,16}}(?:令|号|公布|发布|部务会议)")
_ORDER = re.compile(
    r"人民政府令|政府令|人民政府(?:第[一-鿿0-9]{1,6}次)?(?:常务|全体)?会议|人民政府.{0,12}(?:公布|发布)"
)
_RULES = re.compile(r"(?:规定|办法|细则|规则)(?:[（(].{1,12}[)）])*$")
_COUNCIL = re.compile(r"国务院令|国务院第.{1,12}次常务会议|国务院(?:公布|发布|批准)")
_PAPER = re.compile(r"(?:意见|措施|通知|方案|计划|规划|纲要|政策|要点|指南|指引|清单|解读)(?:[（(].{1,12}[)）])*$")
_DRAFT = re.compile(r"草案|征求意见|送审稿|讨论稿")
_REPEALED = re.compile(r"(?:废止|失效)(?:[)）]|$)|已(?:于|经|由|被)?[^。]{0,30}(?:废止|失效)")
Dates = Mapping[str, str | list[str] | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the words it was read from, "" where nothing tells it (`unknown`)."""

    status: str
    evidence: str


def level_of(title: str, lines: Sequence[str], city: str, province: str) -> str:
    """One of LEVELS, "" where neither title nor preamble tells it."""
    said = "\n".join(lines)
    bare = re.sub(r"[（(][^（）()]*[)）]$", "", title)
    if "全国人民代表大会" in said + title and not re.match(r".{2,12}[省市州]", title):
        return LAW
    if re.match(r"中华人民共和国.{1,30}法(?:典)?$|中华人民共和国宪法|宪法$", bare):
        return LAW
    local = bool(city or province)
    if (
        not local and re.search(r"国务院令|国务院第.{1,12}次常务会议|国务院(?:公布|发布|批准)", said)
    ) or title.startswith("国务院"):
        return DECREE
    if title.startswith("中华人民共和国"):
        return DECREE if bare.endswith("条例") else MINISTRY if _MINISTRY.search(said) else ""
    if _AUTONOMOUS.search(bare):
        return AUTONOMOUS
    if re.search(_ASSEMBLY, said) or re.search(rf"(?:{_ASSEMBLY})(?:常务委员会)?关于", title):
        return LOCAL
    if bare.endswith("条例") and local:
        return LOCAL
    if not local and _MINISTRY.search(said):
        return MINISTRY
    if _ORDER.search(said) and _RULES.search(bare):
        return GOVERNMENT
    if re.search(r"人民政府.{0,16}(?:关于|决定)", title) and re.search(r"令〔|政府令|第.{1,4}号令", said):
        return GOVERNMENT
    return DOCUMENT if _PAPER.search(bare) or (local and _RULES.search(bare)) else ""


def standing_of(
    title: str, dates: Dates, lines: Sequence[str], body: Sequence[str], today: date | None = None
) -> Standing:
    """The status that the text itself tells; `unknown` where it tells none."""
    now = (today or date.today()).isoformat()
    if _DRAFT.search(title):
        return Standing("draft", title)
    if found := re.search(r"[（(](?:已)?(?:废止|失效)[^（）()]{0,12}[)）]", title):
        return Standing("repealed", found[0])
    if "废止" not in title:
        for line in lines:
            if _REPEALED.search(line) and "同时废止" not in line:
                return Standing("repealed", line)
    effective = dates.get("effective")
    if (end := _end(body, effective)) and end.iso < now:
        return Standing("repealed", end.words)
    if isinstance(effective, str):
        words = f"自{effective}起施行"
        return Standing("not_yet_in_force" if effective > now else "in_force", words)
    if dates.get("amended"):
        return Standing("in_force", "修正")
    if any(rules()["at_once"].search(text) for text in body[-3:]) and (dates.get("adopted") or dates.get("announced")):
        return Standing("in_force", "自公布之日起施行")
    return Standing("unknown", "")


def _end(body: Sequence[str], effective: str | list[str] | None) -> End | None:
    since = effective if isinstance(effective, str) else ""
    return next((end for text in body[-3:] if (end := end_of(text, since))), None)
