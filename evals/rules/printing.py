"""The tables of `python -m evals.rules`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evals.rules.heard import Heard, Spoken
from evals.rules.silence import Silenced, Worth
from law.text.rules import Rule

if TYPE_CHECKING:
    from rich.console import Console

#: From so many questions that come out better without it on, a rule is named.
_LOOKED_AT = 2


def print_spoken(
    console: "Console",
    rules: Mapping[str, Rule],
    sets: Sequence[Spoken],
    heard: Mapping[str, Heard],
    elsewhere: Mapping[str, int],
) -> None:
    """How often each rule speaks, on what."""
    from rich.table import Table

    table = Table("规则", *(s.name for s in sets), "句子（对+错）", "文稿", "意思", title="每条规则说了几次话")
    for id_, rule in rules.items():
        counts = (str(len(s.by_rule.get(id_, ()))) for s in sets)
        table.add_row(id_, *counts, heard[id_].told if id_ in heard else "0", str(elsewhere.get(id_, 0)), rule.means)
    console.print(table)


def print_silenced(console: "Console", name: str, one: Silenced) -> None:
    """A line for a rule without which something of a set comes out otherwise."""
    shown = "  ".join(f"{key} {value:+.4f}" for key, value in (one.figures or {}).items())
    better = f"（{'、'.join(one.better)}）" if one.better else ""
    console.print(
        f"{name} 没有 {one.rule}（{one.asked} 题）：{len(one.changed)} 题的答案不同，"
        f"{len(one.better)} 题变好{better}，{len(one.worse)} 题变差  {shown}"
    )


def print_worth(console: "Console", heard: Mapping[str, Heard], worths: Mapping[str, Worth]) -> None:
    """What each rule does to sentences, of those that do anything."""
    from rich.table import Table

    table = Table(
        "规则",
        "说了话",
        "独力拦下的错句",
        "误删的对句",
        "不说话时多拦的错句",
        "不说话时多删的对句",
        title="核对的规则各管什么",
    )
    for id_, told in worths.items():
        if told != Worth():
            table.add_row(id_, heard[id_].told, *map(str, (told.catches, told.drops, told.hides, told.saves)))
    console.print(table)


def print_summary(
    console: "Console", wanted: Sequence[str], silent: Mapping[str, Sequence[Silenced]], worths: Mapping[str, Worth]
) -> None:
    """One row a set, and one for the sentences: how many rules speak, matter, and do harm."""
    from rich.table import Table

    table = Table("", "规则", "说话的", "去掉有变化的", "只变好的", "只变差的", f"净变好 {_LOOKED_AT} 题以上的")
    for name, ones in silent.items():
        changing = [o for o in ones if o.changed]
        table.add_row(
            name,
            *map(str, (len(wanted), len(ones), len(changing))),
            str(sum(bool(o.better) and not o.worse for o in changing)),
            str(sum(bool(o.worse) and not o.better for o in changing)),
            "、".join(o.rule for o in changing if len(o.better) - len(o.worse) >= _LOOKED_AT) or "–",
        )
    if worths:
        gains = {id_: w.drops + w.hides - w.catches - w.saves for id_, w in worths.items() if w != Worth()}
        table.add_row(
            "句子",
            *map(str, (len(wanted), len(worths), len(gains))),
            str(sum(not (worths[i].catches or worths[i].saves) for i in gains)),
            str(sum(not (worths[i].drops or worths[i].hides) for i in gains)),
            "、".join(i for i, gain in gains.items() if gain >= _LOOKED_AT) or "–",
        )
    moving = {o.rule for ones in silent.values() for o in ones if o.changed}
    moving |= {id_ for id_, w in worths.items() if w != Worth()}
    speaking = {o.rule for ones in silent.values() for o in ones} | worths.keys()
    table.add_row("合计", *map(str, (len(wanted), len(speaking), len(moving))), "", "", "")
    console.print(table)
