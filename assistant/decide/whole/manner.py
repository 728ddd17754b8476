"""How a question is put, as numbers: which rules hear something in it, and its runs of one to three characters.

`decide.whole.plural` weighs them to say how much is asked for. Nothing here decides.
"""

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from assistant.understand.asked import asked_in
from assistant.understand.breadth import aspects_of, heard, names_a_whole
from assistant.understand.language import emphases, kinds_asked
from assistant.understand.question import Question
from assistant.understand.searching import heard_of_words
from law.norms.actors import actors_in
from law.text.rules import load_rules

Floats = npt.NDArray[np.float64]
_QUOTED = re.compile('[“"「『‘]')
_WAYS = ("whether", "who", "when")
#: A topic shorter than the first two, or longer than the last.
_BRIEF, _SHORT, _LONG = 8, 14, 30
_LONGEST_RUN = 3


def signs(question: Question) -> Floats:
    """(signs,) what is heard in a question, 0 or 1 each."""
    text, topic = question.text, question.topic
    ways = {e.name: e.asked.search(text) is not None for e in emphases() if e.name in _WAYS}
    aspects = len(aspects_of(text))
    told = (
        *heard(text),
        *heard_of_words(text, topic),
        in_quotation_marks(text),
        aspects > 1,
        aspects > 2,
        "?" in text,
        text.count("?") > 1,
        bool(kinds_asked(text)),
        question.compares and (question.named or question.every),
        question.named,
        names_a_whole(text),
        *(ways[name] for name in _WAYS),
        bool(actors_in(topic)),
        len(asked_in(text)) > 1,
        load_rules("assistant.understand", "breadth.toml")["closed"].search(text) is not None,
        len(topic) < _BRIEF,
        len(topic) < _SHORT,
        len(topic) > _LONG,
    )
    return np.array(told, dtype=np.float64)


def in_quotation_marks(text: str) -> bool:
    """Whether a question has anything in quotation marks.

    >>> in_quotation_marks("哪些条写到“光谷”"), in_quotation_marks("哪些条写到光谷")
    (True, False)
    """
    return _QUOTED.search(text) is not None


def runs(text: str) -> set[str]:
    """The runs of one to three characters of a question, its beginning and end marked, figures alike.

    >>> sorted(runs("几?"))
    ['$', '?', '?$', '^', '^几', '^几?', '几', '几?', '几?$']
    """
    marked = f"^{re.sub('[0-9]', '0', text)}$"
    return {marked[i : i + n] for n in range(1, _LONGEST_RUN + 1) for i in range(len(marked) - n + 1)}


def counted_runs(text: str, known: Mapping[str, int]) -> Floats:
    """(known runs,) which of the known runs a question has, of unit length."""
    row = np.zeros(len(known))
    row[[known[r] for r in runs(text) if r in known]] = 1.0
    return row / max(float(np.linalg.norm(row)), 1.0)
