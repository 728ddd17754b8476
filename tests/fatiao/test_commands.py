"""The commands that read: ask, search, show, inspect; and what wrong usage looks like."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from law.bundled import bundled_folder

CONTRACT = {"id", "question", "text", "refused", "reason", "citations", "hits", "notices", "model", "seconds", "tokens"}
ARTICLE = {"id", "number", "suffix", "label", "heading", "chapter", "section", "paragraphs", "flags"}


@pytest.fixture(autouse=True)
def _on_the_real_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(index))


def test_ask_prints_the_answer_and_nothing_else_on_stdout(fatiao: Callable) -> None:
    ran = fatiao("ask", "武汉第五十八条第二款")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("> 探索建立科技保险产品推荐机制")
    assert "第五十八条第二款【保险机构科技金融产品创新】" in ran.out
    assert "是草案，尚未生效" in ran.out


def test_ask_json_is_the_answer_of_the_contract(fatiao: Callable) -> None:
    ran = fatiao("ask", "武汉第58条", "--json")
    said = json.loads(ran.out)
    assert said.keys() >= CONTRACT
    assert {c["article"] for c in said["citations"]} == {58}
    assert said["citations"][0]["quote"] in said["text"]
    assert "武汉" in ran.out  # not \u escapes


@pytest.mark.parametrize("name", ["武汉", "武汉市", "wuhan"])
def test_a_city_is_chosen_by_any_of_its_names(name: str, fatiao: Callable) -> None:
    said = json.loads(fatiao("ask", "科技保险", "--city", name, "--json").out)
    assert {h["city"] for h in said["hits"]} == {"武汉市"}


def test_cities_can_be_repeated(fatiao: Callable) -> None:
    said = json.loads(fatiao("search", "科技保险", "--city", "武汉", "--city", "洛阳", "-k", "40", "--json").out)
    assert {h["city"] for h in said} == {"武汉市", "洛阳市"}
    assert len(said) == 40


def test_a_refusal_is_an_answer_and_exits_0(fatiao: Callable) -> None:
    ran = fatiao("ask", "武汉第32条")
    assert ran.code == 0
    assert "没有第三十二条" in ran.out
    said = json.loads(fatiao("ask", "武汉第32条", "--json").out)
    assert (said["refused"], said["reason"], said["citations"]) == (True, "no_such_article", [])


def test_search_lists_articles_best_first(fatiao: Callable) -> None:
    ran = fatiao("search", "武汉科技保险", "-k", "3")
    lines = ran.out.splitlines()
    assert len(lines) == 3
    assert re.match(r" 1\. 武汉市 第五十八条【保险机构科技金融产品创新】", lines[0])
    hits = json.loads(fatiao("search", "武汉科技保险", "-k", "3", "--json").out)
    assert hits[0]["article"] == 58


@pytest.mark.parametrize("number", ["58", "５８", "第58条", "第五十八条", "五十八", " 58 "])
def test_show_takes_a_number_in_every_way(number: str, fatiao: Callable) -> None:
    ran = fatiao("show", "武汉", number)
    assert ran.code == 0
    assert "探索建立科技保险产品推荐机制" in ran.out
    assert "草案" in ran.out.split("※", 1)[1]


def test_show_0_is_the_text_before_the_first_chapter(fatiao: Callable) -> None:
    out = fatiao("show", "常州", "0").out
    assert out.startswith("《常州市科技创新促进条例》题注")
    assert "2024年8月28日" in out


def test_show_says_what_is_inferred_damaged_or_amended(fatiao: Callable) -> None:
    out = fatiao("show", "常州", "10").out
    assert "机构、企业以及科技人员等创新主体" in out
    assert "条号系推定" in out
    assert "残缺" in fatiao("show", "常州", "31").out
    assert "已被修正" in fatiao("show", "洛阳", "第十三条").out


def test_show_tells_two_articles_of_one_number_apart(fatiao: Callable) -> None:
    both = fatiao("show", "武汉", "55").out
    assert "【支持培育高质量产业生态】" in both
    assert "【总体设计】" in both
    second = fatiao("show", "武汉", "55-2").out
    assert "【总体设计】" in second
    assert "《武汉市推进科技创新中心建设条例（草案征求意见稿）》第五十五条【支持" not in second


def test_show_json_is_verbatim(fatiao: Callable) -> None:
    (said,) = json.loads(fatiao("show", "洛阳", "39", "--json").out)
    assert said.keys() >= ARTICLE | {"city", "regulation", "status"}
    assert (said["number"], said["status"], len(said["paragraphs"])) == (39, "amended", 2)
    source = re.sub(r"\s", "", (bundled_folder() / "luoyang" / "source.txt").read_text("utf-8"))
    assert all(p["text"] in source for p in said["paragraphs"])


def test_inspect_of_a_folder_reads_its_errata(fatiao: Callable) -> None:
    said = json.loads(fatiao("inspect", bundled_folder() / "changzhou", "--json").out)
    assert sum(a["number"] > 0 for a in said["articles"]) == 76
    assert said["articles"][0]["number"] == 0
    (tenth,) = [a for a in said["articles"] if a["number"] == 10]
    assert "number_inferred" in tenth["flags"]
    printed = json.loads(fatiao("inspect", bundled_folder() / "changzhou" / "source.txt", "--json").out)
    assert sum(a["number"] > 0 for a in printed["articles"]) == 75


def test_inspect_json_has_exactly_the_keys_of_the_contract(fatiao: Callable) -> None:
    said = json.loads(fatiao("inspect", bundled_folder() / "wuhan" / "source.txt", "--json").out)
    assert said.keys() == {
        "title", "city", "province", "place", "level", "status", "dates", "script", "articles", "findings",
    }  # fmt: skip
    assert all(a.keys() == ARTICLE for a in said["articles"])
    assert all(p.keys() == {"text", "items"} for a in said["articles"] for p in a["paragraphs"])
    assert all(f.keys() == {"line", "kind", "message"} for f in said["findings"])
    assert {"gap", "repeat", "heading_without_di"} <= {f["kind"] for f in said["findings"]}
    assert (said["city"], said["province"], said["status"]) == ("武汉市", "湖北省", "draft")


def test_inspect_for_a_person_counts_and_points_at_lines(fatiao: Callable) -> None:
    out = fatiao("inspect", bundled_folder() / "wuhan" / "source.txt").out
    assert "条文：72 条" in out
    assert re.search(r"第 \d+ 行　", out)


def test_inspect_needs_no_index(fatiao: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path / "none"))
    document = tmp_path / "决议.md"
    document.write_text("关于热气球的决议\n会议决定,鼓励热气球。\n", "utf-8")
    said = json.loads(fatiao("inspect", document, "--json").out)
    assert [a["number"] for a in said["articles"]] == [0]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", ""], ["问题是空的"]),
        (["ask", "武" * 100_000], ["100000", "2000"]),
        (["ask", "科技保险", "--city", "上海"], ["「上海」", "武汉市"]),
        (["search", "科技保险", "--city", "昆山"], ["「昆山」", "常州市"]),
        (["search", " "], ["问题是空的"]),
        (["show", "上海", "1"], ["「上海」", "洛阳市"]),
        (["show", "武汉", "32"], ["武汉 32", "共72条"]),
        (["show", "武汉", "55-3"], ["55-3"]),
        (["show", "武汉", "十十"], ["十十"]),
        (["show", "武汉", "条"], ["看不懂条号", "第五十八条"]),
        (["inspect", "/nowhere/x.md"], ["/nowhere/x.md"]),
        (["batch", "/nowhere/in.jsonl", "/tmp/out.jsonl"], ["/nowhere/in.jsonl"]),
        (["eval", "--dataset", "/nowhere/set.jsonl"], ["/nowhere/set.jsonl"]),
        (["ingest", "/nowhere/x.md"], ["/nowhere/x.md"]),
        (["ingest", "--id", "x"], ["--id"]),
        (["ingest", "--remove", "nosuch"], ["「nosuch」"]),
        (["ingest", "--remove", "wuhan"], ["「wuhan」"]),
    ],
)
def test_a_named_error_is_one_line_on_stderr_and_exit_1(
    arguments: list[str], words: list[str], fatiao: Callable
) -> None:
    ran = fatiao(*arguments)
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith("错误：")
    assert ran.err.count("\n") == 1
    assert [w for w in words if w not in ran.err] == []


@pytest.mark.parametrize(
    "arguments",
    [["nosuch"], ["ask"], ["ask", "x", "--nosuch"], ["search", "x", "-k", "0"], ["search", "x", "-k", "many"],
     ["show", "武汉"], ["ui", "--port", "0"], ["ui", "--port", "70000"], ["batch", "x"]],
)  # fmt: skip
def test_wrong_usage_exits_2(arguments: list[str], fatiao: Callable) -> None:
    ran = fatiao(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_a_wrong_setting_is_a_named_error(fatiao: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("FATIAO_CHROMA_URL", "nowhere")
    for arguments in (["ask", "x"], ["ingest"], ["ui"]):
        ran = fatiao(*arguments)
        assert ran.code == 1
        assert "FATIAO_CHROMA_URL" in ran.err
        assert "sk-secret" not in ran.err


def test_another_model_than_the_indexs_is_refused_with_its_mend(
    fatiao: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FATIAO_EMBEDDING_MODEL", "bge-m3")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    ran = fatiao("ask", "武汉第58条")
    assert ran.code == 1
    assert all(w in ran.err for w in ("bge-m3", "multilingual-e5-small", "384", "fatiao ingest"))


def test_a_taken_port_is_named(fatiao: Callable) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = fatiao("ui", "--port", port)
    assert ran.code == 1
    assert str(port) in ran.err


def test_ask_streams_what_a_model_writes_and_adds_the_quotes_where_it_breaks_off(
    fatiao: Callable, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evals.servers.model_server import ModelServer, Reply

    good = "武汉市探索建立科技保险产品推荐机制。[A1]科技创新企业购买纳入推荐目录的保险产品的，给予一定的保费补助。[A1]"
    question = "武汉的企业买科技保险有补助吗?"
    with ModelServer(good) as server:
        for name, value in {
            "FATIAO_DATA_DIR": str(index), "FATIAO_MODEL": "m", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-x",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        ran = fatiao("ask", question)
        assert ran.out.startswith("武汉市探索建立科技保险产品推荐机制（武汉·第五十八条）。")
        said = json.loads(fatiao("ask", question, "--json").out)
        assert (said["model"], said["tokens"]) == ("m", 1000 + len(good))
        server.script = lambda _: Reply(good, cut=9)
        ran = fatiao("ask", question)
        assert "以上作废" not in ran.out
        assert "**依据**" in ran.out
        assert "写到一半断了" in ran.out
        assert "sk-x" not in ran.out + ran.err
        assert question not in ran.err
