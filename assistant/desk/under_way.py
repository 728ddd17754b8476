"""One question answered in a thread of its own, so that whoever waits for it may look elsewhere, or stop it."""

import logging
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Literal

from assistant.answer import Answer, Event
from law.errors import FatiaoError
from prompts import say

log = logging.getLogger("fatiao")
State = Literal["working", "answered", "stopped", "failed"]


class Asking:
    """The answer in the making: `step` under way, `text` so far, and in the end `answer`, or `error` in words.

    While a model writes, `found` holds the quotes that it writes from.

    `ended` is called once, in the thread that ends it, before `wait` lets go. Safe to share between threads.
    """

    def __init__(self, events: Iterator[Event], ended: Callable[["Asking"], None] = lambda _: None) -> None:
        self.state: State = "working"
        self.step, self.text, self.error = "", "", ""
        self.answer: Answer | None = None
        self.found: Answer | None = None
        self._events, self._ended = events, ended
        self._lock, self._over = threading.Lock(), threading.Event()
        threading.Thread(target=self._draw, name="asking", daemon=True).start()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it is over, after waiting for so many seconds at most."""
        return self._over.wait(seconds)

    def stop(self) -> None:
        """Stop it now; what has been said stays in `text`. An answer that is complete stays an answer."""
        self._end("stopped")

    def _draw(self) -> None:
        try:
            for event in self._events:
                if self.state != "working":
                    break
                self._take(event)
            self._end("answered" if self.answer else "failed", say("page.no_answer"))
        except FatiaoError as error:
            self._end("failed", str(error))
        except Exception:
            log.exception("作答时出错")
            self._end("failed", say("page.unexpected"))
        finally:
            if isinstance(self._events, Generator):
                self._events.close()

    def _take(self, event: Event) -> None:
        if event.kind == "step":
            self.step, self.found = event.text, event.found or self.found
        elif event.answer is not None:
            self.answer = event.answer
        else:
            self.text = event.text if event.kind == "replace" else self.text + event.text

    def _end(self, state: State, error: str = "") -> None:
        with self._lock:
            if self.state != "working":
                return
            self.state, self.error = state, error if state == "failed" else ""
        try:
            self._ended(self)
        except FatiaoError as failed:
            self.error = str(failed)
        finally:
            self._over.set()
