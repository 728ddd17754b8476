"""The question is read: script, cities, article numbers, follow-up. Nothing is searched yet."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.errors import QuestionError
from assistant.understand.breadth import FACT, Breadth, breadth_of, names_a_whole
from assistant.understand.cities import Cities, find_cities, mend_names
from assistant.understand.instructions import Report, report_in, without_instructions, without_marks
from assistant.understand.language import (
    asked_of_the_whole,
    courtesy,
    matter_beside,
    matter_of,
    status_asked,
    subject_of,
    without_filler,
)
from assistant.understand.mistyped import mend_words
from assistant.understand.names import resolve_filter
from assistant.understand.searching import place_sought
from assistant.understand.thread.anew import no_number_alone, number_alone
from assistant.understand.thread.blend import ALONE, Blend
from assistant.understand.thread.followup import read_follow_up
from assistant.understand.thread.readings import FollowUp
from assistant.understand.thread.said import said_in
from assistant.understand.thread.turns import without_asides
from law.held import gathered
from law.regulation import Regulation
from law.text.numbered import JOIN
from law.text.references import Reference, read_references, references_in
from law.text.script import TRADITIONAL, half_width, mend_typing, plain, script_of, to_simplified
from law.versions import asked_for, without_year
from prompts import say

MAX_QUESTION = 2000
MAX_HISTORY = 50
_UNPRINTED = ("Cc", "Cf", "Cs", "Co")
#: What joins a city with its number to the next.
_JOINED_ON = re.compile(rf"(?:{JOIN}|[\s/;；])+$")
History = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    `text` is the Simplified stand-alone wording, `topic` the same without city names (what is
    embedded); `beside` says whether a look-up by number also names a matter. `regulation_ids` are those
    asked for (all where none is named), `named` whether the question or its conversation named them, `itself` whether
    the question did;
    `status` is as `language.status_asked` says, `outside` what a city filter keeps out; `parts` are districts or
    counties named in place of their city, each with it; `courtesy` says that it only thanks for an answer; `rewritten`
    that it goes on with what was spoken of, `inherits` that it only has its cities thence, `blend` how it is looked up
    both ways; `unread` what stands for an article's number and
    is none, `cut` ranges that are too long to be looked up whole; `breadth` is how much is asked for; `near` are ids of
    articles that the conversation points to, `besides` of those that are not wanted again; `report` is what a long
    text that was pasted asks: the rest of it was only told; `quoted` is how what the last answer quotes begins, where
    another case than that is supposed; `told` words of the law in the topic, which an answer quoted; `mended` that a
    name or a word of it was typed by its sound.
    """

    original: str
    text: str
    topic: str
    beside: bool
    regulation_ids: tuple[str, ...]
    named: bool
    itself: bool
    every: bool
    status: str
    unknown: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    outside: tuple[str, ...]
    references: tuple[Reference, ...]
    traditional: bool
    rewritten: bool
    courtesy: bool = False
    inherits: bool = False
    unread: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    breadth: Breadth = FACT
    near: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    blend: Blend | None = None
    report: Report | None = None
    quoted: tuple[str, ...] = ()
    told: str = ""
    mended: bool = False

    @property
    def topics(self) -> tuple[str, ...]:
        """What is looked up: the topic, or both readings of a turn."""
        return self.blend.topics if self.blend else (self.topic,)

    @property
    def asking(self) -> str:
        """What is asked, in the turn's own words where the text has the matter of before with them; of a turn that only
        names another city what was asked last."""
        if self.blend is None:
            return self.text
        return self.blend.asks if self.blend.alone else self.blend.before

    @property
    def compares(self) -> bool:
        """Several regulations, each to be answered for itself."""
        return len(self.regulation_ids) > 1


def understand(
    question: str, held: Sequence[Regulation], history: History | None = None, cities: Iterable[str] | None = None
) -> Question:
    """Raises QuestionError (empty, too long, malformed history) and CityNotHeld (filter)."""
    clean = _clean(question)
    turns = _checked(history)
    chosen = resolve_filter(_listed(cities), held)
    text = mend_typing(to_simplified(half_width(clean)))
    text = without_marks(without_instructions(without_filler(text) or text))
    report = report_in(text)
    text = _asked_of(report, text, held) if report else text
    found = _scope(text, held)
    typed = text
    if not (found.ids or found.unknown or found.every) and (text := mend_names(text, held)) != typed:
        found = find_cities(text, held)
    if not found.unknown:  # the name of a place that is not held may sound like anything: 张江
        text = mend_words(said := text, held, found.ids or chosen or gathered(_ids, held))
        found = find_cities(text, held) if text != said else found
    turns = turns if said_in(text).corrects else without_asides(turns)  # what is corrected was said last
    alone = read_follow_up(text, found, turns, held)
    read = read_references(text)
    references = alone.references or (() if alone.near else _references(text, found, held))
    references = tuple(r for r in references if r.number or r.chapter or alone.references)
    ids = alone.regulation_ids
    outside = tuple(i for i in ids if chosen and i not in chosen)
    asked = tuple(i for i in ids if not chosen or i in chosen)
    several = found.every or len(asked) > 1
    topic = matter_of(alone.topic) if several else alone.topic
    beside = matter_beside(alone.topic) if references and not alone.references else ""
    regulation_ids = asked_for(asked or chosen or gathered(_ids, held), held, text)
    beside = "" if _of_a_title(beside, regulation_ids, held) else beside
    topic = without_year(beside or topic, regulation_ids, held)
    status = _status(alone, named=bool(asked))
    of_scope = False
    if asked and not references and not status and (whole := asked_of_the_whole(topic)):
        of_scope = whole == "scope"
        topic = say(f"topic.{whole}", subject=subject_of(asked, held), asked=topic)
    breadth = FACT
    if not (status or of_scope):
        breadth = _breadth(alone, several=len(regulation_ids) > 1, compared=several, named=bool(asked))
    if references and (any(r.number for r in references) or not breadth.counts):
        breadth = FACT  # a look-up by number
    elif alone.others and breadth.kind == "fact":
        breadth = Breadth("set")
    return Question(
        original=clean,
        text=without_year(alone.text, regulation_ids, held),
        topic=topic,
        beside=bool(beside),
        regulation_ids=regulation_ids,
        named=bool(asked),
        itself=bool(found.ids or found.every),
        every=found.every,
        status=status,
        unknown=found.unknown,
        parts=found.parts,
        outside=outside if not (asked or alone.inferred) else (),
        references=references,
        traditional=script_of(clean) == TRADITIONAL,
        rewritten=alone.rewritten,
        inherits=alone.inherits,
        courtesy=bool(turns) and (alone.courtesy or courtesy(text)),
        unread=read.unread or ((found.topic,) if found.ids and no_number_alone(found.topic) else ()),
        cut=read.cut,
        breadth=breadth,
        near=alone.near,
        besides=alone.besides,
        blend=replace(alone.blend, alone=without_year(alone.blend.alone, regulation_ids, held))
        if alone.blend
        else None,
        report=report,
        quoted=alone.quoted,
        told=alone.told,
        mended=text != typed,
    )


def _breadth(alone: FollowUp, *, several: bool, compared: bool, named: bool) -> Breadth:
    """How much is asked for, in the turn's own words where it has any; one that goes on asks for a set only where it
    says so firmly."""
    own = alone.blend if alone.blend and alone.blend.alone else None
    text, topic = (own.asks, own.alone) if own else (alone.text, alone.topic)
    breadth = breadth_of(text, topic, several=several, compared=compared, named=named)
    fact_elsewhere = alone.blend and not own and alone.blend.swapped and len(alone.blend.cited) == 1
    goes_on = (own and alone.rewritten) or alone.near or fact_elsewhere
    goes_on = goes_on and not (breadth.firm or breadth.counts)
    whole = breadth.kind in ("outline", "differences") and not names_a_whole(text)
    return FACT if goes_on or (own and whole) else breadth


def _status(alone: FollowUp, *, named: bool) -> str:
    """What is asked of a regulation's status, "" where nothing is; a turn that itself names a regulation
    (这条例哪年开始用) is read without the matter of before."""
    own = alone.blend
    if _is_of_a_matter(alone):
        return ""
    if own and own.alone and names_a_whole(own.asks) and (asked := status_asked(own.asks, own.alone, named=named)):
        return asked
    return status_asked(alone.text, alone.topic, named=named)


def _is_of_a_matter(alone: FollowUp) -> bool:
    """Whether a turn goes on with a matter, so that when and by whom is asked of that, not of the law: 谁来发布."""
    own = alone.blend
    if own is None or not own.alone:
        return False
    return not (own.own >= ALONE or names_a_whole(own.asks) or status_asked(own.carried, own.carried, named=True))


def _asked_of(report: Report, text: str, held: Sequence[Regulation]) -> str:
    """The questions of a report; of the place that the whole of it is about, where they name none."""
    found = find_cities(report.text, held)
    about = find_cities(text, held)
    if found.ids or found.unknown or found.every or len(about.ids) != 1:
        return report.text
    place = next(r.place for r in held if r.id == about.ids[0])
    return f"{place}{report.text}"


def _scope(text: str, held: Sequence[Regulation]) -> Cities:
    """The cities that are asked for; one that is looked for as a word (哪几条提到南京) is none, unless the question
    opens with it and something of its (武汉知识产权写在哪几条)."""
    found = find_cities(text, held)
    blank = text
    for words in place_sought(text) if found.ids or found.unknown else ():
        if text.startswith(words) and find_cities(words, held).topic.strip():
            continue
        blank = blank.replace(words, "□" * len(words))
    if blank == text or (scope := find_cities(blank, held)).named_at == found.named_at:
        return found
    return replace(scope, topic=found.topic)


def _ids(held: Sequence[Regulation]) -> tuple[str, ...]:
    return tuple(r.id for r in held)


def _of_a_title(beside: str, regulation_ids: Sequence[str], held: Sequence[Regulation]) -> bool:
    """Whether what stands beside a number is a piece of the law's own title, 科学技术进步条: its name, no matter."""
    return bool(beside) and any(plain(beside) in plain(r.title) for r in held if r.id in regulation_ids)


def _references(text: str, found: Cities, held: Sequence[Regulation]) -> tuple[Reference, ...]:
    """「武汉第58条和常州第20条」: each number under its city; 「常州和洛阳第20条」: the number under both; 「武汉58」.

    A number said with a city that is not held is looked up nowhere.
    """
    if len({id_ for _, id_ in found.named_at}) < 2:
        bare = number_alone(found.topic) if found.ids else 0
        return references_in(text) or ((Reference(bare),) if bare else ())
    starts = list(dict.fromkeys(at for at, _ in found.named_at))
    waiting: list[str] = []
    placed: list[Reference] = []
    last: list[Reference] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        waiting += [id_ for at, id_ in found.named_at if at == start]
        said = _JOINED_ON.sub("", text[start:end])
        bare = number_alone(find_cities(said, held).topic) if said[-1:].isdigit() else 0
        if numbered := [r for r in references_in(said) if r.number] or ([Reference(bare)] if bare else []):
            placed += [replace(r, of=id_) for id_ in waiting if id_ for r in numbered]
            waiting, last = [], numbered
    if not placed and said.rstrip("?？").endswith(
        "呢"
    ):  # 上海第20条，武汉呢: of the number where only the other is held
        placed = [replace(r, of=id_) for id_ in waiting if id_ for r in last]
    return tuple(placed) or references_in(text[: starts[0]])


def _clean(question: str) -> str:
    if not isinstance(question, str):
        raise QuestionError(f"问题应是文字，收到的是 {type(question).__name__}。")
    if len(question) > 20 * MAX_QUESTION or len(question.strip()) > MAX_QUESTION:
        raise QuestionError(f"问题有 {len(question)} 个字，最多 {MAX_QUESTION} 个字，请缩短后再问。")
    kept = "".join(ch for ch in question if ch in "\n\t" or unicodedata.category(ch) not in _UNPRINTED)
    kept = re.sub(r"\s+", " ", kept).strip()
    if not kept:
        raise QuestionError("问题是空的，请写下想查的内容，例如「武汉的企业买科技保险有补助吗?」。")
    return kept


def _checked(history: History | None) -> History:
    if isinstance(history, str | Mapping) or not isinstance(history, Iterable | None):
        raise QuestionError(f'history 应是 {{"role", "content"}} 的列表，收到的是「{str(history)[:60]}」。')
    turns = list(history or ())
    for turn in turns:
        if not isinstance(turn, Mapping) or not isinstance(turn.get("content"), str) or "role" not in turn:
            raise QuestionError(f'history 的每一项应是 {{"role", "content"}}，这一项不是：「{str(turn)[:60]}」。')
    return [{"role": str(t["role"]), "content": _printable(t["content"])} for t in turns[-MAX_HISTORY:]]


def _printable(content: str) -> str:
    """A turn as it may be read: not endless, without control characters and half characters."""
    kept = content[: 4 * MAX_QUESTION]
    return "".join(ch for ch in kept if ch in "\n\t" or unicodedata.category(ch) not in _UNPRINTED)


def _listed(cities: Iterable[str] | None) -> list[str]:
    if isinstance(cities, str):
        return [c for c in re.split(r"[,，、\s]+", cities) if c]
    if not isinstance(cities, Iterable | None):
        raise QuestionError(f"cities 应是城市名的列表，收到的是「{str(cities)[:60]}」。")
    return list(cities or ())
