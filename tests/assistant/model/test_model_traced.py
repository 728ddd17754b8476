"""What a callback handler and a trace see of a model: a run with its messages and its tokens, and its errors."""

from pathlib import Path
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from model_support import BAD, GOOD, QUESTION, bench

from evals.servers.model_server import Reply


class Handler(BaseCallbackHandler):
    """Keeps what is told of the model."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.results: list[Any] = []
        self.errors: list[str] = []

    def on_chat_model_start(self, serialized: Any, messages: Any, **more: Any) -> None:
        self.messages.append(messages[0])

    def on_llm_end(self, response: Any, **more: Any) -> None:
        self.results.append(response)

    def on_llm_error(self, error: BaseException, **more: Any) -> None:
        self.errors.append(str(error))


def test_a_handler_sees_the_model_run_with_its_messages_and_tokens(index: Path) -> None:
    handler = Handler()
    with bench(index, GOOD) as scripted:
        answer = scripted.helper.chain.invoke(QUESTION, config={"callbacks": [handler]})
    assert "科技保险" in "".join(m.text for m in handler.messages[0])
    assert handler.results[0].generations[0][0].message.text == GOOD
    assert handler.results[0].llm_output["token_usage"]["total_tokens"] == answer.tokens > 0


def test_a_handler_sees_the_model_fail_and_the_answer_comes_without_it(index: Path) -> None:
    handler = Handler()
    with bench(index, Reply(status=500)) as scripted:
        answer = scripted.helper.chain.invoke(QUESTION, config={"callbacks": [handler]})
    assert handler.errors
    assert answer.model == "offline"


def test_a_trace_tells_what_became_of_the_sentences(index: Path) -> None:
    with bench(index, GOOD + BAD) as scripted:
        answer = scripted.ask(explain=True)
    assert answer.trace is not None
    told = answer.trace.steps[-1]
    assert told.name == "model"
    assert (told.saw["kept"], told.saw["dropped"]) == (2, 1)
