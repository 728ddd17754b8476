"""What a page needs of the program: the assistant, the records."""

import logging
from typing import Any

import streamlit as st

from assistant import Answer, Assistant
from assistant.path import AnswerPath
from assistant.request import Request
from records import Records

log = logging.getLogger("fatiao")


@st.cache_resource(show_spinner=False)
def assistant() -> Assistant:
    """The assistant that all visitors share."""
    return Assistant()


@st.cache_resource(show_spinner=False)
def records() -> Records:
    """The records that all visitors share; each sees only their own in them."""
    settings = assistant().settings
    return Records(settings.records_database, retention_days=settings.retention_days)


def ready_assistant() -> Assistant:
    """The assistant with its index; builds the index at the first visit, showing how far it is."""
    helper = assistant()
    if not helper.is_ready:
        with st.status("首次使用，正在建立索引……", expanded=True) as status:
            bar = st.progress(0.0)
            helper.prepare(lambda step, done, total: _show(bar, step, done, total))
            status.update(label="索引已就绪", state="complete", expanded=False)
        st.rerun()
    return helper


@st.cache_resource(show_spinner=False)
def _offline() -> AnswerPath:
    return AnswerPath(assistant(), assistant().embeddings)


def offline(question: str) -> Answer:
    """An answer without a model, whatever is set. Raises QuestionError, StoreError, EmbeddingError."""
    return _offline().answer(Request(question))


def warm() -> None:
    """Load at the start what the first visitor would wait for. Whatever is wrong is said to that visitor, not here."""
    try:
        if assistant().is_ready:
            offline("科技创新有哪些支持措施？")
    except Exception:
        log.debug("预先载入没有成功", exc_info=True)


def writer_name() -> str:
    """Which writer answers: 离线摘引, or a model's name."""
    return assistant().settings.model or "离线摘引（不用语言模型）"


def _show(bar: Any, step: str, done: int, total: int) -> None:
    bar.progress(done / max(total, 1), "计算向量" if step == "embed" else "写入索引")
