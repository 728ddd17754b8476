"""The example of an agent runs: a model over real HTTP calls the tools and answers from what they gave."""

import json
import runpy
from pathlib import Path
from typing import Any

from langchain_openai import ChatOpenAI

from assistant import Assistant
from evals.servers.model_server import ModelRequest, ModelServer, Reply

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "agent.py"


def calling(tool: str, **given: Any) -> str:
    call = {"id": "call-1", "type": "function", "function": {"name": tool, "arguments": json.dumps(given)}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return json.dumps({
        "id": "x", "object": "chat.completion", "created": 0, "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    })  # fmt: skip


def test_an_agent_of_langchain_looks_an_article_up_and_answers_from_it(helper: Assistant) -> None:
    def script(asked: ModelRequest) -> Reply:
        told = [m["content"] for m in asked.body["messages"] if m["role"] == "tool"]
        if not told:
            return Reply(raw=calling("fatiao_article", name="武汉第58条"))
        return Reply("武汉第五十八条：" + ("给予保费补助" if "保费补助" in told[0] else "没有查到"))

    with ModelServer(script) as server:
        model = ChatOpenAI(model="scripted", base_url=server.url, api_key="none")
        agent = runpy.run_path(str(EXAMPLE))["make_agent"](helper, model)
        told = agent.invoke({"messages": [{"role": "user", "content": "武汉第58条写了什么？"}]})["messages"]
        offered = {t["function"]["name"] for t in server.asked[0].body["tools"]}
    assert told[-1].text == "武汉第五十八条：给予保费补助"
    assert {"fatiao_ask", "fatiao_article", "fatiao_check_citations"} <= offered


def test_the_assistant_is_one_tool_with_its_answer_as_artifact(helper: Assistant) -> None:
    tool = helper.as_tool()
    called = {"type": "tool_call", "id": "1", "name": tool.name, "args": {"question": "武汉第58条", "cities": ["武汉"]}}
    told = tool.invoke(called)
    assert told.content == told.artifact.text
    assert told.artifact.citations[0].id == "wuhan/58"
    assert "火星" in tool.invoke({"question": "补助", "cities": ["火星"]})


def test_a_tool_that_checks_a_draft_gives_plain_values(helper: Assistant) -> None:
    from fatiao.tools import tools

    check = next(t for t in tools(helper) if t.name == "fatiao_check_citations")
    told = check.invoke({"text": "根据常州条例第九十条，给予奖励。"})
    assert told["citations"][0]["kind"] == "no_such_article"
    json.dumps(told)
