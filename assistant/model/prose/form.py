"""What no sentence of an answer looks like, whatever it says: fragments, repetitions, talk of the task itself."""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.verify.amounts import MOST_COUNTED, counts_points
from assistant.verify.beyond.conclusions import soft_rules
from assistant.verify.words import words
from law.text.figures import figures
from law.text.rules import load_rules
from law.text.script import HAN, plain

_LATIN = re.compile(r"[A-Za-z]")
#: Markup, addresses, brackets of a mark that was not one.
_FOREIGN = re.compile(r"https?:|www\.|[<>|{}\\【】\[\]]|\]\(|!\[|[;；](?:[^;；]{0,8}[;；]){2}")
_PLACE = re.compile(r"(?:第[0-9一二三四五六七八九十百零]+|(?<![0-9第])[0-9]+)(?:条|款|项|章|节)")
_AGAIN = re.compile(r"(.{2,10}?)[、，, ]?(?:\1[、，, ]?){2}")
#: Chinese characters that a sentence has at least, and at most in all.
LEAST, LONGEST = 6, 500
#: Marks by which a line rules something; 支持 of 相近支持 may be a noun.
_RULING = frozenset({"duty", "need", "ban", "may"})
#: Characters of a line that only heads what follows, at most.
_HEADING = 30
#: So many characters in a row, so often in one sentence, and the law itself does not say them so often but for once.
_RUN, _OFTEN = 4, 3
#: Characters of a thing that is named, at least.
_NAME = 2
#: Between and around things that stand side by side.
_JOINS = load_rules("assistant.model.prose", "leaning.toml")["joins"]


def ill_formed(text: str, cited: str, meta: tuple[str, ...] = ()) -> bool:
    """Whether a sentence is none that may stand in an answer.

    `cited` is the text of the articles it cites, which may say what else would be odd; `meta` are words of the
    task (答案, 本题), of which a statement of the law does not speak.
    """
    han = HAN.findall(text)
    if len(han) < LEAST or len(text) > LONGEST or len(_LATIN.findall(text)) > len(han):
        return True
    said, held = plain(text), plain(cited)
    if _FOREIGN.search(text) or any(word in said and word not in held for word in meta):
        return True
    if any(place not in held for place in _PLACE.findall(said)):
        return True  # other numbers than that of the article itself are the program's to say
    return bool(_AGAIN.search(said)) or _harps(said, held)


def heads(text: str) -> bool:
    """Whether a line without a mark only heads what follows: 「武汉市：」, 「草案拟规定的相近支持：」.

    It ends with a colon, rules nothing (no 应当, 可以, 不得), denies nothing, tells nothing as done, and has no figure
    but how many points follow.
    """
    if not text.endswith(("：", ":")) or len(text) > _HEADING:
        return False
    said = plain(text)
    if (
        any(m.lastgroup in _RULING for m in words().marks.finditer(said))
        or words().negated.search(said)
        or soft_rules()["done"].search(said)
    ):
        return False
    return all(counts_points(f) and f.value <= MOST_COUNTED for f in figures(said))


def names_one(text: str, cited: Sequence[str]) -> bool:
    """Whether a line is but one of several things that a cited article names side by side: 「风险补偿。」."""
    name = plain(text).strip(",;:。.、")
    if len(name) < _NAME or _JOINS.match(name):
        return False
    held = map(plain, cited)
    return any(_joined(article, m) for article in held for m in re.finditer(re.escape(name), article))


def _joined(text: str, at: re.Match[str]) -> bool:
    """Whether what stands there is joined to something beside it; the first and the last of several on one side."""
    before = [m.end() for m in _JOINS.finditer(text, max(0, at.start() - 2), at.start())]
    return at.start() in before or _JOINS.match(text, at.end()) is not None


def _harps(said: str, held: str) -> bool:
    runs = Counter(said[i : i + _RUN] for i in range(len(said) - _RUN + 1))
    return any(n >= _OFTEN and held.count(run) + 1 < n for run, n in runs.items())
