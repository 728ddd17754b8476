"""The retriever for other people's chains, by LangChain's own standard tests and by ours."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant import Assistant
from assistant.for_langchain import ArticleRetriever

QUESTION = "企业买科技保险有补贴吗"
ARTICLES = (
    "为了推进科技创新中心建设，制定本条例。",
    "科学技术主管部门负责统筹协调。",
    "鼓励保险机构开发科技保险产品。\n企业购买科技保险的，可以按照规定给予保费补贴。",
    "支持科技人员离岗创业，三年内保留人事关系。",
    "科技企业孵化器可以按照规定享受税收优惠。",
)


def _write(folder: Path, articles: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "regulation.toml").write_text(
        'id = "haicheng"\ntitle = "海城市科技创新条例"\ncity = "海城市"\nprovince = ""\nstatus = "in_force"\n', "utf-8"
    )
    text = "\n".join(f"第{n}条 {t}" for n, t in zip("一二三四五六", articles, strict=False))
    (folder / "source.txt").write_text(f"海城市科技创新条例\n{text}\n", "utf-8")


@pytest.fixture(scope="module")
def helper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("retriever")
    _write(folder / "corpus" / "haicheng", ARTICLES)
    with Assistant(corpus=folder / "corpus", index=folder / "data") as held:
        yield held


class TestStandard(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _helper(self, helper: Assistant) -> None:
        self.helper = helper

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ArticleRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": self.helper}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


def test_a_document_is_the_article_verbatim_with_its_hit(helper: Assistant) -> None:
    best = helper.retriever.invoke(QUESTION)[0]
    assert best.id == best.metadata["id"] == "haicheng/3"
    assert best.page_content == ARTICLES[2]
    wanted = {
        "city": "海城市",
        "regulation": "海城市科技创新条例",
        "article": 3,
        "label": "第三条",
        "status": "in_force",
    }
    assert {k: best.metadata[k] for k in wanted} == wanted
    assert [d.id for d in helper.retriever.invoke(QUESTION)] == [h.id for h in helper.search(QUESTION, k=5)]


def test_it_stands_in_a_chain(helper: Assistant) -> None:
    chain = helper.retriever | RunnableLambda(lambda documents: documents[0].metadata["label"])
    assert chain.invoke(QUESTION) == "第三条"
    assert chain.batch([QUESTION, "孵化器的税收优惠"]) == ["第三条", "第五条"]


def test_none_is_no_number_of_articles(helper: Assistant) -> None:
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        ArticleRetriever(assistant=helper, k=0)


def test_eight_threads_ask_at_once(helper: Assistant) -> None:
    questions = [QUESTION, "科技人员离岗创业", "孵化器的税收优惠", "海城第三条第二款", "今天天气怎么样"]
    expected = {q: helper.ask(q).text for q in questions}
    wrong: list[str] = []

    def ask() -> None:
        wrong.extend(q for q in questions if helper.ask(q).text != expected[q])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert expected[QUESTION].count("保费补贴") >= 1


def test_the_first_question_builds_the_index_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Of eight first questions at once one builds; a change of the corpus is noticed by the next process."""
    _write(tmp_path / "corpus" / "haicheng", ARTICLES)
    seen: list[tuple[str, int, int]] = []
    with (
        caplog.at_level(logging.INFO, "fatiao"),
        Assistant(corpus=tmp_path / "corpus", index=tmp_path, on_progress=lambda *s: seen.append(s)) as first,
    ):
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.append(first.search(QUESTION)[0].id)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert found == ["haicheng/3"] * 8
        assert caplog.text.count("正在建立索引") == 1
        assert seen[-1][1] == seen[-1][2]

        _write(tmp_path / "corpus" / "haicheng", (*ARTICLES, "违反本条例的，依法处理。"))
        with Assistant(corpus=tmp_path / "corpus", index=tmp_path) as second:
            assert "haicheng/6" in [h.id for h in second.search("违反本条例怎么处理")]
        assert "haicheng/6" in [h.id for h in first.search("违反本条例怎么处理")]
        assert "语料有更新" in caplog.text
