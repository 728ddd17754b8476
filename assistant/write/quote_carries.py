"""Does a quote carry what is asked: the help in money that is asked for, and what it is asked for; or the matter alone?

A line may say 有 only where one norm of a quote has both; a norm that only comes near is said to be near.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.decide.stated.words import held, own_words, share_held
from assistant.understand.language import without_frame
from assistant.understand.question import Question
from law.norms.clause.marks import means_in
from law.norms.norm import Norm
from law.text.rules import Rule, load_rules
from law.text.script import plain
from vectorstore.library import Library

#: Means that put money into somebody's hands: who asks for one of them may be answered by another.
_MONEY = frozenset({"资金", "补助"})
#: What only tells of which thing a help is, never of what sort it is.
_OF_WHAT = frozenset({"保险", "人才服务", "融资"})
#: A norm is about the matter where it has this share of its words, each weighed by how rare it is.
_ABOUT = 0.5
#: An article that likely states what is asked carries it in other words; all but surely, where a body or its money is
#: asked for (科普经费): what the head says of such is nearly always near to one.
_STATED, _ALL_BUT_SURE = 0.6, 0.9996
#: So few words hold a question's whole matter: what lacks them lacks it.
_FEW = 4
#: So surely the kind of a help stands there, in its own word or in the law's for it.
_SURELY = 0.8

#: How likely an article states what is asked, by its id, 0 to 1.
Chance = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Help:
    """A help in money as it is named, 保费补贴: the help itself, 补贴, and its kind, 保费; `means` are its own."""

    named: str
    itself: str
    kind: str
    means: frozenset[str]

    def may_be_in(self, text: str, norms: str) -> bool:
        """Whether a plain text, or the packed norms of it, has any word of it: else no norm can give it."""
        return any(w and w in text for w in (self.named, self.itself)) or any(m in norms for m in self._alike)

    @property
    def _alike(self) -> frozenset[str]:
        """Its means, and of a help in money the others in money."""
        wanted = self.means - _OF_WHAT
        return wanted | _MONEY if wanted & _MONEY else wanted

    def given_by(self, norm: Norm) -> bool:
        """Whether a norm gives it, under this name or as a help of the same means for the same thing."""
        said = plain(norm.quote)
        if self.named and self.named in said:
            return True
        wanted = self.means - _OF_WHAT
        funds = load_rules("assistant.write", "quote_carries.toml")["funds"]
        alike = self._alike if self._alike != wanted and funds.search(said) else wanted
        given = bool(alike & set(norm.means)) or (bool(self.itself) and self.itself in said)
        return given and (not self.kind or held(self.kind, said) >= _SURELY)


@dataclass(frozen=True, slots=True)
class HelpSought:
    """What must stand in a quote: one of the `helps` that are asked for, if any, and the other words of the question
    with how much each tells; `institution` where a thing is asked for by its name: 科技报告制度."""

    helps: tuple[Help, ...]
    about: Mapping[str, float]
    institution: bool = False

    def given_by(self, norm: Norm) -> bool:
        """Whether a norm gives such a help."""
        return any(h.given_by(norm) for h in self.helps)

    def may_be_in(self, text: str, norms: str | None) -> bool:
        """Whether an article may give such a help, by its plain text and its packed norms: what is cheap to read."""
        return norms is None or any(h.may_be_in(text, norms) for h in self.helps)

    @property
    def untold(self) -> bool:
        """Whether a help is asked for without a name: it may be meant in words that no law has."""
        return bool(self.helps) and not any(h.named for h in self.helps)

    def shared(self, text: str) -> float:
        """How much of the matter a text has, 0 to 1; all of it where none is named."""
        told = sum(self.about.values())
        text = plain(text)
        return sum(w * share_held([one], text, 0.0) for one, w in self.about.items()) / told if told else 1.0


def sought_in(question: Question, library: Library) -> HelpSought:
    """What a question seeks."""
    rules, topic = _rules(), plain(without_frame(question.topic))
    helps: tuple[Help, ...] = ()
    rest = topic
    if rules["asks_help"].search(topic):
        helps = tuple(dict.fromkeys(map(_help, rules["help"].findall(topic))))
        rest = rules["help"].sub("，", topic)
    elif rules["help_untold"].search(topic):
        helps = (Help("", "", "", frozenset({"补助"})),)
        rest = rules["help_untold"].sub("，", topic)
    words = own_words(rules["getting"].sub("，", rest))
    many = len(library.searcher.article_ids) + 1
    about = {w: math.log(many / (library.searcher.how_many_share(w) + 0.5)) for w in words}
    return HelpSought(helps, about, bool(not helps and _institution().search(topic)))


def _help(named: str) -> Help:
    last = [*_rules()["help_itself"].pattern.finditer(named)][-1]
    return Help(named, last[0], named[: last.start()], frozenset(means_in(last[0])))


def carrying(
    sought: HelpSought, norms: Iterable[tuple[Norm, Citation]], chance: Chance
) -> tuple[Norm, Citation] | None:
    """The quoted norm that gives the help to what it is asked for, of several the one that has most of it.

    Where it names that otherwise (创业投资 for 风险投资), its article must all but surely state what is asked.
    """
    found = [(sought.shared(_read(n, c)), n, c) for n, c in norms if sought.given_by(n)]
    share, norm, citation = max(found, key=lambda one: one[0], default=(0.0, None, None))
    if norm is None or citation is None:
        return None
    return (norm, citation) if share >= _ABOUT or chance(citation.id) >= _ALL_BUT_SURE else None


def nowhere(sought: HelpSought, regulation_id: str, library: Library) -> bool:
    """Whether no 款 of a whole text gives such a help to what it is asked for; its 项 are read as one with it."""
    for article in library.regulation(regulation_id).numbered:
        if not sought.may_be_in(plain(article.text), library.packed_norms.get(article.id)):
            continue
        said: dict[int, list[Norm]] = {}
        for norm in library.norms_of_article(article.id):
            said.setdefault(norm.paragraph, []).append(norm)
        for norms in said.values():
            given = any(map(sought.given_by, norms))
            if given and sought.shared(article.heading + "".join(n.quote for n in norms)) >= _ABOUT:
                return False
    return True


def is_near(sought: HelpSought, citations: Sequence[Citation], chance: Chance) -> bool | None:
    """Whether what is quoted only comes near a matter that is no help: None where that is not sure."""
    if any(sought.shared(f"{c.heading}{c.quote}") >= _ABOUT for c in citations):
        return False
    chances = max((chance(i) for i in dict.fromkeys(c.id for c in citations)), default=1.0)
    if chances >= (_ALL_BUT_SURE if sought.institution else _STATED):
        return False
    return True if chances < _STATED and len(sought.about) <= _FEW else None


def _read(norm: Norm, citation: Citation) -> str:
    return f"{citation.heading}{norm.quote}"


def _institution() -> Rule:
    return load_rules("assistant.write", "quote_carries.toml")["institution"]


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.write", "first_line.toml")
