"""Each citation of a draft: which regulation, which articles, and what is said on its strength.

`naming` says which regulation is meant, `claims` which part of the sentence is the citation's own. A bare number
(第二十条 alone) is of what was named last, unless that has no such article, or none that says anything of it, and
another regulation of the draft does. Linear in the draft.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from assistant.check.checked import DraftPlace, Mention
from assistant.check.claims import Spot, bare, claims_of, frame_before, rule
from assistant.check.naming import Named, Names, naming
from assistant.verify.coverage import told_words
from law.regulation import Article, Regulation
from law.text.numbered import parts_of
from law.text.references import LAST, Reference, read_references
from law.text.script import HAN, half_width, plain, same_length_simplified

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+[”」』）)]*(?:[（(][^（）()\n]{2,80}[)）]。?)?|$)")
#: Characters of a sentence at most.
LONGEST_SENTENCE = 2000
_PIECE = re.compile(rf".{{1,{LONGEST_SENTENCE}}}", re.S)
#: The words of the cells beside one: left of it, right of it.
Beside = tuple[str, ...]
#: A bare number is of another regulation where that says this much of the claim and the one named last that little.
_MORE, _LESS = 0.7, 0.4
#: Characters of a cell right of a citation that may be what it is cited for; who is responsible is said in fewer.
_LONG = 8


@dataclass(slots=True)
class _DraftReader:
    """What the draft has said so far: its names, and the article last cited."""

    held: Sequence[Regulation]
    names: Names
    article: Article | None = None
    force_told: set[str] = field(default_factory=set)

    def block(self, number: int, printed: str, beside: Beside) -> Iterator[Mention]:
        text = same_length_simplified(half_width(printed))
        text = text if len(text) == len(printed) else printed
        for found in _sentences(text):
            if found[0].strip():
                for start, end, cells in _cells(text, found.start(), found.end()):
                    yield from self._sentence(DraftPlace(number, start, end), printed, text, found, cells or beside)

    def _sentence(
        self, at: DraftPlace, printed: str, text: str, whole: re.Match[str], beside: Beside
    ) -> Iterator[Mention]:
        said = text[at.start : at.end]
        names = self.names.read(said)
        spots = _spots(said)
        owners, opened = [], []
        for n, spot in enumerate(spots):
            owner, explicit, opens = self._framed(said, names, spot, spots[n - 1].end if n else 0)
            owners.append((owner, explicit))
            opened.append(Spot(opens, spot.end))
        sentence = printed[whole.start() : whole.end()].strip()
        cited = {owner.id for owner, _ in owners if owner}
        parts = claims_of(_without_laws(said, [n for n in names if n.id in cited]), opened)
        made: list[Mention] = []
        for spot, place, (owner, explicit), (claim, _) in zip(spots, opened, owners, parts, strict=True):
            told = claim if len(claim) > 3 or not beside else self._told_beside(owner, spot, beside)
            where = DraftPlace(at.block, at.start + place.opens, at.start + place.end)
            named = owner if explicit else self._fitting(owner, spot, told)
            written = printed[where.start : where.end]
            made.append(self._mention(where, sentence, written, named, spot, told, said))
        for mention, (_, others) in zip(made, parts, strict=True):
            yield replace(mention, beside=tuple(i for m in others for i in made[m].ids))
        self.names.remember(names)

    def _framed(self, said: str, names: Sequence[Named], spot: "_Spot", since: int) -> tuple[Named | None, bool, int]:
        """Whose number it is, whether it stands right by that name, and where the citation with its frame begins."""
        before = [n for n in names if n.end <= spot.start + 1]
        laws = [n for n in before if not n.place]
        own = laws[-1] if laws else None
        if own and naming("adjacent").search(said[own.end : spot.start]):
            return own, not own.carried, frame_before(said, min(since, own.start), max(own.start, since))
        places = [n for n in before if n.place and (own is None or n.start > own.start)]
        opens = frame_before(said, since, spot.start)
        return (places[-1] if places else own) or self.names.last, False, opens

    def _fitting(self, named: Named | None, spot: "_Spot", claim: str) -> Named | None:
        """Of a bare number the regulation whose article says what is told; the one named last where it may be that."""
        own = self._said_of(named, spot, claim)
        if spot.same or own >= _LESS:
            return named
        others = [n for n in (self.names.main, self.names.place, self.names.last) if n and n.id]
        best = max(others, key=lambda n: self._said_of(n, spot, claim), default=None)
        return best if best and self._said_of(best, spot, claim) >= _MORE else named

    def _told_beside(self, named: Named | None, spot: "_Spot", beside: Beside) -> str:
        """What a citation alone in its cell is cited for: the cell left of it, or a longer one right of it."""
        left, right = beside[0], beside[-1]
        fits = len(HAN.findall(right)) >= _LONG and self._said_of(named, spot, right) >= _MORE
        return bare(right if fits and self._said_of(named, spot, left) < _LESS else left)

    def _said_of(self, named: Named | None, spot: "_Spot", claim: str) -> float:
        regulation = next((r for r in self.held if named and r.id == named.id), None)
        if regulation is None:
            return 0.0
        articles = [a for r in spot.references for a in _articles(regulation, r)]
        told = plain(claim)
        return max((told_words(told, plain(f"{a.heading}{a.text}")) for a in articles), default=0.0) if told else 0.5

    def _mention(
        self, place: DraftPlace, sentence: str, written: str, named: Named | None, spot: "_Spot", claim: str, said: str
    ) -> Mention:
        regulation = next((r for r in self.held if named and r.id == named.id), None)
        if spot.same and self.article is not None:
            regulation = next((r for r in self.held if self.article.id.startswith(f"{r.id}/")), None)
        if regulation is None:
            return Mention(place, sentence, written, "", named.name if named else "", (), (), claim)
        ids: dict[str, None] = {}
        missing: list[str] = []
        for reference in spot.references:
            articles = (self.article,) if spot.same and self.article else _articles(regulation, reference)
            missing += _missing(reference, [a for a in articles if a], spot.written)
            ids |= dict.fromkeys(a.id for a in articles if a)
            self.article = articles[-1] if articles else self.article
        return Mention(
            place,
            sentence,
            written,
            regulation.id,
            regulation.title,
            tuple(ids),
            tuple(missing),
            claim,
            says_draft=regulation.id in self.names.drafts_told and not rule("in_force").search(said),
            says_changed=rule("changed").search(said) is not None,
            paragraph=spot.references[0].paragraph if len(spot.references) == 1 else 0,
        )


def _without_laws(said: str, names: Sequence[Named]) -> str:
    """A sentence with the laws it names left blank, since what they say is told of their articles."""
    for name in names:
        if name.id and not name.place:
            start = name.start - len(m[0]) if (m := rule("of_law").search(said[: name.start])) else name.start
            said = said[:start] + " " * (name.end - start) + said[name.end :]
    return said


@dataclass(frozen=True, slots=True)
class _Spot:
    """Numbers of articles where they stand in a sentence."""

    start: int
    end: int
    references: tuple[Reference, ...]
    written: str
    same: bool = False


def mentions(
    blocks: Sequence[str], held: Sequence[Regulation], beside: Mapping[int, Beside] | None = None
) -> tuple[Mention, ...]:
    """Every citation of a draft, given as its blocks in order; `beside` has what stands beside a table's cell."""
    reader = _DraftReader(held, Names(held))
    given = beside or {}
    return tuple(m for n, text in enumerate(blocks) for m in reader.block(n, text, given.get(n, ())))


def _sentences(text: str) -> Iterator[re.Match[str]]:
    """The sentences of a block; what is longer than any sentence is cut, so that a draft is read in linear time."""
    for found in _SENTENCE.finditer(text):
        if len(found[0]) <= LONGEST_SENTENCE:
            yield found
        else:
            yield from _PIECE.finditer(text, found.start(), found.end())


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int, Beside]]:
    """The cells of a row of a table (Markdown, or tabs), each with the cells beside it; else the sentence itself."""
    row = text[start:end]
    mark = "|" if row.lstrip().startswith("|") and row.count("|") >= 3 else "\t"
    if mark not in row:
        yield start, end, ()
        return
    cells, at = row.split(mark), start
    for cell, beside in zip(cells, beside_cells(cells), strict=True):
        if cell.strip():
            yield at, at + len(cell), beside
        at += len(cell) + 1


def beside_cells(cells: Sequence[str]) -> list[Beside]:
    """For each cell of a row the words of the nearest cell left of it that has some, and of the one right of it."""
    told = [c.strip() if len(HAN.findall(c)) >= 4 else "" for c in cells]
    lefts, rights = ["", *accumulate(told, _later)][:-1], ["", *accumulate(reversed(told), _later)][-2::-1]
    return [tuple(c for c in both if c) for both in zip(lefts, rights, strict=True)]


def _later(before: str, cell: str) -> str:
    return cell or before


def _spots(said: str) -> list[_Spot]:
    parts = [p for p in parts_of(said) if p.unit == "条"]
    spots: list[_Spot] = []
    for n, part in enumerate(parts):
        until = parts[n + 1].start if n + 1 < len(parts) else len(said)
        read = read_references(said[part.start : until])
        numbered = tuple(r for r in read.references if r.number)
        inside = [e for s, e in read.spans if s < part.end - part.start + 12]
        if numbered and inside:
            end = part.start + max(inside)
            spots.append(_Spot(part.start, end, numbered, said[part.start : end]))
    for hit in naming("same_article").finditer(said):
        if not any(s.start <= hit.start() < s.end for s in spots) and hit[1]:
            read = read_references(hit[0])
            paragraph = next((r.paragraph for r in read.references if r.paragraph), 0)
            spots.append(_Spot(hit.start(), hit.end(), (Reference(paragraph=paragraph),), hit[0], same=True))
    return sorted(spots, key=lambda s: s.start)


def _articles(regulation: Regulation, reference: Reference) -> tuple[Article, ...]:
    if reference.number < 0:
        return regulation.numbered[reference.number :][:1]
    return regulation.find(reference.number, reference.suffix)


def _missing(reference: Reference, articles: Sequence[Article], written: str) -> list[str]:
    """What a reference names and its regulation has not."""
    if not articles:
        return [written]
    if reference.paragraph > 0 and all(reference.paragraph > len(a.paragraphs) for a in articles):
        return [written]
    chosen = [p for a in articles for p in a.paragraphs if reference.paragraph in (0, LAST, p.number)]
    return [written] if reference.item and all(reference.item > len(p.items) for p in chosen) else []
