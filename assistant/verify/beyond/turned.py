"""What has the words of the law and turns them round: who gives to whom, what comes first, all for some."""

import re
from collections.abc import Iterator
from itertools import combinations, islice

from assistant.verify.actors import actors, names_of, stands_for
from assistant.verify.coverage import bigrams, cut, is_filler, told_words
from assistant.verify.verdict import Open
from law.text.rules import Rule, load_rules

_SENTENCE, _CLAUSE = re.compile(r"[^。!?;\n]+"), re.compile(r"[^,。!?;\n]+")
#: So much of one step is told by the other for both to be the same.
_SAME_STEP = 0.5
#: Of what follows a ban, or 部分, as much is told for it to be what is spoken of.
_SPOKEN_OF = 0.6
#: So many places of a stretch are looked at: no sentence has more.
_MOST = 16
#: A name has so many characters, at least.
_NAME = 2


def turned(said: str, held: str) -> list[str]:
    """Reasons against a plain stretch of a sentence whose words are the law's, each in another's place."""
    return [
        *_given(said, held),
        *_done_by(said, held),
        *_ordered(said, held),
        *_some(said, held),
        *_banned(said, held),
        *_freed(said, held),
        *_released(said, held),
    ]


def _given(said: str, held: str) -> Iterator[str]:
    """企业向高校派驻, where the law has 高校向企业派驻."""
    for mine in _around(_rules()["given"], said):
        for law in _around(_rules()["given"], held):
            to, by = _meet(mine[0], law[1]), _meet(law[0], mine[1])
            if to and by and to != by and _share(mine[1][len(by) :], law[1][len(to) :]) >= _SAME_STEP:
                yield f"条文里是「{by}」对「{to}」,不是反过来"


def _done_by(said: str, held: str) -> Iterator[str]:
    """Who does it told as the one to whom it is done: 机构由企业提供服务, where 机构为企业提供服务."""
    for before, after in _around(_rules()["by"], said):
        for law in _SENTENCE.findall(held):
            for m in _rules()["given"].finditer(law):
                by, whom = law[: m.start()], _meet_start(law[m.end() :], after)
                if len(whom) >= _NAME and (who := _stands(before, by)) and not _stands(whom, by):
                    yield f"条文里是「{who}」对「{whom}」,不是反过来"


def _around(mark: Rule, text: str) -> list[tuple[str, str]]:
    """What stands before and after each such mark, within its clause."""
    found: list[tuple[str, str]] = []
    for clause in _CLAUSE.findall(text):
        found += [(clause[: m.start()], clause[m.end() :]) for m in islice(mark.finditer(clause), _MOST)]
    return found[:_MOST]


def _meet(before: str, after: str) -> str:
    """The longest end of one text with which the other begins, "" where it is no name."""
    lengths = range(min(len(before), len(after), 16), _NAME - 1, -1)
    return next((before[-n:] for n in lengths if after.startswith(before[-n:])), "")


def _meet_start(one: str, other: str) -> str:
    """What both begin with."""
    n = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:n]


def _stands(name: str, text: str) -> str:
    """The end of `name` that stands in the text, "" where it is too short to be one."""
    return next((name[-n:] for n in range(min(len(name), 12), _NAME, -1) if name[-n:] in text), "")


def _ordered(said: str, held: str) -> Iterator[str]:
    """先登记再检查, where the law has 先检查再登记."""
    mine = list(_orders(said))
    theirs = [pair for law in _SENTENCE.findall(held) for pair in _orders(law)] if mine else []
    for first, then in mine:
        for law_first, law_then in theirs:
            turned_round = min(_share(first, law_then), _share(then, law_first))
            if turned_round >= _SAME_STEP > max(_share(first, law_first), _share(then, law_then)):
                yield f"条文里「{law_first}」在先,「{law_then}」在后"


def _orders(text: str) -> Iterator[tuple[str, str]]:
    """What comes before what: 先甲再乙, 甲后再乙, 甲前先乙."""
    steps = [s.strip(",") for s in _rules()["steps"].split(text)[1:_MOST]] if _rules()["first"].search(text) else []
    yield from combinations([s for s in steps if len(s) >= _NAME], 2)
    for m in _rules()["after_that"].finditer(text):
        yield m["first"], m["then"]
    for m in _rules()["before_that"].finditer(text):
        yield m["first"], m["then"]


def _some(said: str, held: str) -> Iterator[str]:
    """成熟的全部纳入, where the law has 部分成熟的."""
    if not _rules()["all_of"].search(said) or _rules()["some_of"].search(said):
        return
    for m in _rules()["some_of"].finditer(held):
        if _share(m["what"], said) >= _SPOKEN_OF:
            yield f"条文说的是「{m[0]}」,不是全部"


def _banned(said: str, held: str) -> Iterator[str]:
    """不用转让, where the law has 不得转让."""
    for m in _rules()["needless"].finditer(said):
        if any(_share(m["what"], law["what"]) >= _SPOKEN_OF for law in _rules()["banned"].finditer(held)):
            yield f"条文里是「不得{m['what']}」,不是不需要"


def _freed(said: str, held: str) -> Iterator[str]:
    """不用提交报告, where the law has 应当提交报告; whom it frees words do not tell, so it is left open."""
    found = [*_rules()["freed"].finditer(said), *_rules()["optional"].finditer(said)]
    duties = [*islice(_duties(held), _MOST)] if found else []
    for m in found[:_MOST]:
        last = next((w for w in reversed(cut(m["what"])) if len(w) > 1 and not is_filler(w)), "")
        for sentence, duty in duties:
            meant = last and last in duty and told_words(m["what"], sentence) >= _SPOKEN_OF
            if meant or told_words(m["what"], duty) >= _SPOKEN_OF:
                yield Open(f"条文里是「应当」,不是「{m[0]}」")
                break


def _duties(held: str) -> Iterator[tuple[str, str]]:
    """Each sentence of the law that has a duty, and what it is."""
    for sentence in _SENTENCE.findall(held):
        yield from ((sentence, m["what"]) for m in _rules()["duty"].finditer(sentence))


def _released(said: str, held: str) -> Iterator[str]:
    """县级政府不承担这项职责, of what the law has the governments of counties do."""
    for m in islice(_rules()["released"].finditer(said), _MOST):
        acting_there = names_of(actors(held))
        if any(stands_for(n, acting_there) for a in actors(m["who"]) for n in a.names):
            yield f"条文里「{m['who']}」也有这项职责"


def _share(mine: str, theirs: str) -> float:
    pairs = bigrams(mine)
    return len(pairs & bigrams(theirs)) / len(pairs) if pairs else 0.0


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.verify.beyond", "turned.toml")
