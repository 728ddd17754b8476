"""Which regulation a draft speaks of: in full, by a short name, by what it defines itself, carried on, or by its place.

`Names` remembers what was said; `read` gives the names of one sentence in order. Linear in the draft.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.understand.cities import find_cities
from law.regulation import Regulation
from law.text.names import aligns
from law.text.places import places_in
from law.text.rules import Rule, load_rules
from law.text.script import half_width, same_length_simplified

_TITLED = re.compile(r"《([^《》]{1,80}(?:《[^《》]{1,60}》[^《》]{0,20})?)》")


def naming(name: str) -> Rule:
    """A rule of `naming.toml`."""
    return load_rules("assistant.check", "naming.toml")[name]


@dataclass(slots=True)
class Named:
    """A name in a sentence: the id of its regulation, "" for a law that is not held.

    `place` where only a place is named, which says what is spoken of but not by which law; `carried` where what was
    named before is meant (该条例).
    """

    start: int
    end: int
    id: str
    name: str
    draft: bool = False
    place: bool = False
    carried: bool = False


@dataclass(slots=True)
class Names:
    """What the draft has said so far: short names it defined, the law and the place last named, its first law."""

    held: Sequence[Regulation]
    defined: dict[str, Named] = field(default_factory=dict)
    last: Named | None = None
    place: Named | None = None
    main: Named | None = None
    drafts_told: set[str] = field(default_factory=set)

    def read(self, said: str) -> list[Named]:
        """Every name in a sentence in order; what it defines is remembered."""
        found = [self._titled(h) for h in _TITLED.finditer(said) if naming("law").search(h[1]) or h[1] in self.defined]
        blank = _TITLED.sub(lambda m: "|" * len(m[0]), said)
        found += [*self._places(blank), *self._short(blank)]
        for hit in naming("carried").finditer(said):
            if not any(f.start < hit.start() < f.end and not f.place for f in found):
                known = self._carried(hit, found)
                found = [f for f in found if not (f.start <= hit.start() < f.end)]
                found += [Named(*hit.span(), known.id, known.name, carried=True)] if known else []
        found.sort(key=lambda f: (f.start, -f.end))
        self._define(said, found)
        return found

    def remember(self, found: Sequence[Named]) -> None:
        """What the sentence named is what the next one may carry on."""
        laws, places = [f for f in found if not f.place], [f for f in found if f.place]
        if laws:
            self.last = next((f for f in reversed(laws) if f.id), laws[-1])
            self.main = self.main or next((f for f in laws if f.id), None)
        self.place = places[-1] if places else self.place

    def _define(self, said: str, found: Sequence[Named]) -> None:
        for hit in naming("defines").finditer(said):
            before = [f for f in found if f.end <= hit.start() and not f.place]
            if before:
                self.defined[hit[1].strip()] = before[-1]
        for one in found:
            if one.id and (one.draft or naming("draft").search(said[one.start : one.end + 24])):
                self.drafts_told.add(one.id)

    def _titled(self, hit: re.Match[str]) -> Named:
        name = hit[1]
        if name in self.defined:
            known = self.defined[name]
            return Named(hit.start(), hit.end(), known.id, known.name)
        held = next((r.id for r in self.held if _is_title(name, r)), "")
        return Named(hit.start(), hit.end(), held, name, bool(naming("draft").search(name)))

    def _places(self, blank: str) -> Iterator[Named]:
        """A place with its law, held or not; a held place alone. 湖北实验室 is neither."""
        for at, id_ in find_cities(blank, self.held).named_at:
            head = naming("head").match(blank, at)
            regulation = next((r for r in self.held if r.id == id_), None)
            if head and regulation and _is_named(head[0], regulation):
                yield Named(at, head.end(), id_, head[0])
            elif head and not naming("sentence").search(head[0]) and places_in(head[0]):
                yield Named(at, head.end(), "", head[0])  # a law that is not held, of a held place or another
            elif id_:
                yield Named(at, at + 2, id_, "", place=True)

    def _short(self, blank: str) -> Iterator[Named]:
        for word, named in self.defined.items():
            before = naming("before_short").written.strip("^$")
            short = re.compile(rf"(?<![一-鿿])(?:{before})?(?P<word>{re.escape(word)})")
            for m in short.finditer(blank):
                yield Named(*m.span("word"), named.id, named.name)

    def _carried(self, hit: re.Match[str], found: Sequence[Named]) -> Named | None:
        word = hit[0].strip("《》")
        if word in self.defined:
            return self.defined[word]
        before = sorted((f for f in found if f.end <= hit.start()), key=lambda f: f.end)
        laws = [f for f in before if not f.place]
        pointing = naming("points").match(word)
        known = laws[-1] if laws else before[-1] if before and not pointing else self.last
        if naming("draft").search(word):
            drafts = {r.id for r in self.held if r.status == "draft"}
            named = [f for f in (*before[::-1], self.last, self.place, self.main) if f and f.id in drafts]
            return named[0] if named else known
        return known


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


def _is_named(head: str, regulation: Regulation) -> bool:
    """Whether a place with its law is this one: 常州条例, 武汉草案, 洛阳科技进步条例."""
    bare = _plain_title(head)
    short = naming("place_kind").sub("", regulation.place)
    rest = naming("after_short").sub("", bare.removeprefix(short)) if bare.startswith(short) else bare
    return bool(naming("kind_alone").search(rest)) or aligns(bare, same_length_simplified(half_width(regulation.title)))


def _plain_title(name: str) -> str:
    return naming("remark").sub("", name)
