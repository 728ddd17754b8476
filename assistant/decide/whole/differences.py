"""How regulations differ as a whole: matters that each treats, side by side, where what they say is not the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.decide.decision import Decision, Evidence, Listing
from assistant.decide.whole.literal import opening
from law.norms.norm import Norm
from law.regulation import Article, Regulation
from law.text.figures import figures
from law.text.grams import bigrams
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: So many matters are set side by side, of at most so many regulations.
_MATTERS, _REGULATIONS = 9, 4
#: The longest quote of one side, in characters.
_QUOTE = 90
#: So many chapters that only one regulation has are told.
_CHAPTERS = 3
_TELLING = ("不得", "免除", "责任")


@dataclass(frozen=True, slots=True)
class SharedMatter:
    """One matter and the article of each regulation that treats it; `weight` is how much they differ and are alike."""

    articles: tuple[Article, ...]
    weight: float
    chapter: str = ""  # the title of a chapter that only one of them has


def differ(regulations: Sequence[Regulation], library: Library) -> Decision | None:
    """The matters in which regulations differ most, and what each of them says; None for one or for very many."""
    if not 1 < len(regulations) <= _REGULATIONS:
        return None
    matters = _matters(regulations, library)
    if not matters:
        return None
    matters += [
        *_own_chapters(regulations),
        SharedMatter(tuple(r.numbered[-1] for r in regulations if r.numbered), 0.0),
    ]
    matters = _each_once(matters)
    evidence = [_told(r, a, library) for m in matters for a in m.articles for r in regulations if a in r.articles]
    aspects = tuple((_name(m), tuple(a.id for a in m.articles)) for m in matters)
    listing = Listing(say("ground.differences"), "differences", aspects=aspects)
    silent = tuple(r for r in regulations if not any(e.regulation.id == r.id for e in evidence))
    return Decision(tuple(evidence), listing=listing, silent=silent)


def _matters(regulations: Sequence[Regulation], library: Library) -> list[SharedMatter]:
    """Articles that are each other's nearest, those that differ most first; each article once."""
    found: list[SharedMatter] = []
    for at, first in enumerate(regulations):
        for other in regulations[at + 1 :]:
            found += _pairs(first, other, library)
    found.sort(key=lambda m: -m.weight)
    kept: list[SharedMatter] = []
    for pair in found:
        joined = next((k for k in kept if set(k.articles) & set(pair.articles)), None)
        if joined is None:
            kept.append(pair)
            continue
        new = [a for a in pair.articles if a not in joined.articles]
        owners = {a.id.partition("/")[0] for a in joined.articles}
        if new and new[0].id.partition("/")[0] not in owners:
            kept[kept.index(joined)] = SharedMatter((*joined.articles, *new), joined.weight + pair.weight)
    kept.sort(key=lambda m: -m.weight)
    return kept[:_MATTERS]


def _each_once(matters: Sequence[SharedMatter]) -> list[SharedMatter]:
    """The matters without the articles that an earlier one has already."""
    seen: set[str] = set()
    kept: list[SharedMatter] = []
    for matter in matters:
        articles = tuple(a for a in matter.articles if a.id not in seen)
        seen |= {a.id for a in articles}
        kept += [SharedMatter(articles, matter.weight, matter.chapter)] if articles else []
    return kept


def _own_chapters(regulations: Sequence[Regulation]) -> list[SharedMatter]:
    """Chapters to which no other regulation has one of a like title, each by its first article."""
    titles = {r.id: {a.chapter: set(bigrams(_title(a.chapter))) for a in r.numbered if a.chapter} for r in regulations}
    found: list[SharedMatter] = []
    for regulation in regulations:
        others = [grams for id_, mine in titles.items() if id_ != regulation.id for grams in mine.values()]
        for chapter, grams in titles[regulation.id].items():
            if grams and all(titles.values()) and not any(grams & other for other in others):
                first = next(a for a in regulation.numbered if a.chapter == chapter)
                found.append(SharedMatter((first,), 0.0, _title(chapter)))
    return found[:_CHAPTERS]


def _title(chapter: str) -> str:
    return chapter.rpartition(" ")[2]


def _pairs(one: Regulation, other: Regulation, library: Library) -> list[SharedMatter]:
    likeness = library.searcher.likeness(library.places(one.id), library.places(other.id))
    best, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    middle, spread = float(likeness.mean()), float(likeness.std()) or 1.0
    pairs: list[SharedMatter] = []
    for i, j in enumerate(best.tolist()):
        a, b = one.articles[i], other.articles[j]
        if back[j] == i and a.number and b.number:
            alike = (float(likeness[i, j]) - middle) / spread
            pairs.append(SharedMatter((a, b), alike + _differs(a, b, library)))
    return pairs


def _differs(a: Article, b: Article, library: Library) -> float:
    """How much two articles on one matter differ: in figures, in how binding they are, in consequences."""
    mine, theirs = (_said(x, library) for x in (a, b))
    figures_of = [{f.said for f in figures(plain(x.text))} for x in (a, b)]
    return 1.5 * bool(figures_of[0] ^ figures_of[1]) + 0.5 * len(mine ^ theirs)


def _said(article: Article, library: Library) -> set[str]:
    norms: tuple[Norm, ...] = library.norms_of_article(article.id)
    telling = {n.binding for n in norms if n.binding in _TELLING}
    return telling | {m for n in norms for m in n.means if m in ("资金", "补助", "奖励", "税收", "保险", "免责")}


def _told(regulation: Regulation, article: Article, library: Library) -> Evidence:
    """The words of an article that tell most: those with a figure or a consequence, else its first."""
    norms = library.norms_of_article(article.id)
    telling = next((n for n in norms if n.figures or n.binding in _TELLING), None)
    if telling and len(telling.quote) <= _QUOTE:
        paragraph = next(p for p in article.paragraphs if p.number == telling.paragraph)
        return Evidence(regulation, article, (paragraph,), telling.item, telling.quote)
    return Evidence(regulation, article, article.paragraphs[:1], stretch=opening(article.paragraphs[0], _QUOTE))


def _name(matter: SharedMatter) -> str:
    """A heading where an article has one, else the chapter."""
    if matter.chapter:
        return say("answer.own_chapter", chapter=matter.chapter)
    headed = next((a.heading for a in matter.articles if a.heading), "")
    return headed or _title(matter.articles[0].chapter)
