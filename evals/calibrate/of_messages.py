"""The things that messages and turns of talks ask, as the assistant reads them: whether an article states each, from
`messages.jsonl` and `things.jsonl`, and from the looked-at talks.

Each is read twice, in its own words and with what was told before it (a turn with the matter of before); one thing that
is asked of several cities is asked of each. What is stated is told of the article that states it, what is not of every
article that may be taken for its answer.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from assistant import deciding
from assistant.decide.decision import Decision
from assistant.decide.stated.head import Statedness, signals_of
from assistant.decide.stated.of_a_turn import articles_of, reading_of
from assistant.decide.whole.answered import Answered
from assistant.decide.whole.parts_stated import candidates, judged, readings
from assistant.deciding import Asking, DecidedQuestion
from assistant.request import Request
from assistant.retrieve import Found, Vector, retrieve
from assistant.steps import Steps
from assistant.understand.question import understand
from evals.calibrate.net import StatedRow
from evals.questions.case import Gold
from evals.questions.cases import bundled_set, load_cases
from evals.questions.labels import Labels
from evals.questions.things import Thing, load_things, meant_by
from vectorstore.library import Library

if TYPE_CHECKING:
    from assistant import Assistant

MESSAGES = "messages"
TALKS = ("threads", "talks_dev", "talks_train")
#: A thing as people ask it in a message counts for so many of those that were written one by one, a turn for so many.
_COUNTS, _TURN_COUNTS = 4.0, 2.0
Read = Sequence[tuple[str, Vector]]


def message_rows(helper: "Assistant") -> Iterator[StatedRow]:
    """The rows of every message of which it is known what it asks."""
    things, labels = load_things(), Labels(helper.library().regulations)
    for case in load_cases([bundled_set(MESSAGES)]):
        if case.id in things:
            yield from _of_message(helper, case.question, things[case.id], labels)


def turn_rows(helper: "Assistant") -> Iterator[StatedRow]:
    """The rows of every turn of a talk that goes on and asks one thing, stated or not: of the gold articles, or of
    those that may be taken for its answer."""
    library, labels = helper.library(), Labels(helper.library().regulations)
    for case in load_cases([bundled_set(name) for name in TALKS]):
        if not case.history or case.cities or case.reason not in ("", "not_stated") or (case.unstated and case.gold):
            continue
        question = understand(case.question, library.regulations, case.history)
        if question.blend is None or question.breadth.kind != "fact" or question.compares or question.status:
            continue
        found = retrieve(question, library, helper.path.deciding.embed_all(question.topics))
        decision = helper.path.deciding.decided(question, found, Asking(Request(case.question), library, Steps()))
        if found.lookups or decision.reason == "off_topic":
            continue
        gold = [a.id for g in case.gold for a in labels.articles(g)]
        ids = gold or articles_of(found, [e.article.id for e in decision.evidence])
        read = dict([reading_of(question, found), (question.topic, found.vector)])
        for words, vector in read.items():
            for id_ in ids:
                values, own = signals_of(words, found, library, id_), np.asarray(vector, dtype=np.float64)
                yield StatedRow("talks", words, id_, bool(gold), _TURN_COUNTS / len(ids) / len(read), values, own)


def _of_message(helper: "Assistant", text: str, things: Sequence[Thing], labels: Labels) -> Iterator[StatedRow]:
    whole, parts, read = _decided(helper, text)
    library, question = helper.library(), read.question
    for part in parts:
        golds = _articles(meant_by(part.part.own, things), labels, part.part.question.regulation_ids)
        if not part.part.question.status:
            yield from _rows(readings(part), part.found, candidates(part, whole, parts), golds, library)
    if parts or not question.compares or question.status:
        return
    cited = list(dict.fromkeys(e.article.id for e in read.decision.evidence))
    for regulation_id in question.regulation_ids:
        golds = _articles(things, labels, (regulation_id,))
        mine = [i for i in cited if i.partition("/")[0] == regulation_id]
        yield from _rows([(question.topic, read.found.vector)], read.found, mine, golds, library)


def _decided(helper: "Assistant", text: str) -> tuple[Decision, list[Answered], DecidedQuestion]:
    """What is decided of the whole message before its things are looked at, these, and what is decided in the end."""
    taken: list[tuple[Decision, list[Answered]]] = []

    def seen(parts: Sequence[Answered], whole: Decision, library: Library, head: Statedness | None) -> list[Answered]:
        taken.append((whole, list(parts)))
        return judged(parts, whole, library, head)

    library, how = helper.library(), helper.path.deciding
    asking = Asking(Request(text), library, Steps())
    with patch.object(deciding, "judged", seen):
        read, _ = how.decide(how.look(understand(text, library.regulations), asking), (), asking)
    whole, parts = taken[-1] if taken else (read.decision, [])
    return whole, parts, read


def _articles(meant: Sequence[Thing], labels: Labels, asked: Sequence[str]) -> dict[str, bool]:
    """The articles named for some things, of the regulations that are asked for, and whether each states its thing."""
    named = {a.id: t.stated for t in meant for a in labels.articles(Gold(t.city, t.article))}
    return {i: stated for i, stated in named.items() if i.partition("/")[0] in asked}


def _rows(
    read: Read, found: Found, ids: Sequence[str], golds: dict[str, bool], library: Library
) -> Iterator[StatedRow]:
    """None where nothing is known of it, or it is stated in one article and not in another."""
    if len(set(golds.values())) != 1:
        return
    stated = all(golds.values())
    ids = list(golds) if stated else ids
    for words, vector in read:
        for id_ in ids:
            values, own = signals_of(words, found, library, id_), np.asarray(vector, dtype=np.float64)
            yield StatedRow(MESSAGES, words, id_, stated, _COUNTS / len(ids), values, own)
