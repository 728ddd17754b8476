"""Holding what is said to the law: citations of an answer (`verify`) and sentences of a model (`judge`).

`judge(sentence, articles)` needs no model, no index and no settings.
"""

from assistant.verify.citations import carried, squeezed, verify
from assistant.verify.sentence import judge, left_to_judge, superfluous
from assistant.verify.verdict import Open, Untold, Verdict

__all__ = ["Open", "Untold", "Verdict", "carried", "judge", "left_to_judge", "squeezed", "superfluous", "verify"]
