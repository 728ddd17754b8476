"""At what level a text stands, and whether it is in force: each said only where its own words tell it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from law.text.dates import End, end_of, rules
from law.text.rules import Rule, load_rules

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
    if _rules()["congress_of_nation"].search(said + title) and not _rules()["of_a_place"].search(title):
        return LAW
    if _rules()["named_law"].search(bare):
        return LAW
    local = bool(city or province)
    if (not local and _rules()["state_council"].search(said)) or _rules()["of_state_council"].match(title):
        return DECREE
    if _rules()["of_nation"].match(title):
        by_ministry = MINISTRY if _rules()["ministry"].search(said) else ""
        return DECREE if is_regulation(bare) else by_ministry
    if _rules()["autonomous"].search(bare):
        by_committee = any(_rules()["by_committee"].search(line.partition("修")[0]) for line in lines)
        return LOCAL if by_committee else AUTONOMOUS
    if _rules()["assembly"].search(said) or _rules()["assembly_decides"].search(title):
        return LOCAL
    if is_regulation(bare) and local:
        return LOCAL
    if not local and _rules()["ministry"].search(said):
        return MINISTRY
    if _rules()["government_order"].search(said) and _rules()["rules_title"].search(bare):
        return GOVERNMENT
    if _rules()["government_decides"].search(title) and _rules()["ordered"].search(said):
        return GOVERNMENT
    return DOCUMENT if _rules()["paper_title"].search(bare) or (local and _rules()["rules_title"].search(bare)) else ""


def is_regulation(title: str) -> bool:
    """Whether a title is that of a regulation: …条例."""
    return _rules()["regulation_title"].search(title) is not None


def standing_of(
    title: str, dates: Dates, lines: Sequence[str], body: Sequence[str], today: date | None = None
) -> Standing:
    """The status that the text itself tells; `unknown` where it tells none."""
    now = (today or date.today()).isoformat()
    if _rules()["draft_title"].search(title):
        return Standing("draft", title)
    if found := _rules()["repealed_title"].search(title):
        return Standing("repealed", found[0])
    if not rules()["tells_repeal"].search(title):
        for line in lines:
            if _rules()["repealed_line"].search(line) and not rules()["repeals_with_it"].search(line):
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


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Rule]:
    return load_rules("law.parsing", "standing.toml")
