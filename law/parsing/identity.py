"""Which text is this? Title, place, status and dates, from its own words alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from law.parsing.standing import NATIONAL, level_of, standing_of
from law.parsing.titles import title_of, title_rules
from law.regulation import Article, Finding
from law.text.dates import days_in, effective_day, event_of, readable, rules
from law.text.places import gazetteer, places_in
from law.text.script import to_simplified

#: Characters of the longest name of a city: 黔西南布依族苗族自治州.
_LONGEST_NAME = 11


@dataclass(frozen=True, slots=True)
class Identity:
    """`dates` as in `Regulation`; "" where the text does not say."""

    title: str
    city: str
    province: str
    status: str
    dates: dict[str, str | list[str] | None]
    findings: tuple[Finding, ...]
    level: str = ""
    evidence: str = ""  # the words that tell the status


def identify(articles: Sequence[Article], today: date | None = None, headline: str = "") -> Identity:
    """Read the identity of a parsed document, `headline` what markup sets apart as its title.

    Nothing comes from outside its text.
    """
    lines = [readable(p.full) for a in articles if (a.number, a.suffix) == (0, 0) for p in a.paragraphs]
    body = [readable(a.text) for a in articles if a.number]
    findings: list[Finding] = []
    title = title_of(lines, to_simplified(headline))
    if not title:
        findings.append(Finding(1, "no_title", "没有印出标题，请在 regulation.toml 里写明，或用 --city 指明城市。"))
    city, province = _place(title, lines, body)
    level = level_of(title, lines, city, province)
    if level in NATIONAL:
        city = province = ""
    elif not city and not province:
        findings.append(Finding(1, "no_place", "看不出是哪个城市或省份的规定，请用 --city 指明。"))
    dates = _dates(lines, body)
    if body and not dates["effective"]:
        findings.append(Finding(0, "no_effective_date", _missing_date(body)))
    standing = standing_of(title, dates, lines, body, today)
    return Identity(title, city, province, standing.status, dates, tuple(findings), level, standing.evidence)


def _place(title: str, lines: Sequence[str], body: Sequence[str]) -> tuple[str, str]:
    provinces: list[str] = []
    for start, _, place in places_in(title):
        if start == 0 and place.level == "city":
            return place.name, place.province
        if start == 0:
            return "", place.name
    if (zone := title_rules()["special_zone"].match(title)) and (owner := gazetteer().get(zone[1])):
        return (owner.name if owner.level == "city" else ""), owner.province
    for text in [*lines, *body[-1:]]:
        for found in title_rules()["assembly"].finditer(text):
            named = places_in(found[1])
            cities = [p for _, _, p in named if p.level == "city"]
            if cities:
                return cities[0].name, cities[0].province
            provinces += [p.name for _, _, p in named]
            if not named and (own := _own_assembly(title, found[0])):
                return own, ""
    return "", provinces[0] if provinces else ""


def _own_assembly(title: str, assembly: str) -> str:
    """The city at the head of the title whose own assembly is named: one that is in no list of places."""
    heads = (title[:n] for n in range(_LONGEST_NAME, 2, -1))
    return next((name for name in heads if title_rules()["city_end"].search(name) and name in assembly), "")


def _dates(lines: Sequence[str], body: Sequence[str]) -> dict[str, str | list[str] | None]:
    found: dict[str, str | None] = dict.fromkeys(("adopted", "approved", "announced", "effective"))
    amended: list[str] = []
    lone: list[str] = []
    for line in (event for whole in lines for event in _events_of(whole)):
        days = days_in(line)
        for here, after in zip(days, [*days[1:], None], strict=False):
            iso = here.iso
            words = line[here.end : after.start if after else len(line)]
            if not iso:
                continue
            told = found["adopted"] or found["announced"] or rules()["amends_by_itself"].search(line)
            if rules()["amends"].search(line) and (told or rules()["revised"].search(words)):
                amended.append(iso)
                continue
            if found["adopted"] and rules()["adopts"].search(words) and found["adopted"] != iso:
                amended.append(iso)  # the adoption of a later amendment, named on the next line
                continue
            kind = event_of(words)
            if kind:
                found[kind] = found[kind] or iso
            elif not words.strip():
                lone.append(iso)
    if lone and not found["announced"]:
        found["announced"] = lone[-1]
    if not found["effective"]:
        found["effective"] = _effective(lines, body)
    result: dict[str, str | list[str] | None] = {**found}
    result["amended"] = sorted(set(amended))
    return result


def _events_of(line: str) -> list[str]:
    """A 题注 that tells several events on one line, cut where one ends and the next begins."""
    cuts = [0, *(m.end() for m in rules()["next_event"].finditer(line)), len(line)]
    return [line[a:b].rstrip(" \u3000；;、，,") for a, b in pairwise(cuts)]


def _effective(lines: Sequence[str], body: Sequence[str]) -> str | None:
    for text in [*reversed(body[-2:]), *lines]:
        if found := effective_day(text):
            return found.iso or None
    return None


def _missing_date(body: Sequence[str]) -> str:
    if any(rules()["at_once"].search(t) for t in body[-2:]):
        return "施行日期写作「自公布之日起」一类，文中没有印出具体日期。"
    return "没有印出施行日期。"
