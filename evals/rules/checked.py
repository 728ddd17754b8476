"""Sentences whose check is measured: those of `sentences*.jsonl`, and of `written.jsonl` those that a model may say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.verify import judge
from evals.scores.open_sentences import Soft, became, load_soft
from evals.sentences import SentenceCase, cited_by, load_sentences
from law.regulation import Regulation

if TYPE_CHECKING:
    from assistant import Assistant


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence, whether it is right, and how it is checked: `kept()` says whether it would be shown unasked."""

    id: str
    right: bool
    kept: Callable[[], bool]


def checked_sentences(held: Sequence[Regulation], helper: "Assistant") -> list[CheckedSentence]:
    """All of them but those that nobody may look at."""
    soft = [s for s in load_soft() if s.split in ("dev", "fresh")]
    return [
        *(checked(c, held) for c in load_sentences()),
        *(CheckedSentence(s.id, s.right, partial(_becomes_shown, s, helper)) for s in soft),
    ]


def checked(case: SentenceCase, held: Sequence[Regulation]) -> CheckedSentence:
    """A sentence with the articles that it cites."""
    return CheckedSentence(case.id, case.supported, partial(_is_carried, case, held))


def _is_carried(case: SentenceCase, held: Sequence[Regulation]) -> bool:
    return judge(case.sentence, cited_by(case, held), others=held).supported


def _becomes_shown(one: Soft, helper: "Assistant") -> bool:
    return became(one, helper) == "kept"
