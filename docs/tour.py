"""Write docs/tour.md: one question through the path, with the real values of each step.

`python docs/tour.py` (`make tour`) asks with a trace and writes what it saw; `tests/docs` holds the page to it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from assistant import Assistant, Settings

QUESTION = "武汉的企业买科技保险有补助吗？"
TOUR = Path(__file__).parent / "tour.md"
#: What is said of each step: where it is written, and what to look at.
TOLD = {
    "understand": (
        "assistant/understand/question.py",
        "The question is read: script and width are normalised, cities and article numbers found, a follow-up would "
        "be made to stand alone. What is searched is the `topic`: the text without the names of cities.",
    ),
    "retrieve": (
        "assistant/retrieve.py, vectorstore/ranking/ranker.py",
        "The topic is embedded once (the dearest step) and every article scored by several signals, each standardised; "
        "`total` is their weighted sum. Only the regulations asked for are ranked.",
    ),
    "decide": (
        "assistant/decide/decide.py",
        "Is there evidence? Look-ups first, then relevance, matters that no article names, the kind of fact asked for. "
        "Here nothing speaks against the best article, and these 款 of it answer.",
    ),
    "write": (
        "assistant/write/blocks.py",
        "Without a model the answer is quotes, rendered from the store, and the words around them "
        "(`prompts/wording.toml`).",
    ),
    "verify": (
        "assistant/verify/citations.py",
        "Each citation is held to the store once more: the article is held, the quote is a contiguous span of it.",
    ),
}
#: Ranked articles and their signals are told with so many digits, so that the page does not change with the processor.
_DIGITS, _RANKED = 2, 3


def tour(helper: Assistant) -> str:
    """The page, without times."""
    answer = helper.ask(QUESTION, explain=True)
    assert answer.trace is not None
    parts = [
        "# One question, from the page to the store and back",
        "Made by `make tour` from `ask(…, explain=True)`; not written by hand. [The house](architecture.md) says where "
        "things are.",
        f"> {QUESTION}",
        "The page (`ui/turns.py`) hands the question with its history to `Assistant.stream`; `assistant/path.py` "
        "runs the steps.",
    ]
    for number, step in enumerate(answer.trace.steps, 1):
        where, told = TOLD[step.name]
        saw = json.dumps(_short(step.saw), ensure_ascii=False, indent=2)
        rules = f"Rules that spoke: {', '.join(f'`{r}`' for r in step.rules)}." if step.rules else ""
        parts += [f"## {number}. {step.name}", f"`{where}`", told, f"```json\n{saw}\n```", *([rules] if rules else [])]
    parts += ["## The answer", *answer.text.splitlines(), ""]
    return "\n\n".join(p for p in parts if p) + "\n"


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _short(v) for k, v in value.items() if k != "original"}
    if isinstance(value, list):
        return [_short(v) for v in value[:_RANKED]]
    return round(value, _DIGITS) if isinstance(value, float) else value


def main() -> None:
    """Write the page."""
    with Assistant(Settings()) as helper:
        TOUR.write_text(tour(helper), "utf-8")
    sys.stdout.write(f"{TOUR}\n")


if __name__ == "__main__":
    main()
