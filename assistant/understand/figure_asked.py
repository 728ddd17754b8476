"""Does an article state the figure that is asked for? A fine is no fee, and a fee no reward."""

import re
from dataclasses import dataclass

from assistant.understand.language import kinds_asked
from assistant.understand.matter import matter_in
from law.text.figures import figures
from law.text.grams import bigrams
from law.text.rules import Rule, load_rules
from law.text.script import plain

_CLAUSE = re.compile("[。；;\n]")
_MONEY, _SHARE = ("money", "share", "倍"), ("share", "倍")
_PERIOD = ("months", "days", "workdays", "hours", "date", "届")


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """What a clause must hold to state a figure: one of some `kinds` (any text where there are none), words that `said`
    matches, and none that `never` does."""

    kinds: tuple[str, ...] = ()
    said: Rule | None = None
    never: Rule | None = None

    def stated_in(self, text: str) -> bool:
        """Whether some clause of a text states it."""
        return any(self._fits(clause) for clause in _CLAUSE.split(text))

    def stating(self, text: str) -> list[str]:
        """The clauses of a text that state it."""
        return [clause for clause in _CLAUSE.split(text) if self._fits(clause)]

    def _fits(self, clause: str) -> bool:
        if (self.said and not self.said.search(clause)) or (self.never and self.never.search(clause)):
            return False
        return not self.kinds or any(f.kind in self.kinds for f in figures(clause))


def lacks_the_figure(question: str, article: str) -> bool:
    """Whether a sum, a share, a length of time, an hour or a length is asked for that the article states nowhere.

    >>> lacks_the_figure("养狗办证要多少钱", "不牵绳的，处五十元罚款。")
    True
    >>> lacks_the_figure("不牵绳罚多少", "不牵绳的，处五十元罚款。")
    False
    """
    asked = figure_asked(plain(question))
    return asked is not None and not asked.stated_in(plain(article))


def matter_of_the_figure(question: str, article: str) -> float:
    """How much of a question's matter stands in a clause that states the figure asked for, 0 to 1; 0 where none is.

    >>> matter_of_the_figure("放鞭炮要罚多少钱", "不牵绳的，处五十元罚款。")
    0.0
    >>> matter_of_the_figure("遛狗不牵绳罚多少", "不牵绳的，处五十元罚款。") > 0.3
    True
    """
    asked = figure_asked(plain(question))
    matter = set(bigrams(matter_in(plain(question)))) - {*_rules()["of_money"].alternatives} if asked else set()
    if asked is None or not matter:
        return 0.0
    said = (matter & set(bigrams(clause)) for clause in asked.stating(plain(article)))
    return max((len(words) / len(matter) for words in said), default=0.0)


def figure_asked(question: str) -> FigureAsked | None:
    """The figure that a question asks for; None where it asks for none of these."""
    rules, kinds = _rules(), {k.name for k in kinds_asked(question)}
    if kinds & {"sum", "amount"} or rules["money"].search(question):
        return _sum_asked(question, rules)
    if "percentage" in kinds or rules["share"].search(question):
        return FigureAsked(_SHARE)
    if "period" in kinds or rules["period"].search(question):
        return FigureAsked(_PERIOD)
    named = next((name for name in ("clock", "length") if rules[name].search(question)), "")
    return FigureAsked(said=rules[f"states_{named}"]) if named else None


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "figure_asked.toml")


def _sum_asked(question: str, rules: dict[str, Rule]) -> FigureAsked:
    """A sum for what the question speaks of; for anything where it does not say."""
    fine, grant = rules["states_fine"], rules["states_grant"]
    if rules["fine"].search(question):
        return FigureAsked(_MONEY, said=fine)
    if rules["grant"].search(question):
        return FigureAsked(_MONEY, said=grant, never=fine)
    return FigureAsked(_MONEY, never=fine if rules["fee"].search(question) else None)
