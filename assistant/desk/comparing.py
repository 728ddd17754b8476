"""A matter and cities: their articles side by side, ranked, without an answer being written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Hit
from assistant.decide.calibration import load_calibration
from assistant.decide.decide import decide
from assistant.retrieve import rank, retrieve
from assistant.understand.question import understand
from law.regulation import Regulation
from law.text.script import to_simplified
from vectorstore.embeddings import model_name
from vectorstore.library import Library

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Side:
    """One city's side: `near` is ranked, best first; `answers` says how many of its first treat the matter."""

    regulation: Regulation
    near: tuple[Hit, ...]
    answers: int


def side_by_side(helper: "Assistant", matter: str, cities: Iterable[str], k: int = 5) -> tuple[Side, ...]:
    """A side for each city, in the order given. Raises QuestionError, CityNotHeld, EmbeddingError."""
    library = helper.library()
    asked = replace(understand(matter, library.regulations, None, tuple(cities)), every=True, references=(), status="")
    found = retrieve(asked, library, helper.path.embed(asked.topic), max(k, 10), each=k)
    decision = decide(asked, found, library, load_calibration(model_name(helper.embeddings)))
    chosen = [e.article.id for e in decision.evidence]
    sides: list[Side] = []
    for id_ in asked.regulation_ids:
        ranked = found.by_regulation.get(id_) or rank(library, found.scored, id_, k)
        first = [h for h in ranked if h.id in chosen]
        rest = [h for h in ranked if h.id not in chosen]
        sides.append(Side(library.regulation(id_), (*first, *rest)[: max(k, len(first))], len(first)))
    return tuple(sides)


def matters(library: Library, k: int = 12) -> tuple[str, ...]:
    """Matters to choose from: what the chapters of the regulations are about, those of several first."""
    titles = [
        title
        for r in library.regulations
        for title in dict.fromkeys(_title(a.chapter) for a in r.numbered)
        if title and title not in ("总则", "附则", "法律责任")
    ]
    counted = Counter(titles)
    return tuple(sorted(dict.fromkeys(titles), key=lambda t: -counted[t]))[:k]


def _title(chapter: str) -> str:
    return to_simplified(chapter.rpartition(" ")[2]) if chapter else ""
