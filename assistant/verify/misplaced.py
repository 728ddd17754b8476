"""A figure that the article has, told of another matter: 百分之三十 of what the law gives 百分之五十."""

import itertools
import re
from collections.abc import Sequence

from assistant.verify.aligned import in_own_words
from assistant.verify.coverage import bigrams
from assistant.verify.source import Source
from assistant.verify.thresholds import T
from law.text.figure_words import figure_words
from law.text.figures import Figure, figures, same_figure

_STOP = re.compile(r"[,;:。\n]")


def misplaced(said: str, sources: Sequence[Source]) -> list[Figure]:
    """Figures of a stretch whose surroundings fit another figure of the same kind in the sources better."""
    own = figures(said)
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
        pairs = bigrams(in_own_words(_around(said, figure, own), text))
        fits = max(len(pairs & bigrams(_around(s.text, f, s.figures))) for f, s in mine)
        better = max(len(pairs & bigrams(_around(s.text, f, s.figures))) for f, s in rest)
        if better - fits >= T.misplaced:
            wrong.append(figure)
    return wrong


def swapped(said: str, sources: Sequence[Source]) -> list[tuple[Figure, Figure]]:
    """Pairs of figures of a stretch, both in one source, that fit each other's place there better than their own."""
    own = figures(said)
    wrong: list[tuple[Figure, Figure]] = []
    for one, other in itertools.combinations(own, 2):
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


def _around(text: str, figure: Figure, every: Sequence[Figure]) -> str:
    """From the last semicolon or the beginning of the sentence to the next stop or figure of the kind."""
    after = _STOP.search(text, figure.end)
    until = after.start() if after else len(text)
    start = max((text.rfind(c, 0, figure.start) for c in "。;\n"), default=-1) + 1
    later = [f.start for f in every if f.kind == figure.kind and f.start >= figure.end]
    return text[start : figure.start] + "|" + text[figure.end : min([until, *later])]
