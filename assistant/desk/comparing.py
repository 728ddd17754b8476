"""A matter and cities: their articles side by side, ranked, without an answer being written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Hit
from assistant.decide.calibration import load_calibration
from assistant.decide.decide import decide
from assistant.desk.lists import ListRow, ListTable, columns_of, in_simplified, table_of
from assistant.retrieve import rank, retrieve
from assistant.understand.question import understand
from law.regulation import Article, Regulation
from law.text.rules import load_rules
from law.text.script import to_simplified
from prompts import say
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
    found = retrieve(asked, library, helper.path.deciding.embed(asked.topic), max(k, 10), each=k)
    decision = decide(asked, found, library, load_calibration(model_name(helper.embedder)))
    chosen = [e.article.id for e in decision.evidence]
    sides: list[Side] = []
    for id_ in asked.regulation_ids:
        ranked = found.by_regulation.get(id_) or rank(library, found.scored, id_, k)
        first = [h for h in ranked if h.id in chosen]
        rest = [h for h in ranked if h.id not in chosen]
        sides.append(Side(library.regulation(id_), (*first, *rest)[: max(k, len(first))], len(first)))
    return tuple(sides)


def comparison_table(matter: str, sides: Sequence[Side], chosen: Mapping[str, Sequence[str]]) -> ListTable:
    """What stands side by side, to be taken away: of each regulation the articles `chosen`, a row each.

    One of which none is chosen has a row that says so: no city falls out in silence.
    """
    rows: list[ListRow] = []
    articles: list[Article] = []
    for side in sides:
        regulation = side.regulation
        ids = [i for i in chosen.get(regulation.id, ()) if i]
        said = "" if side.answers or set(ids) - {h.id for h in side.near} else say("list.nearest")
        held = [a for a in regulation.articles if a.id in ids]
        for article in held:
            heading = f"【{article.heading}】" if article.heading else ""
            where = f"《{regulation.title}》{article.label}{heading}"
            rows.append(ListRow((regulation.place, said, in_simplified(regulation, article.text), where), article.id))
        if not held:
            rows.append(ListRow((regulation.place, "未选条文", "", f"《{regulation.title}》")))
        articles += held
    regulations = [s.regulation for s in sides]
    return table_of(
        "comparison", regulations, columns_of("comparison"), rows, articles, title=f"{matter.strip()}对照表"
    )


def of_chapter(regulation: Regulation, matter: str) -> tuple[str, ...]:
    """The ids of the articles of the chapter that is about a matter by its title; none where there is no such one."""
    return tuple(a.id for a in regulation.numbered if a.chapter and _title(a.chapter) == matter.strip())


def matters(library: Library, k: int = 12) -> tuple[str, ...]:
    """Matters to choose from: what the chapters of the regulations are about, those of several first."""
    titles = [
        title
        for r in library.regulations
        for title in dict.fromkeys(_title(a.chapter) for a in r.numbered)
        if title and not load_rules("assistant.desk", "desk.toml")["no_matter"].search(title)
    ]
    counted = Counter(titles)
    return tuple(sorted(dict.fromkeys(titles), key=lambda t: -counted[t]))[:k]


def _title(chapter: str) -> str:
    return to_simplified(chapter.rpartition(" ")[2]) if chapter else ""
