"""With a model that is set, an answer is asked again without it, and again with it; a real server on loopback."""

from collections.abc import Iterator

import pytest
from page_support import QUESTION, OpenPage, ask, chips, click, words

from evals.servers.model_server import ModelRequest, ModelServer, Reply

PROSE = "由语言模型「written」撰写"


def _writes(asked: ModelRequest) -> Reply:
    mark = next((m for m, held in asked.marks.items() if "纳入推荐目录" in held), "A1")
    return Reply(f"对科技创新企业购买纳入推荐目录的保险产品给予一定的保费补助。[{mark}]")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer(_writes) as server:
        monkeypatch.setenv("FATIAO_MODEL", "written")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "k-test")
        yield server


def test_the_same_question_without_the_model_and_with_it_again(model: ModelServer, open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    assert PROSE in words(at)
    (first,) = [b for b in at.button if str(b.key).startswith("other-writer-")]
    assert first.label == "不用模型再问"
    asked = len(model.asked)
    click(at, str(first.key))
    assert len(model.asked) == asked
    assert words(at).count(PROSE) == 1
    assert "这次没有用语言模型" in words(at)
    labels = {str(b.key): b.label for b in at.button if str(b.key).startswith("other-writer-")}
    assert list(labels.values()) == ["不用模型再问", "用模型再问"]
    click(at, list(labels)[-1])
    assert len(model.asked) > asked
    assert words(at).count(PROSE) == 2
    assert [m.markdown[0].value for m in at.chat_message if m.name == "user"] == [QUESTION] * 3


def test_a_follow_up_is_asked_again_of_what_was_said_before_it_and_for_its_own_cities(
    model: ModelServer, open_page: OpenPage
) -> None:
    at = ask(ask(open_page(), QUESTION), "洛阳呢？")
    ask(at, "常州第二十条怎么写的？")
    second = [str(b.key) for b in at.button if str(b.key).startswith("other-writer-")][1]
    click(at, second)
    assert any(label.startswith("洛阳 · 第三十九条") for label in chips(at)[-2:])
    assert len(at.chat_message) == 8


def test_without_a_model_there_is_nothing_to_choose(open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    assert not [b for b in at.button if str(b.key).startswith("other-writer-")]
    assert "没有用语言模型" not in words(at)
