"""Which of the cited articles each stretch of a sentence speaks of: 常州…,武汉则…"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cities import names_of
from vectorstore.places import places_in, short_name
from vectorstore.regulation import Article, Regulation
from vectorstore.script import plain

Cited = tuple[Regulation, Article]
_MARK = re.compile(r"\[[0-9a-z/.\-、,一-鿿]{1,24}\]|【[0-9a-z/.\-、,一-鿿]{1,24}】|〔[^〔〕]{1,24}〕")
_TOGETHER = re.compile(r"[、和与跟同及]$|以及$|[、和与跟同及](?:《)$")
_EACH = re.compile(r"都|均|也|同样|一样|皆|一致|相同")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch without the names that scope it. Each group of articles must carry it."""

    text: str
    groups: tuple[tuple[Cited, ...], ...]


def parts_of(said: str, cited: Sequence[Cited]) -> list[Part]:
    """A plain sentence cut where it turns to another city or regulation."""
    text = _MARK.sub("", said)
    named: list[tuple[int, int, tuple[Cited, ...]]] = []
    for id_ in dict.fromkeys(r.id for r, _ in cited):
        mine = tuple(c for c in cited if c[0].id == id_)
        for name in names_of(mine[0][0]):
            named += [(m.start(), m.end(), mine) for m in re.finditer(re.escape(plain(name)), text)]
    spans = _outermost(named)
    if len({r.id for r, _ in cited}) < 2:
        return [Part(_unnamed(text, spans), (tuple(cited),))]
    parts: list[Part] = []
    groups: tuple[tuple[Cited, ...], ...] = (tuple(cited),)
    at = 0
    pending: list[tuple[Cited, ...]] = []
    for start, end, mine in spans:
        before = text[at:start]
        joined = bool(pending) and bool(re.fullmatch(r"(?:[市的《》]|[、和与跟同及]|以及)*", before))
        if not joined:
            _add(parts, before, groups)
            pending = []
        pending.append(mine)
        groups = tuple({group[0][0].id: group for group in pending}.values())
        at = end
    _add(parts, text[at:], groups)
    parts = [Part("市" + p.text if re.match(r"人民政府|政府", p.text) else p.text, p.groups) for p in parts]
    return [
        p if len(p.groups) == 1 or _EACH.search(p.text) else Part(p.text, (tuple(c for g in p.groups for c in g),))
        for p in parts
    ]


def strange_places(said: str, cited: Sequence[Cited]) -> list[str]:
    """Places and titled laws that are neither those of the cited regulations nor named in the cited articles."""
    texts = "\n".join(
        plain(" ".join((r.title, r.city, r.province, *r.short_names, a.heading, a.text))) for r, a in cited
    )
    strange = [said[s:e] for s, e, p in places_in(said) if said[s:e] not in texts and short_name(p.name) not in texts]
    for m in re.finditer(r"《([^《》]{2,60})》", said):
        title = re.sub(r"\(.*?\)", "", m[1])
        if title not in texts and not any(title in plain(n) for r, _ in cited for n in names_of(r)):
            strange.append(m[0])
    return list(dict.fromkeys(strange))


def _unnamed(text: str, spans: list[tuple[int, int, tuple[Cited, ...]]]) -> str:
    """The text without its names; 常州市人民政府 keeps 市."""
    for start, end, _ in reversed(spans):
        kept = (
            "市" if re.match(r"市?(?:人民)?政府|市?[一-鿿]{2,12}?(?:部门|局)", text[end:]) and end - start <= 4 else ""
        )
        text = text[:start] + kept + text[end:]
    return re.sub(r"《》|市市", lambda m: "市" if m[0] == "市市" else "", text)


def _add(parts: list[Part], text: str, groups: tuple[tuple[Cited, ...], ...]) -> None:
    bare = text.strip("、和与跟同及,;:。《》()市的而则")
    if bare:
        parts.append(Part(text.strip(",;:。《》"), groups))


def _outermost(spans: list[tuple[int, int, tuple[Cited, ...]]]) -> list[tuple[int, int, tuple[Cited, ...]]]:
    kept: list[tuple[int, int, tuple[Cited, ...]]] = []
    for span in sorted(spans, key=lambda s: (s[0], -(s[1] - s[0]))):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
