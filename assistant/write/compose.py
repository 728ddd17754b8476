"""A decision and its blocks become an answer and the pieces of its text."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Block, Event
from assistant.decide.ask_back import readings_of
from assistant.decide.decision import Decision
from assistant.retrieve import Found
from assistant.understand.question import Question
from assistant.write.blocks import notices_for, render
from assistant.write.citing import in_script
from assistant.write.lists import opening_of, render_list
from law.text.rules import load_rules
from law.text.script import to_traditional
from prompts import say


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """An answer with what it was made from. `pieces` joined are its text."""

    answer: Answer
    pieces: tuple[str, ...]
    question: Question
    decision: Decision
    blocks: tuple[Block, ...]

    def events(self) -> Iterator[Event]:
        """Piece by piece, and at the end the answer."""
        yield from (Event("text", piece) for piece in self.pieces)
        yield Event("answer", answer=self.answer)

    def own(self, text: str) -> str:
        """The program's own words in the script of the question."""
        return to_traditional(text) if self.question.traditional else text

    def with_notices(self, *more: str) -> "DraftAnswer":
        """The same answer with notices added."""
        notices = (*self.answer.notices, *more)
        pieces = _pieces(self.question, self.decision, self.blocks, notices, verdict=self.answer.verdict)
        answer = replace(self.answer, text="".join(pieces), notices=notices)
        return replace(self, answer=answer, pieces=pieces)


def compose(
    question: Question,
    found: Found,
    decision: Decision,
    blocks: Sequence[Block],
    *,
    prose: str = "",
    more: Sequence[str] = (),
    verdict: str = "",
) -> DraftAnswer:
    """An answer from blocks that have been verified: the `verdict` or `prose` before them, `more` notices after."""
    blocks = in_script(blocks, question.text, traditional=question.traditional)
    citations = tuple(c for b in blocks for c in b.citations)
    id_ = hashlib.sha256(question.original.encode()).hexdigest()[:12]
    standalone = (
        _told(question.text) if question.rewritten or question.mended or question.inherits or question.report else ""
    )
    if decision.statement:
        text = to_traditional(decision.statement) if question.traditional else decision.statement
        stated = Answer(id_, question.original, text, standalone=standalone)
        return DraftAnswer(stated, (text,), question, decision, ())
    if not decision.reason and not citations:
        labels = "、".join(h.label for h in found.hits[:3])
        decision = Decision(reason="no_evidence", refusal=say("refusal.nothing_verified", labels=labels))
    if decision.reason:
        text = to_traditional(decision.refusal) if question.traditional else decision.refusal
        answer = Answer(
            id_,
            question.original,
            text,
            True,
            decision.reason,
            related=decision.related,
            hits=found.hits,
            notices=decision.notices,
            standalone=standalone,
            unstated=decision.unstated,
            confidence=decision.confidence,
            readings=readings_of(decision),
        )
        return DraftAnswer(answer, (text,), question, decision, ())
    notices = (*notices_for(decision, citations), *more)
    verdict = to_traditional(verdict) if question.traditional else verdict
    pieces = _pieces(question, decision, blocks, notices, prose, verdict)
    opening = opening_of(decision.listing, blocks) if decision.listing else ""
    answer = Answer(
        id_,
        question.original,
        "".join(pieces),
        citations=citations,
        related=decision.related,
        hits=found.hits,
        notices=notices,
        standalone=standalone,
        blocks=tuple(blocks),
        unstated=decision.unstated,
        verdict=verdict,
        confidence=decision.confidence,
        opening=to_traditional(opening) if question.traditional else opening,
    )
    return DraftAnswer(answer, pieces, question, decision, tuple(blocks))


def _told(understood: str) -> str:
    """How a question was understood, as a person would say it.

    >>> _told("洛阳市洛阳企业买科技保险有补助吗"), _told("常州市常州的话企业买保险有补助吗")
    ('洛阳市企业买科技保险有补助吗', '常州市企业买保险有补助吗')
    """
    return load_rules("assistant.write", "quote_carries.toml")["twice"].sub(r"\1", understood)


def _pieces(
    question: Question,
    decision: Decision,
    blocks: Sequence[Block],
    notices: Sequence[str],
    prose: str = "",
    verdict: str = "",
) -> tuple[str, ...]:
    if decision.listing:
        pieces = render_list(decision.listing, blocks, notices, traditional=question.traditional)
    else:
        pieces = render(blocks, notices, decision.unstated, traditional=question.traditional)
    if verdict:
        pieces = [f"{verdict}\n\n", *pieces]
    if prose:
        basis = say("answer.basis")
        pieces = [prose, f"\n\n{to_traditional(basis) if question.traditional else basis}\n\n", *pieces]
    pieces[-1] = pieces[-1].rstrip()
    return tuple(pieces)
