"""The title of a document, from its first lines: printed alone, over two lines, with 《》 in it, or as a sentence."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from law.text.dates import days_in
from law.text.places import places_in
from law.text.rules import Rule, load_rules


def title_of(lines: Sequence[str], headline: str = "") -> str:
    """The title among the lines before the first article; `headline` is what markup sets apart as one. "" for none."""
    joined = [re.sub(r"\s", "", line) for line in lines]
    heading = re.sub(r"\s", "", headline)
    if not heading and (sent := _sent_round(joined)):
        return _completed(sent, joined)
    for name in ("plain", "compound"):
        if heading and (found := _match(name, heading)):
            return _completed(found, joined)
    pairs = [a + b for a, b in pairwise(joined) if len(a) < 40 and len(b) < 30]
    for candidate in [*joined[:12], *pairs[:6]]:
        if found := _match("plain", candidate) or _match("compound", candidate):
            return _completed(found, joined)
    if heading and len(heading) <= 60 and not days_in(heading):
        return heading
    return ""


def _sent_round(lines: Sequence[str]) -> str:
    """What a notice sends round (印发《…办法》的通知) and is printed again below it, as the title of its own text."""
    for found in filter(None, map(title_rules()["sends_round"].search, lines)):
        if found[1] in lines and _match("plain", found[1]):
            return found[1]
    return ""


def _match(name: str, candidate: str) -> str:
    if days_in(candidate) or title_rules()["not_one"].search(candidate):
        return ""
    found = title_rules()[name].match(candidate)
    if not found or (name == "compound" and not title_rules()["telling"].search(candidate)):
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
    return title + below if title_rules()["draft_mark"].match(below) else title


@lru_cache(maxsize=1)
def title_rules() -> Mapping[str, Rule]:
    """The rules of `titles.toml` by name."""
    return load_rules("law.parsing", "titles.toml")
