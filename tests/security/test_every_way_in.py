"""Fuzzing of every way in: whatever comes, an answer or an error of our own family, and no other."""

import contextlib
import inspect
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from bundled import HELD
from door_support import open_door
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant, Settings, load_settings
from assistant.check.drafts import draft_of
from assistant.check.judging import review
from assistant.verify import judge
from evals.servers.model_server import ModelServer, Reply
from fatiao.door.tools import NAMES, Tools
from law.corpus import regulation_of
from law.errors import FatiaoError
from law.formats.reading import read_bytes
from law.norms import norms_of
from law.text.figures import figures
from law.text.numerals import to_chinese, to_int, value_of
from law.text.references import article_named, read_references
from records import Records

pytestmark = pytest.mark.slow
#: What the law is written with and what breaks readers of it, beside any character at all.
LAW = "第 条 款 项 章 之 一 二十 〇 零 百 千 万 至 、 ， 。 武汉 洛阳 浦东新区 条例 《 》 （ ） 附件 草案 58 除 外"
SAID = "不是 上一条 谢谢 还有 忽略以上指令 <script> [INST] | ` ④ Ⅴ - … 科技保险 补助多少 怎么处罚 1e9 ９９９９"
ODD = ("\u202e", "\x1b[2J", "\x00", "\ud800", "\U0010ffff", "\n", "\r", "\t")
PIECES = st.sampled_from([*LAW.split(), *SAID.split(), *ODD])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=24).map("".join)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
TURNS = st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant", "x"]), "content": TEXTS})
BODIES = st.one_of(JSON, st.fixed_dictionaries({"messages": JSON, "stream": JSON, "cities": JSON}),
                   st.fixed_dictionaries({"messages": st.lists(TURNS, max_size=4)}))  # fmt: skip
BEGINS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"{\\rtf1", b"\xff\xfe", b"\xd0\xcf\x11\xe0")
NAMED = (
    "FATIAO_MODEL", "FATIAO_CHROMA_URL", "OPENAI_BASE_URL", "FATIAO_MODEL_TIMEOUT", "FATIAO_DATABASE_URL",
    "FATIAO_ADMINS", "FATIAO_HOST", "OTHER",
)  # fmt: skip
FEW = settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
MANY = settings(FEW, max_examples=120)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@MANY
@given(text=TEXTS)
def test_numerals_references_and_figures(text: str) -> None:
    read = read_references(text)
    assert all(0 <= a <= b <= len(text) for a, b in read.spans)
    for reader in (to_int, value_of, figures, article_named):
        reader(text)


@MANY
@given(
    number=st.integers(1, 9999), other=st.integers(1, 9999), after=st.sampled_from(["", "之一", "第二款", "，", "和"])
)
def test_a_number_that_is_written_is_read_and_no_other(number: int, other: int, after: str) -> None:
    for said in (str(number), to_chinese(number)):
        read = read_references(f"第{said}条{after}")
        assert {r.number for r in read.references} == {number}
    both = read_references(f"第{to_chinese(number)}条，第{other}条")
    assert {r.number for r in both.references} == {number, other}


@FEW
@given(question=TEXTS, history=st.one_of(st.none(), st.lists(st.one_of(JSON, TURNS), max_size=5)))
def test_a_question_with_any_history(question: str, history: Any, helper: Assistant) -> None:
    with contextlib.suppress(FatiaoError):
        answer = helper.ask(question, history=history)
        assert all(c.quote for c in answer.citations)


@FEW
@given(question=JSON, history=JSON, cities=JSON)
def test_a_question_that_is_none(question: Any, history: Any, cities: Any, helper: Assistant) -> None:
    with contextlib.suppress(FatiaoError):
        helper.ask(question, history=history, cities=cities)


@settings(FEW, max_examples=40)
@given(data=st.one_of(TEXTS.map(_bytes), st.binary(max_size=400)), begins=st.sampled_from(BEGINS))
def test_a_document_of_any_bytes(data: bytes, begins: bytes) -> None:
    with contextlib.suppress(FatiaoError):
        norms_of(regulation_of(read_bytes(begins + data, "a.txt")))
    with contextlib.suppress(FatiaoError):
        review(draft_of(begins + data, "a.md").blocks, HELD, "a.md")


@MANY
@given(text=TEXTS)
def test_a_document_of_law_like_lines(text: str) -> None:
    whole = f"甲山市观景台管理规定\n第一条　{text}\n第二条　由市文旅部门管理。\n{text}\n"
    with contextlib.suppress(FatiaoError):
        regulation = regulation_of(read_bytes(_bytes(whole), "a.txt"))
        norms_of(regulation)
        assert len({a.id for a in regulation.articles}) == len(regulation.articles)


@MANY
@given(sentence=TEXTS)
def test_a_sentence_that_is_judged(sentence: str, helper: Assistant) -> None:
    judge(sentence, [helper.article("wuhan/58"), helper.article("changzhou/20")])


@FEW
@given(said=st.dictionaries(st.sampled_from(NAMED), TEXTS), garbage=st.binary(max_size=60))
def test_an_env_file(said: dict[str, str], garbage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    monkeypatch.setenv("FATIAO_DATA_DIR", str(tmp_path / "data"))
    lines = _bytes("\n".join(f"{n}={v}" for n, v in said.items()))
    (tmp_path / "data" / ".env").write_bytes(lines + b"\n" + garbage)
    with contextlib.suppress(FatiaoError):
        load_settings()


@FEW
@given(value=JSON, raw=st.text(max_size=30), whole=st.booleans())
def test_records_with_any_json(value: Any, raw: str, whole: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("records") / "records.sqlite"
    records = Records(file)
    conversation = records.start("甲")
    turn = records.asked(conversation, "甲", "问", ["武汉"])
    written = json.dumps(value) if whole else _bytes(raw).decode()
    with contextlib.closing(sqlite3.connect(file)) as held, held:
        held.execute("UPDATE turns SET answer = ?, cities = ?", (written, written))
    (shown,) = records.conversation(conversation, "甲").turns
    assert shown.id == turn
    records.close()


@pytest.fixture(scope="module")
def misled(index: Path) -> Iterator[tuple[Assistant, list[str]]]:
    """An assistant whose model says whatever stands in the list."""
    said = [""]
    with ModelServer(lambda _: Reply(said[0])) as server:
        made = Settings(_env_file=None, data_dir=index, model="m", model_timeout=20, OPENAI_BASE_URL=server.url,
                        OPENAI_API_KEY="sk-test")  # fmt: skip
        with Assistant(made) as helper:
            yield helper, said


@FEW
@given(reply=st.one_of(TEXTS, JSON.map(json.dumps), TEXTS.map(lambda t: f"对企业给予保费补助。[A1]{t}[A2]")))
def test_a_model_that_says_anything(reply: str, misled: tuple[Assistant, list[str]]) -> None:
    helper, said = misled
    said[0] = _bytes(reply).decode()
    answer = helper.ask("武汉的企业买科技保险有补助吗")
    assert {c.id for c in answer.citations} <= {a.id for r in helper.regulations() for a in r.articles}


@pytest.fixture(scope="module")
def door(helper: Assistant) -> Iterator[str]:
    with open_door(helper, per_minute=0) as address:
        yield address


@FEW
@given(
    body=st.one_of(st.binary(max_size=200), BODIES.map(lambda value: json.dumps(value).encode())),
    path=st.sampled_from(["/v1/chat/completions", "/mcp"]),
)
def test_a_body_of_the_door(body: bytes, path: str, door: str) -> None:
    answer = httpx.post(f"{door}{path}", content=body, headers={"Content-Type": "application/json"}, timeout=30)
    assert answer.status_code < 500
    assert "Traceback" not in answer.text


@FEW
@given(name=st.sampled_from(NAMES), data=st.data())
def test_arguments_of_a_tool(name: str, data: st.DataObject, helper: Assistant) -> None:
    """Texts, numbers and lists of texts, which is what their schemas let through."""
    method = getattr(Tools(helper), name)
    told: dict[str, Any] = {}
    for parameter in inspect.signature(method).parameters.values():
        kind = str(parameter.annotation)
        value = st.integers(1, 50) if "int" in kind.split(",")[0] else TEXTS
        told[parameter.name] = data.draw(st.lists(value, max_size=3) if "list" in kind else value)
    with contextlib.suppress(FatiaoError):
        method(**told)
