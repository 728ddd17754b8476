"""An agent of LangChain's that answers from the law: `python docs/agent.py QUESTION`, with a model in the settings."""

import sys
from typing import TYPE_CHECKING

from langchain.agents import create_agent
from langchain_openai import ChatOpenAI

from fatiao import Assistant, load_settings
from fatiao.tools import tools

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langgraph.graph.state import CompiledStateGraph

PROMPT = "你是政策助手。凡涉及法规的，先用工具查，只依据查到的条文回答，每句写明城市和条号；没有写明的，说没有写明。"


def make_agent(helper: Assistant, model: "BaseChatModel") -> "CompiledStateGraph":
    """The agent: any chat model that calls tools, and the tools over one assistant."""
    return create_agent(model, tools(helper), system_prompt=PROMPT)


def main(question: str) -> None:
    """Ask once, and print what the agent said."""
    settings = load_settings()
    with Assistant(settings) as helper:
        agent = make_agent(helper, ChatOpenAI(model=settings.model))
        print(agent.invoke({"messages": [{"role": "user", "content": question}]})["messages"][-1].text)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "武汉的企业买科技保险有补助吗？")
