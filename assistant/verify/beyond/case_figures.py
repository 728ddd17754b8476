"""The figures of a case: those of the question, and what follows from them and the law's by adding or subtracting."""

from collections.abc import Iterable

from law.text.figures import Figure

#: A value by which figures are compared; of a date its year.
Case = frozenset[object]
NO_CASE: Case = frozenset()


def figures_of_case(asked: Iterable[Figure], held: Iterable[Figure]) -> Case:
    """The figures that a conclusion may have though no article has them.

    Of the question those that the articles lack; a share or sum that lies between one of them and one of the law's;
    the years that a period of the law reaches from a date of the question.
    """
    theirs = tuple(held)
    known = {key(f) for f in theirs}
    mine = [f for f in asked if key(f) not in known]
    found: set[object] = {key(f) for f in mine}
    for own in mine:
        for law in theirs:
            if own.parts[0] and law.kind == "months":
                years = int(law.value // 12)
                found |= {("year", own.parts[0] + n) for n in range(years + 2)}
            elif own.kind == law.kind != "date":
                found |= {abs(own.value - law.value), own.value + law.value}
    return frozenset(found)


def key(figure: Figure) -> object:
    """What two figures have in common that are one."""
    return ("year", figure.parts[0]) if figure.kind == "date" else figure.value
