"""The commands of `fatiao`, a module a group. What they share: the assistant as it is set, options, JSON."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fatiao.logs import say_progress
from law.text.shown import json_shown

if TYPE_CHECKING:
    from assistant import Assistant, Settings

Cities = Annotated[list[str] | None, typer.Option("--city", help="只查这个城市，可重复：武汉、武汉市或 wuhan")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def settings() -> "Settings":
    """The settings of this process, from the environment and `.env`."""
    from assistant import load_settings

    return load_settings()


def assistant() -> "Assistant":
    """An assistant over the index as it is set, which says its progress on the terminal."""
    from assistant import Assistant

    return Assistant(settings(), on_progress=say_progress())


def print_json(value: Any) -> None:
    """One value on standard output, as JSON that people can read."""
    sys.stdout.write(json_shown(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")
