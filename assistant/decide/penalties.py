"""What follows when a rule is broken: the 款 that name its article, or the words that there are none."""

import re
from collections.abc import Iterator

from assistant.decide.decision import Decision, Evidence, Listing
from assistant.retrieve import Found
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from law.regulation import Article, Paragraph, Regulation
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

_BROKEN = re.compile(r"违反|违背|触犯|不(?:遵守|执行|履行)|违规|违法")
_FOLLOWS = re.compile(
    r"处罚|罚则|罚款|(?:怎么|如何|咋|会不会|要不要|挨|被)罚|罚(?:多少|什么|吗|不罚)|法律责任|什么(?:后果|责任)|处分|追责"
)
#: Words of such a question that name no matter.
_NOTHING_ELSE = re.compile(
    r"违反|违背|触犯|了|这部|这个|该|本|的|(?:科创|科技创新)?(?:条例|法规|办法|规定|草案)|会|将|要|受到?|承担|面临|有没有|有|什么|哪些|怎么|如何|被|"
    r"处罚|罚则|罚款|罚|法律责任|责任|后果|处分|追责|吗|呢|样|多少|是|里|中|写|了|一般|具体|任何"
)
#: So many articles of penalties at most are quoted for a whole regulation.
_MOST = 12


def on_penalties(question: Question, found: Found, library: Library) -> Decision | None:
    """What follows from breaking the article or the regulation that is named; None where that is not asked."""
    text = plain(question.text)
    if question.status or not _FOLLOWS.search(text):
        return None
    if found.lookups:
        return _of_articles(found, library) if _BROKEN.search(text) else None
    whole = question.named and not matter_in(_NOTHING_ELSE.sub("", plain(question.topic)))
    return _of_regulations(question, library) if whole and _BROKEN.search(text) else None


def _of_articles(found: Found, library: Library) -> Decision | None:
    """The consequences that name the articles looked up; None where an article tells its own."""
    evidence: list[Evidence] = []
    missing: list[str] = []
    for lookup in found.lookups:
        for article in lookup.articles:
            if _consequences(article, library):
                return None
            named = list(_naming(lookup.regulation, article.number, library))
            evidence += named
            missing += [] if named else [say("notice.no_penalty", title=lookup.regulation.title, label=article.label)]
    if evidence:
        once = {(e.article.id, e.paragraphs): e for e in evidence}
        return Decision(tuple(once.values()), notices=tuple(missing))
    related = tuple(h for h in found.hits if h.id in {a.id for x in found.lookups for a in x.articles})
    return Decision(reason="not_stated", refusal="".join(missing), related=related) if missing else None


def _of_regulations(question: Question, library: Library) -> Decision | None:
    """Every consequence of the regulations that are named, or that there is none."""
    evidence: list[Evidence] = []
    without: list[Regulation] = []
    for id_ in question.regulation_ids:
        regulation = library.regulation(id_)
        mine = [Evidence(regulation, a, p) for a in regulation.numbered if (p := _consequences(a, library))]
        evidence += mine
        without += [] if mine else [regulation]
    titles = "".join(f"《{r.title}》" for r in without)
    if not evidence:
        return Decision(reason="not_stated", refusal=say("refusal.no_penalties", titles=titles)) if without else None
    said = (say("refusal.no_penalties", titles=titles),) if without else ()
    listing = Listing(say("ground.penalties")) if len(evidence) > 1 else None
    return Decision(tuple(evidence[:_MOST]), notices=said, listing=listing)


def _naming(regulation: Regulation, number: int, library: Library) -> Iterator[Evidence]:
    """The 款 of a regulation whose consequence is that of breaking the article of a number."""
    for article in regulation.numbered:
        places = {n.paragraph for n in library.norms_of_article(article.id) if number in n.refers_to}
        paragraphs = tuple(p for p in _consequences(article, library) if p.number in places)
        if paragraphs:
            yield Evidence(regulation, article, paragraphs)


def _consequences(article: Article, library: Library) -> tuple[Paragraph, ...]:
    """The 款 of an article that say what follows when a rule is broken."""
    places = {n.paragraph for n in library.norms_of_article(article.id) if n.kind == "consequence"}
    return tuple(p for p in article.paragraphs if p.number in places)
