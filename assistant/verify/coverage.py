"""How much of what a sentence says its article says too, other wording allowed."""

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.verify.words import words

_HAN = re.compile(r"[一-鿿a-z0-9]")
_PAIR = re.compile(r"[一-鿿a-z0-9]{2}")
#: What another word for it counts where a text is searched for something that it is said not to have.
BY_ANOTHER = 0.6


def cut(text: str) -> list[str]:
    """Words of a plain text."""
    import rjieba

    return list(rjieba.cut(text))


@lru_cache(maxsize=65536)
def is_filler(word: str) -> bool:
    """Whether a word only connects, or says that something is ruled: 下面, 规定, 应当."""
    return bool(words().connective.fullmatch(word)) or not _HAN.search(word)


@lru_cache(maxsize=2048)
def bigrams(text: str) -> frozenset[str]:
    """Adjacent characters, none across punctuation."""
    return frozenset(pair for i in range(len(text) - 1) if _PAIR.fullmatch(pair := text[i : i + 2]))


def told(tokens: Iterable[str], text: str) -> list[tuple[str, float, str]]:
    """Each word that says something, how far the text says it too (0 to 1), and the text's own word for it."""
    pairs = bigrams(text)
    result: list[tuple[str, float, str]] = []
    for word in tokens:
        if is_filler(word):
            continue
        own = own_word(word, text)
        result.append((word, 1.0, own) if own else (word, _in_parts(word, text, pairs), word))
    return result


def own_word(word: str, text: str) -> str:
    """The word itself or another for it, whichever the text uses; "" where it uses none."""
    if word in text:
        return word
    other = next((w for w in words().synonyms.get(word, ()) if w in text), "")
    if other or not 2 <= len(word) <= 3:
        return other
    return _longer(word, text) if len(word) == 2 else _unshortened(word, text)


def _unshortened(word: str, text: str) -> str:
    """The name that three characters stand for: 业主委员会, of 业委会."""
    at = text.find(word[0])
    while at >= 0:
        middle = text.find(word[1], at + 1, at + len(word))
        end = text.find(word[2], middle + 1, at + 2 * len(word)) if middle > 0 else -1
        if end > 0 and end - at > len(word) and all("一" <= c <= "鿿" for c in text[at:end]):
            return text[at : end + 1]
        at = text.find(word[0], at + 1)
    return ""


def _longer(word: str, text: str) -> str:
    """The two words that two characters stand for: 采集血液, of 采血; a pattern for each word would cost too much."""
    at = text.find(word[0])
    while at >= 0:
        if text[at + 2 : at + 3] == word[1] and all("一" <= c <= "鿿" for c in text[at + 1 : at + 4 : 2]):
            return text[at : at + 4] if len(text) >= at + 4 else ""
        at = text.find(word[0], at + 1)
    return ""


def _in_parts(word: str, text: str, pairs: frozenset[str]) -> float:
    """A word that is not in the text, by its halves and its characters."""
    if len(word) == 1:
        return 0.0
    if len(word) >= 3:
        for at in range(1, len(word)):
            left, right = word[:at], word[at:]
            if all(
                p in text or any(w in text for w in words().synonyms.get(p, ())) or is_filler(p) for p in (left, right)
            ):
                return 0.9
    covered = {i + k for i in range(len(word) - 1) if word[i : i + 2] in pairs for k in (0, 1)}
    loose = sum(1 for i, ch in enumerate(word) if i not in covered and ch in text)
    return (len(covered) + 0.35 * loose) / len(word)


def told_words(text: str, held: str) -> float:
    """The share of the words of a text, longer ones weighing more, that another text says too; 1 for no words."""
    weighed = [(len(w), share) for w, share, _ in told(cut(text), held)]
    total = sum(n for n, _ in weighed)
    return sum(n * share for n, share in weighed) / total if total else 1.0


def stands(word: str, text: str) -> float:
    """How surely a text speaks of a word that it is said not to have: by the word itself, or by another for it."""
    if word in text:
        return 1.0
    share = 1.0 if own_word(word, text) else _in_parts(word, text, bigrams(text))
    return share * BY_ANOTHER if share >= BY_ANOTHER else 0.0
