"""A question answered in the background: to the end, stopped half-way, gone wrong."""

import threading
import time
from collections.abc import Iterator

from assistant import Answer, Event, FatiaoError
from assistant.desk.under_way import Asking

ANSWER = Answer("1", "问", "答")


def events(*given: Event | Exception) -> Iterator[Event]:
    for one in given:
        if isinstance(one, Exception):
            raise one
        yield one


def test_to_the_end() -> None:
    ended: list[str] = []
    steps = (Event("step", "理解"), Event("text", "甲"), Event("text", "乙"), Event("answer", answer=ANSWER))
    asking = Asking(events(*steps), lambda a: ended.append(a.state))
    assert asking.wait(10)
    assert (asking.state, asking.step, asking.text, asking.answer, asking.error) == (
        "answered", "理解", "甲乙", ANSWER, "",
    )  # fmt: skip
    asking.stop()
    assert asking.state == "answered"
    assert ended == ["answered"]


def test_a_text_that_is_replaced_is_gone() -> None:
    asking = Asking(events(Event("text", "甲"), Event("replace", "乙"), Event("answer", answer=ANSWER)))
    assert asking.wait(10)
    assert asking.text == "乙"


def test_a_stop_is_at_once_and_lets_go_of_the_model() -> None:
    closed, waiting, ended = threading.Event(), threading.Event(), []

    def slow() -> Iterator[Event]:
        try:
            yield Event("text", "一半")
            waiting.wait(20)
            yield Event("answer", answer=ANSWER)
        finally:
            closed.set()

    asking = Asking(slow(), lambda a: ended.append((a.state, a.text)))
    while not asking.text:
        time.sleep(0.01)
    began = time.monotonic()
    asking.stop()
    assert asking.wait(0)
    assert time.monotonic() - began < 1
    waiting.set()
    assert closed.wait(10)
    assert (asking.state, ended) == ("stopped", [("stopped", "一半")])


def test_what_goes_wrong_is_said() -> None:
    asking = Asking(events(Event("text", "甲"), FatiaoError("连不上。")))
    assert asking.wait(10)
    assert (asking.state, asking.error) == ("failed", "连不上。")
    asking = Asking(events(ValueError("secret")))
    assert asking.wait(10)
    assert asking.state == "failed"
    assert "secret" not in asking.error
    asking = Asking(events(Event("text", "甲")))
    assert asking.wait(10)
    assert asking.state == "failed"


def test_an_answer_that_cannot_be_kept_is_still_an_answer() -> None:
    def full(_: Asking) -> None:
        raise FatiaoError("磁盘满了。")

    asking = Asking(events(Event("answer", answer=ANSWER)), full)
    assert asking.wait(10)
    assert (asking.state, asking.answer, asking.error) == ("answered", ANSWER, "磁盘满了。")
