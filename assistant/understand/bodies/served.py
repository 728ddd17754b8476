"""For whom something is done: somebody behind 给, 为, 替, 帮 or 向, whose own duties are not what is asked.

Who stands in the place of the subject has the duties; who stands behind such a word and before the verb is served by
another's. Where nobody stands there (给办什么) it is the speaker who is served, or whom he spoke of before.
"""

import re
from collections.abc import Sequence

from assistant.understand.bodies.task import names_work
from law.norms.actors import Actor
from law.norms.norm import DEPARTMENT
from law.text.rules import load_rules

_MARK = re.compile("[，,。；;：:！!？?]")


def is_served(actor: Actor, named: Sequence[Actor], bare: str, text: str) -> bool:
    """Whether something is arranged or done for somebody without office, `named` being all that `bare` names.

    Of 对青年人才有什么安排 and 给外国专家办什么 no duties of theirs are asked.
    """
    if any(c.startswith(DEPARTMENT) or c.endswith("政府") for c in actor.classes):
        return False
    rules = load_rules("assistant.understand.bodies", "served.toml")
    for found in rules["done_for"].finditer(bare):
        clause = max((m.end() for m in _MARK.finditer(bare, 0, found.start())), default=0)
        if not any(clause <= a.start and a.end <= found.start() for a in named):
            return True  # by nobody named
    before, _, _ = text.partition(bare[actor.start : actor.end])  # of the topic 常州对 is cut off
    return not names_work(text) and bool(rules["spoken_to"].search(before))
