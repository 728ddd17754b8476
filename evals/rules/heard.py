"""Which rules speak: on questions as they are answered, on sentences as they are checked, on texts as they are read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.judging import review
from assistant.verify.source import source_of
from evals.drafts import load_drafts
from evals.evaluation import evaluate
from evals.questions.case import Case
from evals.rules.checked import CheckedSentence
from evals.scores.scoring import Score
from law.bundled import bundled_folder
from law.parsing.identity import identify
from law.parsing.parser import parse
from law.regulation import Regulation
from law.text.rules import Rule, listening, load_rules
from vectorstore.embeddings import embed_queries

if TYPE_CHECKING:
    from assistant import Answer, Assistant

ROOT = Path(__file__).parents[2]
ROOMS = ("law", "vectorstore", "assistant")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The questions of one set and their scores, and by rule those on which it spoke."""

    name: str
    scores: dict[str, Score]
    by_rule: dict[str, list[Case]]


@dataclass(slots=True)
class Heard:
    """The sentences on which a rule spoke, right ones and wrong ones."""

    cases: list[CheckedSentence] = field(default_factory=list)

    @property
    def told(self) -> str:
        """For the table: right + wrong."""
        right = sum(c.right for c in self.cases)
        return f"{right}+{len(self.cases) - right}"


def all_rules() -> dict[str, Rule]:
    """Every rule of every rule file, by id."""
    found: dict[str, Rule] = {}
    for file in sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.toml")):
        if "[[rule]]" in file.read_text("utf-8"):
            package = ".".join(file.parent.relative_to(ROOT).parts)
            found |= {rule.id: rule for rule in load_rules(package, file.name).values()}
    return found


@contextmanager
def vectors_remembered(helper: "Assistant") -> Iterator[None]:
    """Within, each question is embedded once: by far the most of what it costs to ask it again."""
    known: dict[str, list[float]] = {}
    embed = partial(embed_queries, copy(helper.embeddings))

    def remembered(texts: Sequence[str]) -> list[list[float]]:
        new = [t for t in texts if t not in known]
        known.update(zip(new, embed(new), strict=True) if new else ())
        return [known[t] for t in texts]

    vars(helper.embeddings)["embed_queries"] = remembered
    try:
        yield
    finally:
        del vars(helper.embeddings)["embed_queries"]


def spoken_on(helper: "Assistant", name: str, cases: Sequence[Case]) -> Spoken:
    """Ask every question and hear the rules. What is read once of the law, whoever asks, is read before."""
    heard_by: dict[str, list[Case]] = {}
    asked = iter(cases)

    def ask(question: str, **how: object) -> "Answer":
        helper.ask(question, **how)  # type: ignore[arg-type]
        with listening() as heard:
            answer = helper.ask(question, **how)  # type: ignore[arg-type]
        case = next(asked)
        while case.question != question:  # a case whose label is wrong is not asked
            case = next(asked)
        for id_ in heard:
            heard_by.setdefault(id_, []).append(case)
        return answer

    scores = evaluate(ask, cases, regulations=helper.regulations()).scores
    return Spoken(name, {s.case.id: s for s in scores}, heard_by)


def heard_on(sentences: Sequence[CheckedSentence]) -> dict[str, Heard]:
    """By rule the sentences in checking which it spoke; the articles are read anew for each."""
    found: dict[str, Heard] = {}
    for one in sentences:
        source_of.cache_clear()
        with listening() as heard:
            one.kept()
        for id_ in heard:
            found.setdefault(id_, Heard()).cases.append(one)
    return found


def heard_elsewhere(held: Sequence[Regulation]) -> dict[str, int]:
    """By rule the number of drafts and documents in reading which it spoke."""
    found: Counter[str] = Counter()
    for draft in load_drafts():
        source_of.cache_clear()
        with listening() as heard:
            review(draft["text"].splitlines(), held)
        found.update(heard.keys())
    for file in sorted(bundled_folder().glob("*/source.txt")):
        with listening() as heard:
            parsed = parse(file.read_text("utf-8"))
            identify(parsed.articles, headline=parsed.headline)
        found.update(heard.keys())
    return found
