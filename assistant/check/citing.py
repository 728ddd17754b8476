"""Each citation of a draft: which regulation, which articles, and what is said on its strength.

A regulation is named in full, by a short name, by what the draft itself defines (以下简称《条例》), or carried on
(该条例, 同条, a number alone). Linear in the draft.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.check.checked import Mention, Place
from assistant.understand.cities import find_cities
from law.regulation import Article, Regulation
from law.text.names import aligns
from law.text.references import LAST, Reference, parts_of, read_references
from law.text.script import half_width, same_length_simplified

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+[”」』）)]*(?:[（(][^（）()\n]{2,80}[)）]。?)?|$)")
_TITLED = re.compile(r"《([^《》]{1,80}(?:《[^《》]{1,60}》[^《》]{0,20})?)》")
_DEFINES = re.compile(r"以下(?:统称|简称|称)?(?:为)?[:：]?\s*[《“\"「]?([^《》“”\"「」()（）,，。]{2,20})[》”\"」]?")
_CARRIED = re.compile(
    r"(?:该|本|上述|前述|此|这(?:一|部)?)(?:条例|办法|规定|法规|草案|文件)|《(?:条例|办法|草案)》|(?<![一-鿿])条例(?=第)"
)
_SAME = re.compile(r"(?:同|该|本|前述|上述)条(?!例)(?:第?\s*([0-9一二三四五六七八九十]+)\s*款)?")
#: What ends the title of a law; 《关于…的建议》 and 《工作报告》 are none.
_LAW = re.compile(r"(?:条例|办法|规定|细则|决定|决议|解释|规章|法|草案|稿)(?:[（(].*[)）])?$")
_DRAFT = re.compile(r"草案|征求意见|送审|讨论稿|稿")
#: How a citation before its claim is led on, and how one after it is framed.
_LEADS = re.compile(r"^[\s,，:：]*(?:的)?(?:明确)?(?:规定|要求|提出|指出|明确|载明|写明|强调)?(?:的|了)?[\s,，:：]*")
_FRAME = re.compile(r"(?:根据|依据|依照|按照|按|参照|见|详见|参见|依|据|对照|引自|出自)?\s*$")
_NEAR = 40
#: A few words and a colon before a sentence, which say what it is about.
_HEADING = re.compile(r"^\s*[^，。,：:；;]{1,14}[：:](?=[^：:]{12})")
#: What may stand before a short name of the draft's own, which else is the end of another title.
_BEFORE = "根据|依据|依照|按照|按|参照|对照|见|与|和|及|对|即|在"
_HEAD = re.compile(
    r"[^,，。;；:：《》\n]{0,30}?(?:条例|办法|规定|决定|草案)(?:\((?:草案|征求意见稿|草案征求意见稿|修订)\)|草案|稿)*"
)


@dataclass(slots=True)
class _Named:
    """A name of a regulation in a block: its id, or "" for a title that is not held."""

    start: int
    end: int
    id: str
    name: str
    draft: bool = False


@dataclass(slots=True)
class _Reader:
    """What the draft has said so far: short names it defined, the regulation and article last cited."""

    held: Sequence[Regulation]
    defined: dict[str, _Named] = field(default_factory=dict)
    last: _Named | None = None
    article: Article | None = None
    drafts_told: set[str] = field(default_factory=set)

    def block(self, number: int, printed: str) -> Iterator[Mention]:
        text = same_length_simplified(half_width(printed))
        text = text if len(text) == len(printed) else printed
        for found in _SENTENCE.finditer(text):
            if found[0].strip():
                yield from self._sentence(number, printed, text, found.start(), found.end())

    def _sentence(self, number: int, printed: str, text: str, start: int, end: int) -> Iterator[Mention]:
        said = text[start:end]
        names = self._names(said)
        spots = _spots(said)
        taken = [(s.start, s.end) for s in spots]
        frames = [self._framed(said, names, spot, taken[n - 1][1] if n else 0) for n, spot in enumerate(spots)]
        for n, (spot, (named, opens)) in enumerate(zip(spots, frames, strict=True)):
            until = frames[n + 1][1] if n + 1 < len(frames) else len(said)
            since = spots[n - 1].end if n else 0
            alone = len(spots) == 1
            claim = _without(said, opens, spot.end) if alone else _claim(said, since, opens, spot.end, until)
            yield self._mention(Place(number, start + opens, start + spot.end), printed[start:end].strip(),
                                printed[start + opens : start + spot.end], named, spot, claim)  # fmt: skip
        if names:
            self.last = next((n for n in reversed(names) if n.id), names[-1])

    def _names(self, said: str) -> list[_Named]:
        """Every name in a sentence in order; what it defines is remembered."""
        found: list[_Named] = []
        for hit in _TITLED.finditer(said):
            if _LAW.search(hit[1]) or hit[1] in self.defined:
                found.append(self._titled(hit))
        blank = _TITLED.sub(lambda m: "|" * len(m[0]), said)
        for at, id_ in find_cities(blank, self.held).named_at:
            head = _HEAD.match(blank, at)
            found.append(_Named(at, head.end() if head else at + 1, id_, head[0] if head else ""))
        for hit in _CARRIED.finditer(said):
            known = self.defined.get(hit[0].strip("《》")) or self.last
            found = [f for f in found if not (f.start <= hit.start() < f.end)]
            found += [_Named(hit.start(), hit.end(), known.id, known.name)] if known else []
        for word, named in self.defined.items():
            short = re.compile(rf"(?<![一-鿿])(?:{_BEFORE})?(?P<word>{re.escape(word)})")
            found += [_Named(*m.span("word"), named.id, named.name) for m in short.finditer(blank)]
        found.sort(key=lambda f: (f.start, -f.end))
        for hit in _DEFINES.finditer(said):
            before = [f for f in found if f.end <= hit.start()]
            if before:
                self.defined[hit[1].strip()] = before[-1]
        for one in found:
            if one.id and (one.draft or _DRAFT.search(said[one.start : one.end + 24])):
                self.drafts_told.add(one.id)
        return found

    def _titled(self, hit: re.Match[str]) -> _Named:
        name = hit[1]
        if name in self.defined:
            known = self.defined[name]
            return _Named(hit.start(), hit.end(), known.id, known.name)
        held = next((r.id for r in self.held if _is_title(name, r)), "")
        return _Named(hit.start(), hit.end(), held, name, bool(_DRAFT.search(name)))

    def _framed(self, said: str, names: Sequence[_Named], spot: "_Spot", since: int) -> tuple[_Named | None, int]:
        """The name that a number belongs to, and where the citation with its frame (根据, the name) begins."""
        before = [n for n in names if n.end <= spot.start + 1]
        own = before[-1] if before else None
        opens = spot.start
        near = own is not None and own.start >= since and spot.start - own.end <= _NEAR
        if own and near and not re.search(r"[,，。;；]", said[own.end : spot.start]):
            opens = own.start
        if frame := _FRAME.search(said[since:opens]):
            opens = since + frame.start()
        return own or self.last, opens

    def _mention(
        self, place: Place, sentence: str, written: str, named: _Named | None, spot: "_Spot", claim: str
    ) -> Mention:
        regulation = next((r for r in self.held if named and r.id == named.id), None)
        if spot.same and self.article is not None and regulation is None:
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
        return Mention(place, sentence, written, regulation.id, regulation.title, tuple(ids), tuple(missing), claim,
                       regulation.id in self.drafts_told)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Spot:
    """Numbers of articles where they stand in a sentence."""

    start: int
    end: int
    references: tuple[Reference, ...]
    written: str
    same: bool = False


def mentions(blocks: Sequence[str], held: Sequence[Regulation]) -> tuple[Mention, ...]:
    """Every citation of a draft, given as its blocks in order."""
    reader = _Reader(held)
    return tuple(m for n, text in enumerate(blocks) for m in reader.block(n, text))


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
    for hit in _SAME.finditer(said):
        if not any(s.start <= hit.start() < s.end for s in spots) and hit[1]:
            read = read_references(hit[0])
            paragraph = next((r.paragraph for r in read.references if r.paragraph), 0)
            spots.append(_Spot(hit.start(), hit.end(), (Reference(paragraph=paragraph),), hit[0], same=True))
    return sorted(spots, key=lambda s: s.start)


def _is_title(name: str, regulation: Regulation) -> bool:
    """Whether a title in 《》 is a held one: its own, a short name, or with words left out but its place."""
    title = same_length_simplified(half_width(regulation.title))
    bare = half_width(name)
    short = title.partition("(")[0]
    if bare in (title, short, *regulation.short_names):
        return True
    kind = next((k for k in ("条例", "办法", "规定", "法") if short.endswith(k)), "")
    place = regulation.place.rstrip("市省")
    return bool(kind) and kind in bare and bare.startswith(place) and aligns(_plain_title(bare), title)


def _plain_title(name: str) -> str:
    return re.sub(r"\(.*?\)|草案|征求意见稿|修订|修正", "", name)


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


def _claim(said: str, since: int, opens: int, ends: int, until: int) -> str:
    """What stands on one of several citations: before it where it stands in brackets, else after it."""
    if said[:opens].rstrip().endswith(("(", "（", "[", "【", "—", "-")) or re.match(r"\s*[)）\]】]", said[ends:]):
        told = re.sub(r"^[^(（]*[)）]", "", said[since:opens]).strip(" ,，、;；()（）[]【】")
        return re.split(r"[;；]", told)[-1].strip()
    after = _LEADS.sub("", said[ends:until]).strip(" ,，、;；()（）")
    return after if len(after) >= 4 else said[since:opens].strip(" ,，、()（）")


def _without(said: str, start: int, end: int) -> str:
    """A sentence without its citation, what frames it, and a heading before it (★ 出海不用怕：)."""
    before, after = _HEADING.sub("", said[:start]), said[end:]
    if opened := re.search(r"[(（\[【]\s*$", before):
        closed = re.search(r"[)）\]】]", after)
        return (before[: opened.start()] + (after[closed.end() :] if closed else "")).strip()
    return (before + _LEADS.sub("", after)).strip(" ,，、")
