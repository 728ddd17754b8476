"""The MCP tools through the SDK's own client, over HTTP and over standard input and output."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from door_support import open_door
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.exceptions import MCPError
from mcp.types import ResourceTemplateReference

from assistant import Assistant
from fatiao.door.tools import NAMES

Asked = Callable[[Client], Awaitable[Any]]


@pytest.fixture(scope="module")
def door(helper: Assistant) -> Iterator[str]:
    with open_door(helper, per_minute=0) as address:
        yield f"{address}/mcp"


def through(door: str, asked: Asked) -> Any:
    async def run() -> Any:
        async with Client(door) as client:
            return await asked(client)

    return asyncio.run(run())


def call(door: str, tool: str, **given: Any) -> Any:
    return through(door, lambda c: c.call_tool(tool, given))


def test_every_tool_is_listed_read_only_with_words_and_both_schemas(door: str) -> None:
    listed = through(door, lambda c: c.list_tools()).tools
    assert [t.name for t in listed] == list(NAMES)
    for tool in listed:
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.input_schema["type"] == "object"
        assert tool.output_schema


def test_an_answer_has_text_and_structure(door: str, helper: Assistant) -> None:
    question = "武汉的企业买科技保险有补助吗？"
    told = call(door, "ask", question=question)
    assert not told.is_error
    assert told.structured_content["text"] == helper.ask(question).text
    assert told.structured_content["citations"][0]["id"] == "wuhan/58"
    assert "补助" in told.content[0].text


@pytest.mark.parametrize("name", ["武汉第58条", "武汉条例五十八条", "《武汉市推进科技创新中心建设条例》第五十八条"])
def test_an_article_by_name_and_number_in_any_notation(door: str, name: str, helper: Assistant) -> None:
    told = call(door, "article", name=name).structured_content["result"]
    assert [a["id"] for a in told] == ["wuhan/58"]
    assert told[0]["paragraphs"] == [p.text for p in helper.article("wuhan/58")[1].paragraphs]


def test_norms_are_listed_by_actor_and_means(door: str) -> None:
    rules = call(door, "list_norms", cities=["常州"], actor="市科学技术主管部门").structured_content["result"]
    assert rules
    assert {r["city"] for r in rules} == {"常州市"}


def test_a_comparison_has_a_side_for_each_city(door: str) -> None:
    told = call(door, "compare", matter="科技保险").structured_content
    assert {s["city"] for s in told["sides"]} == {"常州市", "武汉市", "洛阳市"}


def test_a_sentence_is_judged(door: str) -> None:
    told = call(door, "verify_sentence", sentence="完成人的份额不超过七成。", articles=["changzhou/20"])
    assert not told.structured_content["supported"]
    assert told.structured_content["reasons"]


@pytest.mark.parametrize(
    ("tool", "given", "named"),
    [("article", {"name": "武汉第900条"}, "900"), ("article", {"name": "没有条号"}, "条号"),
     ("ask", {"question": " "}, ""), ("ask", {"question": "补助", "cities": ["火星"]}, "火星"),
     ("list_norms", {"actor": "桌子"}, "桌子"),
     ("verify_sentence", {"sentence": "可以。", "articles": ["x/1"]}, "x/1")],
)  # fmt: skip
def test_an_error_is_a_result_that_says_what_to_do(door: str, tool: str, given: dict[str, Any], named: str) -> None:
    told = call(door, tool, **given)
    assert told.is_error
    assert named in told.content[0].text
    assert "Traceback" not in told.content[0].text


def test_regulations_and_articles_are_resources(door: str) -> None:
    listed = through(door, lambda c: c.list_resources()).resources
    assert any(str(r.uri) == "fatiao://regulations" for r in listed)
    article = through(door, lambda c: c.read_resource("fatiao://wuhan/58"))
    assert "科技保险" in article.contents[0].text


def test_each_regulation_is_listed_and_read_whole(door: str, helper: Assistant) -> None:
    listed = {str(r.uri) for r in through(door, lambda c: c.list_resources()).resources}
    assert {f"fatiao://{r.id}" for r in helper.regulations()} <= listed
    whole = through(door, lambda c: c.read_resource("fatiao://changzhou")).contents[0].text
    assert "第七十六条" in whole


def test_what_is_not_held_is_no_resource(door: str) -> None:
    async def refused(client: Client, uri: str) -> str:
        try:
            await client.read_resource(uri)
        except MCPError as error:
            return str(error)
        return ""

    for uri in ("fatiao://beijing", "fatiao://wuhan/900"):
        assert "没有收录" in through(door, lambda c, uri=uri: refused(c, uri))


def test_ids_are_completed(door: str) -> None:
    template = ResourceTemplateReference(uri="fatiao://{regulation}/{article}")

    def completed(argument: dict[str, str], known: dict[str, str]) -> list[str]:
        return through(door, lambda c: c.complete(template, argument, known)).completion.values

    assert completed({"name": "regulation", "value": "武汉"}, {}) == ["wuhan"]
    assert completed({"name": "article", "value": "55"}, {"regulation": "wuhan"}) == ["55", "55-2"]


def test_prompts_name_the_tool_to_use(door: str) -> None:
    listed = [p.name for p in through(door, lambda c: c.list_prompts()).prompts]
    assert listed == ["answer_with_citations", "check_draft"]
    told = through(door, lambda c: c.get_prompt("check_draft", {"text": "依据常州条例第九十条。"}))
    assert "check_citations" in told.messages[0].content.text


def test_the_sdk_writes_no_word_of_a_question_into_the_log(door: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    assert call(door, "article", name="武汉第900条").is_error
    assert "900" not in caplog.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
GIVEN = st.dictionaries(st.sampled_from(["question", "name", "text", "words", "cities", "k", "x"]), JSON, max_size=3)
CALLS = st.fixed_dictionaries({
    "jsonrpc": st.just("2.0"), "id": st.integers(1, 9) | JSON, "method": st.just("tools/call") | st.text(max_size=12),
    "params": st.fixed_dictionaries({"name": st.sampled_from(NAMES) | JSON, "arguments": GIVEN | JSON}) | JSON,
})  # fmt: skip


@pytest.mark.slow  # fuzzing
@given(CALLS | JSON)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_is_a_500(door: str, body: object) -> None:
    headers = {"Accept": "application/json, text/event-stream"}
    told = httpx.post(door, json=body, headers=headers, timeout=30)
    assert told.status_code < 500, told.text
    assert "Traceback" not in told.text


def test_the_same_tools_over_standard_input_and_output(index: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "fatiao.cli", "mcp"],
        env={**os.environ, "FATIAO_DATA_DIR": str(index), "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    async def run() -> Any:
        async with Client(stdio_client(server)) as client:
            return await client.list_tools(), await client.call_tool("regulations", {})

    listed, held = asyncio.run(run())
    assert [t.name for t in listed.tools] == list(NAMES)
    assert len(held.structured_content["result"]) == 3


def test_the_tools_serve_langchains_agents_too(helper: Assistant) -> None:
    from fatiao.tools import tools

    held = {t.name: t for t in tools(helper)}
    assert set(held) == {f"fatiao_{n}" for n in NAMES}
    assert held["fatiao_article"].invoke({"name": "武汉第58条"})[0]["id"] == "wuhan/58"
    assert "900" in held["fatiao_article"].invoke({"name": "武汉第900条"})["error"]
