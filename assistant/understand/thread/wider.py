"""A turn that goes on and finds no answer is read once more, with the words of the law that was quoted last."""

from dataclasses import replace

from assistant.understand.language import names_nothing_but_asking
from assistant.understand.question import Question
from assistant.understand.thread.blend import Blend
from law.text.script import plain
from vectorstore.library import Library

#: Words have at least so many characters.
_LEAST = 2


def wider(question: Question, library: Library) -> Question | None:
    """What was quoted, of the city that is asked of now, with what the turn asks; None where the turn stands by itself,
    or names anything that no law held has: then what was quoted is not what it goes on with."""
    blend = question.blend
    if blend is None or not (question.rewritten and blend.cited and blend.quote) or question.references:
        return None
    if not all(library.searcher.sharing(w, 1) for w in words_of(blend)):
        return None
    near = tuple(i for i in blend.cited if i.partition("/")[0] in question.regulation_ids)
    return replace(question, topic=f"{blend.quote} {blend.alone}".strip(), blend=None, near=near)


def words_of(blend: Blend) -> list[str]:
    """The words by which a turn itself names anything."""
    import rjieba

    words = (w for w in rjieba.cut(plain(blend.alone)) if len(w) >= _LEAST and "一" <= w[0] <= "鿿")
    return [w for w in words if not names_nothing_but_asking(w)]
