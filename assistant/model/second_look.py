"""The second look, after writing: what the rules leave open is put to a model, once, claim by claim.

A claim passes only where the words that the model quotes for it stand in an article that the sentence is marked
with (or in what the model was told to know of that article), one of each city that it speaks of. No hard fact is its to
decide: such a sentence never comes here; nor what the law is said not to state, nor the standing of a text.
"""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from assistant.model.failures import ModelFailure
from assistant.model.help_to_understand import read_json
from assistant.model.prose.slots import Slot, short_place
from assistant.understand.question import Question
from assistant.verify import left_to_judge
from law.text.script import plain, to_simplified
from prompts import as_data, load_prompt

if TYPE_CHECKING:
    from assistant.model.writer import ModelTurn

log = logging.getLogger("fatiao")

#: Characters that quoted words have at least; claims that one call may ask of.
_LEAST, _MOST = 6, 40
#: A clause of fewer characters is read with the one before it.
_SHORT = 8
#: Tokens of the answer: so many, and so many a claim. The share of the time that the call may take.
_TOKENS, _TOKENS_EACH, _SHARE = 120, 110, 0.5
_CLAUSE = re.compile(r"[^，,；;：:。]+[，,；;：:。]?")


class LookedClaim(BaseModel):
    """What the model says of one claim."""

    n: int
    carried: bool
    words: list[str] = Field(default_factory=list)


class Look(BaseModel):
    """What it says of all of them."""

    claims: list[LookedClaim]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that an open sentence says, under its number."""

    n: int
    slot: Slot
    text: str


def claims_of(slots: Sequence[Slot]) -> tuple[Claim, ...]:
    """The open sentences taken apart, without what has been looked for already: absences and standings."""
    said = [
        (slot, text)
        for slot in slots
        for text in clauses_of(slot.sentence.text)
        if left_to_judge(text, [(e.regulation, e.article) for e in slot.entries])
    ]
    return tuple(Claim(n, slot, text) for n, (slot, text) in enumerate(said[:_MOST], 1))


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence, short ones with what stands before or after them.

    >>> clauses_of("可以，但产品要在推荐目录里，由市科学技术主管部门给予补助。")
    ['可以，但产品要在推荐目录里，', '由市科学技术主管部门给予补助。']
    """
    found: list[str] = []
    for m in _CLAUSE.finditer(text):
        if found and (len(m[0]) < _SHORT or len(found[-1]) < _SHORT):
            found[-1] += m[0]
        else:
            found.append(m[0])
    return found or [text]


def look_again(turn: "ModelTurn", question: Question, slots: Sequence[Slot]) -> list[Slot]:
    """Those of the open sentences that the model carries with words of their articles; none where it fails."""
    if not (claims := claims_of(slots)):
        return []  # nothing is left but what was looked for already: no call
    entries = list({e.mark: e for s in slots for e in s.entries}.values())
    messages = load_prompt("carried").render(
        question=as_data(to_simplified(question.text)),
        articles="\n\n".join(e.text for e in entries),
        claims="\n".join(_as_data(c) for c in claims),
    )
    deadline = min(turn.deadline, time.monotonic() + _SHARE * turn.seconds)
    try:
        said = turn.text(messages, max_tokens=_TOKENS + _TOKENS_EACH * len(claims), deadline=deadline, judging=True)
    except ModelFailure as failure:
        turn.fail(failure)
        return []
    if (look := read_json(said, Look)) is None:
        log.info("语言模型的复核读不懂，未定的句子不显示。")
        return []
    told = {one.n: one for one in look.claims}
    return [s for s in slots if _passes(s, [(c, told.get(c.n)) for c in claims if c.slot is s])]


def _passes(slot: Slot, looked: Sequence[tuple[Claim, LookedClaim | None]]) -> bool:
    """Whether each claim of a sentence is carried, by words that stand in its articles, of each city told some.

    Where no claim names a city, or all of them together, of each that the sentence is marked with.
    """
    quoted: set[str] = set()
    named: set[str] = set()
    for claim, one in looked:
        words = [plain(w).strip(",;:。.…「」") for w in one.words] if one and one.carried else []
        if not words or any(len(w) < _LEAST for w in words):
            return False
        places = [{e.regulation.id for e in slot.entries if w in plain(e.text)} for w in words]
        if not all(places):
            return False
        quoted = quoted.union(*places)
        named |= {e.regulation.id for e in slot.entries if short_place(e.regulation) in claim.text}
    return bool(looked) and (named or {e.regulation.id for e in slot.entries}) <= quoted


def _as_data(claim: Claim) -> str:
    marks = "、".join(e.mark for e in claim.slot.entries)
    whole = as_data(claim.slot.sentence.text)
    return f'<claim n="{claim.n}" marks="{marks}">\n全句：{whole}\n说法：{as_data(claim.text)}\n</claim>'
