"""A follow-up is made to stand alone from the history: topic carried over, city swapped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cities import find_cities
from assistant.references import Reference, references_in
from vectorstore.regulation import Regulation
from vectorstore.script import plain

_SWAP = re.compile(
    r"^(?:那|那么|如果|要是|假如|再|还有|换成?|改成?|另外|以及|也|看看|说说|查查|是|在|和|,|，)*(?:市|的|那边|那里|这边|呢|吧|怎么样|怎样|如何|"
    r"又?怎么(?:说|规定|写)?(?:的)?|也(?:是)?(?:一样|这样)|有没有|有吗|吗|情况|又|呢|换成?|的话|一样|\?|？|。|!|！|,|，|、|和|与|\s)*$"
)
_ELLIPTIC = re.compile(
    r"^(?:那|那么|这|这个|这些|它|他们|其中|如果|要是|还有|另外|具体|上面|刚才|前面|同样|除此|除了|所以|为什么|也|再)|"
    r"(?:呢|也一样吗|也算吗|也行吗|也可以吗|也有吗|也适用吗|一样吗|算不算|行不行)[?？]?$"
)
_CITED = re.compile(r"《([^《》]+)》\s*(第[^，。,\s】》]{1,12}?条(?:之[一二三四五六七八九十]+)?)")
_SHORT = 14


@dataclass(frozen=True, slots=True)
class StandAlone:
    """The question as it is understood. `regulation_ids` come from the conversation."""

    text: str
    rewritten: bool = False
    regulation_ids: tuple[str, ...] = ()
    reference: Reference | None = None


def stand_alone(
    text: str, topic: str, named: Sequence[str], history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> StandAlone:
    """Make `text` stand alone.

    `topic` is the text without city names and `named` the regulation ids in it. A question that
    stands already comes back unchanged.
    """
    asked = [plain(str(m.get("content", ""))) for m in history if m.get("role") == "user"]
    if not asked:
        return StandAlone(text)
    references = references_in(text)
    if references and not references[0].number:
        return _pointing(text, references[0], history, held)
    swaps = bool(named) and bool(_SWAP.match(topic))
    elliptic = (bool(_ELLIPTIC.search(text)) and len(topic) <= 30) or len(topic) <= 6
    if references or not (swaps or elliptic):
        if not named and not references and len(text) <= 30:
            earlier = _last_cities(asked, held)
            return StandAlone(text, bool(earlier), earlier) if _same_matter(text) else StandAlone(text)
        return StandAlone(text)
    base = _last_topic(asked, held)
    earlier = _last_cities(asked, held)
    if swaps:
        names = "、".join(r.place for r in held if r.id in named)
        return StandAlone(f"{names}{find_cities(base, held).topic}", True, tuple(named))
    carried = tuple(named) or earlier
    return StandAlone(f"{find_cities(base, held).topic} {text}", True, carried)


def _same_matter(text: str) -> bool:
    return bool(_ELLIPTIC.search(text))


def _last_topic(asked: Sequence[str], held: Sequence[Regulation]) -> str:
    """The last question that had a matter of its own."""
    for question in reversed(asked):
        topic = find_cities(question, held).topic
        if len(topic) > 6 and not _SWAP.match(topic):
            return question
    return asked[-1]


def _last_cities(asked: Sequence[str], held: Sequence[Regulation]) -> tuple[str, ...]:
    for question in reversed(asked):
        if ids := find_cities(question, held).ids:
            return ids
    return ()


def _pointing(
    text: str, reference: Reference, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> StandAlone:
    """「第二款呢」「上一条」: of the article that the conversation cited or named last."""
    for message in reversed(history):
        content = plain(str(message.get("content", "")))
        numbered = [r for r in references_in(content) if r.number]
        if not numbered:
            continue
        cited = _CITED.findall(content)
        ids = find_cities(cited[0][0], held).ids if cited else find_cities(content, held).ids
        ids = ids or _last_cities([plain(str(m.get("content", ""))) for m in history], held)
        base = numbered[0]
        if not ids:
            continue
        number = base.number + reference.step
        target = Reference(number, 0 if reference.step else base.suffix, reference.paragraph, reference.item)
        return StandAlone(text, True, ids[:1], target)
    return StandAlone(text)
