"""What the last turn of a talk asks, apart from thanks, from what it puts aside and from what it denies."""

import re
from dataclasses import dataclass

from assistant.understand.language import NAMED_HELP, courtesy, kinds_asked
from assistant.understand.matter import matter_in
from law.text.rules import Rule, load_rules

_CLAUSE = re.compile(r"[^，,。；;！!？?…\n]+[，,。；;！!？?…\n]*")
#: A turn names a matter of its own with so many characters.
_OWN = 3
#: A clause tells with so many what a later 这 stands for.
_TOLD = 5
_ENDS = "，,。；;！!…?？、 \n"


@dataclass(frozen=True, slots=True)
class Said:
    """`text` is what is asked; "" where a turn only thanks or ends the talk.

    `shifts` says that it goes over to something else, `points` that it has a word for what was spoken of, `supposes`
    that it supposes another case, `corrects` that the last answer was not what was meant, `denied` in which words,
    `besides` that what was told is not wanted again.
    """

    text: str
    shifts: bool = False
    points: bool = False
    supposes: bool = False
    corrects: bool = False
    denied: str = ""
    besides: bool = False


def said_in(text: str) -> Said:
    """Read the last turn.

    >>> said_in("保险的事说完了,再看看碳达峰").text, said_in("行,就这些,没别的问题了").text
    ('碳达峰', '')
    >>> said_in("你搞混了,我要的是给银行补亏的").text
    '给银行补亏的'
    """
    clauses = _CLAUSE.findall(text)
    kept: list[str] = []
    denied = ""
    shifts = corrects = False
    for at, clause in enumerate(clauses):
        bare = clause.strip(_ENDS)
        asks, last = _asks(clause), at == len(clauses) - 1
        if not bare or courtesy(bare) or _ends_the_talk(bare):
            continue
        if not last and (_rule("denied").search(bare) or _is_not_this(bare, clauses[at + 1])):
            corrects, denied = True, denied + bare
            continue
        if _rule("closed").search(bare) and not asks and not last:
            shifts = True
            continue
        if _rule("aside").search(bare) and not last and not _rule("rest").search(clauses[at + 1]):
            shifts = True
            continue
        kept.append(_rule("meant").sub("", clause) if corrects else clause)
    said = "".join(kept).strip("，,。；;！!… \n")
    whole, said = said, _besides(said)
    over = _rule("shifted").search(said)
    own = said[over.end() :].strip("，,的 ") if over and not over.start() else said
    return Said(
        own or said,
        shifts or over is not None,
        _points(said),
        bool(_rule("supposes").search(said)),
        corrects,
        denied,
        said != whole,
    )


def _points(said: str) -> bool:
    """Whether a turn has a word for what was spoken of; after a clause of its own that word may stand for that.

    >>> _points("这条怎么办"), _points("企业买保险给报一半,这钱去哪儿领"), _points("这部条例怎么说")
    (True, False, False)
    """
    said = without_this_law(said)
    found = _rule("points").search(said)
    if found is None:
        return False
    before = re.split("[，,。;；?？!！:：]", said[: found.start()])[:-1]
    return not any(len(matter_in(clause)) >= _TOLD for clause in before)


def _besides(said: str) -> str:
    """A turn without the words that say that it asks of something else, where it does so in words of its own.

    >>> _besides("除此之外我还想问:工资停不停,档案谁建"), _besides("除此之外还有什么规定")
    ('工资停不停,档案谁建', '除此之外还有什么规定')
    """
    found = _rule("besides").match(said)
    own = said[found.end() :] if found else ""
    named = len(matter_in(own)) >= _OWN and _asks(own) and not _rule("rest").search(own)
    return own if named else said


def _ends_the_talk(clause: str) -> bool:
    enough = _rule("enough")
    return enough.search(clause) is not None and not (_rule("whether").search(clause) or _asks(enough.sub("", clause)))


def without_whereabouts(topic: str) -> str:
    """What a turn asks besides where the asker is, and that it is the same matter, its city cut out already.

    >>> without_whereabouts("我其实在财政局上班,同一件事我们这边怎么规定?"), without_whereabouts("我公司在")
    ('怎么规定', '')
    """
    left = _rule("same").sub("", _rule("whereabouts").sub("", topic))
    return left.strip(_ENDS)


def names_a_law(text: str) -> bool:
    """Whether a turn speaks of a law by what it is called, not only of what is ruled.

    >>> names_a_law("常州条例讲了哪几块"), names_a_law("常州的规定有哪些")
    (True, False)
    """
    return _rule("law").search(text) is not None


def without_this_law(text: str) -> str:
    """A turn without the words that point to a law.

    >>> without_this_law("那份草案讲了什么"), without_this_law("这条怎么办")
    ('草案讲了什么', '这条怎么办')
    """
    return _rule("this_law").sub("", text)


def without_kinds(topic: str, said: Said) -> str:
    """What a turn names besides the kind of fact that it asks for: of 每年几月份出 nothing."""
    for kind in (k for k in kinds_asked(said.text) if k.name not in NAMED_HELP):
        topic = kind.asked.sub("", topic)
    return topic


def asks_itself(text: str) -> bool:
    """Whether a turn has a question word of its own."""
    return _rule("itself").search(text) is not None


def asks_of_a_case(text: str) -> bool:
    """Whether a turn asks something of the case that it tells, not only what becomes of it.

    >>> asks_of_a_case("反过来,没办成要罚吗?"), asks_of_a_case("反过来,要是自己买的呢?")
    (True, False)
    """
    return _asks(_rule("and_what").sub("", text))


def _is_not_this(clause: str, following: str) -> bool:
    return bool(_rule("not_this").search(clause)) and bool(_rule("meant").search(following.strip(_ENDS)))


def with_neighbours(text: str) -> str:
    """The 款 and 条 that a turn points to, as references are written.

    >>> with_neighbours("前面那一款也给我看看"), with_neighbours("紧接着的那条呢"), with_neighbours("还有第二段吧")
    ('上一款也给我看看', '下一条呢', '还有第二款吧')
    """
    text = _rule("passage").sub("款", text)
    found = _rule("neighbour").search(text)
    if not found:
        return text
    unit = "条" if found["unit"] == "条" else "款"
    side = "上" if _rule("upwards").search(found["where"]) else "下"
    return f"{text[: found.start()]}{side}一{unit}{text[found.end() :]}"


def _asks(clause: str) -> bool:
    return load_rules("assistant.understand", "parts.toml")["asks"].search(clause.strip("，,。；;！!… \n")) is not None


def _rule(name: str) -> Rule:
    return load_rules("assistant.understand.thread", "said.toml")[name]
