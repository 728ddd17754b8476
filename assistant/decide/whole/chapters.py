"""Which chapter of a regulation is meant, by its number or by words of its title."""

import re

from assistant.understand.language import asks_penalties
from assistant.understand.thread.anew import penalties_alone
from law.regulation import Regulation
from law.text.names import in_common
from law.text.numerals import to_chinese
from law.text.rules import load_rules
from law.text.script import plain

_LAST = load_rules("assistant.decide.whole", "sets.toml")["last_chapter"]
#: Between two matters of a chapter's title.
_MATTERS = load_rules("assistant.decide.whole", "sets.toml")["matters"]
#: Words of a chapter's title are looked for from this many characters down; else by what stands in common.
_LONGEST, _SHORT = 10, 4


def chapter_of(regulation: Regulation, said: str) -> str:
    """The chapter that is meant by 第六章, 最后一章 or words of its title; "" where none is."""
    chapters = list(dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter))
    if _LAST.match(said):
        return chapters[-1] if chapters else ""
    if said.startswith("第") and said.endswith("章"):
        return next((c for c in chapters if plain(c).startswith(plain(_chinese(said)))), "")
    titles = {c: plain(re.sub(r"^第[^章]{1,4}章", "", c.strip())) for c in chapters}
    words = plain(said).removesuffix("的")
    for length in range(min(len(words), _LONGEST), 1, -1):
        with_it = [c for c, title in titles.items() if words[-length:] in title]
        if len(with_it) == 1:
            return with_it[0]
    scored = sorted(((in_common(words[-_SHORT:], title), c) for c, title in titles.items()), reverse=True)
    clear = len(scored) > 1 and scored[0][0] > scored[1][0] and scored[0][0] >= _SHORT - 1
    return scored[0][1] if clear else ""


def titled(regulation: Regulation, matter: str) -> str:
    """The chapter whose title is a matter, or one of the matters that its title joins; penalties by any name are the
    matter of 法律责任; "" where there is none."""
    penalties = penalties_alone(plain(matter))
    for chapter in dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter):
        title = plain(re.sub(r"^.*第[^章]{1,4}章", "", chapter)).strip()
        if matter and (plain(matter) in (title, *_MATTERS.split(title)) or (penalties and asks_penalties(title))):
            return chapter
    return ""


def _chinese(said: str) -> str:
    return re.sub(r"\d+", lambda m: to_chinese(int(m[0])), said)
