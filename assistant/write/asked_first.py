"""What a first line must answer: the form of a question, its matter, and what of it asks whether."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.decide.decision import Decision
from assistant.decide.premise import corrections
from assistant.understand.asked import asked_in
from assistant.understand.language import NAMED_HELP, emphases, kinds_asked, without_frame
from assistant.understand.matter import matter_in
from assistant.understand.parts import Part
from assistant.understand.question import Question
from assistant.write.quote_carries import HelpSought, sought_in
from law.text.grams import bigrams
from law.text.rules import load_rules
from prompts import say
from vectorstore.library import Library

#: Forms that ask whether.
WHETHER = ("exists", "may", "must", "blame")
#: Of more cities than this no whole text is gone through for a help that it does not give.
_GONE_THROUGH = 6


@dataclass(frozen=True, slots=True)
class AskedFirst:
    """What a line must answer. `form` is change, valid, exists, must, may, blame, who, figure or ""."""

    text: str
    form: str
    matter: frozenset[str]
    sought: HelpSought
    wrong: str  # what the question tells of the rule and the rule does not say
    silent: frozenset[str]  # places where the one thing that is asked is stated nowhere: what is quoted only comes near
    many: bool  # so many cities that a text is not gone through whole
    sure: frozenset[str]  # ids of articles that all but surely answer
    each: tuple[HelpSought, ...] = ()  # of several things with a matter of their own, what each seeks
    # Whether there is what the rest of the message asks more of: 补不补 before 补多少.
    ground: "AskedFirst | None" = None

    @staticmethod
    def of(
        question: Question, parts: Sequence[Part], decision: Decision, library: Library, cities: int
    ) -> "AskedFirst":
        """What a message asks, and what of it asks whether, where it asks several things (`parts`)."""
        whole = AskedFirst._of(question, decision, library, cities)
        if whole.form in ("change", "valid"):
            return whole
        first = form_of(parts[0].question.text) if parts else ""
        own = [p.question for p in parts if not p.leans]
        if len(own) > 1 and whole.form != "who" and (whole.sought.helps or {whole.form, first} & {*WHETHER}):
            return replace(whole, each=tuple(sought_in(q, library) for q in own))
        if whole.form in WHETHER or first not in WHETHER:
            return whole
        ground = AskedFirst._of(parts[0].question, decision, library, cities)
        if whole.form == "who" and not ground.sought.helps:  # who does it says that it is done
            return whole
        return replace(whole, ground=replace(ground, wrong="", silent=frozenset()))

    @staticmethod
    def _of(question: Question, decision: Decision, library: Library, cities: int) -> "AskedFirst":
        text = question.text
        told = say("premise.differs", told="\0", instead="").partition("\0")[0]  # 「问题里说的」 and what the rule says
        wrong = next((c for c in corrections(text, decision.evidence) if c.startswith(told)), "")
        form = "change" if question.status == "change" else form_of(text)
        matter = frozenset(bigrams(matter_in(question.topic)))
        silent = _silent(question, decision, library)
        sought, sure = sought_in(question, library), decision.sure
        return AskedFirst(text, form, matter, sought, wrong, silent, cities > _GONE_THROUGH, sure)


def _silent(question: Question, decision: Decision, library: Library) -> frozenset[str]:
    """Places that are silent on the one thing that is asked: those that are said to be, else all, where it alone is."""
    if not decision.unstated:
        return frozenset()
    places = frozenset(library.regulation(i).place for i in question.regulation_ids)
    said = frozenset(p for p in places for u in decision.unstated if u.startswith(f"{p}："))
    return said or (places if len(decision.unstated) == 1 and len(asked_in(question.asking)) <= 1 else frozenset())


def form_of(text: str) -> str:
    """valid, figure, who, exists, must, may, blame, or ""."""
    rules = load_rules("assistant.write", "first_line.toml")
    if rules["valid"].search(text) and rules["text"].search(text):
        return "valid"
    of_cities = rules["which_city"].search(text) is not None
    rest = rules["which_city"].sub("", text)  # 哪几个城市 asks for no figure
    names = {e.name for e in emphases() if e.asked.search(rest)}
    if names & {"figure", "when"} or any(k.name not in NAMED_HELP for k in kinds_asked(rest)):
        return "figure"
    if "who" in names and not rules["owned"].search(rest):
        return "who"
    if of_cities and not rules["open"].search(without_frame(rest)):
        return "exists"
    if "whether" not in names or rules["open"].search(without_frame(text)) or rules["turned"].search(text):
        return ""
    form = next((f for f in ("blame", "must", "may", "exists") if rules[f].search(text)), "")
    return "exists" if not form and rules["asks_help"].search(text) else form
