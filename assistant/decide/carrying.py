"""Which of the chosen articles carry the kind of fact that is asked for."""

from collections.abc import Collection, Iterable

from assistant.answer import Hit
from assistant.decide.of_the_law.still_about_the_law import money_of_the_matter, states_a_sum
from assistant.retrieve import Found
from assistant.understand.asked import asked_in
from assistant.understand.figure_asked import figure_asked
from assistant.understand.language import NAMED_HELP, Kind
from assistant.understand.matter import matter_in
from assistant.understand.question import Question
from assistant.understand.thread.said import asks_itself
from law.regulation import Article
from law.text.grams import bigrams
from law.text.script import plain
from vectorstore.library import Library

#: How many of a city's ranked articles are looked through for the kind of fact asked for, and how
#: near the best one, as a share of its score, they must be.
_NEXT_BEST, _NEAR = 3, 0.75


def carrying(
    asked: tuple[Kind, ...], chosen: tuple[Hit, ...], found: Found, library: Library, question: Question
) -> tuple[Hit, ...]:
    """Only articles that carry the kind of fact asked for; the next best ones are tried as well, where they speak of
    what is asked.

    Empty where none does: the articles treat the matter, but are silent on that fact. In a talk the fact is one of
    what was cited, or of what the turn names itself.
    """
    if not asked:
        return chosen
    topic = question.topic
    cities = dict.fromkeys(h.city for h in chosen)
    kept: list[Hit] = []
    for city in cities:
        near = [h for hits in found.by_regulation.values() for h in hits[:_NEXT_BEST] if h.city == city]
        mine = [
            h
            for h in chosen
            if h.city == city and _carries(asked, library, h) and _of_the_kind(asked, topic, library, h)
        ]
        good = [h for h in near if _carries(asked, library, h) and h.score > near[0].score * _NEAR]
        good = [h for h in good if _of_the_kind(asked, topic, library, h)]
        # Where nobody wrote likely questions, everyday words share none with the law's: how sure it is is judged after.
        good = [h for h in good if h is near[0] or not library.asked_about(h.id) or _speaks_of(topic, library, h)]
        first = good[0] if good else None
        kept += mine or ([first] if first else [])
    facts = any(k.name not in NAMED_HELP for k in asked)
    if facts and (own := question.blend if question.blend and not question.blend.swapped else None):
        kept = [h for h in kept if h.id in own.cited or _has_any(own.words, h, library)]
    return tuple(kept)


def lacks_named_help(asked: tuple[Kind, ...], articles: Iterable[Article]) -> bool:
    """Whether a way of helping is named (创新券) of which none of some articles speaks."""
    named = [k for k in asked if k.name in NAMED_HELP]
    texts = [plain(a.text) for a in articles] if named else []
    return any(not any(k.carried.search(t) for t in texts) for k in named)


def lacks_what_is_asked(question: Question, chosen: tuple[Hit, ...], library: Library) -> bool:
    """Whether a turn asks for a figure alone, and nothing of what it is asked of states one."""
    own = question.blend
    asks = own and own.alone and not own.swapped and asks_itself(own.asks)
    figure = figure_asked(plain(own.asks)) if own and asks else None
    if figure is None or len(asked_in(own.asks if own else "")) > 1:
        return False
    return not any(figure.stated_in(plain(library.by_id[h.id][1].text)) for h in chosen)


def _has_any(words: Collection[str], one: Hit, library: Library) -> bool:
    """Whether an article has any of a turn's own words; of none that there are, none."""
    text = plain(library.by_id[one.id][1].text)
    return any(w in text for w in words)


def _of_the_kind(asked: tuple[Kind, ...], topic: str, library: Library, one: Hit) -> bool:
    """Whether a share, where money is asked for (高企一次性奖励多少), is at least one of the same matter."""
    article = library.by_id[one.id][1]
    if not {k.name for k in asked} & {"sum", "amount"} or states_a_sum(article):
        return True
    return _speaks_of(topic, library, one) and money_of_the_matter(topic, article, library)


def _speaks_of(topic: str, library: Library, one: Hit) -> bool:
    """Whether an article has anything of the matter's own words."""
    matter = set(bigrams(matter_in(plain(topic))))
    return not matter or bool(matter & set(bigrams(plain(library.by_id[one.id][1].text))))


def _carries(asked: tuple[Kind, ...], library: Library, one: Hit) -> bool:
    """A way of helping that is named (创新券) must be said, and of the facts asked for one."""
    text = plain(library.by_id[one.id][1].text)
    facts = [k for k in asked if k.name not in NAMED_HELP]
    named = all(k.carried.search(text) for k in asked if k.name in NAMED_HELP)
    return named and (not facts or any(k.carried.search(text) for k in facts))
