"""「该条没有写明金额」: supported exactly when the article has no fact of that kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.verify.beyond.conclusions import soft_rules
from assistant.verify.beyond.law_silent import filled, is_local, stated, told_nowhere
from assistant.verify.beyond.named_silence import names_nothing
from assistant.verify.coverage import cut, is_filler, stands, told
from assistant.verify.source import Neighbours, Source, source_of
from assistant.verify.verdict import Open
from assistant.verify.words import grammar, words
from law.norms.clause.marks import begins_with_verb
from law.text.figures import Figure
from law.text.script import plain

if TYPE_CHECKING:
    from assistant.decide.stated.absent import Looking

_FIGURES = {
    "share": ("share",),
    "money": ("money",),
    "period": ("months", "days", "workdays", "hours"),
    "date": ("date",),
    "age": ("age",),
}
#: Kinds beside figures whose facts are few in one article.
_EXACT = ("papers", "start", "paying")
#: How much of a matter stands around a figure that is of it: one that the clause names, and the question's.
_OF_MATTER, _OF_ASKED = 0.4, 0.6
#: How much of a matter a sentence says that leaves it to somebody.
_LEFT = 0.6
#: How much of a matter a sentence of a cited article says that tells a fact of the kind, so that it may tell this one.
_NEAR = 0.25
#: What is stated so likely is no absence; below the second it is one, between them it is left open (of the sentences
#: of `fit_absences`, left out, .90 of what is absent is below .5 and .09 of what is stated). Below the third it is one
#: though words that name it stand somewhere.
_STATED, _ABSENT, _SURELY_ABSENT = 0.8, 0.5, 0.05
_CLAUSE = re.compile(r"[^,;:。]+[,;:。]?")


@dataclass(frozen=True, slots=True)
class Lookup:
    """How it is looked for in a regulation whether it states something; the ids of the articles that are cited."""

    looking: "Looking"
    regulation_id: str
    cited: tuple[str, ...]

    def surely_absent(self, matter: str) -> bool:
        """Whether a matter is stated nowhere, so surely that it need not be named by a word of the law."""
        likely = self.looking(self.regulation_id, matter, self.cited)
        return likely is not None and likely.chance < _SURELY_ABSENT

    def against(self, clause: str, matter: str, worded: Sequence[str], *, local: bool) -> list[str]:
        """Reasons against a clause that calls a matter unstated; `worded` are those that words gave, `local` what is
        said of the cited articles alone."""
        likely = self.looking(self.regulation_id, matter, self.cited, local=local)
        if likely and soft_rules()["now"].search(clause) and self._deleted(likely.article):
            return []
        undecided = likely is not None and _ABSENT <= likely.chance < _STATED
        if undecided and self.looking.met_nowhere(self.regulation_id, matter, self.cited, local=local):
            return []
        if likely is None or undecided:
            return [*worded] or ([] if likely is None else [Open(f"「{clause}」可能写了")])
        if likely.chance < _ABSENT:
            return [] if likely.chance < _SURELY_ABSENT else [*worded]
        reason = f"「{clause}」与条文不符,{self.looking.label(likely.article)}写了"
        return [*worded] or [Open(reason) if soft_rules()["exactly"].search(clause + matter) else reason]

    def _deleted(self, article_id: str) -> bool:
        """Whether an article was struck from its text later: now it states nothing."""
        regulation, article = self.looking.library.by_id[article_id]
        notes = (plain(n.text) for n in regulation.notes_on(article) if n.kind == "later")
        return any(soft_rules()["struck_whole"].search(n) for n in notes)


def silences(
    said: str,
    sources: Sequence[Source],
    near: Neighbours | None = None,
    asked: str = "",
    lookup: Lookup | None = None,
) -> tuple[list[str], str]:
    """Reasons against the statements of a stretch that the law is silent, and the stretch without them.

    What is said of the regulation is looked for in all of it (`near`), what is said of the article in the article;
    「没有写明给多少」 is of what was `asked`. With a `lookup` its meaning is looked for too.
    """
    text = "\n".join(s.text for s in sources)
    reasons: list[str] = []
    rest = ""
    before = ""
    for m in _CLAUSE.finditer(soft_rules()["turns_silent"].sub(r"\g<turn>,", said)):
        clause = m[0]
        found = words().silent.search(clause) or _lacks(clause, text)
        if not found or found[0] in text:
            rest += clause
            before = clause
            continue
        about = clause[: found.start()] + "," + clause[found.start() :]
        within = soft_rules()["silent_of"].search(found[0])
        kinds = _kinds(within["what"] if within else about)
        if soft_rules()["topic"].search(before):
            rest = rest.removesuffix(before)
            about, before = before + about, ""
            kinds = _kinds(about)
        bare = within["what"] if within else grammar("nameless").sub("", clause.replace(found[0], ""))
        named = [w for w in _content(bare) if len(w) > 1]
        absent = bool(named and near and not any(stands(w, near.text) for w in named))
        nowhere = not kinds and bool(before) and len(bare) <= 4 and absent
        if nowhere and not (lookup and lookup.surely_absent(bare)):
            reasons.append(Open(f"「{clause.strip(',;。')}」没有可查的"))
        elif not (nowhere or kinds) and before and len(bare) <= 4 and all(map(_is_general, named)):
            about = before + about  # 奖励的金额,该条没有规定
            kinds = _kinds(about)
            rest = rest.removesuffix(before)
        named_itself = _content(words().silent.sub("", about))
        matter_of, like = (about, _OF_MATTER) if named_itself else (asked, _OF_ASKED)
        held = [name for name in kinds if _carried(name, matter_of, sources, like)]
        matter = _matter(about, found[0])
        local = near is None or is_local(clause)
        elsewhere = [source_of(a) for a, _ in near.articles] if near and not local else []
        exact = [kind for kind in kinds if kind in _FIGURES or kind in _EXACT]
        told_here = lookup is not None and filled(_names(matter), exact, sources) >= _NEAR
        kind_here = near is None and filled([], kinds, sources) >= 0
        if (
            lookup
            and not (told_here or kind_here)
            and told_nowhere(matter, _names(matter), kinds, [*sources, *elsewhere])
        ):
            continue
        if names_nothing(clause, matter, sources, [*sources, *elsewhere]):
            continue
        written = not kinds and _names_what(matter, text) and _told_in_one(matter, text) >= 0.75
        worded: list[str] = []
        if held or (written and not left_open(clause, matter, text)):
            worded.append(f"「{clause.strip(',;。')}」与条文不符,条文写了{_example(held, sources)}")
        elif (
            near
            and not local
            and (found_in := stated(about, kinds, near, said))
            and not left_open(clause, matter, found_in.text)
        ):
            worded.append(f"「{clause.strip(',;。')}」与条文不符,{found_in.label}写了「{found_in.text[:40]}」")
        sought = grammar("nameless").sub("", matter)
        tells = bool(_names(sought)) or not m.start()  # 年、月、日都没有填, behind its matter, has none of its own
        if lookup and tells:
            worded = lookup.against(clause.strip(",;。"), sought, worded, local=local)
        if not worded and told_here:
            worded = [Open(f"「{clause.strip(',;。')}」可能写了")]
        reasons += worded
    return reasons, rest.strip(",;。")


def left_open(clause: str, matter: str, text: str) -> bool:
    """Whether the law names what is said to have no exact rule, and leaves it to somebody: 时段由市政府划定."""
    if not soft_rules()["exactly"].search(clause):
        return False
    return any(
        soft_rules()["left_to"].search(one) and _told_share(matter, one) >= _LEFT
        for one in re.split(r"[;。\n]", text)
        if one
    )


def said_stated(said: str, sources: Sequence[Source]) -> list[str]:
    """Reasons where it is said that the law states a figure of some kind, and it has none: 写明了具体比例."""
    reasons: list[str] = []
    for m in _CLAUSE.finditer(said):
        clause = m[0].strip(",;。")
        if words().silent.search(clause) or not soft_rules()["says"].search(clause):
            continue
        kinds = [k for k in _kinds(clause) if k in _FIGURES]
        if kinds and not any(_of_kind(k, s) for k in kinds for s in sources):
            reasons.append(f"所引条文没有写明:「{clause}」")
    return reasons


def _lacks(clause: str, text: str) -> re.Match[str] | None:
    """「而没有采购方式」: the name of something, not what somebody has not done, nor what the law too denies."""
    found = soft_rules()["lacks"].search(clause.rstrip(",;。"))
    what = (found["what"] or found["what_other"]) if found else ""
    if begins_with_verb(what) or words().negated.search(text[max(0, text.find(what) - 2) : max(0, text.find(what))]):
        return None
    return found


def _kinds(about: str) -> list[str]:
    """The kinds of fact named; where a kind of figure is, only such: 罚款数额 is a sum, no penalty."""
    named = [name for name, pattern in words().silent_on if pattern.search(about)]
    figures_named = [name for name in named if name not in words().carried]
    typed = [name for name in figures_named if name in _FIGURES]
    return typed or figures_named or named  # 金额上限 is a sum, no number of anything


def _carried(kind: str, about: str, sources: Sequence[Source], like: float) -> bool:
    if kind in words().carried:
        exact = [w for w in words().penalties if w in about]
        if exact:
            return any(w in s.text for w in exact for s in sources)
        return any(words().carried[kind].search(s.text) for s in sources)
    return any(_fits(f, about, s) >= like for s in sources for f in _of_kind(kind, s))


def _of_kind(kind: str, source: Source) -> list[Figure]:
    wanted = _FIGURES.get(kind)
    return [f for f in source.figures if wanted is None or f.kind in wanted]


def _fits(figure: Figure, about: str, source: Source) -> float:
    """How surely a figure of the article is of the matter that is said to be left open."""
    start = max(source.text.rfind(c, 0, figure.start) for c in "。\n") + 1
    around = source.text[start : figure.end + 30]
    return _told_share(words().silent.sub("", about), around)


def _matter(about: str, silent: str) -> str:
    """What is said to be missing: beside the words that deny it, or between them (没有对青年人才作出规定)."""
    within = soft_rules()["silent_of"].search(silent)
    return about.replace(silent, within["what"] if within else "")


def _names_what(matter: str, text: str) -> bool:
    """Whether what is said to be missing is named, and the article has it: 申请办法 of 创新券的申请办法."""
    head = matter.strip(",;。 ").rpartition("的")[2]
    named = any(not _is_empty(w) for w, _, _ in told(cut(head), ""))
    return named and _told_in_one(head, text) >= 0.5


def _told_in_one(about: str, text: str) -> float:
    """How much of a matter one sentence of the article says."""
    return max((_told_share(about, one) for one in re.split(r"[。\n]", text) if one), default=0.0)


def _names(matter: str) -> list[str]:
    """The words of a matter that name something, without those that ask."""
    return [w for w in _content(grammar("nameless").sub("", matter)) if not soft_rules()["asking"].search(w)]


def _content(text: str) -> list[str]:
    """The words of a matter, without those that name a kind of fact or ask for it; 方式 only where it has no others."""
    named = "|".join(rule.written for _, rule in words().silent_on)
    content = [w for w in cut(re.sub(named, ",", text)) if not _is_empty(w) and not is_filler(w)]
    return [w for w in content if not soft_rules()["general"].fullmatch(w)] or content


def _is_general(word: str) -> bool:
    return soft_rules()["general"].fullmatch(word) is not None


def _is_empty(word: str) -> bool:
    return soft_rules()["asking"].fullmatch(word) is not None


def _told_share(text: str, held: str) -> float:
    weighed = [(len(w), stands(w, held)) for w in _content(text)]
    total = sum(n for n, _ in weighed)
    return sum(n * share for n, share in weighed) / total if total else 1.0


def _example(kinds: Sequence[str], sources: Sequence[Source]) -> str:
    for kind in kinds:
        if kind not in words().carried:
            for source in sources:
                for figure in _of_kind(kind, source):
                    return f"「{figure.said}」"
    return "这一内容"
