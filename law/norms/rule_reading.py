"""One rule of a sentence as read: who acts, how binding it is, for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from law.norms.acting import CONTENT, PUNISHES, acting_in, only_names
from law.norms.actors import Actor, is_official, is_public
from law.norms.carried_over import (
    Carried,
    Who,
    answers,
    bare,
    by,
    did_harm,
    gives_now,
    granted,
    makes_good,
    only_handles,
    urged_in,
)
from law.norms.clause.clauses import Clause, says_what_is_done, takes_over
from law.norms.clause.grouping import GOOD, LOOSE, OWN_THING
from law.norms.clause.marks import begins_with_verb
from law.norms.clause.stretches import CONDITION, RULE
from law.norms.grammar import GRAMMAR
from law.norms.norm import Binding, Kind
from law.norms.plain_with_places import Spelt

_DEFINITION = GRAMMAR["reading.definition"]
_SCOPE = GRAMMAR["reading.scope"]
_EFFECT = GRAMMAR["reading.effect"]
_MADE = GRAMMAR["reading.made"]
#: A sentence without a mark that only says what something is.
_DESCRIBES = GRAMMAR["reading.describes"]
#: A lead that only names what its items are: 科普工作的内容:
_NAMES = GRAMMAR["reading.names"]
_IS = GRAMMAR["reading.is"]
_ENTITLED = GRAMMAR["reading.entitled"]
#: The last clause of a lead says what its items are: 并履行下列责任.
_LISTED_DUTY = GRAMMAR["reading.listed_duty"]
_EACH = GRAMMAR["reading.each"]
_REQUIRED, _CONTENTS = GRAMMAR["reading.required"], GRAMMAR["reading.contents"]
#: Somebody is asked to do what would else be a consequence.
_ASKED_FOR = GRAMMAR["reading.asked_for"]
#: What only a court decides, whoever was named before.
_COURTS = GRAMMAR["reading.courts"]
#: What only says what something is, whatever marks stand in its name: 支持…是一项重要职权.
_STATES = GRAMMAR["reading.states"]
_ONE_CONDITION = GRAMMAR["reading.one_condition"]
_BOUNDED = GRAMMAR["reading.bounded"]
_DOES_FOR = GRAMMAR["reading.does_for"]
_BY_SOMEBODY = GRAMMAR["reading.by_somebody"]
_BANS = GRAMMAR["reading.bans"]
_LETS, _A_LIST_FOLLOWS = GRAMMAR["reading.lets"], GRAMMAR["reading.a_list_follows"]
#: 禁止 (具有竞争关系的) 经营者: no more than who is meant.
_HAVING = GRAMMAR["reading.having"]
_LISTS_CONDUCT = GRAMMAR["reading.lists_conduct"]
#: In a text of a province these are its own government too.
_EVERY_LEVEL = GRAMMAR["reading.every_level"]


@dataclass(frozen=True)
class Reading:
    """The clauses of one rule."""

    text: Spelt
    clauses: tuple[Clause, ...]
    carried: Carried
    provincial: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the plain text."""
        return self.clauses[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.clauses[-1].end

    @cached_property
    def whole(self) -> str:
        """Its plain text."""
        return self.text.plain[self.start : self.end]

    @cached_property
    def rules(self) -> tuple[Clause, ...]:
        """The clauses that rule something; all of them where none does."""
        return tuple(c for c in self.clauses if c.role == RULE) or self.clauses

    @cached_property
    def first(self) -> Clause:
        """The clause with the first mark, or the first that rules."""
        return next((c for c in self.rules if c.mark), self.rules[0])

    def kind(self) -> Kind:
        """What sort of norm it is."""
        if self.binding == "责任":
            return "consequence"
        return self.plain_kind

    @cached_property
    def plain_kind(self) -> Kind:
        """What sort of norm it is, a consequence aside."""
        if _DEFINITION.search(self.whole):
            return "definition"
        if _SCOPE.search(self.whole):
            return "scope"
        if _EFFECT.search(self.whole) or _MADE.search(self.whole):
            return "effect"
        return self.carried.kind if self.carried.listed else "rule"

    @cached_property
    def binding(self) -> Binding:
        """How binding it is: a consequence above all, then the first mark, then what is carried, then a plain duty."""
        if self.plain_kind not in ("rule", "consequence") or _STATES.match(self.whole):
            return "无"
        marks = [m for c in self.rules for m in c.marks]
        if self.carried.lists_conditions and self.carried.binding and _ONE_CONDITION.match(self.whole):
            return self.carried.binding
        hard = (m for c in self.rules for m in c.marks if m.binding in PUNISHES and not only_handles(c, m))
        if strong := next(hard, None) if not self._asks() else None:
            return strong.binding
        if self.answers_for:
            return "责任"
        if self.carried.lists_conditions and self.carried.binding and self.whole.rstrip(";。").endswith("的"):
            return self.carried.binding
        if _LISTED_DUTY.search(self.rules[-1].text) and not self.rules[-1].mark:
            return "应当"
        if marks and self.carried.listed and self.carried.binding == "应当" and marks[0].binding in ("支持", "鼓励"):
            return "应当"
        if marks:
            return marks[0].binding
        if self.carried.binding in LOOSE and not self.carried.listed and self._bound_anew():
            return "应当"
        if self.carried.binding is not None:
            return self.carried.binding
        if _ENTITLED.search(self.whole):
            return "可以"
        return "无" if self._describes() and not _BOUNDED.search(self.whole) else "应当"

    def _bound_anew(self) -> bool:
        """Whether something must be done, after what is only allowed, urged or banned: (鼓励…,)对…给予补助."""
        before, text = self.carried.binding, self.first.text
        if OWN_THING.match(text) or takes_over(self.first) or (by(self.first) and self._apart()):
            return True
        if before != "不得" and self.clauses[0].role == CONDITION and gives_now(self.first):
            return True
        return bool(GOOD.match(text)) and (before == "不得" or (before == "可以" and self._apart()))

    def _apart(self) -> bool:
        """Whether it stands behind a semicolon."""
        return self.text.plain[max(0, self.start - 1) : self.start] == ";"

    def _asks(self) -> bool:
        """Whether a consequence is only asked for: 业主可以请求街道办事处责令限期召集."""
        mark = self.first.mark
        return mark is not None and bool(_ASKED_FOR.search(self.first.text, mark.start))

    def _describes(self) -> bool:
        subject = self.first.subject
        if subject and _IS.match(self.first.text, subject[-1].end):
            return not any(says_what_is_done(c) or c.subject for c in self.rules if not _is_something(c))
        if _NAMES.match(self.whole.rstrip(":。")):
            return True
        if self.first.subject or begins_with_verb(self.first.text) or not _DESCRIBES.match(self.first.text):
            return False
        return not any(by(c) or (says_what_is_done(c) and _DOES_FOR.match(c.text)) for c in self.rules[1:])

    def actors(self) -> Who:
        """Who acts: those named, those urged where nobody is named, those carried on."""
        if self.plain_kind not in ("rule", "consequence") or self.binding == "无":
            return Who()
        named = self.named()
        if named.classes:
            return named
        if self.binding == "责任" and _COURTS.search(self.whole):
            return Who()
        going_on = self.carried.within and self.carried.named and bool(self.carried.who.classes)
        if self._urges() and not going_on:
            urged = self.who(self.urged())
            return urged if urged.classes or not self.carried.listed else self.carried.who
        if not self.carried.listed and _BY_SOMEBODY.match(self.first.text):
            return Who()
        if self.carried.listed or (self._goes_on() and not self.granted_to_them()):
            return self.carried.who
        return Who()

    def grants(self) -> bool:
        """Whether others grant it to those of whom a condition speaks, whoever they are."""
        return granted(self.first) and not self.makes_good

    @cached_property
    def makes_good(self) -> bool:
        """Whether those of whom a condition speaks make good the harm that they did: 给他人造成损失的,应当给予补偿."""
        return makes_good(self.first) and any(c.subject and did_harm(c) for c in self.clauses)

    @cached_property
    def answers_for(self) -> bool:
        """Whether somebody answers for harm that was done: 造成损害的,由所在单位承担责任."""
        return any(map(did_harm, self.clauses)) and any(map(answers, self.rules))

    def granted_to_them(self) -> bool:
        """Whether private people were spoken of in the sentence before, to whom others now give: …的,给予奖励."""
        private = not any(map(is_public, self.carried.who.classes))
        return private and gives_now(self.first) and self.clauses[0].role == CONDITION

    def named(self) -> Who:
        """Those who act as the rule itself says."""
        return self.who(self.acting)

    @cached_property
    def acting(self) -> list[tuple[Clause, Actor]]:
        """Those who act as the rule itself says, with their clauses; who is spared what would follow does nothing."""
        found = acting_in(self)
        spared = self.binding == "免除" and not any(is_official(a) for _, a in found)
        return [] if spared else found

    @cached_property
    def by_name(self) -> bool:
        """Whether one of its clauses names who acts behind 由: 殡仪服务站,由民政部门审批."""
        return any(map(by, self.rules))

    @property
    def names_content(self) -> bool:
        """Whether an item of a list only names what a document says of somebody."""
        return self.carried.listed and not self.first.mark and only_names(self) and bool(CONTENT.search(self.whole))

    def begins(self) -> bool:
        """Whether the ruling clause begins with its mark or its verb."""
        mark = self.first.mark
        text = bare(self.first)
        behind = mark.start - len(self.first.text) + len(text) if mark else 9
        return begins_with_verb(text) or behind < 2

    def _goes_on(self) -> bool:
        if self.text.plain[max(0, self.start - 3) : self.start].endswith("其中,"):
            return True
        if self.first.mark and self._urges() and self.start and self.text.plain[self.start - 1] in "。!?":
            return False
        return self.begins() or (any(c.role == CONDITION for c in self.clauses[:1]) and self.begins())

    def _urges(self) -> bool:
        mark = self.first.mark
        if mark is None:
            return False
        word = self.first.text[mark.start : mark.end]
        return mark.binding in ("鼓励", "支持") or bool(_LETS.match(word)) or (bool(_BANS.match(word)) and self._bans())

    def _bans(self) -> bool:
        """Whether those are named directly behind a ban who must not do it: 禁止任何单位和个人…."""
        mark = self.first.mark
        if mark is None:
            return False
        return any(_HAVING.match(self.first.text[mark.end : a.start]) for a in self.first.others)

    def encourages(self) -> bool:
        """Whether others are encouraged or supported in what they do."""
        return self.first.mark is not None and self.first.mark.binding in ("鼓励", "支持")

    def urged(self) -> list[tuple[Clause, Actor]]:
        """Those after 鼓励, 支持 or 允许 who are to do something."""
        if not self._urges():
            return []
        binding = self.first.mark.binding if self.first.mark else "无"
        alike = (c for c in self.rules if c.mark and c.mark.binding == binding)
        return next((pairs for c in alike if (pairs := [(c, a) for a in urged_in(c)])), [])

    def lead(self) -> Carried:
        """What goes on from it to the items of its list."""
        each = bool(_EACH.search(self.whole))
        required = bool(_REQUIRED.search(self.whole))
        return Carried(
            self.actors(),
            self._listed_binding(),
            self.kind(),
            listed=True,
            lists_conditions=each,
            lists_requirements=required,
            lists_contents=bool(_CONTENTS.search(self.whole)),
        )

    def _listed_binding(self) -> Binding:
        """How binding the items are: what is listed is done, though something else is banned: 提供下列服务,不得收费."""
        listing = next((c for c in self.rules if _A_LIST_FOLLOWS.search(c.text)), None)
        conduct = listing is not None and _LISTS_CONDUCT.search(listing.text)
        done = listing is not None and not conduct and not listing.marks and says_what_is_done(listing)
        return "应当" if done and self.binding == "不得" else self.binding

    def partners(self) -> Who:
        """Those it is done with."""
        return self.who((c, a) for c in self.clauses if c.role != CONDITION for a in c.partners)

    def who(self, found: Iterable[tuple[Clause, Actor]]) -> Who:
        """Those found in clauses, by class and as said."""
        pairs = list(found)
        said = tuple(dict.fromkeys(self.text.verbatim(c.start + a.start, c.start + a.end) for c, a in pairs))
        names = dict.fromkeys(name for _, a in pairs for name in a.classes)
        if self.provincial and any(_EVERY_LEVEL.search(c.text, a.start, a.end) for c, a in pairs):
            names = {"省政府": None} | names
        return Who(tuple(names), said)


def _is_something(clause: Clause) -> bool:
    """Whether a clause only says what those at its beginning are: 省协会由会员组成."""
    return bool(clause.subject) and bool(_IS.match(clause.text, clause.subject[-1].end))
