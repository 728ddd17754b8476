"""`fatiao enrich`: a model writes likely questions or proposes norms, and what came of it is said."""

import sys
from typing import TYPE_CHECKING

from fatiao.logs import say_progress

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def run_enrich(helper: "Assistant", regulation_id: str) -> None:
    """Write the likely questions of one regulation. Raises SettingError, QuestionError, ModelError, StoreError."""
    from assistant.model.enrich import enrich

    report = enrich(helper, regulation_id, say_progress())
    parts = [f"新写 {report.written} 条", f"已有 {report.held} 条"]
    if report.person:
        parts.append(f"人工写过、不改动 {report.person} 条")
    if report.failed:
        parts.append(f"没有写成 {report.failed} 条（再运行一次会重试）")
    sys.stdout.write(f"《{report.regulation.title}》：{'，'.join(parts)}；用去 {report.tokens} 词元。\n")
    if report.written or report.held:
        sys.stdout.write(f"存于 {report.file}。运行 fatiao ingest 编入索引。\n")


def run_propose(helper: "Assistant", regulation_id: str) -> None:
    """Propose norms where the grammar left one open. Raises SettingError, QuestionError, ModelError, StoreError."""
    from assistant.model.propose import propose

    report = propose(helper, regulation_id, say_progress())
    sys.stdout.write(
        f"《{report.regulation.title}》：语法没有读出的 {report.open} 处，新提出 {report.proposed} 项规范，"
        f"此前问过 {report.held} 条；用去 {report.tokens} 词元。\n"
    )
    if report.proposed or report.held:
        sys.stdout.write(f"存于 {report.file}，fatiao show … --norms 里另列；不计入清单。\n")
