"""The part of the report that shows every case that went wrong, and why."""

from collections.abc import Sequence
from html import escape
from typing import Any

from evals.questions.kinds import kind_name
from evals.scores.results import case_as_dict
from evals.scores.scoring import Score


def case_sections(scores: Sequence[Score]) -> list[str]:
    """Failed cases by kind, then those that could not be scored."""
    failed = [s for s in scores if s.failed and not s.unscored]
    groups: list[str] = []
    for kind in dict.fromkeys(s.case.kind for s in failed):
        mine = [s for s in failed if s.case.kind == kind]
        of = sum(s.case.kind == kind for s in scores)
        cases = "".join(_case(case_as_dict(s)) for s in mine)
        groups.append(
            f"<details open><summary><b>{escape(kind_name(kind))}</b>{len(mine)} / {of} 题</summary>{cases}</details>"
        )
    sections = [_section(f"有问题的题（{len(failed)}）", groups or ["<p>没有。</p>"])]
    if rest := [s for s in scores if s.unscored]:
        sections.append(_section(f"未评分的题（{len(rest)}）", [_case(case_as_dict(s)) for s in rest]))
    return sections


def _section(title: str, parts: Sequence[str]) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def _case(said: dict[str, Any]) -> str:
    expected, got = said["expected"], said["got"] or {}
    wanted = [
        f"应拒答（{expected['reason'] or '理由不限'}）" if expected["refuse"] else "、".join(expected["gold"]),
        f"也可引：{'、'.join(expected['also_ok'])}" if expected["also_ok"] else "",
        f"要点：{'；'.join(expected['must_contain'])}" if expected["must_contain"] else "",
        f"不许说：{'；'.join(expected['must_not_contain'])}" if expected["must_not_contain"] else "",
    ]
    cited = f"拒答（{got.get('reason')}）" if got.get("refused") else "、".join(got.get("cited", ())) or "（没有引用）"
    retrieved = "　".join(f"{n}. {h['place']}" for n, h in enumerate(got.get("retrieved", ()), 1))
    rows = [
        ("上文", "\n".join(f"{t.get('role')}：{t.get('content')}" for t in said["history"])),
        ("理解为", got.get("standalone", "")),
        ("应答", "\n".join(filter(None, wanted))),
        ("实引", cited if got else ""),
        ("检索到", retrieved),
        ("原因", said["unscored"] or said["why"]),
        ("裁判", said["verdict"]),
        ("备注", said["note"]),
    ]
    body = "".join(f"<dt>{k}</dt><dd>{escape(v)}</dd>" for k, v in rows if v)
    body += f'<dt>回答</dt><dd class="answer">{escape(got["text"])}</dd>' if got else ""
    why = escape(said["unscored"] or said["why"])
    top = f'<b>{escape(said["id"])}</b>{escape(said["question"])}<span class="why">{why}</span>'
    return f"<details><summary>{top}</summary><dl>{body}</dl></details>"
