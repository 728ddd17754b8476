"""A file becomes a regulation under somebody's eyes: what was read in it and where, to be confirmed or corrected."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from law.corpus import regulation_of
from law.errors import DocumentError
from law.formats.document import Document, lines_of
from law.formats.extracted import Progress
from law.formats.reading import read_bytes
from law.parsing.identity import Identity, identify
from law.parsing.naming import short_names_of
from law.parsing.parser import parse
from law.parsing.standing import LEVELS, NATIONAL
from law.regulation import STATUSES, Article, Finding, Regulation
from law.text.dates import printed_date, readable, written_day
from law.text.rules import load_rules
from law.versions import base_title, chain_of
from prompts import say

DATES = ("adopted", "approved", "announced", "effective")
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class ConfirmedIdentity:
    """Who a text is, as somebody has confirmed it. Dates are ISO, "" where there is none; `issuer` is only kept."""

    title: str
    city: str
    level: str
    status: str
    dates: dict[str, str]
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file as it was read: who it seems to be, `where` each of that was read, and what looks wrong, `beside` each
    the line that it is said of."""

    name: str
    data: bytes
    document: Document
    regulation: Regulation
    read: ConfirmedIdentity
    where: dict[str, str]
    beside: tuple[tuple[Finding, str], ...]


def propose(data: bytes, name: str, progress: Progress | None = None) -> Proposal:
    """Read a file of any kind. Nothing is kept. Raises DocumentError, CorpusError."""
    document = read_bytes(data, name, progress)
    regulation = regulation_of(document)
    if not regulation.numbered:
        raise DocumentError(f"「{name}」里没有读出一条条文，没有收录。请确认文件里有文字，并且分了条或有编号。")
    parsed = parse(document.text)
    who = identify(parsed.articles, headline=parsed.headline)
    lines = _telling(regulation.articles)
    issuer, issuer_line = _issuer(lines, regulation)
    read = ConfirmedIdentity(
        regulation.title,
        regulation.city or regulation.province,
        regulation.level,
        regulation.status,
        {k: str(regulation.dates.get(k) or "") for k in DATES},
        issuer,
    )
    where = _where(read, who, lines, regulation) | ({"issuer": issuer_line} if issuer else {})
    return Proposal(name, data, document, regulation, read, where, _beside(document, regulation.findings))


def confirmed(proposal: Proposal, said: ConfirmedIdentity) -> Regulation:
    """The regulation as somebody has confirmed it. Raises DocumentError naming what cannot be."""
    title = " ".join(said.title.split())
    if not title:
        raise DocumentError(f"「{proposal.name}」的标题是空的，请写上。")
    if said.status not in STATUSES or said.level not in ("", *LEVELS):
        raise DocumentError(f"「{proposal.name}」的状态或级别不在可选的范围里。")
    dates: dict[str, str | list[str] | None] = {k: _iso(said.dates.get(k, ""), k) for k in DATES}
    dates["amended"] = proposal.regulation.dates.get("amended")
    national = said.level in NATIONAL
    city = "" if national else said.city.strip()
    held = proposal.regulation
    if city != proposal.read.city:
        held = regulation_of(proposal.document, city=city)
    if national:
        held = replace(held, city="", province="")
    place = held.city or held.province
    return replace(
        held,
        title=title,
        level=said.level,
        status=said.status,
        dates=dates,
        short_names=short_names_of(title, place, national=national),
    )


def beside_held(regulation: Regulation, held: Sequence[Regulation]) -> str:
    """What the text would be to those held: a new version of one, or in its place; "" where it is new."""
    same = [r for r in held if chain_of(r) == chain_of(regulation)]
    if any(r.sha256 == regulation.sha256 for r in same):
        return "这份文件已经收录。"
    titles = "、".join(f"《{r.title}》" for r in same)
    return f"已收录同名的{titles}：日期相同的将被替换，日期不同的作为新版本并存，旧版本保留。" if same else ""


def _telling(articles: Sequence[Article]) -> list[str]:
    """The lines in which a text says who it is: those before the first article, and the last articles."""
    before = [p.full for a in articles if not a.number for p in a.paragraphs]
    last = [f"{a.label}　{a.text}" for a in [a for a in articles if a.number][-2:]]
    return [*before, *last]


def _where(read: ConfirmedIdentity, who: Identity, lines: Sequence[str], regulation: Regulation) -> dict[str, str]:
    found = {"title": _line_with(base_title(regulation), lines), "city": _line_with(read.city, lines)}
    found["level"] = say("adding.by_title", title=read.title) if read.level else ""
    found["status"] = who.evidence if who.evidence == "" else _line_with(who.evidence, lines) or who.evidence
    for name in DATES:
        if day := read.dates[name]:
            found[name] = _line_with(printed_date(day), lines)
    return {k: v for k, v in found.items() if v}


def _line_with(words: str, lines: Sequence[str]) -> str:
    """The first line in which some words stand, cut to what is around them."""
    for line in lines:
        said = readable(line)
        at = re.sub(r"\s", "", said).find(re.sub(r"\s", "", words)) if words else -1
        if at >= 0:
            begin = max(0, at - _LONGEST // 2)
            return (
                ("…" if begin else "") + said[begin : begin + _LONGEST] + ("…" if len(said) > begin + _LONGEST else "")
            )
    return ""


def _issuer(lines: Sequence[str], regulation: Regulation) -> tuple[str, str]:
    """Who made the text, and the line that tells it; "" where none does."""
    place, first = regulation.city or regulation.province, ("", "")
    rules = load_rules("assistant.desk", "desk.toml")
    for line in lines:
        said = readable(line)
        for found in rules["issuer"].finditer(said):
            issuer = rules["short_committee"].sub("人民代表大会常务委员会", rules["session"].sub("", found[0]))
            if place and issuer.startswith(place):
                return issuer, said[:_LONGEST]
            first = first if first[0] else (issuer, said[:_LONGEST])
    return first


def _beside(document: Document, findings: Sequence[Finding]) -> tuple[tuple[Finding, str], ...]:
    """Each finding with the line of the text that it is said of."""
    lines = lines_of(document.text)
    return tuple(
        (f, document.text[lines[f.line - 1].start : lines[f.line - 1].end].strip() if 0 < f.line <= len(lines) else "")
        for f in findings
    )


def _iso(said: str, name: str) -> str | None:
    """2025年1月1日, 2025-1-1 → 2025-01-01. Raises DocumentError."""
    if not said.strip():
        return None
    if iso := written_day(said):
        return iso
    raise DocumentError(f"{say(f'adding.{name}')}「{said.strip()[:30]}」不是日期，请写成 2025-01-01；没有就留空。")
