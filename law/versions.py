"""One regulation, several texts: which is in force, and what became of the others.

Texts of one title and one place are a chain by date. What a later text, or another one that repeals it, has done to
a regulation is worked out anew from all that are held, so that it is undone when that text is removed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from law.changes import ADDED, CHANGED, DELETED, Change, compare
from law.held import gathered
from law.regulation import Article, Note, Regulation
from law.text.dates import printed_date, rules
from law.text.script import to_simplified

#: The kind of a note that tells how an article differs from the text before.
CHANGED_NOTE = "changed"
_MOST_MARKS, _LONGEST_MARK = 4, 60
#: Sets of regulations, for which it is kept which texts of them are meant.
_ASKED = 16
_TITLES = re.compile(r"《([^《》]{3,60})》")


@dataclass(frozen=True, slots=True)
class Repeal:
    """What a text repeals: a title, from a day on."""

    title: str
    of: str  # the id of the repealing text
    by: str  # its title
    label: str
    since: str


def base_title(regulation: Regulation) -> str:
    """The title without the mark that tells two texts apart: 「（2019年修正文本）」."""
    return rules()["version"].sub("", to_simplified(regulation.title))


def chain_of(regulation: Regulation) -> tuple[str, str]:
    """What all texts of one regulation share."""
    return base_title(regulation), regulation.place


def text_date(regulation: Regulation) -> str:
    """The day on which this very text came to be, as ISO; "" where nothing tells it.

    A text whose later amendments are merely known (`amended`) is as old as its taking effect.
    """
    dates = regulation.dates
    own = regulation.own_status or regulation.status
    single = [str(dates[k]) for k in ("approved", "adopted", "announced") if dates.get(k)]
    amended = dates.get("amended")
    if isinstance(amended, list) and amended and own != "amended":
        return max(amended)
    effective = dates.get("effective")
    return max(single) if single else (effective if isinstance(effective, str) else "")


def in_force_from(regulation: Regulation) -> str:
    """The day from which this text counts: its effect, or its last change where that came later."""
    effective = regulation.dates.get("effective")
    return max(text_date(regulation), effective if isinstance(effective, str) else "")


def with_fates(regulations: Sequence[Regulation], today: date | None = None) -> tuple[Regulation, ...]:
    """Each regulation with what the others held have done to it."""
    now = (today or date.today()).isoformat()
    bare = [_without_fate(r) for r in regulations]
    repeals = [repeal for r in bare for repeal in repeals_of(r) if (repeal.since or now) <= now]
    chains: dict[tuple[str, str], list[Regulation]] = {}
    for regulation in bare:
        chains.setdefault(chain_of(regulation), []).append(regulation)
    return tuple(
        _with_what_changed(_with_fate(r, chains[chain_of(r)], repeals, now), chains[chain_of(r)]) for r in bare
    )


def repeals_of(regulation: Regulation) -> tuple[Repeal, ...]:
    """The titles that a text repeals: 「《…》同时废止」, and those listed below 「废止下列规章」."""
    since = in_force_from(regulation)
    found: dict[str, Repeal] = {}
    decides = rules()["tells_repeal"].search(regulation.title) is not None
    for article in regulation.numbered:
        if not rules()["tells_repeal"].search(article.text):
            continue
        for title in _repealed_in(article, decides=decides):
            if title != base_title(regulation) or not decides:
                found.setdefault(title, Repeal(title, regulation.id, regulation.title, article.label, since))
    return tuple(found.values())


def superseded_by(regulation: Regulation, held: Iterable[Regulation], now: str) -> Regulation | None:
    """The newest later text of the same regulation that counts already."""
    later = [
        r
        for r in held
        if chain_of(r) == chain_of(regulation)
        and text_date(r) > text_date(regulation)
        and in_force_from(r) <= now
        and (r.own_status or r.status) not in ("draft", "not_yet_in_force")
    ]
    return max(later, key=text_date, default=None)


def asked_for(ids: Sequence[str], held: Sequence[Regulation], question: str) -> tuple[str, ...]:
    """Of several texts of one regulation the one that a question means: in force today, in a year, or before.

    A text that is named by its own title with the version, or that is held alone, stays.
    """
    several = gathered(_several, held)
    if several.keys().isdisjoint(ids):
        return tuple(ids)
    year = rules()["asked_year"].search(question)
    until = f"{year[1]}-12-31" if year else date.today().isoformat()
    which = "year" if year else "before" if rules()["asked_former"].search(question) else "now"
    named = {id_ for title, id_ in gathered(_titled_with_version, held) if title in question}
    if not named:
        return gathered(_meant, held)(tuple(ids), until, which)
    kept: dict[str, None] = {}
    for id_ in ids:
        here = [i for i in several[id_].ids if i in named] if id_ in several else []
        kept |= dict.fromkeys(here or gathered(_meant, held)((id_,), until, which))
    return tuple(kept)


def without_year(question: str, ids: Sequence[str], held: Sequence[Regulation]) -> str:
    """The question without 「2015年时」, where that has chosen the text: it is no year to be looked for in it."""
    several = gathered(_several, held)
    return (
        rules()["asked_year"].sub("", question)
        if rules()["asked_year"].search(question) and any(i in several for i in ids)
        else question
    )


def _meant(held: Sequence[Regulation]) -> Callable[[tuple[str, ...], str, str], tuple[str, ...]]:
    """Of some ids those of the texts that are meant; kept for what was asked last: most ask for all that are held."""
    several = gathered(_several, held)

    @lru_cache(maxsize=_ASKED)
    def meant(ids: tuple[str, ...], until: str, which: str) -> tuple[str, ...]:
        texts: dict[str, str] = {}  # one of each chain, asked for once, however many of its texts are among the ids
        for id_ in ids:
            if id_ in several and id_ not in texts:
                texts |= dict.fromkeys(several[id_].ids, several[id_].meant(until, which))
        return tuple(dict.fromkeys(texts.get(i, i) for i in ids))

    return meant


@dataclass(frozen=True, slots=True)
class _Chain:
    """The texts of one regulation, oldest first: the day from which each counts, and whether it was adopted by then."""

    ids: tuple[str, ...]
    since: tuple[str, ...]
    adopted: tuple[bool, ...]

    def meant(self, until: str, which: str) -> str:
        """The id of the text that counted by the end of a `year`, of the one in force `now`, or of the one `before` it.

        Of a year before all of them the oldest; where none is in force yet the newest.
        """
        counting = [n for n, since in enumerate(self.since) if since <= until]
        if which == "year":
            return self.ids[counting[-1] if counting else 0]
        counting = [n for n in counting if self.adopted[n]]
        current = counting[-1] if counting else len(self.ids) - 1
        return self.ids[current - 1 if which == "before" and current else current]


def _several(held: Sequence[Regulation]) -> dict[str, _Chain]:
    """The chains of two texts and more by the id of each."""
    chains: dict[tuple[str, str], list[Regulation]] = {}
    for regulation in held:
        chains.setdefault(chain_of(regulation), []).append(regulation)
    several = [_chain(sorted(texts, key=text_date)) for texts in chains.values() if len(texts) > 1]
    return {id_: chain for chain in several for id_ in chain.ids}


def _chain(texts: Sequence[Regulation]) -> _Chain:
    adopted = tuple(r.status not in ("draft", "not_yet_in_force") for r in texts)
    return _Chain(tuple(r.id for r in texts), tuple(in_force_from(r) for r in texts), adopted)


def _titled_with_version(held: Sequence[Regulation]) -> tuple[tuple[str, str], ...]:
    """Titles that say which text it is, in Simplified script, of regulations of several texts; with their ids."""
    several = gathered(_several, held)
    return tuple((to_simplified(r.title), r.id) for r in held if r.id in several and rules()["version"].search(r.title))


def _repealed_in(article: Article, *, decides: bool) -> list[str]:
    titles: list[str] = []
    for paragraph in article.paragraphs:
        if rules()["repeals_listed"].search(paragraph.text) or (
            decides and rules()["tells_repeal"].search(paragraph.text) and paragraph.items
        ):
            titles += [found[1] for item in paragraph.items for found in [_TITLES.search(item)] if found]
        for clause in rules()["repeals"].finditer(to_simplified(paragraph.full)):
            titles += _TITLES.findall(clause[0])
    return list(dict.fromkeys(to_simplified(t) for t in titles))


def _with_what_changed(regulation: Regulation, chain: Sequence[Regulation]) -> Regulation:
    """The text in force says of each article how it differs from the text before it, where that is held too."""
    before = [r for r in chain if text_date(r) < text_date(regulation)]
    if regulation.status != "in_force" or not before:
        return regulation
    former = max(before, key=text_date)
    notes = [
        Note(c.new.number, CHANGED_NOTE, _difference(c, former), c.new.suffix)
        for c in compare(former, regulation)
        if c.new is not None and c.change in (CHANGED, ADDED)
    ]
    return replace(regulation, article_notes=(*regulation.article_notes, *notes))


def _difference(change: Change, former: Regulation) -> str:
    name = f"{text_date(former)[:4]}年的文本" if text_date(former) else "前一文本"
    if change.old is None:
        return f"本条是新增的，{name}没有。"
    said = [
        f"{'删去' if m.op == DELETED else '增加'}「{_cut(m.text)}」" for m in change.marks if m.op in (DELETED, ADDED)
    ]
    more = "等" if len(said) > _MOST_MARKS else ""
    return f"与{name}{change.old.label}相比：{'，'.join(said[:_MOST_MARKS])}{more}。"


def _cut(text: str) -> str:
    words = text.replace("\n", "")
    return words if len(words) <= _LONGEST_MARK else f"{words[:_LONGEST_MARK]}…"


def _without_fate(regulation: Regulation) -> Regulation:
    if any(n.kind == CHANGED_NOTE for n in regulation.article_notes):
        kept = tuple(n for n in regulation.article_notes if n.kind != CHANGED_NOTE)
        regulation = replace(regulation, article_notes=kept)
    if not regulation.fate:
        return regulation
    notes = tuple(n for n in regulation.notes if n != regulation.fate)
    return replace(regulation, status=regulation.own_status or regulation.status, own_status="", fate="", notes=notes)


def _with_fate(regulation: Regulation, chain: Sequence[Regulation], repeals: Sequence[Repeal], now: str) -> Regulation:
    if regulation.status in ("draft", "repealed"):
        return regulation
    newer = superseded_by(regulation, chain, now)
    if newer is not None:
        when = printed_date(text_date(newer)) if text_date(newer) else ""
        return _marked(regulation, "amended", f"本文已有新的文本：《{newer.title}》（{when}），以新文本为准。")
    mine = base_title(regulation)
    for repeal in repeals:
        own = repeal.title == mine and repeal.of != regulation.id
        if own and text_date(regulation) < (repeal.since or now) and _one_place(regulation, repeal):
            return _marked(regulation, "repealed", f"《{repeal.by}》{repeal.label}规定废止本文。")
    return regulation


def _one_place(regulation: Regulation, repeal: Repeal) -> bool:
    """A title that names its place can be no other's; one that does not is left alone."""
    return bool(regulation.title) and len(repeal.title) >= 5


def _marked(regulation: Regulation, status: str, fate: str) -> Regulation:
    if regulation.status == status == "amended":
        return regulation  # said by its own declaration, with its own words
    return replace(regulation, status=status, own_status=regulation.status, fate=fate, notes=(*regulation.notes, fate))
