"""Two texts of one regulation, article by article: what is the same, changed, moved, added or deleted.

Articles are paired by what they say, in the order of the text first, then those that were moved across; numbers are
followed, not trusted. Words are marked as the 修订对照表 of a people's congress prints them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from law.regulation import Article, Regulation
from law.text.rules import load_rules
from law.text.script import plain, to_simplified

SAME, CHANGED, MOVED, ADDED, DELETED = "same", "changed", "moved", "added", "deleted"
#: Articles less alike than this are no versions of one another; those moved out of the order must be more alike,
#: those between the same neighbours may be less.
ALIKE, ALIKE_ACROSS, ALIKE_BETWEEN = 0.34, 0.6, 0.2
_SAME_NUMBER = 0.06  # what an equal number adds to a likeness
_FULL = str.maketrans(",;:?!()", "，；：？！（）")


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """Words that both texts have (`same`), or only the new (`added`) or the old one (`deleted`)."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One article in both texts; `old` or `new` is None where it is in one alone."""

    old: Article | None
    new: Article | None
    change: str
    marks: tuple[ChangeMark, ...]

    def words(self, *, old: bool) -> tuple[ChangeMark, ...]:
        """What the old or the new text says, its own marks among it."""
        other = ADDED if old else DELETED
        return tuple(m for m in self.marks if m.op != other)


def compare(old: Regulation, new: Regulation) -> tuple[Change, ...]:
    """Every article of both texts, in the order of the new one; what was deleted stands where it stood."""
    before, after = _articles(old), _articles(new)
    pairs = _paired(before, after)
    partner = {j: i for i, j in pairs}
    gone = [i for i in range(len(before)) if i not in dict(pairs)]
    result: list[Change] = []
    reached = -1
    for j, article in enumerate(after):
        i = partner.get(j)
        if i is not None and i > reached:
            result += [_deleted(before[g]) for g in gone if reached < g < i]
            reached = i
        result.append(_added(article) if i is None else _change(before[i], article))
    return (*result, *(_deleted(before[g]) for g in gone if g > reached))


def as_dict(changes: Sequence[Change]) -> dict[str, list[dict[str, object]]]:
    """What `fatiao diff --json` prints."""
    return {
        "articles": [
            {
                "old": c.old.id if c.old else None,
                "new": c.new.id if c.new else None,
                "old_label": c.old.label if c.old else None,
                "new_label": c.new.label if c.new else None,
                "change": c.change,
                "marks": [[m.op, m.text] for m in c.marks],
            }
            for c in changes
        ]
    }


# pairing --------------------------------------------------------------------------------------


def _articles(regulation: Regulation) -> list[Article]:
    return [a for a in regulation.articles if a.number or a.suffix]


def _paired(before: Sequence[Article], after: Sequence[Article]) -> list[tuple[int, int]]:
    likeness = [[0.0] * len(after) for _ in before]
    told = [_grams(plain(a.text)) for a in before], [_grams(plain(a.text)) for a in after]
    for i, a in enumerate(before):
        for j, b in enumerate(after):
            same = _SAME_NUMBER if (a.number, a.suffix) == (b.number, b.suffix) else 0.0
            likeness[i][j] = _dice(told[0][i], told[1][j]) + same
    pairs = _in_order(likeness, ALIKE)
    edges = [(-1, -1), *pairs, (len(before), len(after))]
    for (i, j), (i2, j2) in pairwise(edges):
        inner = [row[j + 1 : j2] for row in likeness[i + 1 : i2]]
        pairs += [(a + i + 1, b + j + 1) for a, b in _in_order(inner, ALIKE_BETWEEN)] if inner else []
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    across = sorted(
        (
            (likeness[i][j], i, j)
            for i in range(len(before))
            for j in range(len(after))
            if i not in taken[0] and j not in taken[1] and likeness[i][j] >= ALIKE_ACROSS
        ),
        reverse=True,
    )
    for _, i, j in across:
        if i not in taken[0] and j not in taken[1]:
            pairs.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return sorted(pairs)


def _in_order(likeness: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    """The pairs that keep both orders and are most alike together, none less than `least`."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            gain = likeness[i][j] - least
            best[i][j] = max(best[i + 1][j], best[i][j + 1], gain + best[i + 1][j + 1] if gain > 0 else 0.0)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        gain = likeness[i][j] - least
        if gain > 0 and best[i][j] == gain + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _grams(text: str) -> Counter[str]:
    return Counter(a + b for a, b in pairwise(text)) or Counter([text])


def _dice(a: Counter[str], b: Counter[str]) -> float:
    whole = a.total() + b.total()
    return 2 * (a & b).total() / whole if whole else 1.0


# words ------------------------------------------------------------------------------------------


def _deleted(article: Article) -> Change:
    return Change(article, None, DELETED, (ChangeMark(DELETED, _shown(article)),))


def _added(article: Article) -> Change:
    return Change(None, article, ADDED, (ChangeMark(ADDED, _shown(article)),))


def _change(old: Article, new: Article) -> Change:
    before, after = _shown(old), _shown(new)
    if plain(before) == plain(after):
        moved = (old.number, old.suffix) != (new.number, new.suffix)
        return Change(old, new, MOVED if moved else SAME, (ChangeMark(SAME, after),))
    return Change(old, new, CHANGED, tuple(_marks(before, after)))


def _shown(article: Article) -> str:
    """The words of an article, one paragraph or item a line, in one script and one punctuation."""
    heading = f"【{article.heading}】" if article.heading else ""
    lines = [line for p in article.paragraphs for line in (p.text, *p.items) if line]
    return to_simplified(heading + "\n".join(lines)).translate(_FULL)


def _marks(old: str, new: str) -> Iterator[ChangeMark]:
    a, b = _words(old), _words(new)
    held: list[ChangeMark] = []
    for op, i, i2, j, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            held.append(ChangeMark(SAME, "".join(b[j:j2])))
            continue
        if i2 > i:
            held.append(ChangeMark(DELETED, "".join(a[i:i2])))
        if j2 > j:
            held.append(ChangeMark(ADDED, "".join(b[j:j2])))
    yield from _without_islands(held)


def _without_islands(marks: Sequence[ChangeMark]) -> list[ChangeMark]:
    """A lone comma between two changes is no part that stayed: the change is read as one."""
    result: list[ChangeMark] = []
    for at, mark in enumerate(marks):
        inner = 0 < at < len(marks) - 1
        if mark.op == SAME and inner and load_rules("law", "changes.toml")["island"].search(mark.text):
            result += [ChangeMark(DELETED, mark.text), ChangeMark(ADDED, mark.text)]
        else:
            result.append(mark)
    return _gathered(result)


def _gathered(marks: Sequence[ChangeMark]) -> list[ChangeMark]:
    """Between two same parts first all that was deleted, then all that was added."""
    result: list[ChangeMark] = []
    deleted = added = ""
    for mark in (*marks, ChangeMark(SAME, "")):
        if mark.op == DELETED:
            deleted += mark.text
        elif mark.op == ADDED:
            added += mark.text
        else:
            result += [m for m in (ChangeMark(DELETED, deleted), ChangeMark(ADDED, added), mark) if m.text]
            deleted = added = ""
    return result


def _words(text: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(text))
