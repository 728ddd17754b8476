"""A false figure in a question: what is quoted is held against it, and the difference is said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.decide.decision import Evidence
from assistant.understand.language import claims_of_the_rule, date_told_of
from law.regulation import Article, Paragraph, Regulation
from law.text.dates import printed_date
from law.text.figures import Figure, bounded, contrary, figures, same_figure
from law.text.references import blank_references
from law.text.rules import load_rules
from law.text.script import plain
from prompts import say

#: A share or a sum that no cited article has at all is worth saying; a year or a time may be the asker's own.
_SAID_TO_BE_MISSING = ("share", "money")
#: A day in full has so many strokes: 2014-08-22.
_IN_FULL = 2
#: Of more regulations than this none is looked through for a figure that no cited article has.
_FEW = 30


def corrections(question: str, evidence: Sequence[Evidence], held: Sequence[Regulation] = ()) -> tuple[str, ...]:
    """One notice for each figure that a question tells of the rule and that no cited article has.

    `question` is Simplified; what the articles have instead, of the same kind, is quoted in the notice; where they have
    none and few regulations are `held`, which of these bounds that very figure from the other side.
    """
    text = plain(question)
    told = told_of_the_rule(question)
    if not told or not evidence:
        return ()
    cited = [(e, f) for e in evidence for p in e.paragraphs for f in figures_of(p)]
    notices: list[str] = []
    for figure in told:
        if (role := date_told_of(text[figure.end :])) and (own := _of_its_own(role, evidence)):
            notices += _against_its_own(figure, role, own)
            continue
        same = [(e, f) for e, f in cited if f.kind == figure.kind]
        alike = [(e, f) for e, f in same if same_figure(figure, f)] or _elsewhere_in(figure, evidence)
        against = bool(alike) and all(contrary(figure, f) for _, f in alike)
        if against:
            same = alike
        elif alike or _dated(figure, text, [e.regulation for e in evidence]):
            continue
        if same:
            told_so = _told(text, figure) if against else figure.said
            notices.append(say("premise.differs", told=told_so, instead=_places(same)))
        elif figure.kind in _SAID_TO_BE_MISSING:
            notices.append(_unsaid(_told(text, figure), figure, held))
    return tuple(dict.fromkeys(notices))


def told_of_the_rule(question: str) -> list[Figure]:
    """The figures that a question says the rule to have: 100万元 of 给企业补贴100万元,对吗."""
    text = plain(question)
    return [f for f in figures(blank_references(text)) if claims_of_the_rule(text, f.kind, f.start)]


def _unsaid(told: str, figure: Figure, held: Sequence[Regulation]) -> str:
    """That no cited article has a figure; and which article turns it round, where one of few held does."""
    if not figure.bound or len(held) > _FEW:
        return say("premise.unsaid", told=figure.said)
    found = (_having(r, a, figure) for r in held for a in r.numbered)
    against = [(e, f) for e in found if e for p in e.paragraphs for f in figures_of(p) if contrary(figure, f)]
    same = [(e, f) for e, f in against if same_figure(figure, f)]
    return say("premise.unsaid_here", told=told, instead=_places(same)) if same else say("premise.unsaid", told=told)


def _places(said: Sequence[tuple[Evidence, Figure]]) -> str:
    return "；".join(
        dict.fromkeys(
            say("premise.place", title=e.regulation.title, label=e.article.label, said=_printed(e, f)) for e, f in said
        )
    )


def _of_its_own(role: str, evidence: Sequence[Evidence]) -> dict[str, list[str]]:
    """When the cited regulations were adopted, approved, announced, amended or took effect, by title, where known."""
    said = {e.regulation.title: e.regulation.dates.get(role) or [] for e in evidence}
    days = {title: [day] if isinstance(day, str) else day for title, day in said.items()}
    return {title: d for title, d in days.items() if d and all(day.count("-") == _IN_FULL for day in d)}


def _against_its_own(figure: Figure, role: str, own: Mapping[str, Sequence[str]]) -> list[str]:
    """The words that none of the regulations' own days is the one that a question tells; none where one is."""
    if figure.kind != "date" or any(_is_day(figure, day) for days in own.values() for day in days):
        return []
    when = {title: say(f"date.{role}", when="、".join(map(printed_date, days))) for title, days in own.items()}
    places = (say("premise.dated", title=title, when=said) for title, said in when.items())
    return [say("premise.differs", told=figure.said, instead="；".join(places))]


def _is_day(figure: Figure, day: str) -> bool:
    return all(s is None or s == int(h) for s, h in zip(figure.parts, day.split("-"), strict=True))


def quoting_what_is_told(
    question: str, evidence: Sequence[Evidence], near: Sequence[tuple[Regulation, Article]]
) -> tuple[Evidence, ...]:
    """The evidence with the 款 against which a share or a sum that the question tells has to be held.

    That is a 款 of a cited article that has the figure, or one of its kind where none is quoted; else an article `near`
    the question that has the very figure.
    """
    text = plain(question)
    chosen = list(evidence)
    for told in figures(blank_references(text)):
        if told.kind not in _SAID_TO_BE_MISSING or not claims_of_the_rule(text, told.kind, told.start):
            continue
        quoted = [f for e in chosen for p in e.paragraphs for f in figures_of(p) if f.kind == told.kind]
        if any(same_figure(told, f) for f in quoted):
            continue
        same = [_having(e.regulation, e.article, told) for e in chosen] + [_having(r, a, told) for r, a in near]
        first = next((e for e in same if e), None)
        if first is None and not quoted:
            first = next((e for e in (_having(e.regulation, e.article, told, same=False) for e in chosen) if e), None)
        if first is not None:
            chosen = _added(chosen, first)
    return tuple(chosen)


def _having(regulation: Regulation, article: Article, told: Figure, *, same: bool = True) -> Evidence | None:
    """The 款 of an article that have the figure, or one of its kind."""
    having = tuple(
        p
        for p in article.paragraphs
        if any(f.kind == told.kind and (not same or same_figure(told, f)) for f in figures_of(p))
    )
    return Evidence(regulation, article, having) if having else None


def _added(evidence: list[Evidence], one: Evidence) -> list[Evidence]:
    """The evidence with one more; its 款 join those of the same article, of which they are in order."""
    for at, before in enumerate(evidence):
        if before.article.id == one.article.id:
            both = {p.number for p in (*before.paragraphs, *one.paragraphs)}
            joined = tuple(p for p in before.article.paragraphs if p.number in both)
            return [*evidence[:at], replace(before, paragraphs=joined), *evidence[at + 1 :]]
    return [*evidence, one]


def _elsewhere_in(figure: Figure, evidence: Sequence[Evidence]) -> list[tuple[Evidence, Figure]]:
    """The same figure in a 款 of a cited article that is not quoted itself."""
    beside = [(replace(e, paragraphs=(p,)), p) for e in evidence for p in e.article.paragraphs if p not in e.paragraphs]
    return [(e, f) for e, p in beside for f in figures_of(p) if f.kind == figure.kind and same_figure(figure, f)]


def figures_of(paragraph: Paragraph) -> tuple[Figure, ...]:
    """The figures of one 款."""
    return figures(blank_references(plain(paragraph.full)))


def _told(text: str, figure: Figure) -> str:
    """A figure of the question with the words that bound it: 不高于七成, 七成以下."""
    return bounded(text, figure.start, figure.end)


def _printed(evidence: Evidence, figure: Figure) -> str:
    """A figure with the words that bound it, as the paragraph has it in Simplified."""
    text = next((t for p in evidence.paragraphs if figure.said in (t := plain(p.full))), figure.said)
    start = text.find(figure.said)
    return bounded(text, start, start + len(figure.said))


def _dated(figure: Figure, text: str, regulations: Sequence[Regulation]) -> bool:
    """Whether a date is one of the regulation's own, where its adoption, approval or announcement is spoken of."""
    if figure.kind != "date" or not load_rules("assistant.decide", "decide.toml")["passed"].search(text):
        return False
    values = [v for r in regulations for v in r.dates.values()]
    days = [d for v in values for d in ([v] if isinstance(v, str) else v or [])]
    parts = [tuple(int(n) for n in str(d).split("-")) for d in days if str(d).count("-") == 2]
    return any(all(s is None or s == h for s, h in zip(figure.parts, p, strict=False)) for p in parts)
