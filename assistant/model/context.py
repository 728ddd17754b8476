"""The articles that a model is given: marked, as data, within a budget of tokens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.decide.decision import Decision, Evidence
from assistant.retrieve import Found
from assistant.write.blocks import article_notices
from law.regulation import Article, Paragraph, Regulation
from law.text.script import to_simplified
from prompts import as_data, say
from vectorstore.library import Library
from vectorstore.tokens import count_tokens

#: Tokens that all articles together may take; small local models hold 4,096 in all.
BUDGET = 2600
#: Articles a city beyond the evidence, which the ranking put next: the model may know better which answers.
_MORE = 8


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article given to the model under a mark, A1. `evidence` are the 款 chosen without a model, if any."""

    mark: str
    regulation: Regulation
    article: Article
    evidence: tuple[Paragraph, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the model sees. `left_out` are articles of the evidence that found no room, `shortened` those cut."""

    entries: tuple[MarkedArticle, ...]
    left_out: tuple[Evidence, ...] = ()
    shortened: tuple[MarkedArticle, ...] = ()

    @property
    def text(self) -> str:
        """All entries as they stand in the prompt."""
        return "\n\n".join(e.text for e in self.entries)

    @property
    def cities(self) -> str:
        """Whose articles these are."""
        return "、".join(dict.fromkeys(as_data(e.regulation.place) for e in self.entries))

    def marked(self, marks: Iterable[str]) -> tuple[MarkedArticle, ...]:
        """The entries of these marks; made-up marks have none."""
        wanted = set(marks)
        return tuple(e for e in self.entries if e.mark in wanted)


def gather(decision: Decision, found: Found, library: Library, budget: int = BUDGET) -> Context:
    """The evidence, then what the ranking put next and the rest of its chapters, as far as the budget goes.

    In turns: every city has its first article before any has a second. A first article that is longer
    than its city's share of the budget is cut at its paragraphs.
    """
    by_city: dict[str, list[Evidence]] = {}
    for one in decision.evidence:
        by_city.setdefault(one.regulation.id, []).append(one)
    rounds = [e for row in zip_longest(*by_city.values()) for e in row if e is not None]
    given: list[MarkedArticle] = []
    left_out: list[Evidence] = []
    shortened: list[MarkedArticle] = []
    room = budget
    for at, one in enumerate(rounds):
        first = at < len(by_city)
        waiting = len(by_city) - at if first else 1
        mark = f"A{len(given) + 1}"
        entry = entry_of(mark, one, one.article.paragraphs)
        if count_tokens(entry.text) > (share := room // waiting) and (cut := _cut(mark, one, share, first=first)):
            entry = cut
            shortened.append(cut)
        if count_tokens(entry.text) > share and not first:
            left_out.append(one)
            continue
        given.append(entry)
        room -= count_tokens(entry.text)
    for one in _beside(by_city, found, library):
        entry = entry_of(f"A{len(given) + 1}", one, one.article.paragraphs)
        if (cost := count_tokens(entry.text)) <= room:
            given.append(entry)
            room -= cost
    return Context(tuple(given), tuple(left_out), tuple(shortened))


def article_text(
    regulation: Regulation,
    article: Article,
    paragraphs: Sequence[Paragraph],
    *,
    mark: str = "",
    numbered: bool = False,
    notes: Sequence[str] = (),
) -> str:
    """An article as a prompt shows it; nothing in it can close its frame or forge a mark.

    `numbered` says which 款 each is, for a model that is asked for their numbers; `notes` are what must be known of it.
    """
    name = f' mark="{mark}"' if mark else ""
    heading = f"标题：{_data(article.heading)}\n" if article.heading else ""
    lines = [_data(" ".join((p.text, *p.items))) for p in paragraphs]
    if numbered and len(article.paragraphs) > 1:
        lines = [f"第{p.number}款：{line}" for p, line in zip(paragraphs, lines, strict=True)]
    known = "".join(f"须知：{_data(note)}\n" for note in notes)
    return f"<article{name}>\n地方：{_data(regulation.place)}\n{known}{heading}{chr(10).join(lines)}\n</article>"


def _data(text: str) -> str:
    return as_data(to_simplified(" ".join(text.split())))


def entry_of(mark: str, one: Evidence, paragraphs: Sequence[Paragraph]) -> MarkedArticle:
    """An article under its mark, with what must be known of it."""
    status = [] if one.regulation.status == "in_force" else [say(f"status.{one.regulation.status}")]
    notes = [*status, *article_notices(one.regulation, one.article)]
    text = article_text(one.regulation, one.article, paragraphs, mark=mark, notes=notes)
    return MarkedArticle(mark, one.regulation, one.article, one.paragraphs, text)


def _cut(mark: str, one: Evidence, room: int, *, first: bool) -> MarkedArticle | None:
    """As many paragraphs as fit, those of the evidence before the rest; a first article keeps one at any length."""
    chosen: list[Paragraph] = []
    for paragraph in sorted(one.article.paragraphs, key=lambda p: p not in one.paragraphs):
        wanted = sorted([*chosen, paragraph], key=lambda p: p.number)
        if count_tokens(entry_of(mark, one, wanted).text) <= room or (first and not chosen):
            chosen = wanted
    return entry_of(mark, one, chosen) if chosen else None


def _beside(by_city: dict[str, list[Evidence]], found: Found, library: Library) -> list[Evidence]:
    """The best ranked articles of each city beside the evidence, then the rest of the chapters that the evidence is of.

    In turns, and nothing where a number was looked up.
    """
    if found.lookups:
        return []
    held = {e.article.id for mine in by_city.values() for e in mine}
    rows: list[list[Evidence]] = []
    for id_, mine in by_city.items():
        near = [library.by_id[h.id] for h in found.by_regulation.get(id_, ())]
        chapters = {e.article.chapter for e in mine if e.article.chapter}
        rest = [(r, a) for r in [library.regulation(id_)] for a in r.numbered if a.chapter in chapters]
        chosen = {a.id: Evidence(r, a, ()) for r, a in (*near[:_MORE], *rest) if a.id not in held}
        rows.append(list(chosen.values()))
    return [e for row in zip_longest(*rows) for e in row if e is not None]
