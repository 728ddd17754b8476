"""A follow-up is made to stand alone from the history: topic carried over, city swapped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.understand.cities import Cities, find_cities
from assistant.understand.language import has_matter
from assistant.understand.talk import turned
from law.regulation import Regulation
from law.text.numerals import article_label, to_chinese
from law.text.references import LAST, Reference, references_in
from law.text.script import plain

#: Opens or ends a question that leans on the one before it.
_LEANS = re.compile(
    r"^(?:那|那么|这|这个|这些|它|他们?|她|其中|如果|要是|还有|另外|具体|上面|刚才|前面|同样|除此|除了|所以|为什么|也|再|不是?)|"
    r"(?:呢|也一样吗|也算吗|也行吗|也可以吗|也有吗|也适用吗|一样吗|算不算|行不行)[?？]?$"
)
_CITED = re.compile(r"《([^《》]+)》")
_SHORT, _LONG = 12, 15
#: At most so many characters of an earlier question are carried over.
_CARRIED = 400


@dataclass(frozen=True, slots=True)
class StandAlone:
    """The question as it is understood. `regulation_ids` come from the question or the conversation."""

    text: str
    topic: str
    regulation_ids: tuple[str, ...] = ()
    rewritten: bool = False
    reference: Reference | None = None
    inferred: bool = False  # the regulation is that of the last answer, which nobody has named
    near: tuple[str, ...] = ()  # ids of articles that the conversation points to
    besides: tuple[str, ...] = ()  # and of those that are not wanted again


def stand_alone(
    text: str, found: Cities, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> StandAlone:
    """Make `text`, whose cities are `found`, stand alone; one that stands already comes back unchanged."""
    asked = [plain(m["content"]) for m in history if m["role"] == "user"]
    itself = StandAlone(text, found.topic, found.ids)
    if not asked or found.unknown:
        return itself
    references = references_in(text)
    if references and not references[0].number and not references[0].chapter:
        return _pointing(itself, references[0], history, held)
    if not references and (told := turned(text, found, history, held)):
        return StandAlone(told.text, told.topic, told.regulation_ids, True, near=told.near, besides=told.besides)
    named = _last_cities(asked, held)
    earlier = named or ()
    if references:
        return itself if found.ids or not earlier else StandAlone(text, found.topic, earlier, True)
    if found.every:
        return itself if has_matter(found.topic) else _carried(itself, _last_matter(asked, held), ())
    matterless = not has_matter(found.topic)
    leans = bool(_LEANS.search(text)) and len(found.topic) <= _LONG
    if matterless or leans or (len(found.topic) <= _SHORT and not found.ids):
        answered = _answered_of(history, held) if named is None and not found.ids else ()
        ids = found.ids or earlier or answered
        matter = _last_matter(asked, held)
        if matterless:
            names = "、".join(r.place for r in held if r.id in ids)
            return StandAlone(f"{names}{matter}", matter, ids, True, inferred=bool(answered))
        return replace(_carried(itself, matter, ids), inferred=bool(answered))
    return itself if found.ids or not earlier else StandAlone(text, found.topic, earlier, True)


def _carried(itself: StandAlone, matter: str, ids: tuple[str, ...]) -> StandAlone:
    topic = f"{matter} {itself.topic}"
    return StandAlone(f"{matter}：{itself.text}", topic, ids or itself.regulation_ids, True)


def _last_matter(asked: Sequence[str], held: Sequence[Regulation]) -> str:
    """The last question with a matter of its own; one that leans itself brings the one before it."""
    matters: list[str] = []
    for question in reversed(asked):
        topic = find_cities(question, held).topic
        if not has_matter(topic):
            continue
        matters.insert(0, topic)
        if len(topic) > _SHORT and not _LEANS.search(topic):
            break
        if len(matters) == 2:
            break
    return (" ".join(matters) or asked[-1])[:_CARRIED]


def _last_cities(asked: Sequence[str], held: Sequence[Regulation]) -> tuple[str, ...] | None:
    """Those that a question named last, () where it named all of them; None where none named any."""
    for question in reversed(asked):
        found = find_cities(question, held)
        if found.ids or found.every:
            return found.ids
    return None


def _answered_of(history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> tuple[str, ...]:
    """The one regulation that the last answer is about, where it is only one."""
    answers = [m["content"] for m in history if m["role"] != "user"]
    ids = find_cities(plain(answers[-1]), held).ids if answers else ()
    return ids if len(ids) == 1 else ()


def _from_start(number: int, regulation_id: str, held: Sequence[Regulation]) -> int:
    """An article number counted from the end, -1 for 最后一条, as the number it is."""
    numbered = next(r for r in held if r.id == regulation_id).numbered
    return numbered[number].number if number < 0 and len(numbered) >= -number else number


def _spelt(target: Reference, regulation_id: str, held: Sequence[Regulation]) -> str:
    """The place that a follow-up points to, as a person would write it: 常州市第二十条第二款."""
    place = next(r.place for r in held if r.id == regulation_id)
    paragraph = f"第{to_chinese(target.paragraph)}款" if target.paragraph > 0 else ""
    paragraph = "最后一款" if target.paragraph == LAST else paragraph
    item = f"第（{to_chinese(target.item)}）项" if target.item else ""
    return place + article_label(target.number, target.suffix) + paragraph + item


def _pointing(
    itself: StandAlone, reference: Reference, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> StandAlone:
    """「第二款呢」「上一条」: of the article that the conversation cited or named last."""
    for at in range(len(history) - 1, -1, -1):
        content = plain(history[at]["content"])
        numbered = [r for r in references_in(content) if r.number]
        if not numbered:
            continue
        titled = _CITED.findall(content)
        ids = itself.regulation_ids or (find_cities(titled[0], held).ids if titled else ())
        ids = ids or find_cities(content, held).ids
        ids = ids or _last_cities([plain(m["content"]) for m in history[: at + 1]], held) or ()
        if ids:
            base = numbered[-1] if history[at]["role"] == "user" else numbered[0]
            number = _from_start(base.number, ids[0], held) + reference.step
            suffix = 0 if reference.step else base.suffix
            target = Reference(number, suffix, reference.paragraph, reference.item)
            return StandAlone(_spelt(target, ids[0], held), itself.topic, ids[:1], True, target)
    return itself
