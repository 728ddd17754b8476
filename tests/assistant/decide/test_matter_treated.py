"""A regulation whose article all but surely answers a fact is not asked whether it treats the matter."""

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.decide.calibration import load_calibration
from assistant.decide.decide import decide
from assistant.decide.of_the_law import treated
from assistant.retrieve import retrieve
from assistant.understand.question import understand
from vectorstore.embeddings import OFFLINE_MODEL


class Denies:
    """Stands for the net: no regulation treats anything."""

    def odds(self, row: object, vector: object) -> float:
        return -9.0


def test_what_all_but_surely_answers_stays(helper: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(treated, "load_treated", lambda _: Denies())
    monkeypatch.setattr(treated, "_stated", lambda *_: 0.5)
    library = helper.library()
    question = understand("武汉和洛阳的企业买科技保险有补助吗？", library.regulations)
    found = retrieve(question, library, helper.path.deciding.embed(question.topic))
    decision = decide(question, found, library, load_calibration(OFFLINE_MODEL))
    cited = [e.article.id for e in decision.evidence]
    assert len(cited) == 2
    for sure in ([cited[0]], [cited[1]], cited):
        told = replace(decision, chances={i: 0.99 if i in sure else 0.9 for i in cited})
        left = treated.only_what_treats(question, found, told, library)
        assert [e.article.id for e in left.evidence] == sure
