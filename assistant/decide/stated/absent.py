"""Does a regulation state what a sentence says that it leaves open? By the measure by which a question is answered."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.decide.heads import fitted
from assistant.decide.stated.facts import SENTENCE, figure_share
from assistant.decide.stated.head import Statedness
from assistant.decide.stated.signals import Floats
from assistant.decide.stated.wanted import FIGURES, wants_of
from assistant.decide.stated.words import asked_words, own_words, share_held
from assistant.retrieve import Found, Vector, retrieve
from assistant.understand.question import Question
from law.text.script import plain
from vectorstore.library import Library

#: So many of the nearest articles are looked at beside the cited ones; a matter is read so far; no odds are greater.
_NEAREST, _READ, _MOST = 2, 120, 8.0
#: So much of what is wanted is met nowhere for it not to be there.
_NOT_MET = 0.5
#: What a share of words is where there are none.
_NAMELESS = 0.5


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely something is stated, 0 to 1, and the article (id) that would state it."""

    chance: float
    article: str


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks through a regulation for what a sentence calls unstated, where something was `asked` (the topic of the
    question, "" where nothing was).

    `weights` are those of the log odds of what was asked together with what is unstated, of the latter alone, of the
    share of its words that the article lacks, and a bias: `evals.calibrate.fit_absences`.
    """

    library: Library
    embed: Callable[[str], Vector]
    statedness: Statedness
    weights: Floats
    asked: str = ""
    _seen: dict[tuple[str, str], tuple[Vector, Found]] = field(default_factory=dict, repr=False, compare=False)
    _texts: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, regulation_id: str, matter: str, cited: Sequence[str], *, local: bool = False) -> Likely | None:
        """How likely a regulation of this id states a matter, or (`local`) one of the cited articles (ids) does. None
        where there is nothing to look for, or the regulation is not held."""
        if not (self.asked + matter).strip() or regulation_id not in {r.id for r in self.library.regulations}:
            return None
        odds, article = self.odds(regulation_id, matter, cited, local=local)
        score = float(self.weights[:-1] @ odds + self.weights[-1])
        return Likely(1 / (1 + math.exp(-score)), article)

    def label(self, article_id: str) -> str:
        """What an article is called in its text: 第八条."""
        return self.library.by_id[article_id][1].label

    def odds(self, regulation_id: str, matter: str, cited: Sequence[str], *, local: bool) -> tuple[list[float], str]:
        """Both log odds, each of the article that states it most likely; the share of the matter's words that the one
        which states the matter lacks; the id of that one."""
        asked, alone = self.asked.strip()[:_READ], (matter.strip() or self.asked.strip())[:_READ]
        both = f"{asked},{alone}" if asked and matter.strip() else alone
        hits = self._found(both, regulation_id)[1].by_regulation[regulation_id]
        near = () if local else (h.id for h in hits[:_NEAREST])
        ids = tuple(dict.fromkeys((*near, *cited)))
        together, (chance, article) = self._best(both, regulation_id, ids), self._best(alone, regulation_id, ids)
        missing = 1 - share_held(own_words(alone), self._text(article), _NAMELESS)
        return [_odds(together[0]), _odds(chance), missing], article

    def met_nowhere(self, regulation_id: str, matter: str, cited: Sequence[str], *, local: bool) -> bool:
        """Whether a regulation (`local`: the cited articles) has no figure of the sort that a matter wants beside half
        of its words, or lacks half of the words beside what asks."""
        texts = [self._text(a) for a in (cited if local else self._articles(regulation_id))]
        return max(_figure_gap(matter, texts), _unasked(matter, texts)) >= _NOT_MET

    def _articles(self, regulation_id: str) -> list[str]:
        return [a.id for r in self.library.regulations if r.id == regulation_id for a in r.articles]

    def _text(self, article_id: str) -> str:
        if article_id not in self._texts:
            article = self.library.by_id[article_id][1]
            self._texts[article_id] = plain(f"{article.heading}\n{article.text}")
        return self._texts[article_id]

    def _best(self, text: str, regulation_id: str, ids: Sequence[str]) -> tuple[float, str]:
        """How likely one of some articles states what a text asks for, and which."""
        vector, found = self._found(text, regulation_id)
        return max((self.statedness.judge(text, vector, found, self.library, i).chance, i) for i in ids)

    def _found(self, text: str, regulation_id: str) -> tuple[Vector, Found]:
        if (text, regulation_id) not in self._seen:
            vector = self.embed(text)
            self._seen[text, regulation_id] = vector, retrieve(_question(text, regulation_id), self.library, vector)
        return self._seen[text, regulation_id]


def absence_weights(model: str) -> Floats | None:
    """The weights for an embedding model; None where none were fitted for it."""
    held = fitted(model, "stated", ("absence",))
    return None if held is None else held["absence"]


def _odds(chance: float) -> float:
    return max(-_MOST, min(_MOST, math.log(max(chance, 1e-9) / max(1 - chance, 1e-9))))


def _figure_gap(matter: str, texts: Sequence[str]) -> float:
    wants = wants_of(matter)
    if not wants & FIGURES:
        return 0.0
    sentences = [s for t in texts for s in SENTENCE.split(t) if s]
    return 1 - (figure_share(wants, matter, own_words(matter), sentences) or 0.0)


def _unasked(matter: str, texts: Sequence[str]) -> float:
    return 1 - share_held(asked_words(matter, own_words(matter)), "\n".join(texts), 1.0)


def _question(text: str, regulation_id: str) -> Question:
    """What is looked up in one regulation, read no further."""
    return Question(
        original=text,
        text=text,
        topic=text,
        beside=False,
        regulation_ids=(regulation_id,),
        named=True,
        itself=True,
        every=False,
        status="",
        unknown=(),
        parts=(),
        outside=(),
        references=(),
        traditional=False,
        rewritten=False,
    )
