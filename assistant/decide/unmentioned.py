"""Matters that a question names in the law's own words, and regulations that say nothing of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from law.held import gathered
from law.regulation import Regulation
from law.text.rules import load_rules
from law.text.script import plain
from prompts import say
from vectorstore.engine.lazy import Kept
from vectorstore.library import Library
from vectorstore.ranking.everyday import words_of_the_law
from vectorstore.ranking.ranker import Scored

_HAN = re.compile(r"[一-鿿]+")
#: A named matter has at least so many characters, or is half of what is asked, and stands in at most so many articles.
_LEAST, _LEAST_ALONE, _RARE = 4, 3, 5
#: What is not found is the matter asked for only where it makes up this share of the question.
_SHARE = 0.3
#: A regulation is silent where its own best score is below this share of that of the articles that name the matter,
#: or below a larger share and low in itself, where few right answers are (summed standard scores).
_BEHIND, _NEAR, _LOW = 0.5, 0.7, 7.0
#: More articles than this may have some words: nothing rare, and not worth reading them all for it.
_MANY = 60
#: So many texts are kept as they were read.
_READ = 2000
#: Of a regulation's best articles, so many are looked through for the telling part of the words.
_BEST = 3


@dataclass(frozen=True, slots=True)
class Matter:
    """Words of a question that stand in the law verbatim: 揭榜挂帅. `article_ids` are where.

    `share` is the part of the question's characters that they make up, 0 to 1.
    """

    words: str
    article_ids: tuple[str, ...]
    share: float


def matters_named(topic: str, library: Library, rare: int = _RARE) -> tuple[Matter, ...]:
    """Runs of characters of a topic that stand verbatim in few articles (at most `rare`), in its order, without what
    only asks whether: 保费, not 的保费补, of 的保费补不补."""
    found: list[Matter] = []
    runs = _HAN.findall(load_rules("assistant.understand", "parts.toml")["whether"].sub("，", plain(topic)))
    length = sum(map(len, runs))
    least = _LEAST if length > 2 * _LEAST_ALONE else _LEAST_ALONE
    for run in runs:
        at = 0
        while at + least <= len(run):
            end = at + least
            where = _where(run[at:end], library)
            if not where:
                at += 1
                continue
            while end < len(run) and (further := _where(run[at : end + 1], library)):
                where, end = further, end + 1
            words = run[at:end].strip("的")
            if words != run[at:end]:
                where = _where(words, library) if len(words) >= least else ()
            if where and len(where) <= rare:
                found.append(Matter(words, where, len(words) / length))
            at = end
    return tuple(found)


def told_elsewhere(question: Question, library: Library) -> Matter | None:
    """What a turn that has its city from the talk names in the law's own words and one other regulation alone has:
    东湖科学城 amid a talk of 洛阳 is asked of 武汉."""
    turn = question.blend
    if turn is None or question.itself or not turn.words or question.references:
        return None
    # A name may have characters that elsewhere only ask: 才 of 龙城英才计划.
    for matter in chain.from_iterable(matters_named(t, library, _MANY) for t in (matter_in(turn.alone), turn.alone)):
        owners = {i.partition("/")[0] for i in matter.article_ids}
        if matter.share >= _SHARE and len(owners) == 1 and not owners & set(question.regulation_ids):
            return matter
    return None


def where_else(titles: Iterable[str], matter: Matter, library: Library) -> str:
    """The words that regulations say nothing of a matter, and where it is treated instead."""
    there = "、".join(f"《{r.title}》{a.label}" for r, a in (library.by_id[i] for i in matter.article_ids))
    named = "".join(f"《{t}》" for t in titles)
    return say("refusal.no_evidence", titles=named, matter=matter.words, elsewhere=there)


def silent_on(running: Iterable[str], matters: Sequence[Matter], scored: Scored, library: Library) -> dict[str, Matter]:
    """Of the regulations in the running, by id, those that say nothing of a matter that another one names.

    Such a regulation has the words nowhere, its best articles lack even their telling part, short or written out, and
    they are far behind the articles that have them.
    """
    total, at = scored.total, library.searcher.index_of
    silent: dict[str, Matter] = {}
    for regulation in (library.regulation(i) for i in running):
        own = float(total[library.places(regulation.id)].max())
        for matter in matters:
            if matter.share < _SHARE or any(i.startswith(f"{regulation.id}/") for i in matter.article_ids):
                continue
            named = max(float(total[at(i)]) for i in matter.article_ids)
            if own >= (_NEAR if own < _LOW else _BEHIND) * named:
                continue
            telling = min(_words(matter.words), key=lambda word: (library.searcher.how_many_share(word), word))
            told = (telling, *written_out(telling))
            if not any(word in text for text in _best(regulation, scored, library) for word in told):
                silent[regulation.id] = matter
                break
    return silent


def written_out(short: str) -> tuple[str, ...]:
    """What a word may be short for: those of the law's words for it that have its characters in their order.

    >>> written_out("中试"), written_out("贷款")
    (('中间试验',), ())
    """
    return tuple(w for words in words_of_the_law(short) for w in words if short not in w and _runs_through(short, w))


def _runs_through(short: str, full: str) -> bool:
    characters = iter(full)
    return all(c in characters for c in short)


def _words(matter: str) -> list[str]:
    """The words of a matter, single characters put together: 科创、飞地."""
    import rjieba

    words: list[str] = []
    single = False
    for word in rjieba.cut(matter):
        if len(word) == 1 and single:
            words[-1] += word
        else:
            words.append(word)
        single = len(word) == 1
    return [w for w in words if len(w) > 1] or [matter]


def _where(words: str, library: Library) -> tuple[str, ...]:
    """Ids of the numbered articles that have these words verbatim; of very many, the first that may have them."""
    shared = library.searcher.sharing(words, _MANY + 1)
    if len(shared) > _MANY:
        return tuple(shared)
    return tuple(i for i in shared if words in _run_on(i, library))


def _run_on(article_id: str, library: Library) -> str:
    """The plain text of a numbered article without its line ends, "" of another; those read lately are kept."""

    def read() -> str:
        article = library.by_id[article_id][1]
        return plain(article.text).replace("\n", "") if article.number else ""

    return gathered(_texts, library.regulations).get(article_id, read)


def _texts(_: Sequence[Regulation]) -> Kept[str, str]:
    return Kept(_READ)


def _best(regulation: Regulation, scored: Scored, library: Library) -> list[str]:
    """Texts of the best articles of one regulation."""
    order = np.argsort(-scored.total[library.places(regulation.id)], kind="stable")[:_BEST]
    return [plain(regulation.articles[i].text) for i in order]
