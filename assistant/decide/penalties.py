"""What follows when a rule is broken: the 款 that name its article, or the words that there are none."""

from collections.abc import Iterator, Sequence

from assistant.answer import Hit
from assistant.decide.decision import Decision, Evidence, Listing
from assistant.retrieve import Found, hit_of
from assistant.understand.language import NAMED_HELP, asks_penalties, kinds_asked, names_nothing_else, says_broken
from assistant.understand.parts import more_kinds
from assistant.understand.question import Question
from law.regulation import Article, Paragraph, Regulation
from law.text.rules import load_rules
from law.text.script import plain
from prompts import say
from vectorstore.library import Library

#: So many articles of penalties at most are quoted for a whole regulation.
_MOST = 12
#: Among so many of a regulation's best articles one is looked for that states what follows from a breach.
_NEAR = 3


def on_penalties(question: Question, found: Found, library: Library) -> Decision | None:
    """What follows from breaking the article or the regulation that is named; None where that is not asked."""
    text = plain(question.text)
    if question.status or not asks_penalties(text):
        return None
    if found.lookups:
        return _of_articles(found, library) if says_broken(text) else None
    whole = (question.named or question.every) and names_nothing_else(plain(question.topic))
    return _of_regulations(question, found, library) if whole else None


def no_penalties(question: Question, library: Library) -> Decision | None:
    """The words that the named regulations have no penalties at all, where some are asked for."""
    if not question.named or not asks_penalties(plain(question.text)):
        return None
    regulations = [library.regulation(i) for i in question.regulation_ids]
    if any(_consequences(a, library) for r in regulations for a in r.numbered):
        return None
    titles = "".join(f"《{r.title}》" for r in regulations)
    return Decision(reason="not_stated", refusal=say("refusal.no_penalties", titles=titles))


def consequence_first(hits: tuple[Hit, ...], library: Library) -> tuple[Hit, ...]:
    """A regulation's ranked articles, that first which states what follows from a breach; empty where none near does.

    Behind the best one only a norm counts as such: 责任 may be a duty, too.
    """
    kind = next(k for k in more_kinds() if k.name == "consequence")
    if any(kind.carried.search(plain(library.by_id[h.id][1].text)) for h in hits[:1]):
        return hits
    first = next((h for h in hits[:_NEAR] if _consequences(library.by_id[h.id][1], library)), None)
    return (first, *(h for h in hits if h is not first)) if first else ()


def with_what_is_broken(hits: Sequence[Hit], ranked: Sequence[Hit], library: Library) -> tuple[Hit, ...]:
    """The chosen of a regulation's `ranked` articles, and behind one that says what follows from a breach the rule that
    is broken: by itself it does not say what must be done."""
    kept: list[Hit] = []
    for hit in hits:
        kept.append(hit)
        broken = _broken_by(hit.id, library)
        if broken and not broken.intersection(h.id for h in hits):
            kept += [h for h in ranked if h.id in broken][:1]
    return tuple(kept)


def _broken_by(article_id: str, library: Library) -> set[str]:
    """The articles of which one says what follows when they are broken: named by number, or by the name of the duty."""
    rules = [n for n in library.norms_of_article(article_id) if n.kind == "consequence"]
    numbers = {number for n in rules for number in n.refers_to}
    named = load_rules("assistant.decide", "penalties.toml")["duty"]
    duties = {m["duty"] for n in rules for m in named.finditer(plain(n.quote))}
    if not (numbers or duties):
        return set()
    others = (a for a in library.by_id[article_id][0].numbered if a.id != article_id)
    return {a.id for a in others if a.number in numbers or any(d in plain(a.text) for d in duties)}


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


def _of_regulations(question: Question, found: Found, library: Library) -> Decision | None:
    """Every consequence of the regulations that are named, or that there is none."""
    evidence: list[Evidence] = []
    without: list[Regulation] = []
    for id_ in question.regulation_ids:
        regulation = library.regulation(id_)
        mine = [Evidence(regulation, a, p) for a in regulation.numbered if (p := _consequences(a, library))]
        mine = [e for e in mine if any(says_broken(plain(p.full)) for p in e.paragraphs)] or mine
        evidence += mine
        without += [] if mine else [regulation]
    titles = "".join(f"《{r.title}》" for r in without)
    if silent := _silent_on_the_figure(question, found, evidence, library):
        return silent
    if not evidence:
        return Decision(reason="not_stated", refusal=say("refusal.no_penalties", titles=titles)) if without else None
    said = (say("refusal.no_penalties", titles=titles),) if without else ()
    listing = Listing(say("ground.penalties")) if len(evidence) > 1 else None
    return Decision(tuple(evidence[:_MOST]), notices=said, listing=listing)


def _silent_on_the_figure(
    question: Question, found: Found, evidence: Sequence[Evidence], library: Library
) -> Decision | None:
    """A refusal where it is asked how much (罚多少) and of all consequences none has a figure of that kind."""
    kinds = [k for k in kinds_asked(plain(question.text)) if k.name not in NAMED_HELP]
    quoted = [plain(p.full) for e in evidence for p in e.paragraphs]
    if not (kinds and quoted) or any(k.carried.search(text) for k in kinds for text in quoted):
        return None
    what = "、".join(dict.fromkeys(say(f"kind.{k.name}") for k in kinds))
    related = tuple(hit_of(library, found.scored, e.article.id) for e in evidence[:_NEAR])
    return Decision(reason="not_stated", refusal=say("refusal.not_stated", what=what), related=related)


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
