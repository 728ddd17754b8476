"""The places of a model's sentences in its prose: shown, held open until they are settled, or closed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.model.context import MarkedArticle
from assistant.model.prose.sentences import Sentence
from law.regulation import Regulation
from law.text.script import plain
from prompts import say

State = Literal["kept", "open", "dropped"]
_QUOTED = re.compile(r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”")
_STOP = re.compile(r"[。！？!?…]+$")


@dataclass(slots=True, eq=False)
class Slot:
    """One sentence in its place, and the articles that it is held to.

    `lead` is a sentence that only leads to it, `leans_on` one without which it says nothing. `placed` remembers that
    its places have been shown: what was shown is never taken back.
    """

    sentence: Sentence
    entries: tuple[MarkedArticle, ...] = ()
    state: State = "open"
    reasons: tuple[str, ...] = ()
    lead: Sentence | None = None
    leans_on: "Slot | None" = None
    placed: bool = False


def marks_of(slot: Slot) -> set[str]:
    """The marks of the articles that a sentence is held to."""
    return {e.mark for e in slot.entries}


def render(slots: Sequence[Slot], own: Callable[[str], str]) -> str:
    """The prose of the kept sentences as readers see it: places instead of marks, quotes as the store has them.

    Sentences that follow each other in a paragraph and stand on the same articles have their places once.
    """
    text, last, opens = "", None, False
    for slot in slots:
        opens = opens or slot.sentence.opens or bool(slot.lead and slot.lead.opens)
        if slot.state != "kept":
            continue
        between = "\n\n" if opens and text else ""
        new = bool(between) or last is None or marks_of(last) != marks_of(slot)
        slot.placed = slot.placed or new
        lead = _shown(slot.lead.text, (), own, placed=False) if slot.lead else ""
        text += between + lead + _shown(slot.sentence.text, slot.entries, own, placed=slot.placed)
        last, opens = slot, False
    return text


def short_place(regulation: Regulation) -> str:
    """常州, of 常州市."""
    return regulation.place.removesuffix("市").removesuffix("省")


def _shown(text: str, entries: Sequence[MarkedArticle], own: Callable[[str], str], *, placed: bool) -> str:
    stop = found[0] if (found := _STOP.search(text)) else ("" if text.endswith(("：", "，")) else "。")
    places = dict.fromkeys(_place(e) for e in entries) if placed else ()
    return _with_quotes(_STOP.sub("", text) + "".join(places) + stop, entries, own)


def _place(entry: MarkedArticle) -> str:
    """（洛阳·第三十四条）, and after it that this has been overtaken where it has."""
    place = say("answer.mark", place=short_place(entry.regulation), label=entry.article.label)
    later = any(n.kind == "later" for n in entry.regulation.notes_on(entry.article))
    return place + (say("answer.overtaken") if later else "")


def _with_quotes(text: str, entries: Sequence[MarkedArticle], own: Callable[[str], str]) -> str:
    """What is quoted is said as the store has it, in the source's own script; the rest in the question's."""
    result, at = "", 0
    for quoted in _QUOTED.finditer(text):
        words = next(filter(None, quoted.groups()))
        held = next((s for e in entries if (s := span(words, e.article.text))), "")
        result += own(text[at : quoted.start()]) + quoted[0][0] + (held or own(words)) + quoted[0][-1]
        at = quoted.end()
    return result + own(text[at:])


def span(words: str, source: str) -> str:
    """The contiguous words of a source that a quote means, as printed; "" where there are none.

    White space and script may differ: a Simplified quote finds its Traditional source.
    """
    wanted = plain(words)
    places = [i for i, ch in enumerate(source) if not ch.isspace()]
    bare = "".join(source[i] for i in places)
    if not wanted or wanted not in plain(source):
        return ""
    near = plain(source).index(wanted)
    for shift in sorted(range(-12, 13), key=abs):
        for length in sorted(range(len(wanted) - 4, len(wanted) + 9), key=lambda n: abs(n - len(wanted))):
            start, end = near + shift, near + shift + length
            if 0 <= start < end <= len(bare) and plain(bare[start:end]) == wanted:
                return re.sub(r"\s+", "", source[places[start] : places[end - 1] + 1])
    return ""
