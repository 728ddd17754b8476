"""Ask every case and score what comes back."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant import Answer, Citation, FatiaoError, Regulation
from evals.questions.case import Case
from evals.questions.labels import Labels
from evals.scores.confirmed import cities_curated, with_confirmation
from evals.scores.figures import measured
from evals.scores.intervals import Estimate
from evals.scores.ranking import named, rank_measures
from evals.scores.scoring import Score, score

if TYPE_CHECKING:
    from assistant import Assistant

Ask = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores in the order of the cases; `about` says what was asked of what (names, digests, versions)."""

    scores: tuple[Score, ...]
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, dict[str, Estimate]]:
        """Every figure with n and interval, by kind of question; "" is all of them."""
        return measured(self.scores)

    @property
    def errors(self) -> tuple[Score, ...]:
        """The cases that the assistant did not answer at all."""
        return tuple(s for s in self.scores if s.unscored and s.failed)


def evaluate(
    ask: "Ask | Assistant",
    cases: Sequence[Case],
    *,
    regulations: Iterable[Regulation] | None = None,
    about: dict[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Score an assistant, or any callable `ask(question, history=…, cities=…) -> Answer`, on cases.

    `regulations` are those that labels, citations and quotes are checked against: the assistant's own, or else
    the corpus that comes with the project. A case whose own label is wrong, or that ends in an error, is
    unscored, with the reason.
    """
    call, held = _callable(ask), _held(ask, regulations)
    labels, articles = Labels(held), {a.id: a for r in held for a in r.articles}
    cases = labels.by_city(cases)
    asked: list[Score] = []
    for done, case in enumerate(cases, 1):
        asked.append(_ask(call, case, labels.faults(case)))
        if progress:
            progress(done, len(cases))
    answers = [(s.case, s.answer) for s in asked if s.answer is not None]
    ranks = any(a.hits for _, a in answers)  # an assistant that shows no ranking is not scored on it
    measures = rank_measures([c for c, _ in answers], [[named(h) for h in a.hits] for _, a in answers])
    rankings = iter(measures if ranks else [None] * len(answers))
    scored = (
        replace(score(s.case, s.answer, articles, next(rankings), held), seconds=s.seconds) if s.answer else s
        for s in asked
    )
    curated = cities_curated(held, _asked_about(ask, held))
    return Evaluation(tuple(with_confirmation(s, curated) for s in scored), about or {})


def _ask(call: Ask, case: Case, faults: Sequence[str]) -> Score:
    """The answer and how long it took, or why there is none."""
    if faults:
        return Score(case, None, unscored=f"题目有误：{'；'.join(faults)}", why="题目有误")
    began = time.perf_counter()
    try:
        answer = call(case.question, history=list(case.history), cities=list(case.cities) or None)
        if not _is_answer(answer):
            raise TypeError(f"返回的不是 Answer，而是 {type(answer).__name__}")
    except Exception as error:  # of any assistant: the other cases are still scored
        said = str(error) if isinstance(error, FatiaoError) else repr(error)
        return Score(case, None, unscored=f"没有答成：{said}", failed=True, why="没有答成")
    return Score(case, answer, seconds=time.perf_counter() - began)


def _is_answer(answer: Any) -> bool:
    """Whether it can be scored: an Answer with a text and citations, whatever else is in it."""
    return (
        isinstance(answer, Answer)
        and isinstance(answer.text, str)
        and all(isinstance(c, Citation) for c in answer.citations or ())
        and isinstance(answer.citations, tuple | list)
    )


def _callable(ask: Any) -> Ask:
    call: Ask = getattr(ask, "ask", ask)
    return call


def _asked_about(ask: Any, held: Iterable[Regulation]) -> Collection[str]:
    """The regulations, by id, whose likely questions are in service."""
    if hasattr(ask, "library"):
        asked: frozenset[str] = ask.library().searcher.asked_about
        return asked
    return {r.id for r in held if r.questions}


def _held(ask: Any, regulations: Iterable[Regulation] | None) -> tuple[Regulation, ...]:
    if regulations is not None:
        return tuple(regulations)
    if hasattr(ask, "regulations"):
        return tuple(ask.regulations())
    from law.corpus import load_corpus

    return tuple(load_corpus())
