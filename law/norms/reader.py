"""The law as norms: each sentence of every article read once, deterministically."""

from dataclasses import replace
from functools import lru_cache

from law.norms.amounts import figures_of
from law.norms.carried_over import Carried, Who
from law.norms.clause.clauses import clauses_of, sentences
from law.norms.clause.grouping import rules_in
from law.norms.clause.stretches import EXCEPTION
from law.norms.conditions_and_means import conditions_of, means_lent, with_means
from law.norms.grammar import GRAMMAR
from law.norms.norm import Level, Means, Norm
from law.norms.plain_with_places import spelt
from law.norms.rule_reading import Reading
from law.norms.served import beneficiaries_of
from law.regulation import Article, Regulation
from law.text.references import references_in
from law.text.rules import Rule

_PLAN = GRAMMAR["reader.plan"]
_TWINS = GRAMMAR["reader.twins"]
_LISTS = GRAMMAR["reader.lists"]
#: Articles whose norms are kept: of the bundled three regulations they take 3 MB.
_KEPT = 512
_LEVELS: tuple[tuple[Level, Rule], ...] = (
    ("省级", GRAMMAR["reader.level_province"]),
    ("市级", GRAMMAR["reader.level_city"]),
    ("县级", GRAMMAR["reader.level_county"]),
)


def norms_of(regulation: Regulation) -> tuple[Norm, ...]:
    """Every norm of a regulation, in the order of its text."""
    return tuple(n for article in regulation.numbered for n in norms_of_article(regulation, article))


def norms_of_article(regulation: Regulation, article: Article) -> tuple[Norm, ...]:
    """The norms of one article, in the order of its text."""
    return norms_in(article, provincial=not regulation.city and bool(regulation.province))


def norms_of_text(text: str) -> tuple[Norm, ...]:
    """The norms of a text that belongs to no article: a sentence that tells of the law."""
    readings = _read(text, Carried(), provincial=False)
    return tuple(n for r, m in with_means(readings) for n in _norms(r, "", 1, 0, m))


@lru_cache(maxsize=_KEPT)
def norms_in(article: Article, *, provincial: bool = False) -> tuple[Norm, ...]:
    """The norms of one article; in a text of a province the governments at every level are its own too.

    Those of the articles read last are kept: a text more beside those that are held does not read these anew.
    """
    found: list[Norm] = []
    for paragraph in article.paragraphs:
        readings = _read(paragraph.text, Carried(), provincial=provincial)
        found += [n for r, m in with_means(readings) for n in _norms(r, article.id, paragraph.number, 0, m)]
        if not paragraph.items:
            continue
        last = next((r for r in reversed(readings) if _LISTS.search(r.whole)), readings[-1] if readings else None)
        lead = replace(last.lead(), served=beneficiaries_of(last)) if last else Carried(listed=False)
        means = means_lent(last) if last else ()
        for number, item in enumerate(paragraph.items, 1):
            mine = _read(item, lead, provincial=provincial)
            found += [n for r, m in with_means(mine, means) for n in _norms(r, article.id, paragraph.number, number, m)]
    return tuple(found)


def _read(printed: str, lead: Carried, *, provincial: bool) -> list[Reading]:
    """The rules in the printed text of a 款, or of a 项 under its lead."""
    text = spelt(printed)
    found: list[Reading] = []
    named = Who()  # who is named first in a sentence acts in the next ones that name nobody
    for start, end in sentences(text.plain):
        carried = lead if lead.listed else Carried(named)
        fresh = False
        listed = lead.listed and lead.binding == "应当"
        for group in rules_in(clauses_of(text.plain, start, end), listed=listed):
            reading = Reading(text, tuple(group), carried, provincial)
            found.append(reading)
            own = reading.named()
            if own.classes and not fresh:
                named, fresh = own, True
            if not lead.listed:
                by_name = bool(own.classes) or (carried.named if carried.within else not reading.urged())
                binding = None if reading.binding == "探索" else reading.binding
                goes_on = carried.who if reading.granted_to_them() else reading.actors()
                carried = Carried(goes_on, binding, within=True, named=by_name, served=beneficiaries_of(reading))
    return found


def _norms(reading: Reading, article_id: str, paragraph: int, item: int, means: tuple[Means, ...]) -> list[Norm]:
    """The norm of a reading; 鼓励、支持 are two, so that who looks for either finds it."""
    norm = _norm(reading, article_id, paragraph, item, means)
    twins = ((c, _TWINS.search(c.text)) for c in reading.rules) if norm.binding in ("鼓励", "支持") else ()
    clause, twin = next(((c, m) for c, m in twins if m), (reading.first, None))
    if twin is None:
        return [norm]
    begin = twin.start("twin") if twin["twin"] else twin.start("other")
    at = reading.text.span(clause.start + begin, reading.end)[0]
    quote = norm.quote[at - norm.start :]
    other = replace(
        norm,
        start=at,
        quote=quote,
        binding="支持" if norm.binding == "鼓励" else "鼓励",
        conditions=tuple(c for c in norm.conditions if c in quote),
        figures=(),
    )
    return [norm, other]


def _norm(reading: Reading, article_id: str, paragraph: int, item: int, means: tuple[Means, ...]) -> Norm:
    text, whole = reading.text, reading.whole
    first, last = text.span(reading.start, reading.end)
    actors, partners, beneficiaries = reading.actors(), reading.partners(), beneficiaries_of(reading)
    return Norm(
        article_id,
        paragraph,
        item,
        first,
        last,
        text.printed[first:last],
        actors=actors.classes,
        actors_said=actors.said,
        partners=partners.classes,
        partners_said=partners.said,
        binding=reading.binding,
        act=_act(reading),
        beneficiaries=beneficiaries.classes,
        beneficiaries_said=beneficiaries.said,
        means=means,
        conditions=conditions_of(reading),
        exceptions=_exceptions(reading),
        figures=figures_of(text, reading.start, reading.end),
        plan=bool(_PLAN.search(whole)),
        level=next((level for level, rule in _LEVELS if rule.search(whole)), ""),
        kind=reading.kind(),
        refers_to=_refers_to(whole),
    )


def _refers_to(whole: str) -> tuple[int, ...]:
    found = references_in(whole) if "条" in whole else ()
    return tuple(dict.fromkeys(r.number for r in found if r.number > 0))


def _act(reading: Reading) -> str:
    """What is done: from the mark, or from behind who acts, to the end."""
    first = reading.first
    begin = first.start + (first.mark.end if first.mark else (first.subject[-1].end if first.subject else 0))
    end = max(reading.rules[-1].end, begin)
    return reading.text.verbatim(begin, end).strip()


def _exceptions(reading: Reading) -> tuple[str, ...]:
    """The exceptions, those that follow each other as one: 法律另有规定的,从其规定."""
    places: list[tuple[int, int]] = []
    for clause in reading.clauses:
        if clause.role != EXCEPTION:
            continue
        start = places.pop()[0] if places and places[-1][1] == clause.start - 1 else clause.start
        places.append((start, clause.end))
    return tuple(reading.text.verbatim(*place) for place in places)
