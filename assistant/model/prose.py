"""A model's prose, held to the articles sentence by sentence, as it comes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Block, Citation, Dropped
from assistant.model.context import Context, Entry
from assistant.model.form import ill_formed
from assistant.model.sentences import Sentence, sentences
from assistant.understand.question import Question
from assistant.verify import judge
from assistant.verify.coverage import told_words
from assistant.write.citing import cite
from law.regulation import Paragraph, Regulation
from law.text.grams import bigrams
from law.text.script import plain, to_traditional
from prompts import load_prompt, say

_QUOTED = re.compile(r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”")
_HAN, _LATIN = re.compile(r"[一-鿿]"), re.compile(r"[A-Za-z]")
_STOP = re.compile(r"[。！？!?…]+$")
#: The least share of a sentence's words that its articles must have: the verifier alone would let more pass, for
#: sentences of people; a model was told to keep to the law's words.
_TOLD = 0.6
#: Characters that a connecting sentence may have beyond the known words, and at most.
_STRANGE, _SHORT = 4, 60


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that passed, and the articles it was held to."""

    sentence: Sentence
    entries: tuple[Entry, ...]


class Prose:
    """One answer in the making. `kept` passed, `dropped` did not; `refusal` is the reason where the model refuses."""

    def __init__(self, question: Question, context: Context, held: Sequence[Regulation]) -> None:
        self.kept: list[Kept] = []
        self.dropped: list[Sentence] = []
        self.why: list[Dropped] = []
        self.refusal = ""
        self._question, self._context, self._held = question, context, held
        self._names = sorted({plain(w) for r in held for w in (r.title, r.place, _short(r))}, key=len, reverse=True)
        self._own = to_traditional if question.traditional else str
        self._signs = load_prompt("answer").signs
        self._lead: Sentence | None = None
        self._seen: set[str] = set()
        self._opens = self._begun = False

    def read(self, pieces: Iterable[str]) -> Iterator[str]:
        """The text of each sentence that passes, as soon as it does."""
        for sentence in sentences(pieces):
            self._opens = self._opens or sentence.opens
            if not self.kept and (reason := self._refused(sentence.text)):
                self.refusal = reason
                return
            if (key := plain(sentence.text)) in self._seen:
                continue  # small models repeat themselves
            self._seen.add(key)
            entries = self._context.marked(sentence.marks)
            if not sentence.marks and self._connects(sentence.text):
                self._lead = sentence if sentence.text.endswith(("。", "：", "，")) else None
            elif not (reasons := self._against(sentence, entries)):
                yield self._lead_in() + self._shown(Kept(sentence, entries))
            elif _HAN.search(sentence.text) or _LATIN.search(sentence.text):
                self.dropped.append(sentence)
                self.why.append(Dropped(sentence.text, reasons))
        if not self.kept:
            self.refusal = self._refused_in_words()

    def covered(self) -> set[str]:
        """The ids of the regulations that a kept sentence speaks of."""
        return {e.regulation.id for k in self.kept for e in k.entries}

    def tried(self) -> set[str]:
        """The ids of the regulations that a dropped sentence was marked with or named."""
        marked = {e.regulation.id for s in self.dropped for e in self._context.marked(s.marks)}
        words = "".join(s.text for s in self.dropped)
        return marked | {e.regulation.id for e in self._context.entries if _short(e.regulation) in words}

    def blocks(self, drafted: Sequence[Block]) -> tuple[Block, ...]:
        """The drafted blocks with the citations that the kept sentences stand on, each rendered from the store."""
        found: dict[str, list[Citation]] = {}
        for entry in self._context.entries:
            mine = [k for k in self.kept if entry in k.entries]
            chosen = {p.number: p for k in mine for p in self._carrying(k, entry)}
            found.setdefault(entry.regulation.id, []).extend(
                cite(entry.regulation, entry.article, chosen[n], question=self._question.text) for n in sorted(chosen)
            )
        blocks = (replace(b, citations=tuple(found.get(b.regulation_id, ()))) for b in drafted)
        return tuple(b for b in blocks if b.citations or b.remark)

    def _refused(self, text: str) -> str:
        bare = text.strip("。. ").replace("【", "[").replace("】", "]").replace("［", "[").replace("］", "]")
        return next((reason for reason in ("no_evidence", "not_stated") if bare in self._signs[reason]), "")

    def _refused_in_words(self) -> str:
        said = "".join(s.text for s in self.dropped if not s.marks).replace("’", "'")
        if not any(sign in said for sign in self._signs["refusing"]) or any(s.marks for s in self.dropped):
            return ""
        return "not_stated" if any(sign in said for sign in self._signs["silent"]) else "no_evidence"

    def _against(self, sentence: Sentence, entries: tuple[Entry, ...]) -> tuple[str, ...]:
        """Why a sentence cannot be shown; nothing where it can."""
        if not entries or len(entries) < len(sentence.marks):
            return (say("dropped.marks"),)
        names = (f"{e.article.label} 第{e.article.number}条 {e.article.heading}" for e in entries)
        cited = "\n".join([*names, *(e.article.text for e in entries)])
        if ill_formed(sentence.text, cited, self._signs["meta"]):
            return (say("dropped.form"),)
        if self._share_told(sentence.text, cited) < _TOLD:
            return (say("dropped.untold"),)
        return judge(sentence.text, [(e.regulation, e.article) for e in entries], others=self._held).reasons

    def _share_told(self, text: str, cited: str) -> float:
        """How much of what a sentence says the cited articles have in some words, but for names of places."""
        said = plain(text)
        for name in self._names:
            said = said.replace(name, ",")
        return told_words(said, plain(cited))

    def _connects(self, text: str) -> bool:
        """Whether a sentence without a mark says nothing of its own."""
        if len(text) > _SHORT or not judge(text, (), others=self._held).supported:
            return False
        rest = plain(text)
        for word in sorted([*map(plain, self._signs["connecting"]), *self._names], key=len, reverse=True):
            rest = rest.replace(word, "")
        asked = set(self._question.text)
        return sum(ch not in asked for ch in _HAN.findall(rest)) + 2 * len(_LATIN.findall(rest)) <= _STRANGE

    def _lead_in(self) -> str:
        lead, self._lead = self._lead, None
        return self._shown(Kept(lead, ())) if lead else ""

    def _shown(self, kept: Kept) -> str:
        """A sentence as readers see it: its places instead of marks, its quotes from the store."""
        if kept.entries:
            self.kept.append(kept)
        between = "\n\n" if self._opens and self._begun else ""
        self._opens, self._begun = False, True
        places = dict.fromkeys(
            say("answer.mark", place=_short(e.regulation), label=e.article.label) for e in kept.entries
        )
        text = kept.sentence.text
        stop = found[0] if (found := _STOP.search(text)) else ("" if text.endswith(("：", "，")) else "。")
        body = _STOP.sub("", text) + "".join(places) + stop
        return between + self._with_quotes(body, kept.entries)

    def _with_quotes(self, text: str, entries: Sequence[Entry]) -> str:
        """What is quoted is said as the store has it, in the source's own script; the rest in the question's."""
        result, at = "", 0
        for quoted in _QUOTED.finditer(text):
            words = next(filter(None, quoted.groups()))
            held = next((s for e in entries if (s := span(words, e.article.text))), "")
            result += self._own(text[at : quoted.start()]) + quoted[0][0] + (held or self._own(words)) + quoted[0][-1]
            at = quoted.end()
        return result + self._own(text[at:])

    def _carrying(self, kept: Kept, entry: Entry) -> tuple[Paragraph, ...]:
        """The 款 of an article that a sentence stands on: those that carry it alone, or else share its words."""
        paragraphs = entry.article.paragraphs
        if len(paragraphs) == 1:
            return paragraphs
        beside = [(e.regulation, e.article) for e in kept.entries if e != entry]
        text = kept.sentence.text
        alone = [
            p
            for p in paragraphs
            if judge(text, [(entry.regulation, replace(entry.article, paragraphs=(p,))), *beside]).supported
        ]
        words = set(bigrams(text))
        shared = {p.number: len(words & set(bigrams(p.full))) for p in alone or paragraphs}
        best = max(shared.values())
        near = 0.8 if alone else 0.5
        return tuple(p for p in alone or paragraphs if shared[p.number] >= near * best)


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


def _short(regulation: Regulation) -> str:
    return regulation.place.removesuffix("市").removesuffix("省")
