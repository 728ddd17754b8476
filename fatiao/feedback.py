"""`fatiao feedback`: what users said of answers, and the way from there to an evaluation question."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation
from evals.questions.case import Case, Gold
from evals.questions.cases import load_cases
from fatiao.printing.terminal import console
from law.errors import DocumentError
from law.text.shown import shown
from prompts import say
from records.kept import Feedback

if TYPE_CHECKING:
    from assistant.settings import Settings
    from records import Records


def records_of(settings: "Settings") -> "Records":
    """The records that the page writes. Nothing is deleted by looking."""
    from records import Records

    return Records(settings.records_database)


def feedback_as_dict(feedback: Feedback) -> dict[str, Any]:
    """One piece of feedback for `feedback --json`: the thumb, the reason, and what they are about."""
    turn, rating = feedback.turn, feedback.rating
    answer = turn.answer.as_dict() if turn.answer else {}
    return {
        "id": feedback.id,
        "when": rating.rated.isoformat(timespec="seconds"),
        "user": feedback.user,
        "up": rating.up,
        "reason": rating.reason,
        "question": turn.question,
        "cities": list(turn.cities),
        "state": turn.state,
        "text": turn.text,
        "refused": answer.get("refused", False),
        "citations": answer.get("citations", []),
        "model": answer.get("model", ""),
        "conversation": feedback.conversation,
        "turn": turn.id,
    }


def print_feedback(found: Sequence[Feedback]) -> None:
    """A table, the newest first."""
    if not found:
        sys.stdout.write(say("feedback.none") + "\n")
        return
    from rich.table import Column, Table
    from rich.text import Text

    names = ("id", "when", "thumb", "question", "reason", "cited", "model", "user")
    table = Table(*(Column(say(f"feedback.{n}"), overflow="fold") for n in names))
    for one in found:
        answer, rating = one.turn.answer, one.rating
        cited = "、".join(_short(c) for c in answer.citations) if answer else ""
        when = f"{rating.rated.astimezone():%Y-%m-%d %H:%M}"
        cells = (str(one.id), when, say(_thumb(one)), one.turn.question, rating.reason, cited)
        table.add_row(*(Text(shown(c)) for c in (*cells, answer.model if answer else "", one.user)))
    console(None if sys.stdout.isatty() else 120).print(table)


def add_case(records: "Records", id_: int, target: Path) -> None:
    """Add one piece of feedback to a question set. Raises RecordNotFound, DatasetError, DocumentError."""
    case = case_from(records.one_feedback(id_))
    text = ""
    try:
        if target.exists():
            text = target.read_text("utf-8")
        if text.strip() and case.id in {c.id for c in load_cases([target])}:
            raise DocumentError(say("feedback.there_already", target=target, id=case.id))
        with target.open("a", encoding="utf-8") as out:
            out.write("\n" if text and not text.endswith("\n") else "")
            row = asdict(case)
            del row["unstated_asked"]  # nobody who rates an answer tells it
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(say("feedback.not_written", target=target, reason=reason)) from error
    complete = "complete" if case.gold or case.refuse else "to_complete"
    sys.stderr.write(say(f"feedback.{complete}", id=case.id, target=target) + "\n")


def case_from(feedback: Feedback) -> Case:
    """An evaluation question: what a 👍 confirms is its gold; a 👎 leaves gold to a person."""
    turn, answer = feedback.turn, feedback.turn.answer
    right = answer if feedback.rating.up else None
    cited = "、".join(_short(c) for c in answer.citations) if answer else ""
    note = say(
        "feedback.note" if right else "feedback.note_to_complete",
        thumb=say(_thumb(feedback)),
        reason=feedback.rating.reason or "—",
        cited=cited or "—",
        model=answer.model if answer else "—",
        when=f"{feedback.rating.rated:%Y-%m-%d}",
    )
    return Case(
        id=f"feedback-{feedback.id}",
        kind="feedback",
        question=turn.question,
        history=feedback.history,
        cities=turn.cities,
        gold=_golds(right),
        refuse=bool(right and right.refused),
        reason=right.reason if right and right.refused else "",
        note=note,
    )


def _golds(answer: Answer | None) -> tuple[Gold, ...]:
    """The cited articles, each once; the heading goes along, since a number may occur twice."""
    if answer is None or answer.refused:
        return ()
    return tuple(dict.fromkeys(Gold(c.city.removesuffix("市"), c.article, c.heading) for c in answer.citations))


def _short(citation: Citation) -> str:
    return f"{citation.city.removesuffix('市')}{citation.number}"


def _thumb(feedback: Feedback) -> str:
    return "feedback.up" if feedback.rating.up else "feedback.down"
