"""What a conversation has been about, read from its `{"role", "content"}` alone: questions, and the places cited."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.understand.cities import find_cities
from assistant.understand.matter import matter_in
from law.regulation import Article, Regulation
from law.text.references import references_in
from law.text.script import plain
from prompts import say

_SOURCE = re.compile(r"《(?P<title>[^《》]+)》(?P<where>第[^条]{1,8}条[^\n《》]{0,40})")
_QUOTED = re.compile(r"^\s*>\s*(.+)", re.M)
_HEADED = re.compile(r"【([^【】]+)】")
#: So much of a quote says what the matter is; a question says it with so many characters that mean something.
QUOTE, MATTER = 60, 6
#: Messages of the conversation that are read, and how much of a question.
_RECENT, _READ = 12, 400


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of the conversation and the articles cited in answer to it."""

    asked: str
    topic: str
    cited: tuple[Article, ...]
    quotes: tuple[str, ...] = ()  # how each begins that was quoted

    @property
    def quote(self) -> str:
        """The first words that were quoted."""
        return self.quotes[0] if self.quotes else ""


def turns_of(history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> list[Turn]:
    """The questions of a conversation, in order, each with what was cited in answer to it."""
    turns: list[Turn] = []
    for said in history[-_RECENT:]:
        content = plain(said["content"][:_READ])
        if said["role"] == "user":
            turns.append(Turn(content, find_cities(content, held).topic, ()))
        elif turns:
            quotes = tuple(plain(m[1])[:QUOTE] for m in _QUOTED.finditer(said["content"]))
            cited = cited_in(said["content"], held)
            turns[-1] = replace(turns[-1], cited=cited, quotes=quotes or _told(content, cited))
    return turns


def without_asides(history: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """A conversation without the questions that were told to be about something else, and these replies: it goes on
    with what was spoken of before. The whole where nothing else was said."""
    opens = _beside_the_law()
    kept: list[Mapping[str, str]] = []
    for said in history:
        aside = said["role"] != "user" and plain(said["content"][: len(opens)]) == opens
        if aside and kept and kept[-1]["role"] == "user":
            kept.pop()
        else:
            kept.append(said)
    return kept or list(history)


@lru_cache(maxsize=1)
def _beside_the_law() -> str:
    """How the reply begins that a question is about something else."""
    return plain(say("refusal.off_topic", held="\0").partition("\0")[0])


def up_to(history: Sequence[Mapping[str, str]], at: int) -> Sequence[Mapping[str, str]]:
    """A conversation as it was after the turn of that place among `turns_of`."""
    recent = history[-_RECENT:]
    asked = [n for n, said in enumerate(recent) if said["role"] == "user"]
    return recent[: asked[at + 1]] if at + 1 < len(asked) else recent


def cited_in(content: str, held: Sequence[Regulation]) -> tuple[Article, ...]:
    """The articles that the text of an answer cites, in its order: 《常州市科技创新促进条例》第二十条."""
    by_title = {plain(r.title): r for r in held}
    found: list[Article] = []
    for source in _SOURCE.finditer(content):
        regulation = by_title.get(plain(source["title"]))
        numbers = [r for r in references_in(plain(source["where"])) if r.number]
        if regulation is None or not numbers:
            continue
        heading = _HEADED.search(source["where"])
        same = regulation.find(numbers[0].number, numbers[0].suffix)
        found += [a for a in same if not heading or len(same) == 1 or plain(a.heading) == plain(heading[1])][:1]
    return tuple(dict.fromkeys(found or _cited_by_city(content, held)))


def matter_of_talk(turns: Sequence[Turn]) -> str:
    """The last question that names a matter of its own."""
    named = (t.topic for t in reversed(turns) if len(matter_in(t.topic)) >= MATTER)
    return next(named, turns[0].topic)


def last_cited(turns: Sequence[Turn]) -> Turn:
    """The last of them whose answer cites anything: what was refused is asked of what was spoken of before."""
    return next((t for t in reversed(turns) if t.cited), turns[-1])


def wholly_told(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Ids of the articles cited of which every 款 has been quoted: of another what was not is left."""
    quotes = [q for t in turns for q in t.quotes]
    told: dict[str, bool] = {}
    for article in (a for t in turns for a in t.cited):
        quoted = [any(q in plain(p.full) for q in quotes) for p in article.paragraphs]
        told[article.id] = all(quoted) or not any(quoted)
    return tuple(id_ for id_, whole in told.items() if whole)


def spoken_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The regulations that answers have cited."""
    return tuple(dict.fromkeys(a.id.partition("/")[0] for t in turns for a in t.cited))


def left_over(turns: Sequence[Turn], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The regulations that no question has named, nor the answer to one that named none spoken of."""
    told = {i for t in turns for i in find_cities(t.asked, held).ids or spoken_of([t])}
    return tuple(r.id for r in held if r.id not in told)


def _told(content: str, cited: Sequence[Article]) -> tuple[str, ...]:
    """How the 款 begin that an answer names and does not quote."""
    named = {(r.number, r.suffix, r.paragraph) for r in references_in(content) if r.number and r.paragraph}
    told = (p for a in cited for p in a.paragraphs if (a.number, a.suffix, p.number) in named)
    return tuple(plain(p.full)[:QUOTE] for p in told)


def _cited_by_city(content: str, held: Sequence[Regulation]) -> list[Article]:
    """The articles of an answer of another make, which names them by their city: 「…(洛阳市第九条)」."""
    text = plain(_QUOTED.sub("", content))
    cities = find_cities(text, held)
    starts = [*(at for at, _ in cities.named_at), len(text)]
    found: list[Article] = []
    for (at, id_), end in zip(cities.named_at, starts[1:], strict=True):
        regulation = next((r for r in held if r.id == id_), None)
        for reference in references_in(text[at:end]) if regulation else ():
            found += regulation.find(reference.number, reference.suffix)[:1] if regulation and reference.number else []
    return found
