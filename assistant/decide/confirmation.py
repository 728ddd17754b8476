"""Does the best article surely answer? Cited is only what stands; where it is not sure, candidates are offered.

A calibrated logistic over what the ranking shows of the best article within its own regulation. Where people have
written likely questions they tell much, so articles that have some and articles that have none have a curve each; where
nobody has, a net over these features, the signals of `stated`, what lies between the question and the best 款, and
where the question's words lead is added to it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.answer import Hit
from assistant.decide.calibration import Calibration
from assistant.decide.decision import Decision, once
from assistant.decide.heads import fitted
from assistant.decide.penalties import with_what_is_broken
from assistant.decide.stated.facts import lacks_the_sort_of_figure, tells
from assistant.decide.stated.head import FIELDS, Curve, load_statedness, signals_of
from assistant.decide.stated.signals import FEATURES as SIGNALS
from assistant.decide.stated.wanted import FIGURES, wants_of
from assistant.decide.stated.words import own_words, share_held, told
from assistant.retrieve import Found, best_places
from assistant.understand.figure_asked import matter_of_the_figure
from assistant.understand.language import asks_for_sanction, emphasis_who, kinds_asked
from assistant.understand.question import Question
from law.text.script import plain
from prompts import say
from vectorstore.arrays import Places, Scores, Vectors, mean_of, spread_of
from vectorstore.library import Library

#: Within its regulation: how far the article's total is ahead of the next one's, and of the mean of the next three; how
#: far its nearness to the question as it is put, and its score for the law's words, are ahead of the next one's; the
#: share of the question's bigrams that it has; how near its likely questions are (above the mean of all, 0 where it has
#: none); how many articles there are (logarithm). Then what agrees: how many rivals are about as good; how far its
#: nearness as mapped, and its score for the question's own words, are ahead; how much of the matter its clause with
#: the figure has; whether who is asked for and a norm of it names who acts; whether it carries every kind of fact.
#: Then how likely it states what is asked (log odds, by the head of one thing asked by itself), whether no sort of
#: fact is asked for, and whether a figure is; how much of the question's words it or its heading has, everyday ones
#: in the law's words; how far its best 款 is ahead of that of any of the next four in these words, each weighed by
#: how rare it is, and how many 款 it has (logarithm): the fewer, the likelier it is of one matter. At last whether
#: it is asked what follows from a breach and it tells nothing of that: ranking has raised what does, so none is
#: nearer, and the rule is what there is. None depends on how an embedding model spreads its cosines.
FEATURES = (
    "lead",
    "ahead",
    "own_lead",
    "everyday_lead",
    "covered",
    "question",
    "articles",
    "rivals",
    "near_lead",
    "words_lead",
    "figure_matter",
    "actor",
    "carried",
    "stated",
    "wants_nothing",
    "wants_figure",
    "held",
    "told_lead",
    "paragraphs",
    "only_the_rule",
)
#: What tells nothing more beside the others where nobody has written likely questions: there it is not weighed (over
#: `other_cities`, each regulation left out, the area under the curve is .904 with it and .911 without).
WITH_QUESTIONS_ALONE = ("lead", "own_lead", "covered", "articles", "words_lead", "carried")
#: A reader is offered at most so many candidates.
CANDIDATES = 3
#: So many articles behind the best one are looked at; what stands for the score of one where there is none.
_NEXT, _NONE = 3, -20.0
#: The 款 of so many articles behind the best one are read for the question's words.
_READ = 4
#: With so much of the likelihood that is wanted an article can be borne out by that of another regulation.
_HALF = 0.5
#: No log odds count for more than this.
MOST_ODDS = 9.2
#: Among so many of the best articles rivals are counted, each by how near its total is.
_RIVALS = 10


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`sure` are the articles to cite, `doubtful` the best ones of regulations in which none is; `chances` tells how
    likely each best one answers, by its id."""

    sure: tuple[Hit, ...]
    doubtful: tuple[Hit, ...]
    chances: Mapping[str, float]

    @property
    def left_open(self) -> set[str]:
        """The regulations in which none is sure, by id."""
        return {_owner(h) for h in self.doubtful}

    @property
    def notices(self) -> tuple[str, ...]:
        """What is said of these beside the others' answer."""
        return tuple(say("notice.unconfirmed", title=h.regulation, label=h.label) for h in self.doubtful)


@dataclass(frozen=True, slots=True)
class Sureness:
    """For regulations without likely questions: to `share` of the curve's log odds those of a net are added, over
    `FEATURES`, the signals of `stated`, what lies between the question and the article's 款, and where the question's
    words lead (`led_apart`)."""

    net: Curve
    share: float


def confirm(
    question: Question, found: Found, library: Library, calibration: Calibration, chosen: Sequence[Hit]
) -> Confirmed:
    """Each regulation is judged by its best chosen article.

    Where people have written likely questions, what stands beside that one stands or falls with it. Where nobody has, a
    second one answers in one case of four: it is offered, not cited, but for two. It says what follows from a breach of
    the first and that is asked; or it is the rule whose breach the first one names, and that is not asked: by itself
    the first does not say what must be done. One that is half as sure as it must be is borne out by a sure one of
    another regulation that rules the same (of seven such in `dev` six are right).
    """
    best = [h for n, h in enumerate(chosen) if _owner(h) not in {_owner(x) for x in chosen[:n]}]
    chances = {h.id: confidence_of(question, found, library, calibration, h) for h in best}
    cuts = {h.id: calibration.confirmed_for(likely_questions=library.asked_about(h.id)) for h in best}
    agreed = [h for h in best if chances[h.id] >= cuts[h.id]]
    sure: list[Hit] = []
    doubtful: list[Hit] = []
    for first in best:
        likely = chances[first.id] >= _HALF * cuts[first.id] and not library.asked_about(first.id)
        if first not in agreed and not (likely and agreed and _tells_the_same(agreed, first, library)):
            doubtful.append(first)
        elif library.asked_about(first.id):
            sure += [h for h in chosen if _owner(h) == _owner(first)]
        else:
            sure += (first, *_with_its_other_half(question, first, found, library))
    return Confirmed(tuple(sure), tuple(doubtful), chances)


def _tells_the_same(sure: Sequence[Hit], other: Hit, library: Library) -> bool:
    """Whether of all articles of its regulation an article is the nearest to a sure one of another regulation."""
    at, mine = library.searcher.index_of, library.places(_owner(other))
    likeness = library.searcher.likeness(np.array([at(h.id) for h in sure], dtype=np.intp), mine)
    return bool((mine[likeness.argmax(axis=1)] == at(other.id)).any())


def _with_its_other_half(question: Question, best: Hit, found: Found, library: Library) -> tuple[Hit, ...]:
    """Of a regulation's next articles those that name the best one's breach, where it is asked what follows from one;
    else the rule whose breach the best one names."""
    ranked = found.by_regulation.get(_owner(best), ())
    if not asks_for_sanction(question.text):
        return with_what_is_broken((best,), ranked, library)[1:]
    at, pairs = library.searcher.index_of, library.sanctions(_owner(best))
    beside = {int(consequence) for consequence, rule in pairs if rule == at(best.id)}
    return tuple(h for h in ranked[:CANDIDATES] if h.id != best.id and at(h.id) in beside)


def unconfirmed(found: Found, made: Confirmed) -> Decision:
    """Nothing is cited: the candidates, and the words that say so."""
    ranked = [h for h in found.hits if _owner(h) in made.left_open]
    candidates = once((*made.doubtful, *ranked))[:CANDIDATES]
    labels = "、".join(f"《{h.regulation}》{h.label}" for h in candidates)
    refusal = say("refusal.unconfirmed", labels=labels)
    return Decision(reason="unconfirmed", refusal=refusal, related=candidates, chances=made.chances)


def confidence_of(question: Question, found: Found, library: Library, calibration: Calibration, best: Hit) -> float:
    """How likely an article answers, 0 to 1; 0 where nobody has written likely questions and it has no figure of the
    sort that is asked for, whatever else speaks for it."""
    if not library.asked_about(best.id) and lacks_the_sort_of_figure(question.topic, library.by_id[best.id][1].text):
        return 0.0
    curve = calibration.confirmation_for(likely_questions=library.asked_about(best.id))
    values = features(question, found, library, best)
    x = curve.bias + sum(w * v for w, v in zip(curve.weights, values, strict=True))
    sureness = load_sureness(library.manifest.model, 2 * len(found.vector))
    if sureness and not library.asked_about(best.id):
        row = np.concatenate([values, signals_of(question.topic, found, library, best.id)])
        x = sureness.share * x + sureness.net.odds(row, led_apart(question.topic, found, library, best.id))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))


def led_apart(topic: str, found: Found, library: Library, article_id: str) -> Vectors:
    """(2 * dimension,) how far apart question and article lie: from the article's nearest 款 to the question, as it is
    ranked; and where the question's words lead by themselves."""
    searcher, within = library.searcher, [article_id.partition("/")[0]]
    led = searcher.led(found.vector, topic, within)
    return np.concatenate([led - searcher.nearest_paragraph(led, article_id), searcher.led_by_words(topic, within)])


@lru_cache(maxsize=8)
def load_sureness(model: str, size: int) -> Sureness | None:
    """That of an embedding model, over as many numbers from `led_apart`; None where none was fitted for it: then the
    curve stands alone."""
    held = fitted(model, "sure", (*FIELDS, "share"))
    if held is None or (len(held["mean"]), len(held["own"])) != (len(FEATURES) + len(SIGNALS), size):
        return None
    return Sureness(Curve(*(np.asfortranarray(held[field]) for field in FIELDS)), float(held["share"]))


def features(question: Question, found: Found, library: Library, best: Hit) -> tuple[float, ...]:
    """What tells an article that answers from one that only comes first, in the order of `FEATURES`."""
    scored, at = found.scored, library.searcher.index_of(best.id)
    mine = library.places(_owner(best))
    others = mine[mine != at]
    text = library.by_id[best.id][1].text
    total, own = scored.total, scored.nearest
    next_ones = np.sort(total[others])[-_NEXT:] if len(others) else np.array([_NONE])
    return (
        float(total[at] - next_ones[-1]),
        float(total[at] - next_ones.mean()),
        _ahead(own, at, others, mine),
        math.log1p(float(scored.everyday[at])) - math.log1p(float(scored.everyday[others].max(initial=0.0))),
        _covered(question.topic, text),
        _above(scored.question[mine], scored.question[at]),
        math.log(len(mine)),
        *_agreement(question, found, library, best),
        *_statedness(question, found, library, best),
    )


def _agreement(question: Question, found: Found, library: Library, best: Hit) -> tuple[float, ...]:
    """The features from `rivals` on."""
    scored, at = found.scored, library.searcher.index_of(best.id)
    mine = library.places(_owner(best))
    others = mine[mine != at]
    text = library.by_id[best.id][1].text
    ranked = np.sort(scored.total[mine])[::-1][:_RIVALS]
    words = scored.words[mine]
    who = bool(emphasis_who().search(question.text))
    return (
        float(np.exp(ranked - ranked[0]).sum()),
        _ahead(scored.near, at, others, mine),
        float(scored.words[at] - scored.words[others].max(initial=0.0)) / (float(words.max(initial=0.0)) or 1.0),
        matter_of_the_figure(question.topic, text),
        float(who and any(n.actors for n in library.norms_of_article(best.id))),
        float(all(k.carried.search(plain(text)) for k in kinds_asked(question.text))),
    )


def _statedness(question: Question, found: Found, library: Library, best: Hit) -> tuple[float, ...]:
    """The last seven features; of an article with likely questions, which tell more, they are 0 and take no time."""
    if library.asked_about(best.id):
        return (0.0,) * 7
    wants, head = wants_of(question.topic), load_statedness(library.manifest.model, "alone")
    odds = 0.0
    if head:
        chance = head.judge(question.topic, found.vector, found, library, best.id).chance
        odds = max(-MOST_ODDS, min(MOST_ODDS, math.log((chance + 1e-9) / (1 - chance + 1e-9))))
    article = library.by_id[best.id][1]
    text = plain(f"{article.heading}\n{article.text}")
    words = share_held(own_words(question.topic), text, 0.5)
    only_the_rule = "consequence" in wants and not tells("consequence", text, library.norms_of_article(best.id))
    beside = [library.by_id[i][1] for i in _next_ones(found, library, best)]
    first, *others = told(question.topic, library, (article, *beside))
    ahead = first - max(others, default=0.0)
    figure, paragraphs = float(bool(wants & FIGURES)), math.log(len(article.paragraphs) or 1)
    return odds, float(not wants), figure, words, ahead, paragraphs, float(only_the_rule)


def _next_ones(found: Found, library: Library, best: Hit) -> list[str]:
    """The ids of the best articles of its regulation beside one."""
    ids = library.searcher.ids_at(best_places(library, found.scored, _owner(best), _READ + 1))
    return [i for i in ids if i != best.id][:_READ]


def _ahead(scores: Scores, at: int, others: Places, mine: Places) -> float:
    """How many deviations of a regulation's scores one is ahead of the best of the others."""
    if not len(others):
        return -_NONE
    return float(scores[at] - np.nanmax(scores[others])) / spread_of(scores[mine])


def _covered(topic: str, text: str) -> float:
    """The share of a topic's bigrams that a text has, 0 to 1."""
    said, text = plain(topic), plain(text)
    bigrams = [said[i : i + 2] for i in range(len(said) - 1)]
    return sum(b in text for b in bigrams) / len(bigrams) if bigrams else 0.0


def _above(scores: Scores, one: float) -> float:
    """How many deviations a score stands above the mean of those that there are; 0 where it is none itself."""
    if math.isnan(one):
        return 0.0
    return (float(one) - mean_of(scores)) / spread_of(scores)


def _owner(one: Hit) -> str:
    return one.id.partition("/")[0]
