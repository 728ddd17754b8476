"""Words as data: what the program says to its readers, loaded and filled in one place.

`say("refusal.off_topic", held="…")` fills a template of `wording.toml`; a variable that the
template names and the call lacks fails before anything is shown, naming all that are missing.
"""

from prompts.loader import MissingVariable, say

__all__ = ["MissingVariable", "say"]
