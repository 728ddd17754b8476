"""A stream of text becomes sentences, each with the article marks that stand in or after it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from law.text.rules import load_rules

_OPEN = r"[\[【［（(〔]"
_MARK = load_rules("assistant.model.prose", "leaning.toml")["mark"].pattern
_OPENED_MARK = re.compile(rf"\s*{_OPEN}[^\]】］）)〕]{{0,30}}$")
_BULLET = r"#{1,6}\s+|>\s*|[-*•·]\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*|[①-⑳]\s*"
_MARKUP = re.compile(rf"^\s*(?:{_BULLET})+|\*\*|__|`{{3,}}[A-Za-z]*|`+")
_NAMES = "think|thinking|thought|reasoning|analysis"
_OPENS_THOUGHT = re.compile(rf"<(?:{_NAMES})>", re.IGNORECASE)
_CLOSES_THOUGHT = re.compile(rf"</(?:{_NAMES})>", re.IGNORECASE)
_THOUGHT = re.compile(rf"<(?P<tag>{_NAMES})>.*?(?:</(?P=tag)>|$)", re.DOTALL | re.IGNORECASE)
_ANSWER_TAG = re.compile(r"</?(?:answer|final|response)>", re.IGNORECASE)
#: Characters of the longest tag; and of a beginning without a mark that may still be a thought without its own.
_TAG, _UNMARKED = 14, 120
_FENCE, _FENCE_BEGINS = re.compile(r"^`{3,}[A-Za-z]*\s*"), re.compile(r"`{1,}[A-Za-z]*\s*$")
#: An answer that is a JSON object is waited for up to so many characters.
MOST_JSON = 6000
_ENDS, _CLOSING = "。！？!?", '”」』）)’"'
_PAIRS = {"「": "」", "『": "』", "“": "”", "《": "》"}
#: A sentence that does not end by itself is cut here; nothing so long is kept.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its marks and markup. `marks` are as given, A1; `opens` says that a paragraph begins."""

    text: str
    marks: tuple[str, ...] = ()
    opens: bool = False


def sentences(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Each sentence as soon as it, and the marks after its full stop, are whole.

    >>> [(s.text, s.marks) for s in sentences(["甲应当做。[A", "1]乙可以[A2]。"])]
    [('甲应当做。', ('A1',)), ('乙可以。', ('A2',))]
    """
    held, opens = "", True
    for piece in _out_of_json(without_thought(pieces)):
        held += piece
        while (end := _end(held, final=False)) is not None:
            line, held = held[:end], held[end:]
            if (one := _sentence(line, opens)) is not None:
                yield one
                opens = False
            opens = opens or line.endswith("\n")
    while held:
        end = _end(held, final=True) or len(held)
        if (one := _sentence(held[:end], opens)) is not None:
            yield one
            opens = False
        opens, held = opens or held[:end].endswith("\n"), held[end:]


def without_thought(pieces: Iterable[str]) -> Iterator[str]:
    """Without what servers leave around the answer: thoughts in tags before it, the tag of the answer itself.

    A thought whose beginning the server has cut off ends with its closing tag: the first line is held until it is
    clear that none follows in it, and what a closing tag ends is left out.
    """
    held, stream = "", iter(pieces)
    for piece in stream:
        held += piece
        if _thinking(held):
            continue
        yield _bare(held)
        break
    else:
        if rest := _bare(_THOUGHT.sub("", held)):
            yield rest
        return
    yield from _untagged(stream)


def _out_of_json(pieces: Iterable[str]) -> Iterator[str]:
    """What a JSON object says, where the whole answer is one, in a fence or not."""
    held, stream = "", iter(pieces)
    for piece in stream:
        held += piece
        if (start := _FENCE.sub("", held.lstrip()))[:1] not in ("", "{") and not _FENCE_BEGINS.match(held.lstrip()):
            yield held
            yield from stream
            return
        if len(start) > MOST_JSON:
            break
    yield _strings(_FENCE.sub("", held.strip())) or held
    yield from stream


def _strings(text: str) -> str:
    """The words of a JSON object, in its order; "" where it is none."""
    try:
        said = json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return ""
    found: list[str] = []
    waiting = [said]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict | list):
            waiting = [*(one.values() if isinstance(one, dict) else one), *waiting]
    return "\n".join(found)


def _thinking(held: str) -> bool:
    """Whether a thought is open at the end of what came so far, or may be about to."""
    start = held.lstrip()
    if start.startswith("<"):
        opened = _OPENS_THOUGHT.match(start)
        return not _CLOSES_THOUGHT.search(start) if opened else ">" not in start[:_TAG]
    return not (_MARK.search(held) or len(held) > _UNMARKED) and not _CLOSES_THOUGHT.search(held)


def _bare(held: str) -> str:
    ended = list(_CLOSES_THOUGHT.finditer(held))
    return _ANSWER_TAG.sub("", held[ended[-1].end() :] if ended else held)


def _untagged(stream: Iterator[str]) -> Iterator[str]:
    """Later pieces without the answer's closing tag, which may come in two."""
    tail = ""
    for piece in stream:
        tail += piece
        cut = tail.rfind("<")
        ready, tail = (tail, "") if cut < 0 or len(tail) - cut > _TAG else (tail[:cut], tail[cut:])
        tail = _ANSWER_TAG.sub("", tail)
        if ready:
            yield _ANSWER_TAG.sub("", ready)
    if tail:
        yield _ANSWER_TAG.sub("", tail)


def _end(held: str, *, final: bool) -> int | None:
    """Where the first sentence of `held` ends, its marks included; None while that cannot be known."""
    closing = ""
    for at, char in enumerate(held):
        if char == "\n":
            return at + 1
        if at >= LONGEST:
            return at
        if closing:
            closing = "" if char == closing else closing
        elif char in _PAIRS:
            closing = _PAIRS[char]
        if (char in _ENDS and not closing) or (char == "." and held[at + 1 : at + 2].isspace()):
            return _after_marks(held, at + 1, final=final)
    return None


def _after_marks(held: str, at: int, *, final: bool) -> int | None:
    while at < len(held) and held[at] in _CLOSING:
        at += 1
    while found := _MARK.match(held, at):
        at = found.end()
    if not final and (not held[at:].strip() or _OPENED_MARK.fullmatch(held, at)):
        return None  # a mark may follow
    return at


def _sentence(line: str, opens: bool) -> Sentence | None:
    marks = tuple(dict.fromkeys(f"A{int(n)}" for found in _MARK.findall(line) for n in re.findall(r"\d+", found)))
    text = _MARKUP.sub("", _MARK.sub("", line)).strip()
    text = re.sub(r"\s+", " ", text)
    return Sentence(text, marks, opens) if text or marks else None
