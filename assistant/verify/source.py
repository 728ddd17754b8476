"""Cited articles as the verifier reads them, and the clause of one that a clause of a sentence tells again."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.verify.actors import SaidActor, actors, names_of
from assistant.verify.clauses import SaidClause, read_clauses
from assistant.verify.coverage import bigrams, cut, is_filler, own_word
from assistant.verify.one_rule.units import Unit, units_of
from assistant.verify.quotes import unquoted
from assistant.verify.words import words
from law.norms import Norm, norms_in
from law.regulation import Article, Regulation
from law.text.figures import Figure, figures
from law.text.references import blank_references
from law.text.script import plain


class Source:
    """One article, read on demand; `later` is what is noted of its later fate."""

    def __init__(self, article: Article, later: str = "") -> None:
        self.article, self.later = article, later

    @cached_property
    def raw(self) -> str:
        """Plain text, paragraphs one a line."""
        return "\n".join(plain(p.full) for p in self.article.paragraphs)

    @cached_property
    def text(self) -> str:
        """The same without quotation marks."""
        return unquoted(self.raw)

    @cached_property
    def known(self) -> str:
        """Everything that a sentence may say of the article: heading, chapter, text, what became of it."""
        return "\n".join((plain(self.article.heading), plain(self.article.chapter), self.text, self.later))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the article."""
        return figures(blank_references(self.text))

    @cached_property
    def clauses(self) -> list[SaidClause]:
        """Every clause of the article, in order."""
        return read_clauses(self.text, law=True)

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """Every norm of the article, its words in plain form."""
        return tuple(in_plain(n) for n in norms_in(self.article))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its rules one by one; items of a list are none by themselves."""
        beside = {p.number: unquoted(plain(p.full)) for p in self.article.paragraphs}
        return units_of(
            [(n.quote, plain("、".join(n.actors_said)), beside.get(n.paragraph, "")) for n in self.norms if not n.item]
        )

    @cached_property
    def specials(self) -> tuple[dict[str, str], ...]:
        """What has a figure of its own within a rule: `general` rule, `subject`, `figure`."""
        return tuple(m.groupdict() for m in words().special.finditer(self.text))

    @cached_property
    def pairs(self) -> list[frozenset[str]]:
        """For each clause its bigrams."""
        return [bigrams(c.text) for c in self.clauses]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """For each bigram the clauses that hold it."""
        found: dict[str, list[int]] = {}
        for n, pairs in enumerate(self.pairs):
            for pair in pairs:
                found.setdefault(pair, []).append(n)
        return found

    @cached_property
    def around(self) -> dict[int, frozenset[str]]:
        """For each clause, by its id(), the bigrams of its conditions."""
        return {id(c): frozenset().union(*(bigrams(t) for t in c.conditions)) for c in self.clauses}

    @cached_property
    def actors(self) -> tuple[SaidActor, ...]:
        """Every actor of the article."""
        return actors(self.text)

    @cached_property
    def actor_names(self) -> frozenset[str]:
        """Their classes."""
        return names_of(self.actors)

    @cached_property
    def all_pairs(self) -> frozenset[str]:
        """The bigrams of everything known."""
        return bigrams(self.known)


def in_plain(norm: Norm) -> Norm:
    """A norm with its words in plain form."""
    return replace(
        norm,
        quote=unquoted(plain(norm.quote)),
        conditions=tuple(map(plain, norm.conditions)),
        exceptions=tuple(map(plain, norm.exceptions)),
        figures=tuple(replace(f, text=plain(f.text), starts=plain(f.starts)) for f in norm.figures),
    )


@lru_cache(maxsize=4096)
def source_of(article: Article, later: str = "") -> Source:
    """The article as read; kept for the articles that were judged by last."""
    return Source(article, later)


def sources_of(cited: Sequence[tuple[Regulation, Article]]) -> list[Source]:
    """Cited articles as read, each with what is noted of its later fate."""
    return [
        source_of(a, unquoted(plain("\n".join(n.text for n in r.notes_on(a) if n.kind == "later")))) for r, a in cited
    ]


#: So many sums of weights are kept for a regulation.
_MOST_TOTALS = 4096


class Neighbours:
    """All articles of a regulation, to weigh words by their rarity and to see where a sentence stands better."""

    def __init__(self, regulation: Regulation) -> None:
        self.articles = [(a, source_of(a).all_pairs) for a in regulation.articles]
        counts = Counter(p for _, pairs in self.articles for p in pairs)
        self._totals: dict[frozenset[str], float] = {}
        self._most = math.log(len(self.articles) + 1)
        self.weights: Mapping[str, float] = {p: math.log((len(self.articles) + 1) / n) for p, n in counts.items()}

    @cached_property
    def text(self) -> str:
        """All of the regulation, plain."""
        return "\n".join(source_of(a).text for a, _ in self.articles)

    def weight(self, pair: str) -> float:
        """How rare a bigram is in the regulation; the most for one that it does not use."""
        return self.weights.get(pair, self._most)

    def total(self, pairs: frozenset[str]) -> float:
        """What bigrams weigh together; of the clauses of the law it is asked with every sentence."""
        if pairs not in self._totals:
            if len(self._totals) > _MOST_TOTALS:
                self._totals.clear()
            self._totals[pairs] = sum(map(self.weight, pairs))
        return self._totals[pairs]

    def share(self, said: frozenset[str], held: frozenset[str]) -> float:
        """The weighted share of bigrams that are held, 0 to 1."""
        total = self.total(said)
        return sum(map(self.weight, said & held)) / total if total else 0.0

    def best(self, said: frozenset[str], without: frozenset[str]) -> tuple[float, str]:
        """The best share in an article whose id is not among `without`, and its label."""
        weights = {p: self.weight(p) for p in said}
        total = sum(weights.values()) or 1.0
        shares = (
            (sum(map(weights.__getitem__, said & held)) / total, article.label)
            for article, held in self.articles
            if article.id not in without
        )
        return max(shares, default=(0.0, ""))


_KEPT: dict[tuple[str, str, int], Neighbours] = {}


def neighbours_of(regulation: Regulation) -> Neighbours:
    """The regulation as read; kept by id and digest."""
    key = (regulation.id, regulation.sha256, len(regulation.articles))
    if key not in _KEPT:
        if len(_KEPT) > 64:
            _KEPT.clear()
        _KEPT[key] = Neighbours(regulation)
    return _KEPT[key]


def best_elsewhere(
    pairs: frozenset[str],
    cited: Sequence[tuple[Regulation, Article]],
    others: Sequence[Regulation],
    without: frozenset[str] = frozenset(),
) -> tuple[float, float, str]:
    """The share of a sentence's bigrams in its cited articles together, the best share elsewhere, and where.

    `without` are ids of articles that are not looked at: those of which the same is told.
    """
    held = frozenset().union(*(source_of(a).all_pairs for _, a in cited))
    ids = without | {a.id for _, a in cited}
    own = max(neighbours_of(r).share(pairs, held) for r in {r.id: r for r, _ in cited}.values())
    regulations = {r.id: r for r in (*(r for r, _ in cited), *others)}
    return own, *max(neighbours_of(r).best(pairs, ids) for r in regulations.values())


#: Clauses this like the best are as good; of those not so far off, who acts may be said.
NEAR, NOT_FAR = 0.88, 0.7
#: What two adjacent characters weigh that no source has, and those that stand before 应当 or 可以.
UNKNOWN, LEAD = 0.3, 0.3
#: What the same figure in both adds to their likeness.
FIGURE = 0.4
#: What two characters weigh that stand in a condition of the clause, not in the clause itself.
CONDITION = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """A clause of the article and how much of what is said it holds, 0 to 1, rare words weighing more."""

    clause: SaidClause
    score: float
    told: float  # the share of the article's clause that is said
    in_body: bool  # whether it holds any of what is said after the mark


def in_own_words(text: str, source_text: str) -> str:
    """The text with each word that the article lacks put as the article puts it."""
    return "".join(w if is_filler(w) else own_word(w, source_text) or w for w in cut(text))


def matches(
    said: str,
    sources: Sequence[Source],
    near: Neighbours,
    *,
    figures_said: frozenset[object] = frozenset(),
    lead: str = "",
    ruled: bool = False,
) -> list[Match]:
    """The clauses most like a stretch, best first, none that is much worse than the best.

    With `ruled`, only clauses that rule something, no conditions and exceptions.
    """
    after_mark = bigrams(said)
    known = frozenset().union(*(s.all_pairs for s in sources))
    wanted = {p: w if p in known else w * UNKNOWN for p, w in _weights(said, near).items()}
    for pair, weight in _weights(lead, near).items():
        if pair in known:
            wanted.setdefault(pair, weight * LEAD)
    total = sum(wanted.values())
    if not total:
        return []
    found: list[Match] = []
    for source in sources:
        held: dict[int, float] = {}
        for pair, weight in wanted.items():
            for n in source.places.get(pair, ()):
                held[n] = held.get(n, 0.0) + weight
        for n, shared in sorted(held.items()):
            clause, pairs = source.clauses[n], source.pairs[n]
            if not (ruled and clause.role):
                told = min(1.0, shared / (near.total(pairs) or 1.0))
                if around := source.around[id(clause)]:
                    shared += CONDITION * sum(w for p, w in wanted.items() if p not in pairs and p in around)
                same = any((f.kind, f.value) in figures_said for f in clause.figures)
                found.append(
                    Match(clause, 0.8 * shared / total + 0.2 * told + FIGURE * same, told, bool(after_mark & pairs))
                )
    found.sort(key=lambda m: -m.score)
    return near_best(found, NOT_FAR)


def near_best(found: Sequence[Match], share: float) -> list[Match]:
    """Those of ranked matches that reach a share of the best score."""
    return [m for m in found if m.score >= share * found[0].score]


def share_of(condition: str, said: frozenset[str], near: Neighbours) -> float:
    """How much of a stretch of the law a sentence's bigrams hold."""
    return near.share(bigrams(condition), said)


def _weights(text: str, near: Neighbours) -> dict[str, float]:
    return {p: near.weight(p) for p in bigrams(text)}
