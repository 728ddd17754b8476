"""Which of the places that a question names it leaves out: 除武汉外, 常州以外的, 洛阳我知道了，另外两个城市呢."""

from collections.abc import Sequence

from law.text.rules import Rule, load_rules

Span = tuple[int, int, str]
#: So many characters before a name may take it out.
_BEFORE = 6


def left_out(text: str, spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The spans that a question asks for, and those that it leaves out, with the words that say so."""
    groups: list[list[Span]] = []
    for span in sorted(spans):
        if groups and (span[:2] == groups[-1][-1][:2] or are_joined(text[groups[-1][-1][1] : span[0]])):
            groups[-1].append(span)
        else:
            groups.append([span])
    kept: list[Span] = []
    out: list[Span] = []
    for group in groups:
        start, end = group[0][0], group[-1][1]
        before, after = (
            _rules()["before"].search(text[max(0, start - _BEFORE) : start]),
            _rules()["after"].match(text, end),
        )
        if not before and not after:
            kept += group
            continue
        start -= len(before[0]) if before else 0
        out += [(start, after.end() if after else end, id_) for *_, id_ in group]
    denied = all(_rules()["denied"].match(text, start) for start, *_ in out)
    if out and denied and not kept:
        return list(spans), []
    named = max((end for _, end, _ in kept), default=0)
    others = _rules()["others"].search(text, named) if kept and not out else None
    if others and not _rules()["with_them"].match(text[named : others.start()]):
        return [], kept
    return kept, out


def are_joined(between: str) -> bool:
    """Whether what stands between two names of places joins them to one group."""
    return _rules()["joins"].fullmatch(between) is not None


def _rules() -> dict[str, Rule]:
    return load_rules("law.text", "places_left_out.toml")
