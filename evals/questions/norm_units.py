"""The labelled sentences of `norms.jsonl`: what two people said of each, what was settled, and where it stands."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.questions.case import DatasetError
from evals.questions.cases import bundled_set
from law.corpus import load_corpus, load_document
from law.norms import Norm, norms_of_article
from law.regulation import Article, Regulation

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
SETS = ("actors", "binding", "for", "means", "with")
_SEED = "rules by lot"
_SENTENCE = re.compile(r"(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class LabelledFigure:
    """A figure with its subject and bound, verbatim."""

    text: str
    subject: str
    bound: str


@dataclass(frozen=True, slots=True)
class UnitLabels:
    """What somebody, or the reader, says of one unit."""

    sets: dict[str, frozenset[str]]
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]
    figures: tuple[LabelledFigure, ...]
    plan: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a 款, or a 项, with the labels of two people, what was settled, and what the reader says.

    `half` is dev, held or own (not looked at either, but labelled by who mended the grammar). `pair` says that two
    people labelled it, `labelled` what was labelled, where it was not everything; `again` is what two others and a
    third who settled said of it later, None where it was labelled once.
    """

    id: str
    half: str
    kind: str
    where: str
    text: str
    one: UnitLabels
    two: UnitLabels
    settled: UnitLabels
    read: UnitLabels
    norms: tuple[Norm, ...]
    pair: bool = True
    labelled: frozenset[str] | None = None
    again: UnitLabels | None = None


def load_units(samples: Path = SAMPLES) -> tuple[list[Unit], int]:
    """The units whose text is at hand, and how many are not. Raises DatasetError."""
    path = bundled_set("norms")
    held: dict[str, Regulation] = {r.id: r for r in load_corpus()}
    units: list[Unit] = []
    missing = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            regulation = _regulation(row, held, samples)
            if regulation is None:
                missing += 1
            else:
                units.append(_unit(row, regulation))
        except (ValueError, KeyError, IndexError, StopIteration) as error:
            raise DatasetError(f"「{path}」第 {number} 行读不懂：{error!r}。") from error
    return units, missing


def half_of(unit_id: str) -> str:
    """`dev` or `held`, by lot."""
    return ("dev", "held")[hashlib.sha256(f"{_SEED} {unit_id}".encode()).digest()[0] % 2]


def sentences_of(article: Article) -> Iterator[tuple[int, int, int, int, str]]:
    """Every unit of an article: paragraph, item, sentence, where it begins, its text."""
    for paragraph in article.paragraphs:
        at, n = 0, 0
        for piece in _SENTENCE.split(paragraph.text):
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                yield paragraph.number, 0, n, at + lead, piece.strip()
                n += 1
            at += len(piece)
        for item, text in enumerate(paragraph.items, 1):
            yield paragraph.number, item, 0, len(text) - len(text.lstrip()), text.strip()


def _regulation(row: dict[str, Any], held: dict[str, Regulation], samples: Path) -> Regulation | None:
    name = row["file"]
    if row["kind"] == "corpus":
        return held[name]
    if name not in held:
        path = next((p for folder in (samples, samples.parent / "more") if (p := folder / name).is_file()), None)
        if path is None:
            return None
        held[name] = load_document(path)
    return held[name]


def _unit(row: dict[str, Any], regulation: Regulation) -> Unit:
    article = next(a for a in regulation.articles if a.id.split("/")[1] == row["article"])
    place = (row["paragraph"], row["item"], row["part"])
    begin, text = next((s[3], s[4]) for s in sentences_of(article) if s[:3] == place)
    paragraph = article.paragraphs[place[0] - 1]
    lead = paragraph.text if place[1] else paragraph.text[:begin]
    one = row["one"]
    norms = tuple(
        n
        for n in norms_of_article(regulation, article)
        if (n.paragraph, n.item) == place[:2] and begin <= n.start < begin + len(text)
    )
    return Unit(
        row["id"],
        row.get("half") or half_of(row["id"]),
        row["kind"],
        f"{regulation.title}{article.label}",
        text,
        _labels(one, text, lead),
        _labels(one | row.get("two", {}), text, lead),
        _labels(one | row.get("settled", {}), text, lead),
        said_by(norms),
        norms,
        pair="two" in row,
        labelled=frozenset(row["labelled"]) if "labelled" in row else None,
        again=_labels(row["again"], text, lead) if "again" in row else None,
    )


def _labels(said: dict[str, Any], text: str, lead: str) -> UnitLabels:
    def verbatim(place: list[Any]) -> str:
        return lead[place[1] : place[2]] if place[0] == "lead" else text[place[0] : place[1]]

    return UnitLabels(
        {name: frozenset(said.get(name, ())) for name in SETS},
        tuple(map(verbatim, said.get("conditions", ()))),
        tuple(map(verbatim, said.get("exceptions", ()))),
        tuple(LabelledFigure(verbatim(f["text"]), verbatim(f["subject"]), f["bound"]) for f in said.get("figures", ())),
        bool(said.get("plan")),
    )


def said_by(norms: tuple[Norm, ...]) -> UnitLabels:
    """What the reader says of a unit: the union over its norms."""
    names = {"actors": "actors", "for": "beneficiaries", "means": "means", "with": "partners"}
    sets = {name: frozenset(v for n in norms for v in getattr(n, attribute)) for name, attribute in names.items()}
    bindings = frozenset(n.binding for n in norms)
    sets["binding"] = bindings - {"无"} if len(bindings) > 1 else bindings
    return UnitLabels(
        sets,
        tuple(c for n in norms for c in n.conditions),
        tuple(e for n in norms for e in n.exceptions),
        tuple(LabelledFigure(f.text, f.subject, f.bound) for n in norms for f in n.figures),
        any(n.plan for n in norms),
    )
