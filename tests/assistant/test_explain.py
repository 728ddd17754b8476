"""An answer explains itself: by a trace on request, and to LangChain's callback handlers."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler

from assistant import Assistant, QuestionError

QUESTION = "武汉的企业买科技保险有补助吗？"
STEPS = ["understand", "retrieve", "decide", "write", "verify"]


class Handler(BaseCallbackHandler):
    """What a plain handler of anybody's hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []

    def on_chain_start(self, serialized: Any, inputs: Any, **more: Any) -> None:
        self.heard.append(("start", more.get("name")))

    def on_chain_end(self, outputs: Any, **more: Any) -> None:
        self.heard.append(("end", outputs))

    def on_chain_error(self, error: BaseException, **more: Any) -> None:
        self.heard.append(("error", type(error)))

    def on_retriever_start(self, serialized: Any, query: str, **more: Any) -> None:
        self.heard.append(("search", query))

    def on_retriever_end(self, documents: Any, **more: Any) -> None:
        self.heard.append(("documents", [d.id for d in documents]))

    def on_chat_model_start(self, serialized: Any, messages: Any, **more: Any) -> None:
        self.heard.append(("model", messages))

    def of(self, kind: str) -> list[Any]:
        return [said for what, said in self.heard if what == kind]


def test_without_being_asked_there_is_no_trace(helper: Assistant) -> None:
    answer = helper.ask(QUESTION)
    assert answer.trace is None
    assert "trace" not in answer.as_dict()


def test_a_trace_tells_each_step_in_plain_values(helper: Assistant) -> None:
    answer = helper.ask(QUESTION, explain=True)
    assert answer.trace is not None
    steps = {s.name: s for s in answer.trace.steps}
    assert list(steps) == STEPS
    assert steps["understand"].saw["regulation_ids"] == ["wuhan"]
    best = steps["retrieve"].saw["hits"][0]
    assert best["id"] == "wuhan/58"
    assert {"article", "paragraph", "words"} <= best.keys()
    assert steps["decide"].saw["evidence"][0]["id"] == "wuhan/58"
    assert json.loads(json.dumps(answer.as_dict(), ensure_ascii=False))["trace"]["steps"]


def test_a_refusal_is_explained_by_its_reason(helper: Assistant) -> None:
    answer = helper.ask("武汉第一百零一条", explain=True)
    assert answer.trace is not None
    decided = next(s for s in answer.trace.steps if s.name == "decide")
    assert decided.saw["reason"] == "no_such_article"


def test_the_answer_is_the_same_with_and_without_a_trace(helper: Assistant) -> None:
    plain, explained = helper.ask(QUESTION), helper.ask(QUESTION, explain=True)
    assert plain.text == explained.text


def test_a_plain_handler_sees_the_steps_and_a_retriever_with_its_documents(helper: Assistant) -> None:
    handler = Handler()
    answer = helper.chain.invoke(QUESTION, config={"callbacks": [handler]})
    assert handler.of("start") == ["AnswerChain", "understand", "decide", "write", "verify"]
    assert "保险" in handler.of("search")[0]
    assert answer.citations[0].id in handler.of("documents")[0]
    assert not handler.of("model")


def test_a_stream_tells_a_handler_the_same(helper: Assistant) -> None:
    handler = Handler()
    events = list(helper.chain.stream(QUESTION, config={"callbacks": [handler]}))
    assert events[-1].answer is not None
    assert handler.of("start")[1:] == ["understand", "decide", "write", "verify"]
    assert handler.of("documents")


def test_an_error_reaches_the_handler_and_the_caller(helper: Assistant) -> None:
    handler = Handler()
    with pytest.raises(QuestionError):
        helper.chain.invoke("", config={"callbacks": [handler]})
    assert handler.of("error") == [QuestionError, QuestionError]  # of the step and of the chain


def test_the_command_line_prints_the_steps(fatiao: Callable) -> None:
    told = fatiao("ask", "武汉第58条", "--explain").out
    assert all(word in told for word in ("理解", "检索", "判断", "wuhan/58"))
    said = json.loads(fatiao("ask", "武汉第58条", "--explain", "--json").out)
    assert [s["name"] for s in said["trace"]["steps"]] == STEPS
