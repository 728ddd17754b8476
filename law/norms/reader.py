"""The law as norms: each sentence of every article read once, deterministically."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from law.norms.actors import Actor
from law.norms.amounts import figures_of
from law.norms.clauses import Clause, clauses_of, sentences
from law.norms.marks import means_in
from law.norms.norm import Binding, Kind, Level, Norm
from law.norms.spelt import Spelt, spelt
from law.norms.stretches import CONDITION, EXCEPTION, RULE, conditions_within
from law.regulation import Article, Regulation
from law.text.references import references_in

_DEFINITION = re.compile(r"(?:本条例|本规定|本办法|本法|本决定|前款|本条)所称|是指|^(?:本条例|本规定)中?下列用语")
_SCOPE = re.compile(r"适用(?:于)?(?:本条例|本规定|本办法|本法)|(?:本条例|本规定|本办法|本法)适用于")
_EFFECT = re.compile(r"自[^,;。]{4,20}起(?:施行|实施|生效)|同时废止")
_MADE = re.compile(r"制定本(?:条例|规定|办法|法)$")
_PLAN = re.compile(
    r"推动[^,;。]{0,20}(?:设立|建立|建成|创建|形成|落地)|争取|探索(?:建立|设立|推行|推进|开展|实行|赋予|形成|制定)|试点|积极(?:创建|申报)|力争"
)
_LEVELS: tuple[tuple[Level, str], ...] = (("省级", "省级"), ("市级", "市级"), ("县级", "县级(?!以上|市)|区级"))
_ENDS = ",;:。 "


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes on from one sentence, or from the lead of a list, to the next."""

    subject: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    binding: Binding = "无"
    listed: bool = False


def norms_of(regulation: Regulation) -> tuple[Norm, ...]:
    """Every norm of a regulation, in the order of its text."""
    return tuple(n for article in regulation.numbered for n in norms_of_article(regulation, article))


def norms_of_article(regulation: Regulation, article: Article) -> tuple[Norm, ...]:
    """The norms of one article, in the order of its text."""
    found: list[Norm] = []
    for paragraph in article.paragraphs:
        mine = _read(paragraph.text, Carried(), article, paragraph.number, 0)
        found += mine
        lead = _lead(mine[-1]) if mine and paragraph.items else Carried()
        for number, item in enumerate(paragraph.items, 1):
            found += _read(item, lead, article, paragraph.number, number)
    return tuple(found)


def _lead(norm: Norm) -> Carried:
    return Carried(norm.actors, norm.actors_said, norm.binding, True)


def _read(printed: str, carried: Carried, article: Article, paragraph: int, item: int) -> list[Norm]:
    """The norms of the printed text of a 款 or a 项."""
    text = spelt(printed)
    found: list[Norm] = []
    for start, end in sentences(text.plain):
        clauses = clauses_of(text.plain, start, end)
        for group in _groups(clauses):
            norm = _norm(text, group, carried, article, paragraph, item)
            found.append(norm)
            carried = replace(carried, subject=norm.actors, said=norm.actors_said)
            if not item:
                carried = replace(carried, binding=norm.binding)
        if not item:
            carried = Carried(carried.subject, carried.said)
    return found


def _groups(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """The clauses of a sentence, those of one rule together."""
    group: list[Clause] = []
    for clause in clauses:
        if group and _opens(clause, group):
            yield group
            group = []
        group.append(clause)
    if group:
        yield group


def _opens(clause: Clause, group: list[Clause]) -> bool:
    """Whether a clause begins a rule of its own."""
    rules = [c for c in group if c.role == RULE]
    if clause.role == EXCEPTION or not rules:
        return False
    if group[-1].stop in ";:":
        return True
    if clause.role == CONDITION:
        return False
    binding = next((c.mark.binding for c in rules if c.mark), None)
    return bool(
        clause.mark and binding and clause.mark.binding != binding and not _goes_on(binding, clause.mark.binding)
    )


def _goes_on(binding: Binding, new: Binding) -> bool:
    """应当 goes on over 支持 and 鼓励 of the same sentence, 鼓励 over 支持."""
    return binding == "应当" and new in ("支持", "鼓励", "探索")


def _norm(text: Spelt, group: Sequence[Clause], carried: Carried, article: Article, paragraph: int, item: int) -> Norm:
    start, end = group[0].start, group[-1].end
    whole = text.plain[start:end]
    rules = [c for c in group if c.role == RULE] or list(group)
    kind = _kind(whole)
    marks = [m for c in rules for m in c.marks]
    said = [c for c in rules if c.subject]
    subject = _classes([a for c in said for a in c.subject])
    subject_said = tuple(text.verbatim(c.start + a.start, c.start + a.end) for c in said for a in c.subject)
    others = [(c, a) for c in group if c.role != EXCEPTION for a in c.others]
    binding = _binding(rules, marks, bool(subject) or bool(carried.subject), carried, kind)
    beneficiaries = _classes([a for _, a in others])
    beneficiaries_said = tuple(text.verbatim(c.start + a.start, c.start + a.end) for c, a in others)
    urged = bool(marks) and marks[0].binding in ("鼓励", "支持", "可以") and not subject
    if urged and _urges(rules):
        after = _after_mark(rules)
        subject = _classes(after)
        subject_said = tuple(dict.fromkeys(b for b in beneficiaries_said))[: len(after)]
    elif not subject and kind == "rule" and not _impersonal(rules, marks):
        subject, subject_said = carried.subject, carried.said
    if kind != "rule":
        subject, subject_said = (), ()
    first, last = text.span(start, end)
    partners = [(c, a) for c in group for a in c.partners]
    return Norm(
        article.id, paragraph, item, first, last, text.printed[first:last],
        actors=subject, actors_said=subject_said,
        partners=_classes([a for _, a in partners]),
        partners_said=tuple(text.verbatim(c.start + a.start, c.start + a.end) for c, a in partners),
        binding=binding, act=_act(text, rules, marks),
        beneficiaries=beneficiaries, beneficiaries_said=beneficiaries_said,
        means=() if binding == "无" else means_in("".join(c.text for c in group if c.role != CONDITION)) or ("其他",),
        conditions=_conditions(text, group), exceptions=_exceptions(text, group),
        figures=figures_of(text, start, end), plan=bool(_PLAN.search(whole)),
        level=next((level for level, pattern in _LEVELS if re.search(pattern, whole)), ""),
        kind="consequence" if binding == "责任" else kind,
        refers_to=tuple(dict.fromkeys(r.number for r in references_in(whole) if r.number > 0)),
    )  # fmt: skip


def _kind(whole: str) -> Kind:
    if _DEFINITION.search(whole):
        return "definition"
    if _SCOPE.search(whole):
        return "scope"
    return "effect" if _EFFECT.search(whole) or _MADE.search(whole) else "rule"


def _binding(rules: Sequence[Clause], marks: Sequence[object], acts: bool, carried: Carried, kind: Kind) -> Binding:
    if kind != "rule":
        return "无"
    found = [m for c in rules for m in c.marks]
    strong = next((m for m in found if m.binding in ("责任", "免除")), None)
    if strong:
        return strong.binding
    if found:
        return found[0].binding
    return carried.binding if carried.binding != "无" else "应当"


def _urges(rules: Sequence[Clause]) -> bool:
    """Whether the sentence begins with 鼓励, 支持 or 允许, so that those after it act."""
    first = next((c for c in rules if c.mark), None)
    if first is None or first.mark is None:
        return False
    word = first.text[first.mark.start : first.mark.end]
    return first.mark.binding in ("鼓励", "支持") or word in ("允许", "准许")


def _after_mark(rules: Sequence[Clause]) -> list[Actor]:
    first = next(c for c in rules if c.mark)
    mark = first.mark
    after = [a for a in first.others if mark and a.start >= mark.start]
    kept: list[Actor] = []
    for actor in after:
        if kept and len(first.text[kept[-1].end : actor.start]) > 6:
            break
        if not kept and mark and actor.start - mark.end > 24:
            break
        kept.append(actor)
    return kept


def _impersonal(rules: Sequence[Clause], marks: Sequence[object]) -> bool:
    """Whether a thing stands before the mark (规划条件应当包括), so that nobody is carried on."""
    first = next((c for c in rules if c.mark), None)
    if first is None or first.mark is None:
        return False
    return len(first.text[: first.mark.start].rstrip("均都也还并")) >= 2


def _classes(found: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for actor in found for name in actor.classes))


def _act(text: Spelt, rules: Sequence[Clause], marks: Sequence[object]) -> str:
    first = next((c for c in rules if c.mark), rules[0])
    begin = first.start + (first.mark.end if first.mark else (first.subject[-1].end if first.subject else 0))
    return text.verbatim(begin, rules[-1].end).strip()


def _conditions(text: Spelt, group: Sequence[Clause]) -> tuple[str, ...]:
    found = []
    for c in group:
        if c.role == CONDITION:
            found.append(text.verbatim(c.start, c.end))
        elif c.role != EXCEPTION:
            found += [text.verbatim(c.start + a, c.start + b) for a, b in conditions_within(c.text)]
    return tuple(dict.fromkeys(found))


def _exceptions(text: Spelt, group: Sequence[Clause]) -> tuple[str, ...]:
    return tuple(text.verbatim(c.start, c.end) for c in group if c.role == EXCEPTION)
