"""What an official would ask next: the next 款, the other cities, who carries it out, from when."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from assistant.answer import Answer, Citation
from assistant.understand.matter import matter_at_hand
from assistant.understand.question import understand
from law.errors import FatiaoError
from law.regulation import Article, Regulation
from law.text.grams import bigrams
from law.text.numerals import to_chinese
from law.text.rules import load_rules
from law.text.script import plain, to_simplified
from prompts import say
from vectorstore.library import Library

#: A question that shares this part of its bigrams with one already asked says the same.
_SAME = 0.8
#: Characters of a matter that can be asked about; candidates that are tried at most.
_SHORTEST, _LONGEST, _TRIED = 3, 12, 8
_HAN = re.compile("[一-鿿]+")
#: Who carries a rule out, of the classes of `law.norms`.
_OFFICES = ("省政府", "市政府", "县区政府", "乡镇政府", "部门")
Answers = Callable[[str], Answer]


def next_questions(
    library: Library, answer: Answer, asked: Sequence[str] = (), k: int = 3, answers: Answers | None = None
) -> tuple[str, ...]:
    """Up to `k` questions, the place or the title named in each; none that was asked.

    With `answers`, which must not call a model, each is tried, and one that would be refused is left out.
    """
    said = [_grams(q) for q in (*asked, answer.question, answer.standalone) if q]
    chosen: list[str] = []
    for number, question in enumerate(dict.fromkeys(_candidates(library, answer))):
        if len(chosen) == k or number == _TRIED:
            break
        own = _grams(question)
        alike = any(len(own & other) >= _SAME * max(1, min(len(own), len(other))) for other in said)
        if not alike and (answers is None or _answered(question, answers)):
            chosen.append(question)
            said.append(own)
    return tuple(chosen)


def _answered(question: str, answers: Answers) -> bool:
    try:
        return not answers(question).refused
    except FatiaoError:
        return False


def _candidates(library: Library, answer: Answer) -> Iterator[str]:
    cited = [(c, *library.by_id[c.id]) for c in answer.citations if c.id in library.by_id]
    if not cited:
        return
    citation, regulation, article = cited[0]
    yield from _next_paragraph(library, [c for c, _, a in cited if a.id == article.id], regulation, article)
    if citation.fate and (matter := _chapter(article)):
        yield say("page.next_place", where=_named(library, regulation), matter=matter)
    yield from _other_places(library, answer, {r.id for _, r, _ in cited}, article)
    yield from _who(library, regulation, article)
    beside = next((a for a in regulation.numbered if a.start > article.start), None)
    if beside is not None and beside.chapter == article.chapter:
        yield say("page.next_article", where=_named(library, regulation), label=beside.label)
    if not understand(answer.question, library.regulations).status:
        yield say("page.next_when", title=regulation.title)


def _next_paragraph(
    library: Library, citations: Sequence[Citation], regulation: Regulation, article: Article
) -> Iterator[str]:
    """The 款 after the last that was quoted, or the first that was not."""
    quoted = {c.paragraph for c in citations}
    rest = [p.number for p in article.paragraphs if p.number not in quoted]
    after = [n for n in rest if n > max(quoted)]
    for number in (after or rest)[:1]:
        label = f"{article.label}第{to_chinese(number)}款"
        yield say("page.next_paragraph", where=_named(library, regulation), label=label)


def _other_places(library: Library, answer: Answer, cited: set[str], article: Article) -> Iterator[str]:
    """The same matter elsewhere; a text that is the only one of its place is named by it."""
    matter = _matter(library, answer, article)
    others = [r for r in library.regulations if r.id not in cited and r.status != "repealed"]
    if not matter or not others:
        return
    alone = [r for r in others if _only_one(library, r)]
    if len(cited) == 1 and 1 < len(alone) == len(others) <= 2:
        yield say("page.next_others", places="、".join(r.place for r in alone), matter=matter)
    for other in (alone or others)[:2]:
        yield say("page.next_place", where=_named(library, other), matter=matter)


def _who(library: Library, regulation: Regulation, article: Article) -> Iterator[str]:
    """Who carries it out, where the article charges an office with it."""
    norms = library.norms_of_article(article.id)
    if any(actor.partition(":")[0] in _OFFICES for n in norms for actor in n.actors):
        yield say("page.next_who", where=_named(library, regulation), label=article.label)


def _matter(library: Library, answer: Answer, article: Article) -> str:
    """The matter in the law's words: the longest run of whole words that question and quote share, or what the chapter
    is about."""
    topic = plain(understand(answer.standalone or answer.question, library.regulations).topic)
    quoted = plain(article.heading + "\n" + "\n".join(c.quote for c in answer.citations if c.id == article.id))
    ends = _word_ends(topic)
    runs = [
        run
        for n, i in enumerate(ends)
        for j in ends[n + 1 :]
        if _SHORTEST <= j - i <= _LONGEST and (run := topic[i:j]) in quoted and _HAN.fullmatch(run)
    ]
    longest = matter_at_hand(max(runs, key=len, default=""))
    return longest if len(longest) >= _SHORTEST else _chapter(article)


def _word_ends(text: str) -> list[int]:
    """Where words end, 0 before the first: 科技人 is no word of 科技人员."""
    import rjieba

    return [0, *accumulate(map(len, rjieba.cut(text)))]


def _chapter(article: Article) -> str:
    title = to_simplified(article.chapter.rpartition(" ")[2]) if article.chapter else ""
    return "" if load_rules("assistant.desk", "desk.toml")["no_matter"].search(title) else title


def _named(library: Library, regulation: Regulation) -> str:
    return regulation.place if _only_one(library, regulation) else f"《{regulation.title}》"


def _only_one(library: Library, regulation: Regulation) -> bool:
    places = Counter(r.place for r in library.regulations)
    return places[regulation.place] == 1 and regulation.place != regulation.title


def _grams(text: str) -> frozenset[str]:
    return frozenset(bigrams(plain(text)))
