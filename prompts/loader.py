"""Load and fill the templates."""

import string
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


class MissingVariable(KeyError):
    """A template was filled without all of its variables."""


def say(name: str, **values: object) -> str:
    """Fill the template `section.key`. Raises KeyError for an unknown name, MissingVariable."""
    template = _template(name)
    wanted = {field for _, field, _, _ in string.Formatter().parse(template) if field}
    if missing := sorted(wanted - set(values)):
        raise MissingVariable(f"{name} needs {', '.join(missing)}")
    return template.format(**values)


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    return tomllib.loads((files("prompts") / "wording.toml").read_text("utf-8"))


def _template(name: str) -> str:
    section, _, key = name.partition(".")
    try:
        return str(_wording()[section][key])
    except (KeyError, TypeError):
        raise KeyError(f"no template {name!r} in wording.toml") from None
