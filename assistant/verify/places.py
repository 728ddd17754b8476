"""A figure that the article has, told of another matter: 百分之三十 of what the law gives 百分之五十."""

import re
from collections.abc import Sequence

from assistant.verify.aligned import in_own_words
from assistant.verify.coverage import bigrams
from assistant.verify.figures import Figure, figures
from assistant.verify.source import Source
from assistant.verify.thresholds import T

_STOP = re.compile(r"[,;:。\n]")


def misplaced(said: str, sources: Sequence[Source]) -> list[Figure]:
    """Figures of a stretch whose surroundings fit another figure of the same kind in the sources better."""
    wrong: list[Figure] = []
    own = figures(said)
    for figure in own:
        held = [(f, _around(s.text, f, s.figures)) for s in sources for f in s.figures if f.kind == figure.kind]
        mine = [context for f, context in held if _same(figure, f)]
        rest = [context for f, context in held if not _same(figure, f)]
        if not mine or not rest or len([f for f in own if f.kind == figure.kind]) >= len({_key(f) for f, _ in held}):
            continue
        text = in_own_words(_around(said, figure, own), "\n".join(s.text for s in sources))
        pairs = bigrams(text)
        fits = max(len(pairs & bigrams(c)) for c in mine)
        better = max(len(pairs & bigrams(c)) for c in rest)
        if better - fits >= T.misplaced:
            wrong.append(figure)
    return wrong


def _around(text: str, figure: Figure, every: Sequence[Figure]) -> str:
    """From the figure of the same kind before (a date: from the comma before) to the next stop."""
    after = _STOP.search(text, figure.end)
    until = after.start() if after else len(text)
    stops = [m.end() for m in re.finditer(r"[,;:。\n]" if figure.kind == "date" else r"[;。\n]", text[: figure.start])]
    start = stops[-1] if stops else 0
    earlier = [f.end for f in every if f.kind == figure.kind and f.end <= figure.start]
    start = max(start, *earlier) if earlier else start
    later = [f.start for f in every if f.kind == figure.kind and f.start >= figure.end]
    return text[start : figure.start] + "|" + text[figure.end : min([until, *later])]


def _same(said: Figure, held: Figure) -> bool:
    if said.kind == "date":
        return all(s is None or s == h for s, h in zip(said.parts, held.parts, strict=True))
    return said.value == held.value


def _key(figure: Figure) -> object:
    return figure.parts if figure.kind == "date" else figure.value
