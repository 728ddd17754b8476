"""A word of the law turned into its opposite: 高于 into 低于, 决策前 into 决策后; and a limit denied."""

import re

from assistant.verify.words import words

#: Characters before a word that tell which word of the law it stands for.
_CONTEXT = 2


def opposed(said: str, text: str) -> list[str]:
    """Words of a plain sentence whose opposite stands at the same place of the cited text."""
    reasons: list[str] = []
    for one, other in (pair for a, b in words().opposites for pair in ((a, b), (b, a))):
        for m in re.finditer(re.escape(one), said):
            before = said[max(0, m.start() - _CONTEXT) : m.start()]
            after = said[m.end() : m.end() + _CONTEXT]
            if len(before) == _CONTEXT and before + one not in text and before + other in text:
                reasons.append(f"条文写的是「{before}{other}」,不是「{before}{one}」")
            elif len(one) > 1 and len(after) == _CONTEXT and one + after not in text and other + after in text:
                reasons.append(f"条文写的是「{other}{after}」,不是「{one}{after}」")
    denied = words().unlimited.search(said)
    if denied and denied[0] not in text and words().limited.search(text):
        reasons.append(f"条文有限制,不是「{denied[0]}」")
    return list(dict.fromkeys(reasons))
