"""What the report shows of one case: what was asked, expected, got and found, and why it counts as wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.scores.results import case_as_dict
from evals.scores.scoring import Score


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as the report shows it: rows of a name and its text ("" is left out), and the answer if there was one."""

    id: str
    question: str
    why: str
    rows: tuple[tuple[str, str], ...]
    answer: str | None


def shown_cases(scores: Sequence[Score]) -> list[Shown]:
    """Each case, in their order."""
    return [_shown(case_as_dict(s)) for s in scores]


def _shown(case: dict[str, Any]) -> Shown:
    got, why = case["got"] or {}, case["unscored"] or case["why"]
    rows = (
        ("上文", "\n".join(f"{t.get('role')}：{t.get('content')}" for t in case["history"])),
        ("理解为", got.get("standalone", "")),
        ("应答", _wanted(case["expected"])),
        ("实引", _cited(got) if got else ""),
        ("检索到", "　".join(f"{n}. {h['place']}" for n, h in enumerate(got.get("retrieved", ()), 1))),
        ("原因", why),
        ("裁判", case["verdict"]),
        ("备注", case["note"]),
    )
    return Shown(case["id"], case["question"], why, rows, got["text"] if got else None)


def _wanted(expected: dict[str, Any]) -> str:
    wanted = [
        f"应拒答（{expected['reason'] or '理由不限'}）" if expected["refuse"] else "、".join(expected["gold"]),
        f"也可引：{'、'.join(expected['also_ok'])}" if expected["also_ok"] else "",
        f"要点：{'；'.join(expected['must_contain'])}" if expected["must_contain"] else "",
        f"不许说：{'；'.join(expected['must_not_contain'])}" if expected["must_not_contain"] else "",
    ]
    return "\n".join(filter(None, wanted))


def _cited(got: dict[str, Any]) -> str:
    return f"拒答（{got.get('reason')}）" if got.get("refused") else "、".join(got.get("cited", ())) or "（没有引用）"
