"""A small set with its evaluation, shared by the tests of what is made of it."""

from dataclasses import replace

import pytest

from assistant import Answer, Assistant
from evals.evaluation import Evaluation, evaluate
from evals.questions.case import Case, Gold

CASES = (
    Case("1", "lookup", "武汉第五十八条第二款", gold=(Gold("武汉", 58),), must_contain=("保费补助",)),
    Case("2", "missing_article", "武汉第32条", refuse=True, reason="no_such_article"),
    Case("3", "number", "常州第二十条", gold=(Gold("常州", 20),), note="<b>注</b>"),
)


@pytest.fixture(scope="session")
def run(helper: Assistant) -> Evaluation:
    """Three cases, all right."""
    return evaluate(helper, CASES, about={"datasets": [{"name": "三题", "sha256": ""}]})


@pytest.fixture(scope="session")
def worse(helper: Assistant) -> Evaluation:
    """The same cases, the third answered by an assistant that cites another city's article."""

    def ask(question: str, **rest: object) -> Answer:
        answer = helper.ask(question)
        return answer if "常州" not in question else replace(answer, citations=helper.ask("武汉第二十条").citations)

    return evaluate(ask, CASES, regulations=helper.regulations())
