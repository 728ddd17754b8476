"""Which of the cited articles each stretch of a sentence speaks of: 常州…,武汉则…"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.names import ways_to_name
from assistant.verify.words import grammar
from law.regulation import Article, Regulation
from law.text.numerals import to_int
from law.text.places import places_in, short_name
from law.text.script import plain

Cited = tuple[Regulation, Article]
_MARK = re.compile(r"\[[0-9a-z/.\-、,一-鿿]{1,24}\]|【[0-9a-z/.\-、,一-鿿]{1,24}】|〔[^〔〕]{1,24}〕")


@dataclass(frozen=True, slots=True)
class ScopedPart:
    """A stretch without the names that scope it. Each group of articles must carry it.

    `beside` is what the sentence says of all cities together.
    """

    text: str
    groups: tuple[tuple[Cited, ...], ...]
    beside: str = ""


def parts_of(said: str, cited: Sequence[Cited]) -> list[ScopedPart]:
    """A plain sentence cut where it turns to another city or regulation."""
    text = _MARK.sub("", said)
    named: list[tuple[int, int, tuple[Cited, ...]]] = []
    for id_ in dict.fromkeys(r.id for r, _ in cited):
        mine = tuple(c for c in cited if c[0].id == id_)
        for name in ways_to_name(mine[0][0]):
            named += [(m.start(), m.end(), mine) for m in re.finditer(re.escape(plain(name)), text)]
    spans = _outermost(named)
    if len({r.id for r, _ in cited}) < 2:
        return [ScopedPart(_unnamed(text, spans), (tuple(cited),))]
    spans = _outermost([*named, *((m.start(), m.end(), tuple(cited)) for m in grammar("all_cities").finditer(text))])
    alike = grammar("alike").search(text) and not grammar("apart").search(text)
    if not spans and (alike or grammar("together").search(text)):  # 都设立了专项资金, of no city by name: of each
        return [ScopedPart(text, tuple(_by_regulation(tuple(cited))))]
    parts: list[ScopedPart] = []
    groups: tuple[tuple[Cited, ...], ...] = (tuple(cited),)
    at = 0
    pending: list[tuple[Cited, ...]] = []
    for start, end, mine in spans:
        before = text[at:start]
        joined = (
            bool(pending) and bool(grammar("side_by_side").search(before)) and bool(grammar("likened").search(before))
        )
        if not joined:
            _add(parts, before, groups)
            pending = []
        pending += _by_regulation(mine)
        groups = tuple({group[0][0].id: group for group in pending}.values())
        at = end
    _add(parts, text[at:], groups)
    parts = [
        ScopedPart("市" + p.text if grammar("government_first").search(p.text) else p.text, p.groups) for p in parts
    ]
    together = ",".join(p.text for p in parts if len(p.groups) > 1)
    parts = [ScopedPart(p.text, p.groups, together if len(p.groups) == 1 else "") for p in parts]
    return [
        p
        if len(p.groups) == 1 or grammar("each").search(p.text) or not grammar("apart").search(p.text)
        else ScopedPart(p.text, (tuple(c for g in p.groups for c in g),))
        for p in parts
    ]


def uncited_cities(said: str, cited: Sequence[Cited]) -> list[str]:
    """三地都… of a sentence that cites fewer: what is said of a city needs an article of that city."""
    held = len({r.id for r, _ in cited})
    return [
        m[0]
        for m in grammar("all_cities").finditer(said)
        if (to_int(m["n"] or "") or 0) > held and grammar("all_of_them").search(said[m.end() :])
    ]


def strange_places(said: str, cited: Sequence[Cited]) -> list[str]:
    """Places and titled laws that are neither those of the cited regulations nor named in the cited articles."""
    texts = "\n".join(
        plain(" ".join((r.title, r.city, r.province, *r.short_names, a.heading, a.text))) for r, a in cited
    )
    strange = [said[s:e] for s, e, p in places_in(said) if said[s:e] not in texts and short_name(p.name) not in texts]
    for m in re.finditer(r"《([^《》]{2,60})》", said):
        title = re.sub(r"\(.*?\)", "", m[1])
        if title not in texts and not any(title in plain(n) for r, _ in cited for n in ways_to_name(r)):
            strange.append(m[0])
    return list(dict.fromkeys(strange))


def _unnamed(text: str, spans: list[tuple[int, int, tuple[Cited, ...]]]) -> str:
    """The text without its names; 常州市人民政府 keeps 市."""
    for start, end, _ in reversed(spans):
        kept = "市" if grammar("own_government").search(text[end:]) and end - start <= 4 else ""
        text = text[:start] + kept + text[end:]
    return grammar("cut_name").sub(lambda m: m[0][:1] if grammar("twice_city").match(m[0]) else "", text)


def _by_regulation(cited: tuple[Cited, ...]) -> list[tuple[Cited, ...]]:
    return [tuple(c for c in cited if c[0].id == id_) for id_ in dict.fromkeys(r.id for r, _ in cited)]


def _add(parts: list[ScopedPart], text: str, groups: tuple[tuple[Cited, ...], ...]) -> None:
    bare = text.strip("、和与跟同及,;:。《》()市的而则")
    if parts and grammar("likewise").search(bare):
        parts.append(ScopedPart(parts[-1].text, groups))
    elif bare:
        parts.append(ScopedPart(text.strip(",;:。《》"), groups))


def _outermost(spans: list[tuple[int, int, tuple[Cited, ...]]]) -> list[tuple[int, int, tuple[Cited, ...]]]:
    kept: list[tuple[int, int, tuple[Cited, ...]]] = []
    for span in sorted(spans, key=lambda s: (s[0], -(s[1] - s[0]))):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
