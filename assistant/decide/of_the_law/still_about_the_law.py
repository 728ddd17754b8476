"""A question found no answer: is it about the law's matters all the same? And is a figure one of such a matter?"""

from collections.abc import Collection

from assistant.understand.language import kinds_asked, names_nothing_but_asking
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from law.regulation import Article, Regulation
from law.text.figures import figures
from law.text.grams import bigrams
from law.text.script import plain
from vectorstore.library import Library

#: Words have at least so many characters; where they stand in more articles than this, the first are looked at.
_LEAST, _MOST = 2, 200
#: So much of a matter's words is the law's own where the question is about what the law treats (人才公寓: the half).
_SHARE = 0.4
#: What money and its shares are counted in.
_MONEY = ("money", "share", "倍")


def words_shared(question: Question, library: Library) -> tuple[str, ...]:
    """The words of a question's matter that stand in an article asked for, where they make up enough of it; else none.

    Of 公积金贷款买二套房 the law has only 贷款: that is no question about the law.
    """
    words = [w for w in _words(question) if w.isalpha() and not w.isascii()]
    shared = [w for w in words if _stands(w, question, library)]
    enough = sum(map(len, shared)) >= _SHARE * sum(map(len, words))
    return tuple(dict.fromkeys(shared)) if enough else ()


def _words(question: Question) -> list[str]:
    """The words of a question's matter that do more than ask."""
    import rjieba  # its dictionary takes a tenth of a cold start: it is read when it is first wanted

    return [w for w in rjieba.cut(plain(question.topic)) if len(w) >= _LEAST and not names_nothing_but_asking(w)]


def _stands(word: str, question: Question, library: Library) -> bool:
    held = (library.by_id[i][1] for i in library.searcher.sharing(word, _MOST, question.regulation_ids))
    return any(word in plain(a.text).replace("\n", "") for a in held)


def rest_of_its_chapter(question: Question, chosen: Collection[str], regulation: Regulation) -> list[str]:
    """What a set of everything on a matter (所有关于人才的条文) lacks of the chapter called after it: ids, in the
    order of the text. None where no more than half of the chapter is among the `chosen` ids."""
    words = _words(question)
    rest: list[str] = []
    for chapter in dict.fromkeys(a.chapter for a in regulation.numbered if a.chapter):
        ids = [a.id for a in regulation.numbered if a.chapter == chapter]
        if any(plain(chapter).endswith(w) for w in words) and 2 * len(set(ids) & set(chosen)) > len(ids):
            rest += [i for i in ids if i not in chosen]
    return rest


def money_of_the_matter(topic: str, article: Article, library: Library) -> bool:
    """Whether a rule of the article that sets a sum, a share or a multiple has any of the matter's words.

    A share of what was earned answers no question of what is paid for something else.
    """
    matter = set(bigrams(matter_in(plain(topic))))
    if not matter:
        return True
    rules = [n for n in library.norms_of_article(article.id) if any(f.kind in _MONEY for f in n.figures)]
    said = [plain(f"{article.heading}\n{n.quote}\n{' '.join(f.subject for f in n.figures)}") for n in rules]
    return any(matter & set(bigrams(text)) for text in said)


def states_a_sum(article: Article) -> bool:
    """Whether an article has a sum in money anywhere."""
    return any(f.kind == "money" for f in figures(plain(article.text)))


def facts_asked(question: Question) -> tuple[str, ...]:
    """The names of the kinds of fact that are asked for."""
    return tuple(dict.fromkeys(k.name for k in kinds_asked(question.asking)))
