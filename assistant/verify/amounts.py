"""The figures of a sentence beside those of its articles: number, bound, and what each is of."""

import itertools
import re
from collections.abc import Sequence

from assistant.verify.actors import actors
from assistant.verify.beyond.applied import only_says
from assistant.verify.beyond.case_figures import Case, figures_of_case, key
from assistant.verify.coverage import bigrams
from assistant.verify.source import Source, in_own_words
from assistant.verify.verdict import Open
from assistant.verify.words import T, grammar
from law.text.figure_words import figure_words
from law.text.figures import Figure, figures, same_figure, unstated
from law.text.references import blank_references
from law.text.script import plain

#: More of them than this a sentence does not count up by itself.
MOST_COUNTED = 9
_STOP = re.compile(r"[,;:。\n]")
#: Characters of a list of so many things.
_LONGEST_LIST = 200
#: So many figures of a stretch are laid beside each other: no sentence has more.
_MOST = 40


def against_figures(said: str, sources: Sequence[Source], asked: str) -> list[str]:
    """Reasons against the figures of a stretch: none of the article, of another bound, of something else."""
    counted = figure_words().own_counting.sub(lambda m: "|" * len(m[0]), said)
    held = [f for s in sources for f in (*s.figures, *figures(blank_references(s.later)))]
    values = of_case(asked, sources)
    items = {len(p.items) for s in sources for p in s.article.paragraphs}
    points = {len(grammar("points_made").findall(said))}
    reasons: list[str] = []
    own = figures(counted)
    for figure, why in unstated(own, held):
        if why == "number":
            if figure.value == 1 and counted[: figure.start].endswith(("同", "每", "任")):
                continue  # 同一辆
            if counts_points(figure) and figure.value in (
                items
                | points
                | _listed_before(counted[max(0, figure.start - _LONGEST_LIST) : figure.start])
                | _listed_after(counted[figure.end : figure.end + _LONGEST_LIST])
            ):
                continue
            if figure.value <= MOST_COUNTED and counts_points(figure) and _again(counted, figure):
                continue
            case = key(figure) in values
            if case and not figure.bound and only_says(_clause_of(counted, figure)):
                continue  # 派驻农村的两年里: the case itself
            of_prose = counts_points(figure) and figure.value <= MOST_COUNTED  # how many points the prose makes
            untold = f"「{figure.said}」是问题里的数" if case else f"所引条文没有「{figure.said}」"
            reasons.append(Open(untold) if case or of_prose else untold)
        elif figure.bound or not (
            _bounded_before(said, figure.start, why)
            or any(_is_end(counted, own, figure, bound) for bound in _bounds_of(figure, held))
            or grammar("names_bound").match(counted[figure.end : figure.end + _LONGEST_LIST])
        ):
            reasons.append(f"「{figure.said}」的上下限与所引条文不一致")
    hard = [r for r in reasons if not isinstance(r, Open)]
    hard = hard or [f"「{f.said}」在条文里说的是别的事" for f in misplaced(counted, own, sources)]
    hard = hard or [f"「{a.said}」和「{b.said}」说反了" for a, b in swapped(counted, own, sources)]
    return hard or reasons


def _bounds_of(figure: Figure, held: Sequence[Figure]) -> set[str]:
    """The bounds that the law gives a figure; one without its unit may be of any kind."""
    return {h.bound for h in held if h.value == figure.value and figure.kind in ("", h.kind)}


def _clause_of(text: str, figure: Figure) -> str:
    """The clause that has a figure."""
    after = _STOP.search(text, figure.end)
    return text[max(text.rfind(c, 0, figure.start) for c in ",;:。\n") + 1 : after.start() if after else len(text)]


def of_case(asked: str, sources: Sequence[Source]) -> Case:
    """The figures of the case that is asked about."""
    return figures_of_case(figures(plain(asked)), [f for s in sources for f in s.figures]) if asked else frozenset()


def _listed_before(said: str) -> set[int]:
    """How many things stand joined right before a figure: 高校、院所和企业三类. Read from the end, in one pass."""
    last = said[max(said.rfind(c) for c in ",;:。") + 1 :]
    listed = [one for one in grammar("joins_things").split(last) if one]
    return {len(listed)} if len(listed) > 1 else set()


def _listed_after(said: str) -> set[int]:
    """How many points are named next behind a figure: 三处:评价的用词、期限、奖励, 两个前提是注册和备案."""
    named = grammar("points_named").match(said)
    if not named:
        return set()
    listed = re.split("[,;。]", said[named.end() :], maxsplit=1)[0]
    return {sum(map(bool, grammar(by).split(listed))) for by in ("joins_points", "joins_things")}


def _again(said: str, figure: Figure) -> bool:
    """Whether a count is of what the sentence itself speaks of: 两项都由市政府办."""
    return grammar("points_again").match(said[figure.end : figure.end + _LONGEST_LIST]) is not None


def _is_end(text: str, own: Sequence[Figure], figure: Figure, bound: str) -> bool:
    """Whether a figure is the lower (min) or upper (max) end of a range; one without its unit may be either."""
    at = own.index(figure)
    if at + 1 < len(own) and figure_words().range_to.fullmatch(text[figure.end : own[at + 1].start]):
        return bound == "min" or not figure.kind
    return bound == "max" and at > 0 and bool(figure_words().range_to.fullmatch(text[own[at - 1].end : figure.start]))


def _bounded_before(said: str, start: int, bound: str) -> bool:
    """Whether what the figure is of was called a bound: 劳务费的上限,一般为30%."""
    topic = figure_words().bounds_of_topic.get(bound.removesuffix("!"))
    return bool(topic and topic.search(said, max(said.rfind(c, 0, start) for c in ";。") + 1, start))


def misplaced(said: str, own: Sequence[Figure], sources: Sequence[Source]) -> list[Figure]:
    """The figures of a stretch whose surroundings fit another figure of the same kind in the sources better."""
    text = "\n".join(s.text for s in sources)
    wrong: list[Figure] = []
    for figure in own:
        held = [(f, s) for s in sources for f in s.figures if f.kind == figure.kind]
        mine = [(f, s) for f, s in held if same_figure(figure, f)]
        rest = [(f, s) for f, s in held if not same_figure(figure, f)]
        if not mine or not rest:
            continue
        if figure.kind == "date":
            role = _role(said, figure, own)
            if role and role not in {_role(s.text, f, s.figures) for f, s in mine}:
                wrong += [figure] * (role in {_role(s.text, f, s.figures) for f, s in rest})
            continue
        by_width = []
        for close in (False, True):
            pairs = bigrams(in_own_words(_around(said, figure, own, close=close), text))
            fits, better = (
                max(len(pairs & bigrams(_around(s.text, f, s.figures, close=close))) for f, s in held)
                for held in (mine, rest)
            )
            by_width.append(better - fits)
        whose = _whose(said, figure)
        others = whose and whose in {_whose(s.text, f) for f, s in rest}
        of_other = others and whose not in {_whose(s.text, f) for f, s in mine}
        if of_other or (by_width[0] >= T.misplaced and by_width[1] > -T.misplaced):
            wrong.append(figure)
    return wrong


def _whose(text: str, figure: Figure) -> str:
    """Who is named last before a figure in its stretch: 高新技术企业 of 高新技术企业达到百分之三."""
    start = max((text.rfind(c, 0, figure.start) for c in "。;\n"), default=-1) + 1
    found = actors(text[start : figure.start])
    return grammar("joins_things").split(text[start : start + found[-1].end])[-1] if found else ""


def swapped(said: str, own: Sequence[Figure], sources: Sequence[Source]) -> list[tuple[Figure, Figure]]:
    """Pairs of figures of a stretch, both in one source, that fit each other's place there better than their own."""
    wrong: list[tuple[Figure, Figure]] = []
    for one, other in itertools.combinations(own[:_MOST], 2):
        if one.kind != other.kind or one.kind == "date" or same_figure(one, other):
            continue
        for source in sources:
            text = source.text
            first = [_before(text, f, source.figures) for f in source.figures if same_figure(one, f)]
            second = [_before(text, f, source.figures) for f in source.figures if same_figure(other, f)]
            if len(first) != 1 or len(second) != 1:
                continue
            here, there = (_before(said, f, own) for f in (one, other))
            signs = first[0] - second[0], second[0] - first[0]
            straight = len(here & signs[0]) + len(there & signs[1])
            if len(here & signs[1]) + len(there & signs[0]) >= straight + T.misplaced:
                wrong.append((one, other))
    return wrong


def _before(text: str, figure: Figure, every: Sequence[Figure]) -> frozenset[str]:
    """The bigrams between a figure and the one of its kind before it."""
    start = max((text.rfind(c, 0, figure.start) for c in "。\n"), default=-1) + 1
    start = max([start, *(f.end for f in every if f.kind == figure.kind and f.end <= figure.start)])
    return bigrams(text[start : figure.start])


def _role(text: str, figure: Figure, every: Sequence[Figure]) -> str:
    """What happened on a date, one word for those that mean the same."""
    stop = re.search(r"[;。\n)]", text[figure.end :])
    until = figure.end + stop.start() if stop else len(text)
    until = min([until, *(f.start for f in every if f.kind == "date" and f.start >= figure.end)])
    found = figure_words().date_roles.search(text, figure.end, until)
    if not found:
        start = max(text.rfind(c, 0, figure.start) for c in ";。\n(") + 1
        start = max([start, *(f.end for f in every if f.kind == "date" and f.end <= figure.start)])
        before = list(figure_words().date_roles.finditer(text, start, figure.start))
        found = before[-1] if before else None
    said = found[0] if found else ""
    return {"生效": "施行", "实施": "施行", "失效": "废止", "公告": "公布", "发布": "公布", "修订": "修正"}.get(
        said, said
    )


def _around(text: str, figure: Figure, every: Sequence[Figure], *, close: bool = False) -> str:
    """From the last semicolon, with `close` from the last figure, to the next stop or figure of the kind."""
    after = _STOP.search(text, figure.end)
    until = after.start() if after else len(text)
    start = max((text.rfind(c, 0, figure.start) for c in "。;\n"), default=-1) + 1
    start = max([start, *(f.end for f in every if close and f.kind == figure.kind and f.end <= figure.start)])
    later = [f.start for f in every if f.kind == figure.kind and f.start >= figure.end]
    return text[start : figure.start] + "|" + text[figure.end : min([until, *later])]


def counts_points(figure: Figure) -> bool:
    """Whether a figure may count points of the prose, and nothing in the world: 三项."""
    return grammar("counter").search(figure.kind) is not None
