"""What needs no vector is read while a model embeds."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from assistant import Assistant
from assistant.deciding import Asking, Deciding
from assistant.request import Request
from assistant.steps import Steps
from assistant.understand.question import understand
from vectorstore.errors import EmbeddingError


class _Waits:
    """A model that has a vector only once something else was done."""

    model = "waits"

    def __init__(self) -> None:
        self.done = threading.Event()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(t) for t in texts]

    def embed_query(self, text: str) -> list[float]:
        if not self.done.wait(10):
            raise EmbeddingError(f"「{text}」等不到向量。")
        return [3.0, 4.0]


def test_something_else_is_done_while_a_model_embeds() -> None:
    model = _Waits()
    (vector,) = Deciding(model).embed_all(["科技保险"], model.done.set)
    assert np.allclose(vector, [0.6, 0.8])


def test_what_goes_wrong_in_the_model_is_told() -> None:
    class Fails(_Waits):
        def embed_query(self, text: str) -> list[float]:
            raise EmbeddingError(f"「{text}」没有向量。")

    done: list[str] = []
    with pytest.raises(EmbeddingError, match="科技保险"):
        Deciding(Fails()).embed_all(["科技保险"], lambda: done.append("读过"))
    assert done == ["读过"]


@pytest.mark.parametrize("asked", ["武汉的企业买科技保险有补助吗", "常州的孵化器归谁管？洛阳的科技人员可以兼职吗？"])
def test_words_read_meanwhile_rank_as_those_read_afterwards(asked: str, helper: Assistant) -> None:
    library = helper.library()
    asking = Asking(Request(asked), library, Steps())
    looked = helper.path.deciding.look(understand(asked, library.regulations), asking)
    topics: Sequence[str] = [*looked.question.topics, *(p.question.topic for p in looked.parts)]
    assert set(asking.said) == set(topics)
    for topic in topics:
        vector = looked.ahead[topic]
        known = library.searcher.score(vector, topic, said=asking.said[topic])
        assert np.array_equal(known.total, library.searcher.score(vector, topic).total)
