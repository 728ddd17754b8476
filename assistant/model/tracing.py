"""LangChain's own tracing would send questions and articles to a service named in the environment: kept off here."""

import os
import sys

_VARIABLES = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


def keep_to_ourselves() -> None:
    """Turn off LangChain's tracing in this process, whoever has turned it on in its environment."""
    if not any(os.environ.get(name, "false").lower() not in ("", "false", "0") for name in _VARIABLES):
        return
    for name in _VARIABLES:
        os.environ[name] = "false"
    if read := sys.modules.get("langsmith.utils"):
        read.get_env_var.cache_clear()  # it remembers what it has read
