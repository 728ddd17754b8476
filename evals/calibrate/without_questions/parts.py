"""The parts of `other_cities.jsonl` and `other_cities_fresh.jsonl`: published texts and what strangers ask of them."""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.assistant import Assistant
from assistant.understand.question import understand
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.questions.labels import Labels
from law.corpus import load_path
from vectorstore.chunks import ARTICLE

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its name, an assistant that holds its texts, and its questions."""

    name: str
    helper: Assistant
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What of a part is answered: `topics`, their vectors (n, d), of each the places of its articles among `articles`
    (m, d), and of each article the title of its regulation (m,)."""

    topics: tuple[str, ...]
    vectors: Floats
    gold: tuple[Places, ...]
    articles: Floats
    titles: npt.NDArray[np.str_]


def parts_of(of: str, folders: Sequence[Path], data: Path) -> Iterator[Part]:
    """The parts of a set whose texts are all in the folders; an index of each is kept in the data folder."""
    asked = load_cases([bundled_set(of)])
    listed = tomllib.loads(bundled_set(of).with_suffix(".toml").read_text("utf-8"))
    for name, part in listed.items():
        texts = [path for text in part["texts"] for folder in folders if (path := folder / text).exists()]
        if len({path.name for path in texts}) < len(part["texts"]):
            sys.stdout.write(f"{name}：所给的文件夹里没有它的全部文本，略过\n")
            continue
        helper = Assistant(index=data / f"other-{name}")
        helper.change_corpus(add=[load_path(text) for text in texts])
        yield Part(name, helper, tuple(c for c in asked if c.id.startswith(f"{name}-")))


def answered_of(part: Part) -> Answered:
    """What the index of a part has for the map of a question's vector: each question as it is ranked."""
    library = part.helper.library()
    stored = part.helper.store.read(library.manifest.generation)
    assert stored is not None  # the library has just been read from it
    rows = {str(m["article_id"]): n for n, m in reversed(list(enumerate(stored.metadatas))) if m["kind"] == ARTICLE}
    at = {id_: n for n, id_ in enumerate(rows)}
    labels = Labels(library.regulations)
    topics: list[str] = []
    vectors: list[list[float]] = []
    gold: list[Places] = []
    for case in part.cases:
        places = sorted({at[a.id] for g in case.gold for a in labels.articles(g)})
        if not places or case.history:
            continue
        question = understand(case.question, library.regulations, case.history, case.cities)
        topics.append(question.topic)
        vectors.append(part.helper.embeddings.embed_query(question.topic))
        gold.append(np.array(places, dtype=np.intp))
    titles = {r.id: r.title for r in library.regulations}
    named = np.array([titles[id_.partition("/")[0]] for id_ in at])
    return Answered(
        tuple(topics), np.array(vectors, np.float32), tuple(gold), stored.vectors[list(rows.values())], named
    )
