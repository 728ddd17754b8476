"""A model's prose, held to the articles sentence by sentence, as it comes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Block, Citation, Dropped, Event
from assistant.decide.stated.absent import Looking
from assistant.model.context import Context, MarkedArticle
from assistant.model.prose.form import heads, ill_formed, names_one
from assistant.model.prose.leaning import leans
from assistant.model.prose.marks_carry import CarriedSentence, carried
from assistant.model.prose.sentences import Sentence, sentences
from assistant.model.prose.slots import Slot, marks_of, render, short_place
from assistant.steps import CHECKING
from assistant.understand.question import Question
from assistant.verify import Open, Verdict, judge
from assistant.verify.beyond.conclusions import is_opener
from assistant.write.citing import cite
from law.regulation import Paragraph, Regulation
from law.text.grams import bigrams
from law.text.script import HAN, plain, to_traditional
from prompts import load_prompt, say

_LATIN = re.compile(r"[A-Za-z]")
#: The least share of a sentence's words that its articles must have: the verifier alone would let more pass, for
#: sentences of people; a model was told to keep to the law's words.
_TOLD = 0.6
#: Characters that a connecting sentence may have beyond the known words, and at most.
_STRANGE, _SHORT = 4, 60
_STOP = re.compile(r"[。！？!?，,]+$")


class Prose:
    """One answer in the making, a slot for each sentence; `refusal` is the reason where the model refuses.

    With `looking` what a sentence calls unstated is looked for by its meaning too.
    """

    def __init__(
        self, question: Question, context: Context, held: Sequence[Regulation], looking: Looking | None = None
    ) -> None:
        self.slots: list[Slot] = []
        self.refusal = ""
        self.text = ""
        self.looked = 0  # sentences that the second look settled
        self._question, self._context, self._held = question, context, held
        self._looking = looking
        self._names = sorted(
            {plain(w) for r in held for w in (r.title, r.place, short_place(r))}, key=len, reverse=True
        )
        self._own = to_traditional if question.traditional else str
        self._signs = load_prompt("answer").signs
        self._lead: Sentence | None = None
        self._opener: Sentence | None = None
        self._seen: set[str] = set()

    @property
    def kept(self) -> list[Slot]:
        """The sentences that are shown."""
        return [s for s in self.slots if s.state == "kept"]

    @property
    def open(self) -> list[Slot]:
        """Those that hold their place: no hard fact stands against them, and the rules cannot tell."""
        return [s for s in self.slots if s.state == "open" and s.reasons and _all_open(s.reasons)]

    @property
    def dropped(self) -> list[Slot]:
        """Those that are not shown."""
        return [s for s in self.slots if s.state == "dropped"]

    @property
    def why(self) -> tuple[Dropped, ...]:
        """The dropped sentences, each with its reasons."""
        return tuple(Dropped(s.sentence.text, s.reasons) for s in self.dropped)

    def read(self, pieces: Iterable[str]) -> Iterator[Event]:
        """What readers see as it comes: text that passes, a step where a sentence holds its place."""
        for sentence in sentences(pieces):
            if not self.kept and not self.open and (reason := self._refused(sentence.text)):
                self.refusal = reason
                return
            if (key := plain(sentence.text)) in self._seen:
                continue  # small models repeat themselves
            self._seen.add(key)
            waiting = len(self.open)
            self._take(sentence)
            yield from self._shown()
            if len(self.open) > waiting:
                yield Event("step", CHECKING)
        for slot in self._unmarked():
            self._drop(slot, say("dropped.marks"))
        if not self.kept and not self.open:
            self.refusal = self._refused_in_words()

    def settle(self, carried_ones: Iterable[Slot] = ()) -> Iterator[Event]:
        """Fill or close the places still held: those of a second look are shown, the others are not."""
        passed = list(carried_ones)
        self.looked = len(passed)
        for slot in self.slots:
            if slot.state != "open":
                continue
            if slot in passed or not slot.reasons:
                slot.state, slot.reasons = "kept", ()
            else:
                slot.state = "dropped"
            if slot.leans_on is not None and slot.leans_on.state == "dropped":
                self._drop(slot, say("dropped.leans"))
        yield from self._shown()

    def covered(self) -> set[str]:
        """The ids of the regulations that a kept sentence speaks of."""
        return {e.regulation.id for k in self.kept for e in k.entries}

    def tried(self) -> set[str]:
        """The ids of the regulations that a dropped sentence was marked with or named."""
        marked = {e.regulation.id for s in self.dropped for e in self._context.marked(s.sentence.marks)}
        words = "".join(s.sentence.text for s in self.dropped)
        return marked | {e.regulation.id for e in self._context.entries if short_place(e.regulation) in words}

    def blocks(self, drafted: Sequence[Block]) -> tuple[Block, ...]:
        """The drafted blocks with the citations that the kept sentences stand on, each rendered from the store.

        Within a city in the order of the prose.
        """
        found: dict[str, list[Citation]] = {}
        for entry in {e.mark: e for k in self.kept for e in k.entries}.values():
            mine = [k for k in self.kept if entry in k.entries]
            chosen = {p.number: p for k in mine for p in self._carrying(k, entry)}
            found.setdefault(entry.regulation.id, []).extend(
                cite(entry.regulation, entry.article, chosen[n], question=self._question.text) for n in sorted(chosen)
            )
        blocks = [replace(b, citations=tuple(found.get(b.regulation_id, ()))) for b in drafted]
        known = {b.regulation_id for b in drafted}
        regulations = {e.regulation.id: e.regulation for e in self._context.entries}
        for id_, citations in found.items():
            if id_ not in known:  # read with tools
                blocks.append(Block(id_, regulations[id_].place, regulations[id_].title, tuple(citations)))
        return tuple(b for b in blocks if b.citations or b.remark)

    def _take(self, sentence: Sentence) -> None:
        """Give a sentence its slot, and judge what can be judged now."""
        if self._opener is not None and not sentence.opens:
            opener, self._opener = self._opener, None
            sentence = replace(sentence, text=f"{_STOP.sub('', opener.text)}，{sentence.text}", opens=opener.opens)
        elif not sentence.marks and is_opener(plain(sentence.text)):
            self._opener = sentence  # 「可以。」 says nothing without its ground
            return
        if not sentence.marks and (heads(sentence.text) or self._connects(sentence.text)):
            self._lead = sentence if sentence.text.endswith(("。", "：", "，")) else None
            return
        if not sentence.marks and not (HAN.search(sentence.text) or _LATIN.search(sentence.text)):
            return
        last = self.slots[-1] if self.slots else None
        slot = Slot(sentence, self._context.marked(sentence.marks), lead=self._lead)
        self._lead = None
        if last is not None and leans(sentence.text):
            slot.leans_on = last
        self.slots.append(slot)
        if not sentence.marks:
            if last is not None and not sentence.opens and last.entries and _STOP.search(sentence.text):
                slot.entries = last.entries  # the mark stands once, for the paragraph
                self._judge(slot)
            return
        for one in self._unmarked():
            if self._paragraph(one) == self._paragraph(slot):
                one.entries = slot.entries
                self._judge(one)
            else:
                self._drop(one, say("dropped.marks"))
        self._judge(slot)

    def _judge(self, slot: Slot) -> None:
        """Keep, hold or drop a sentence; what it lacks the one before may tell, and it what that lacks."""
        if reasons := self._unfit(slot):
            self._drop(slot, *reasons)
            return
        before = self._before(slot)
        found = self._carried(slot, before.sentence.text if before and before.state == "kept" else "")
        if before and before.state == "open" and before.reasons and not _all_open(before.reasons):
            self._settle(before, self._carried(before, slot.sentence.text))
            if before in self.kept and found.verdict.needs_beside:
                found = self._carried(slot, before.sentence.text)
        self._settle(slot, found)

    def _settle(self, slot: Slot, found: CarriedSentence) -> None:
        slot.entries = found.entries or slot.entries
        reasons = found.verdict.reasons
        slot.reasons = reasons
        if reasons and not (_all_open(reasons) or found.verdict.needs_beside):
            slot.state = "dropped"
        elif slot.leans_on is not None and slot.leans_on.state == "dropped":
            self._drop(slot, say("dropped.leans"))
        elif reasons or (slot.leans_on is not None and slot.leans_on.state == "open"):
            slot.state = "open"
        else:
            slot.state = "kept"

    def _carried(self, slot: Slot, before: str) -> CarriedSentence:
        def by(text: str, entries: Sequence[MarkedArticle]) -> Verdict:
            cited = [(e.regulation, e.article) for e in entries]
            asked = self._question.text
            return judge(text, cited, others=self._held, before=before, asked=asked, least=_TOLD, looking=self._looking)

        return carried(slot.sentence.text, slot.entries, by, self._held)

    def _unfit(self, slot: Slot) -> tuple[str, ...]:
        """Why a sentence cannot be judged at all."""
        if not slot.entries or len(self._context.marked(slot.sentence.marks)) < len(slot.sentence.marks):
            return (say("dropped.marks"),)
        if self._lists(slot):
            return ()
        if ill_formed(slot.sentence.text, _told_of(slot.entries), self._signs["meta"]):
            return (say("dropped.form"),)
        return ()

    def _lists(self, slot: Slot) -> bool:
        """Whether a slot is a point of a list that a line leads to, named as an article names it."""
        at = self.slots.index(slot)
        led = slot.lead is not None or (at > 0 and self._lists(self.slots[at - 1]))
        return led and names_one(slot.sentence.text, [e.article.text for e in slot.entries])

    def _before(self, slot: Slot) -> Slot | None:
        """The sentence before one, where both stand on one article."""
        at = self.slots.index(slot)
        last = self.slots[at - 1] if at else None
        return last if last and marks_of(last) & marks_of(slot) else None

    def _paragraph(self, slot: Slot) -> int:
        at = self.slots.index(slot)
        return sum(s.sentence.opens or bool(s.lead and s.lead.opens) for s in self.slots[: at + 1])

    def _unmarked(self) -> list[Slot]:
        return [s for s in self.slots if s.state == "open" and not s.entries]

    def _drop(self, slot: Slot, *reasons: str) -> None:
        slot.state, slot.reasons = "dropped", reasons

    def _shown(self) -> Iterator[Event]:
        """What has been added to the text; all of it where it was added in the midst."""
        text = render(self.slots, self._own)
        if text == self.text:
            return
        added = text.startswith(self.text)
        event = Event("text", text[len(self.text) :]) if added else Event("replace", text)
        self.text = text
        yield event

    def _refused(self, text: str) -> str:
        bare = text.strip("。. ").replace("【", "[").replace("】", "]").replace("［", "[").replace("］", "]")
        return next((reason for reason in ("no_evidence", "not_stated") if bare in self._signs[reason]), "")

    def _refused_in_words(self) -> str:
        said = "".join(s.sentence.text for s in self.dropped if not s.sentence.marks).replace("’", "'")
        marked = any(s.sentence.marks for s in self.dropped)
        if not any(sign in said for sign in self._signs["refusing"]) or marked:
            return ""
        return "not_stated" if any(sign in said for sign in self._signs["silent"]) else "no_evidence"

    def _connects(self, text: str) -> bool:
        """Whether a sentence without a mark says nothing of its own."""
        if len(text) > _SHORT or not judge(text, (), others=self._held).supported:
            return False
        rest = plain(text)
        for word in sorted([*map(plain, self._signs["connecting"]), *self._names], key=len, reverse=True):
            rest = rest.replace(word, "")
        asked = set(self._question.text)
        return sum(ch not in asked for ch in HAN.findall(rest)) + 2 * len(_LATIN.findall(rest)) <= _STRANGE

    def _carrying(self, kept: Slot, entry: MarkedArticle) -> tuple[Paragraph, ...]:
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


def _all_open(reasons: Sequence[str]) -> bool:
    return all(isinstance(r, Open) for r in reasons)


def _told_of(entries: Sequence[MarkedArticle]) -> str:
    names = (f"{e.article.label} 第{e.article.number}条 {e.article.heading}" for e in entries)
    notes = (n.text for e in entries for n in e.regulation.notes_on(e.article))
    return "\n".join([*names, *(e.article.text for e in entries), *notes])
