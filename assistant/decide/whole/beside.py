"""Look-ups with something else beside them: what is held is added, what is stated nowhere is said."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Hit
from assistant.decide.decision import Decision, Evidence
from assistant.decide.whole.answered import Answered
from assistant.decide.whole.combine import merged
from assistant.retrieve import Vector, rank
from assistant.understand.matter import matter_in
from law.regulation import Article
from law.text.script import plain, to_simplified
from prompts import say
from vectorstore.library import Library

#: So much of an article says what it is about.
_TELLING = 200
#: Two articles that are the nearest to each other treat one matter from this score on.
_ONE_MATTER = 5.0
Embed = Callable[[Sequence[str]], Sequence[Vector]]

#: Kinds of words that name something: nouns, and short ones (社保).
_NOUNS = frozenset("nj")


def with_what_is_beside(whole: Decision, parts: Sequence[Answered], library: Library) -> Decision:
    """The look-up with the answers of what is asked beside it, or with the words that nothing answers."""
    if whole.reason not in ("", "no_such_article"):
        return whole
    others = [p for p in parts if (_is_foreign(p, whole) if p.part.attached else not _is_of(p, whole, library))]
    answered = [p for p in others if p.clear or p.stated]
    unstated = tuple(dict.fromkeys(p.part.said for p in others if p not in answered))
    if whole.reason and not answered:
        return whole
    notices = [*whole.notices, *(n for p in answered for n in p.decision.notices)]
    if whole.reason:
        notices.insert(0, whole.refusal)
    evidence = merged([*whole.evidence, *(e for p in answered for e in p.decision.evidence)])
    return replace(
        whole,
        reason="",
        refusal="",
        evidence=evidence,
        notices=tuple(dict.fromkeys(notices)),
        unstated=(*whole.unstated, *unstated),
    )


def with_counterparts(whole: Decision, elsewhere: Sequence[str], library: Library, embed: Embed) -> Decision:
    """The one article that was looked up, and that of each other regulation which stands in its place.

    That is the article nearest to it to which it is the nearest in turn; where there is none, the nearest is named and
    not cited. `embed` is called twice.
    """
    looked_up = {e.article.id: e for e in whole.evidence}
    if whole.reason or len(looked_up) != 1:
        return whole
    own = next(iter(looked_up.values()))
    of = f"《{own.regulation.title}》{own.article.label}"
    nearest = _nearest_in(elsewhere, [own.article], library, embed)
    back = _nearest_in([own.regulation.id], [library.by_id[h.id][1] for h in nearest], library, embed)
    evidence, notices, related = list(whole.evidence), list(whole.notices), list(whole.related)
    for hit, returned in zip(nearest, back, strict=True):
        regulation, article = library.by_id[hit.id]
        stands = returned.id == own.article.id and hit.score >= _ONE_MATTER
        if stands:
            evidence.append(Evidence(regulation, article, article.paragraphs))
        else:
            related.append(hit)
        said = "notice.counterpart" if stands else "notice.no_counterpart"
        notices.append(say(said, title=regulation.title, of=of, label=article.label))
    return replace(whole, evidence=tuple(evidence), notices=tuple(notices), related=tuple(related))


def _nearest_in(regulations: Sequence[str], articles: Sequence[Article], library: Library, embed: Embed) -> list[Hit]:
    """For each article the nearest of each regulation."""
    told = [to_simplified(f"{a.heading} {a.text}".strip())[:_TELLING] for a in articles]
    found: list[Hit] = []
    for text, vector in zip(told, embed(told), strict=True):
        for id_ in regulations:
            scored = library.searcher.score(vector, text, (id_,), ())
            found += rank(library, scored, id_, 1)
    return found


def _is_foreign(part: Answered, whole: Decision) -> bool:
    """Whether it names something, and the articles looked up name nothing of that."""
    import rjieba

    nouns = [w for w, kind in rjieba.tag(matter_in(plain(part.part.said))) if len(w) > 1 and kind[0] in _NOUNS]
    text = plain("\n".join(f"{e.regulation.title}{e.article.heading}{e.article.text}" for e in whole.evidence))
    return bool(nouns) and not any(w in text for w in nouns)


def _is_of(part: Answered, whole: Decision, library: Library) -> bool:
    """Whether the articles looked up speak of what is asked: its rarest word stands in them."""
    asked = part.part.question
    text = plain(
        "\n".join(e.article.heading + e.article.text for e in whole.evidence if e.regulation.id in asked.regulation_ids)
    )
    if not _names(part):
        return True
    words = _words(part)
    held = {w: n for w in words if (n := library.searcher.how_many_share(w))}
    return len(held) == len(words) > 0 and min(held, key=lambda w: (held[w], w)) in text


def _names(part: Answered) -> bool:
    """Whether a thing or a deed is named in it at all: 站得住脚吗 asks of the articles looked up."""
    import rjieba

    words = rjieba.tag(plain(part.part.said))
    return any(kind[0] in _NOUNS or kind == "v" for w, kind in words if len(w) > 1)


def _words(part: Answered) -> list[str]:
    """The words of more than one character that name what is asked."""
    import rjieba

    return [w for w in rjieba.cut(matter_in(plain(part.part.said))) if len(w) > 1]
