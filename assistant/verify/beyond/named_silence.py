"""Silences that are looked for by what they name: 没有单列科普经费, 是否包括个人, 怎样才算起主导作用."""

import re
from collections.abc import Sequence

from assistant.verify.beyond.conclusions import soft_rules
from assistant.verify.coverage import told_words
from assistant.verify.source import Source

#: How much of each of two things a sentence says that tells whether the one is the other, and whether it is so treated.
_BOTH, _TREATED = 0.75, 0.5
_SENTENCE = re.compile(r"[^。;\n]+")


def names_nothing(clause: str, matter: str, cited: Sequence[Source], everything: Sequence[Source]) -> bool:
    """Whether what a clause calls unstated is named where it would be stated by no sentence.

    What is not told by itself, `cited` articles have not by its name; whether the one is counted as the other, and what
    is meant by something, no sentence of `everything` tells that has both, or that defines it.
    """
    single = soft_rules()["singled"].search(clause)
    if single:
        return not any(single["what"] in s.text for s in cited)
    sentences = [one for s in everything for one in _SENTENCE.findall(s.text)]
    counted = soft_rules()["counted_as"].search(matter)
    if counted:
        both = (counted["what"], counted["as"])
        least = _BOTH if counted["is"] else _TREATED
        return not any(all(told_words(x, one) >= least for x in both) for one in sentences)
    meant = soft_rules()["meant_by"].search(matter)
    if meant:
        defining = (one for one in sentences if soft_rules()["defines"].search(one))
        return not any(told_words(meant["what"] or meant["what_before"], one) >= _BOTH for one in defining)
    return False
