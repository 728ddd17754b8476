"""Words as data: what the program says to its readers and what a model is told, loaded and filled in one place.

`say("refusal.off_topic", held="…")` fills a template of `wording.toml`; a variable that the
template names and the call lacks fails before anything is shown, naming all that are missing.
`load_prompt("answer").render(…)` does the same for a prompt, one file each.
"""

from prompts.loader import PROMPTS, Message, MissingVariable, Prompt, UnknownVariable, as_data, load_prompt, say

__all__ = [
    "PROMPTS",
    "Message",
    "MissingVariable",
    "Prompt",
    "UnknownVariable",
    "as_data",
    "load_prompt",
    "say",
]
