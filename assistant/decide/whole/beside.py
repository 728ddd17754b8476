"""Look-ups with something else beside them: what is held is added, what is stated nowhere is said."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.decide.decision import Decision
from assistant.decide.whole.answered import Answered
from assistant.decide.whole.combine import merged
from assistant.understand.matter import matter_in
from law.text.script import plain
from vectorstore.library import Library

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
