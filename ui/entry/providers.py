"""What stands in `[auth]` of secrets.toml. Plain data: nothing here imports streamlit."""

from collections.abc import Mapping
from typing import Any


def providers(auth: Mapping[str, Any]) -> list[str]:
    """The names of the login services, [auth.name]; "" alone where [auth] itself holds the only one."""
    named = [name for name, held in auth.items() if isinstance(held, Mapping) and name != "client_kwargs"]
    return named or [""]
