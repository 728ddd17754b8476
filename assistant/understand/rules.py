"""Rules as records: an id, what it means, a pattern, and examples that it must and must not match."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern over Simplified NFKC text; `yes` and `no` are examples, run by a test."""

    id: str
    means: str
    pattern: re.Pattern[str]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def __call__(self, text: str) -> bool:
        """Whether it speaks."""
        return bool(self.pattern.search(text))


@lru_cache(maxsize=8)
def load_rules(name: str) -> dict[str, Rule]:
    """The rules of `<name>.toml` of this room, by id."""
    said = tomllib.loads((files("assistant.understand") / f"{name}.toml").read_text("utf-8"))
    return {
        r["id"]: Rule(r["id"], r["means"], re.compile(r["pattern"]), tuple(r.get("yes", ())), tuple(r.get("no", ())))
        for r in said["rules"]
    }
