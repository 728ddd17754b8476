"""What a page needs of the program: the assistant, the records."""

import logging
from collections.abc import Iterator, Sequence
from importlib import import_module
from threading import Event, Lock, Thread

import streamlit as st

from assistant import Answer, Assistant, FatiaoError
from assistant import Event as Said
from assistant.path import AnswerPath
from assistant.request import Request
from assistant.understand.question import History
from records import Records

log = logging.getLogger("fatiao")
#: Seconds between two looks at an index in the making.
_GLANCE = 0.2
#: What a first visit alone would import, a second of processor: the page's own rooms, and what Streamlit puts off.
_LATE = (
    "streamlit.emojis", "pandas", "ui.entry.link_kept", "ui.sidebar", "ui.turns", "ui.welcome", "ui.article_beside",
    "ui.under_way", "assistant.desk.suggestions",
)  # fmt: skip


@st.cache_resource(show_spinner=False)
def assistant() -> Assistant:
    """The assistant that all visitors share."""
    return Assistant()


@st.cache_resource(show_spinner=False)
def records() -> Records:
    """The records that all visitors share; each sees only their own in them."""
    settings = assistant().settings
    return Records(settings.records_database, retention_days=settings.retention_days)


class Opening:
    """The index built or renewed once for everybody who waits for it, and how far that is. Safe between threads."""

    def __init__(self, helper: Assistant) -> None:
        self._helper, self._lock = helper, Lock()
        self._over: Event | None = None
        self.error: Exception | None = None
        self.words, self.part = "正在打开索引", 0.0

    def begin(self) -> Event:
        """Begin, unless somebody has; what is returned is set when it is over."""
        with self._lock:
            if self._over is None or (self._over.is_set() and self.error):
                self._over, self.error = Event(), None
                Thread(target=self._run, args=(self._over,), name="opening", daemon=True).start()
            return self._over

    def _run(self, over: Event) -> None:
        try:
            self._helper.prepare(self._note)
        except Exception as error:  # said to every visitor who waits, each in their own thread
            self.error = error
        finally:
            over.set()

    def _note(self, step: str, done: int, total: int) -> None:
        self.words, self.part = ("计算向量" if step == "embed" else "写入索引"), min(done / max(total, 1), 1.0)


@st.cache_resource(show_spinner=False)
def _opening() -> Opening:
    return Opening(assistant())


def ready_assistant() -> Assistant:
    """The assistant with its index; where that is being built, for the first of all visitors, shows how far it is."""
    helper = assistant()
    if helper.is_ready:
        return helper
    opening = _opening()
    over = opening.begin()
    if not over.wait(_GLANCE):
        with st.status("首次使用，正在建立索引……", expanded=True) as status:
            bar = st.progress(0.0)
            while not over.wait(_GLANCE):
                bar.progress(opening.part, opening.words)
            status.update(label="索引已就绪", state="complete", expanded=False)
        if opening.error is None:
            st.rerun()
    if opening.error:
        raise opening.error
    return helper


@st.cache_resource(show_spinner=False)
def _offline() -> AnswerPath:
    return AnswerPath(assistant(), assistant().embedder)


def offline(question: str) -> Answer:
    """An answer without a model, whatever is set. Raises QuestionError, StoreError, EmbeddingError."""
    return _offline().answer(Request(question))


def stream(question: str, history: History, cities: Sequence[str], *, without_model: bool) -> Iterator[Said]:
    """The events of an answer, by the model that is set unless that is not wanted."""
    if without_model:
        return _offline().events(Request(question, history, cities))
    return assistant().stream(question, history, cities)


def has_model() -> bool:
    """Whether a model is set."""
    return bool(assistant().settings.model)


def warm() -> None:
    """Load at the start what the first visitor would wait for. Whatever is wrong is said to that visitor, not here."""
    try:
        records().people.has_local()
        _opening().begin().wait()
        for name in _LATE:
            import_module(name)
        offline("科技创新有哪些支持措施？")
    except FatiaoError:
        log.debug("预先载入没有成功", exc_info=True)


def writer_name() -> str:
    """Which writer answers: 离线摘引, or a model's name."""
    return assistant().settings.model or "离线摘引（不用语言模型）"
