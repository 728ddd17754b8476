"""Holding what is said to the law: citations of an answer (`verify`) and sentences of a model (`judge`).

`judge(sentence, articles)` needs no model, no index and no settings.
"""

from typing import TYPE_CHECKING, Any

from assistant.verify.citations import carried, squeezed, verify
from assistant.verify.verdict import Open, Untold, Verdict

if TYPE_CHECKING:
    from assistant.verify.sentence import judge, left_to_judge, superfluous

__all__ = ["Open", "Untold", "Verdict", "carried", "judge", "left_to_judge", "squeezed", "superfluous", "verify"]


def __getattr__(name: str) -> Any:
    """What judges sentences is loaded when it is first asked for: an answer that quotes has none."""
    if name not in ("judge", "left_to_judge", "superfluous"):
        raise AttributeError(f"module 'assistant.verify' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("assistant.verify.sentence"), name)
