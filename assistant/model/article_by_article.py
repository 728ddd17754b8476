"""A model is asked about one article of a regulation after the other, outside any answer."""

import logging
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import ModelError, QuestionError, SettingError
from assistant.model.client import Usage
from assistant.model.failures import ModelFailure
from law.regulation import Article, Regulation
from prompts import Message, say
from vectorstore.filling import Progress

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.model.client import ChatModel

T = TypeVar("T")
log = logging.getLogger("fatiao")

#: Tokens that what is said of one article may take.
_MAX_TOKENS = 800


def ready(helper: "Assistant", regulation_id: str, what: str) -> tuple["ChatModel", Regulation]:
    """The model and the regulation that are wanted. Raises SettingError, QuestionError."""
    model, library = helper.path.model, helper.library()
    if model is None:
        raise SettingError(
            f"{what}要用语言模型，请先设环境变量 FATIAO_MODEL（以及 OPENAI_API_KEY 或 OPENAI_BASE_URL）。"
        )
    regulation = next((r for r in library.regulations if r.id == regulation_id), None)
    if regulation is None:
        held = "、".join(r.id for r in library.regulations)
        raise QuestionError(f"索引里没有编号为「{regulation_id}」的法规。现有：{held}。")
    return model, regulation


def in_turn(missing: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """What is still missing, one after the other; how far it is is told before each, and at the end."""
    for at, one in enumerate(missing):
        if progress:
            progress("enrich", at, len(missing))
        yield one
    if progress and missing:
        progress("enrich", len(missing), len(missing))


def said_of(helper: "Assistant", article: Article, messages: Sequence[Message], usage: Usage) -> str:
    """What the model says of an article, "" where it says nothing that can be used. Raises ModelError."""
    model, seconds = helper.path.model, helper.settings.model_timeout
    assert model is not None
    try:
        return model.text(messages, deadline=time.monotonic() + seconds, max_tokens=_MAX_TOKENS, usage=usage)
    except ModelFailure as failure:
        log.warning("语言模型「%s」没有写成 %s：%s", model.name, article.id, failure)
        if failure.kind in ("empty", "nonsense", "blocked"):
            return ""
        why = say(f"model.{failure.kind}", seconds=f"{seconds:g}")
        raise ModelError(f"语言模型「{model.name}」{why}。已写好的都留着，再运行一次会接着写。") from failure
