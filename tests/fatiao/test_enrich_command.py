"""`fatiao enrich`: likely questions by a model; resumable, checked, never in a person's place."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from beside import put_beside

from assistant import Assistant, Settings
from assistant.model.enrich import checked
from evals.servers.model_server import ModelRequest, ModelServer, Reply
from law.corpus import load_document
from law.likely_questions import file_of

KEY = "sk-never-to-be-seen-4712"
DOCUMENT = """海城市低空经济促进条例
（2024年5月1日海城市人民代表大会常务委员会通过）
第一条 为了促进低空经济发展，结合本市实际，制定本条例。
第二条 市人民政府应当设立低空经济发展专项资金，对购买无人机保险的企业给予不超过保费百分之三十的补贴。
第三条 经营性飞行活动应当提前三日向市低空飞行服务中心报告。
因抢险救灾需要的，可以先飞行后报告。
第四条 本条例自2024年7月1日起施行。
"""
SAID = {
    "第二条": ["买无人机保险能补贴多少？", "低空经济发展专项资金由谁设立？", "补百分之五十吗？"],
    "第三条": ["飞无人机要提前几天报备？", "抢险救灾可以不报告先飞吗", "武汉的无人机要提前报告吗？"],
}


def model(asked: ModelRequest) -> Reply:
    article = "第二条" if "专项资金" in asked.user else "第三条" if "飞行活动" in asked.user else ""
    said = [{"text": t, "paragraphs": [1, 9]} for t in SAID.get(article, ["海城为什么要制定低空经济促进条例？"])]
    return Reply(json.dumps({"questions": said}, ensure_ascii=False))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(model) as held:
        yield held


@pytest.fixture(scope="module")
def with_document(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the real index and a document more, made once; each test copies it."""
    folder = tmp_path_factory.mktemp("enriched")
    document = folder / "低空.txt"
    document.write_text(DOCUMENT, "utf-8")
    data = folder / "data"
    shutil.copytree(index, data)
    with Assistant(Settings(_env_file=None, model="", data_dir=data)) as helper:
        put_beside(helper.store, helper.embeddings, [load_document(document)])
    return data


@pytest.fixture
def ready(with_document: Path, scripted: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real index with a document more, and a model set."""
    data = tmp_path / "data"
    shutil.copytree(with_document, data)
    monkeypatch.setenv("FATIAO_DATA_DIR", str(data))
    return data


@pytest.fixture
def scripted(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model is set."""
    said = {"FATIAO_MODEL": "scripted", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY}
    for name, value in said.items():
        monkeypatch.setenv(name, value)


def questions(index: Path) -> dict[str, list[str]]:
    with Assistant(Settings(_env_file=None, model="", data_dir=index)) as helper:
        found: dict[str, list[str]] = {}
        for question in helper.library().regulation("haicheng").questions:
            found.setdefault(question.article, []).append(question.text)
        return found


@pytest.mark.slow
def test_questions_are_written_kept_and_ingested(ready: Path, server: ModelServer, fatiao: Callable) -> None:
    ran = fatiao("enrich", "haicheng")
    assert ran.code == 0, ran.err
    assert "新写 4 条" in ran.out
    assert KEY not in ran.out + ran.err
    assert len(server.asked) == 4
    assert questions(ready) == {}  # not before the next ingest
    assert fatiao("ingest").code == 0
    held = questions(ready)
    assert held["haicheng/2"] == ["买无人机保险能补贴多少？", "低空经济发展专项资金由谁设立？"]  # no 百分之五十
    assert held["haicheng/3"] == ["飞无人机要提前几天报备？", "抢险救灾可以不报告先飞吗？"]  # nor another city
    with Assistant(Settings(_env_file=None, model="", data_dir=ready)) as helper:
        assert helper.ask("海城买无人机险有没有补贴").citations[0].id == "haicheng/2"
        assert {q.paragraphs for q in helper.library().regulation("haicheng").questions} == {(1,)}
    assert fatiao("enrich", "haicheng").out.startswith("《海城市低空经济促进条例》：新写 0 条，已有 4 条")
    assert len(server.asked) == 4  # nothing is asked twice


def test_an_interrupted_run_goes_on(ready: Path, server: ModelServer, fatiao: Callable) -> None:
    def failing(asked: ModelRequest) -> Reply:
        return model(asked) if len(server.asked) <= 2 else Reply("overloaded", status=500)

    server.script = failing
    ran = fatiao("enrich", "haicheng")
    assert ran.code == 1
    assert re.search(r"出错.*接着写", ran.err)
    file = file_of(ready, "haicheng")
    file.write_text(file.read_text("utf-8") + '{"article": "haicheng/3", "ha', "utf-8")  # and a crash while writing
    server.script = model
    assert "新写 2 条，已有 2 条" in fatiao("enrich", "haicheng").out


@pytest.mark.slow
def test_a_changed_article_is_written_anew(ready: Path, server: ModelServer, fatiao: Callable, tmp_path: Path) -> None:
    fatiao("enrich", "haicheng")
    document = tmp_path / "低空.txt"
    document.write_text(DOCUMENT.replace("三日", "五日"), "utf-8")
    assert fatiao("ingest", document).code == 0
    assert set(questions(ready)) == {"haicheng/1", "haicheng/2", "haicheng/4"}
    server.asked.clear()
    assert "新写 1 条，已有 3 条" in fatiao("enrich", "haicheng").out
    assert len(server.asked) == 1


def test_a_persons_questions_stay(own_index: Path, scripted: None, fatiao: Callable) -> None:
    with Assistant(Settings(_env_file=None, model="", data_dir=own_index)) as helper:
        before = helper.library().regulation("wuhan").questions
    ran = fatiao("enrich", "wuhan")
    assert ran.code == 0
    assert "人工写过、不改动" in ran.out
    assert fatiao("ingest").code == 0
    with Assistant(Settings(_env_file=None, model="", data_dir=own_index)) as helper:
        after = helper.library().regulation("wuhan").questions
    assert [q for q in after if not q.by_model] == list(before)
    assert not {q.article for q in after if q.by_model} & {q.article for q in before}


def test_what_cannot_be_done_is_said(
    ready: Path, server: ModelServer, fatiao: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nosuch" in fatiao("enrich", "nosuch").err
    server.script = lambda _: Reply("我不会写")
    assert "没有写成 4 条" in fatiao("enrich", "haicheng").out
    monkeypatch.setenv("FATIAO_MODEL", "")
    ran = fatiao("enrich", "haicheng")
    assert (ran.code, "FATIAO_MODEL" in ran.err) == (1, True)


def proposal(asked: ModelRequest) -> Reply:
    """Of the one rule left open: who acts, in words of the article; and two that must not be kept."""
    quote = "经营性飞行活动应当提前三日向市低空飞行服务中心报告"
    right = {"said": "经营性飞行活动", "class": "单位"}
    said = [
        {
            "quote": quote,
            "actors": [right, {"said": "航空公司", "class": "企业"}],
            "binding": "应当",
            "means": ["贿赂"],
        },
        {"quote": "县人民政府应当报告", "actors": [right], "binding": "应当"},
        {"quote": quote, "actors": [{"said": "经营性飞行活动", "class": "外星人"}], "binding": "应当"},
    ]
    return Reply(json.dumps({"norms": said}, ensure_ascii=False))


def test_norms_that_the_grammar_left_open_are_proposed_and_shown_apart(
    ready: Path, server: ModelServer, fatiao: Callable
) -> None:
    server.script = proposal
    listed = fatiao("list", "--city", "海城", "--json").out
    ran = fatiao("enrich", "haicheng", "--norms")
    assert (ran.code, "新提出 1 项规范" in ran.out) == (0, True), ran.out + ran.err
    assert all("经营性飞行活动" in asked.user for asked in server.asked)  # nothing that was read is asked for
    shown = fatiao("show", "海城", "3", "--norms").out
    assert "语言模型提出" in shown
    assert "航空公司" not in shown
    assert fatiao("list", "--city", "海城", "--json").out == listed  # never counted
    assert fatiao("list", "--city", "海城", "--actor", "单位", "--json").out.strip() == "[]"
    asked = len(server.asked)
    assert "新提出 0 项规范" in fatiao("enrich", "haicheng", "--norms").out
    assert len(server.asked) == asked  # nothing is asked twice


REJECTED = ["补助？", "科技" * 40 + "？", "探索建立科技保险产品推荐机制，将部分成熟的科技保险产品纳入吗？",
            "补助五十万元吗？", "常州买科技保险有补助吗？", "上海买科技保险有补助吗？",
            "红烧肉应该怎么做才好吃？", "点 http://x.example 领补助？"]  # fmt: skip


@pytest.mark.parametrize("text", REJECTED)
def test_a_question_that_does_not_fit_is_not_kept(text: str, helper: Assistant) -> None:
    regulation, article = helper.article("wuhan/58")
    assert checked(helper, regulation, article, text, []) is None
    assert checked(helper, regulation, article, "買科技保險給不給補貼", [2]) is not None
