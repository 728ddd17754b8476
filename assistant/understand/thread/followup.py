"""A follow-up is made to stand alone from the history: topic carried over, city swapped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.understand.cities import Cities, find_cities
from assistant.understand.counterpart import asks_for_nothing_else, of_the_others
from assistant.understand.language import about_asked, courtesy, has_matter, matter_beside
from assistant.understand.thread.anew import new_matter, number_alone, penalties_alone
from assistant.understand.thread.back import gone_back, places_of, told_again
from assistant.understand.thread.itself import by_itself
from assistant.understand.thread.readings import FollowUp, answered_of, last_cities, weighed
from assistant.understand.thread.said import said_in, with_neighbours
from assistant.understand.thread.scope import meant, of_things
from assistant.understand.thread.talk import Turned, of_the_answer, supposes_another, turned
from assistant.understand.thread.turns import cited_in, last_cited, turns_of, up_to
from law.regulation import Regulation
from law.text.numerals import article_label, to_chinese
from law.text.references import LAST, Reference, references_in
from law.text.rules import Rule, load_rules
from law.text.script import half_width, plain, to_simplified
from prompts import say

#: Where an answer says what it quotes: ——《…》第五十八条. What stands inside the quote (「第三条规定」) is no place.
_SOURCE = re.compile(r"《(?P<title>.{2,80}?)》(?P<place>第[^》\n|]{1,24})")
_QUOTED_LINE = re.compile(r"^\s*>.*$", re.M)
_QUOTED = ">"


@dataclass(frozen=True, slots=True)
class _Cited:
    """What an answer quotes: the regulations, and their places in its order."""

    regulation_ids: tuple[str, ...]
    references: tuple[Reference, ...]


def read_follow_up(
    text: str, found: Cities, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> FollowUp:
    """Make `text`, whose cities are `found`, stand alone; one that stands already comes back unchanged. One that goes
    back to an earlier turn is read as if that had been the last."""
    if back := gone_back(text, turns_of(history, held), held):
        text, history = back.asks, up_to(history, back.at)
        found = find_cities(text, held)
    read = _read(text, found, history, held)
    other_case = (read.rewritten or read.inherits) and not read.references and supposes_another(text)
    turns = turns_of(history, held) if other_case or read.others else []
    return replace(read, quoted=last_cited(turns).quotes) if turns else read


def _read(text: str, found: Cities, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> FollowUp:
    asked = [plain(m["content"]) for m in history if m["role"] == "user"]
    itself = FollowUp(text, found.topic, found.ids)
    if (
        not asked
        or (found.unknown and not found.ids and not _of_the_case(text, found.unknown))
        or courtesy(text)
        or about_asked(text, text) in ("greeting", "held")
    ):
        return itself
    said = said_in(text)
    if not said.text:
        return replace(itself, courtesy=True)
    asks = with_neighbours(said.text)
    if asks != text:
        found = find_cities(asks, held)
    found = meant(asks, found)
    if of_things(asks, found) and (named := last_cities(asked, held)):
        found = replace(found, ids=named, every=False)
    itself = FollowUp(asks, found.topic, found.ids)
    references = references_in(asks)
    if not references and by_itself(said, found, last_cities(asked, held) or ()):
        return itself
    if references and (listed := of_the_answer(asks, found, history, held)):
        return _turned(listed)
    if references and not references[0].number and not references[0].chapter:
        return _pointing(itself, references[0], history, held)
    if not references and (laid := _laid_beside(itself, history, held)):
        return laid
    matterless = not has_matter(found.topic)
    if not references and matterless and found.ids and (looked := _last_looked_up(history, held)):
        return FollowUp(_spelt(looked, found.ids, held), found.topic, found.ids, True, looked)
    if not references and (same := _of_the_same(itself, asked, history, held) or _anew(itself, asked, history, held)):
        return same
    if not (references or found.ids) and (again := _once_more(text, history, held)):
        return again
    if not references and (told := turned(asks, found, history, held)):
        return _turned(told)
    if references:
        earlier = last_cities(asked, held) or ()
        return itself if found.ids or not earlier else FollowUp(asks, found.topic, earlier, inherits=True)
    return weighed(said, itself, found, history, held)


def _of_the_case(text: str, places: Sequence[str]) -> bool:
    """Whether places that are not held only tell of somebody's case: 注册在上海的呢, 去香港上市. Nothing is asked of
    their law then."""
    rules = load_rules("assistant.understand.thread", "followup.toml")
    for place in places:
        text = text.replace(place, "X")
    left, told = rules["of_the_case"].pattern.subn("", text)
    return bool(told) and not rules["there"].search(left)


def _turned(told: Turned) -> FollowUp:
    return FollowUp(
        told.text,
        told.topic,
        told.regulation_ids,
        True,
        near=told.near,
        besides=told.besides,
        others=told.others,
        told=told.told,
    )


def _once_more(text: str, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> FollowUp | None:
    """What was quoted before, looked up again (这几样合起来讲一遍); None where a turn wants anything else."""
    places = tuple(dict.fromkeys(r for t in told_again(text, turns_of(history, held)) for r in places_of(t)))
    if not places:
        return None
    ids = tuple(dict.fromkeys(r.of for r in places))
    spelt = "、".join(_spelt([r for r in places if r.of == i], (i,), held) for i in ids)
    return FollowUp(spelt, "", ids, True, places)


def _laid_beside(itself: FollowUp, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> FollowUp | None:
    """The article that was looked up, asked what another regulation has in its place: 武汉有对应的吗, and then 洛阳呢;
    None where the turn asks anything else."""
    turns = list(history)
    while turns and turns[-1]["role"] != "user":
        turns.pop()
    if not turns or not (itself.regulation_ids or of_the_others(itself.text)):
        return None
    if not asks_for_nothing_else(itself.topic):
        before = find_cities(plain(turns[-1]["content"]), held)
        if has_matter(itself.topic) or not asks_for_nothing_else(before.topic):
            return None
        turns.pop()
    looked = _last_looked_up(turns, held)
    asked = [plain(m["content"]) for m in turns if m["role"] == "user"]
    of = last_cities(asked, held) or answered_of(turns, held)
    if len(looked) != 1 or len(of) != 1 or of[0] in itself.regulation_ids:
        return None
    elsewhere = "、".join(r.place for r in held if r.id in itself.regulation_ids) or say("topic.others")
    text = say("topic.counterpart", of=_spelt(looked, of, held), elsewhere=elsewhere)
    return FollowUp(text, itself.topic, (*of, *itself.regulation_ids), True, (replace(looked[0], of=of[0]),))


def _of_the_same(
    itself: FollowUp, asked: Sequence[str], history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> FollowUp | None:
    """What is asked of the place that was looked up: 这条适用于谁, 全文, 下一款; None where it is none of these."""
    beside = _places_spoken_of()["paragraph"].search(itself.text)
    if (
        not beside
        and not _places_spoken_of()["the_same"].search(itself.text)
        and not _places_spoken_of()["all_of_it"].fullmatch(itself.text)
    ):
        return None
    looked = _last_looked_up(history, held)
    if beside:
        step = -1 if beside[1] in "上前" else 1
        if not any(r.paragraph for r in looked):
            looked = _last_quoted(history, held, step)
        looked = tuple(replace(r, paragraph=r.paragraph + step) for r in looked if r.paragraph + step > 0 < r.paragraph)
    elif _places_spoken_of()["all_of_it"].fullmatch(itself.text):
        looked = looked or _quoted_last(history, held)
        looked = tuple(dict.fromkeys(replace(r, paragraph=0, item=0) for r in looked))
    if not looked:
        return None
    ids = itself.regulation_ids or answered_of(history, held) or last_cities(asked, held) or ()
    return FollowUp(_spelt(looked, ids, held), itself.topic, ids, True, looked)


def _anew(
    itself: FollowUp, asked: Sequence[str], history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> FollowUp | None:
    """Another number (那21呢), what follows when it is broken, or another matter (那孵化器呢); None for all else."""
    looked = _last_looked_up(history, held)
    ids = itself.regulation_ids or last_cities(asked, held) or ()
    names = "、".join(r.place for r in held if r.id in ids)
    if looked and (number := number_alone(itself.topic)):
        other = (Reference(number),)
        return FollowUp(_spelt(other, ids, held), itself.topic, ids, True, other)
    if penalties_alone(itself.topic):
        text = f"违反{_spelt(looked, ids, held)}怎么处罚" if looked else f"{names}{itself.topic}"
        return FollowUp(text, itself.topic, ids or answered_of(history, held), True, looked)
    answers = [m["content"] for m in history if m["role"] != "user"]
    cited = cited_in(answers[-1], held) if answers and not looked else ()
    spoken = ids or tuple(dict.fromkeys(a.id.partition("/")[0] for a in cited))
    matter, near = new_matter(itself.topic, cited, [r for r in held if r.id in spoken])
    if matter:
        return FollowUp(f"{names}{matter}", matter, ids, True, near=near)
    return None


def _last_looked_up(history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> tuple[Reference, ...]:
    """The places that the last question looked up, or pointed to; none where it asked for a matter."""
    turns = list(history)
    while turns and turns[-1]["role"] != "user":
        turns.pop()
    if not turns:
        return ()
    topic = find_cities(plain(turns[-1]["content"]), held).topic
    references = references_in(topic)
    if any(r.number or r.chapter for r in references):
        return () if matter_beside(topic) else tuple(r for r in references if r.number or r.chapter)
    if references:  # 下一条: what its answer quotes
        return tuple(dict.fromkeys(replace(r, paragraph=0, item=0) for r in _quoted_last(history, held)))
    return () if has_matter(topic) else _last_looked_up(turns[:-1], held)


def _quoted_last(history: Sequence[Mapping[str, str]], held: Sequence[Regulation]) -> tuple[Reference, ...]:
    """The places that the answer to the last question quotes."""
    last = next((n for n in range(len(history), 0, -1) if history[n - 1]["role"] == "user"), len(history))
    return tuple(r for turn in history[last:] for r in _cited_by(turn["content"], held).references)


def _last_quoted(history: Sequence[Mapping[str, str]], held: Sequence[Regulation], step: int) -> tuple[Reference, ...]:
    """The 款 that the last answer quotes of its first article: the last of them, or the first where one before it is
    wanted."""
    answers = [turn["content"] for turn in history if turn["role"] != "user"]
    cited = _cited_by(answers[-1], held).references if answers else ()
    first = [r for r in cited if r.paragraph > 0 and (r.number, r.suffix) == (cited[0].number, cited[0].suffix)]
    return (first[-1 if step > 0 else 0],) if first else ()


def _cited_by(content: str, held: Sequence[Regulation]) -> _Cited:
    """The places that the lines of an answer name as its sources, quotes and notices aside."""
    ids: dict[str, None] = {}
    places: dict[Reference, None] = {}
    for line in to_simplified(half_width(content.partition(say("answer.notices"))[0])).splitlines():
        if line.lstrip().startswith(_QUOTED):
            continue
        for source in _SOURCE.finditer(line, max(0, line.find("——《"))):
            ids |= dict.fromkeys(find_cities(f"《{source['title']}》", held).ids)
            places |= dict.fromkeys(r for r in references_in(source["place"]) if r.number)
    if not places:  # an answer of another make: 「…。〔常州第五十五条〕」
        said = plain(_QUOTED_LINE.sub("", content))
        places = dict.fromkeys(r for r in references_in(said) if r.number)
        ids = dict.fromkeys(find_cities(said, held).ids)
    return _Cited(tuple(ids), tuple(places))


def _from_start(reference: Reference, regulation: Regulation) -> int:
    """An article number counted from the end, -1 for 最后一条, as the number it is."""
    number, numbered = reference.number, regulation.numbered
    return numbered[number].number if number < 0 and len(numbered) >= -number else number


def _spelt(references: Sequence[Reference], ids: Sequence[str], held: Sequence[Regulation]) -> str:
    """The places that a follow-up points to, as a person would write them: 常州市第二十条第二款."""
    places = "、".join(r.place for r in held if r.id in ids)
    return places + "、".join(map(_printed, references))


def _printed(target: Reference) -> str:
    label = article_label(target.number, target.suffix) if target.number > 0 else ""
    label = label or (f"倒数第{to_chinese(-target.number)}条" if target.number else "")
    if target.chapter and not label:
        return f"第{to_chinese(target.chapter)}章" if target.chapter > 0 else "最后一章"
    label = label or article_label(0)
    paragraph = f"第{to_chinese(target.paragraph)}款" if target.paragraph > 0 else ""
    paragraph = "最后一款" if target.paragraph == LAST else paragraph
    item = f"第（{to_chinese(target.item)}）项" if target.item else ""
    return label + paragraph + item


def _pointing(
    itself: FollowUp, reference: Reference, history: Sequence[Mapping[str, str]], held: Sequence[Regulation]
) -> FollowUp:
    """「第二款呢」「上一条」: of the article that the conversation cited or named last."""
    for at in range(len(history) - 1, -1, -1):
        user = history[at]["role"] == "user"
        content = plain(history[at]["content"])
        cited = _Cited((), ()) if user else _cited_by(history[at]["content"], held)
        numbered = [r for r in references_in(content) if r.number] if user else list(cited.references)
        if not numbered:
            continue
        ids = itself.regulation_ids or cited.regulation_ids or find_cities(content, held).ids
        ids = ids or last_cities([plain(m["content"]) for m in history[: at + 1]], held) or ()
        if ids:
            regulation = next(r for r in held if r.id == ids[0])
            base = numbered[-1] if user else numbered[0]
            number, suffix = _from_start(base, regulation), base.suffix
            if reference.step:
                number, suffix = regulation.beside(number, suffix, reference.step)
            target = Reference(number, suffix, reference.paragraph, reference.item)
            return FollowUp(_spelt([target], ids[:1], held), itself.topic, ids[:1], True, (target,))
    return itself


def _places_spoken_of() -> dict[str, Rule]:
    return load_rules("assistant.understand.thread", "followup.toml")
