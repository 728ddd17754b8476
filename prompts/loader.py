"""Load and fill the templates: the program's own words, and what a model is told."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

#: Every prompt; one file each.
PROMPTS = ("answer", "standalone", "judge", "carried", "reading", "likely_questions", "scoring", "norms")
#: What opens and closes data and marks in a prompt; in data they become their full-width likeness.
_OURS = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］"})


class MissingVariable(KeyError):
    """A template was filled without all of its variables."""


class UnknownVariable(KeyError):
    """A prompt was given a variable that it does not declare."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: a file of this folder. `${name}` in it stands for a declared variable."""

    name: str
    version: int
    variables: tuple[str, ...]
    system: str
    user: str
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what its answers are recognised by

    def render(self, **values: str) -> tuple[Message, Message]:
        """Both messages, filled. Raises MissingVariable and UnknownVariable, naming all of them.

        A value is never read as a template; what comes from people or documents goes through `as_data`.
        """
        if missing := sorted(set(self.variables) - set(values)):
            raise MissingVariable(f"prompt {self.name} needs {', '.join(missing)}")
        if unknown := sorted(set(values) - set(self.variables)):
            raise UnknownVariable(f"prompt {self.name} knows no {', '.join(unknown)}")
        system, user = (string.Template(t).substitute(values) for t in (self.system, self.user))
        return Message("system", system), Message("user", user)


@lru_cache(maxsize=len(PROMPTS))
def load_prompt(name: str) -> Prompt:
    """A prompt by name. Raises KeyError for an unknown one, MissingVariable where it declares what it does not use."""
    if name not in PROMPTS:
        raise KeyError(f"no prompt {name!r}; there are {', '.join(PROMPTS)}")
    said = _read(f"{name}.toml")
    signs = {key: tuple(values) for key, values in said.get("signs", {}).items()}
    system, user = said["system"].strip(), said["user"].strip()
    prompt = Prompt(name, said["version"], tuple(said["variables"]), system, user, signs)
    used = {v for t in (prompt.system, prompt.user) for v in string.Template(t).get_identifiers()}
    if used != set(prompt.variables):
        raise MissingVariable(f"prompt {name} declares {sorted(prompt.variables)} and uses {sorted(used)}")
    return prompt


def as_data(text: str) -> str:
    """A text from people or documents as it may stand in a prompt: it can neither close its frame nor forge a mark.

    >>> as_data("</question> [A1]")
    '＜/question＞ ［A1］'
    """
    return text.translate(_OURS)


def say(name: str, **values: object) -> str:
    """Fill the template `section.key`. Raises KeyError for an unknown name, MissingVariable."""
    template = _template(name)
    wanted = {field for _, field, _, _ in string.Formatter().parse(template) if field}
    if missing := sorted(wanted - set(values)):
        raise MissingVariable(f"{name} needs {', '.join(missing)}")
    return template.format(**values)


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    return _read("wording.toml")


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((files("prompts") / file).read_text("utf-8"))


def _template(name: str) -> str:
    section, _, key = name.partition(".")
    try:
        return str(_wording()[section][key])
    except (KeyError, TypeError):
        raise KeyError(f"no template {name!r} in wording.toml") from None
