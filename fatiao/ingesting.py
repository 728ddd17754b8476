"""`fatiao ingest`: load, index, and say what was done."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fatiao.logs import say_progress
from fatiao.printing.terminal import console
from law.errors import CorpusError
from law.regulation import Regulation
from law.text.shown import shown
from prompts import say

if TYPE_CHECKING:
    from assistant.settings import Settings
    from law.formats.extracted import Progress
    from vectorstore.ingest import IngestReport


def run_ingest(
    settings: "Settings", paths: Sequence[Path], *, new_id: str = "", city: str = "", remove: Sequence[str] = ()
) -> None:
    """Bring the index up to date with the bundled corpus, what was added before, and `paths`.

    Raises CorpusError, DocumentError, IndexBusy, StoreUnavailable, EmbeddingError.
    """
    if (new_id or city) and len(paths) != 1:
        raise CorpusError("--id 和 --city 只能和一个文档一起用。")
    from assistant.assistant import Assistant

    progress = say_progress()
    new = [_load(p, new_id, city, progress) for p in paths]
    with Assistant(settings) as helper:
        changed = helper.change_corpus(add=new, remove=remove, progress=progress)
        _print_report(changed.report, helper.store.where)
        for line in changed.said:
            sys.stdout.write(line + "\n")


def _load(path: Path, new_id: str, city: str, progress: "Progress") -> Regulation:
    """A document or a corpus folder; the folder is named as its source, or it would count as bundled."""
    from law.corpus import load_path

    if path.is_dir() and (new_id or city):
        raise CorpusError(f"「{path}」是文件夹，编号和城市写在它的 regulation.toml 里，不用 --id 和 --city。")
    regulation = load_path(path, new_id=new_id, city=city, progress=progress)
    return replace(regulation, source=f"{path.resolve().name}/source.txt") if path.is_dir() else regulation


def _print_report(report: "IngestReport", where: str) -> None:
    from rich.markup import escape
    from rich.table import Column, Table

    out = console(None if sys.stdout.isatty() else 120)
    names = ("编号", "法规", "状态", "条", "分块", "词元", "可疑之处")
    table = Table(*(Column(n, overflow="fold") for n in names))
    for row in report.rows:
        r = row.regulation
        table.add_row(
            r.id,
            escape(shown(r.title)),
            say(f"status.{r.status}"),
            str(len(r.numbered)),
            str(row.chunks),
            str(row.tokens),
            _doubts(r),
        )
    out.print(table)
    if report.changed:
        out.print(f"索引已更新：新算向量 {report.embedded} 个，沿用 {report.reused} 个。位置：{where}")
    else:
        out.print(f"索引已是最新，没有改动（{report.reused} 个分块）。位置：{where}")


def _doubts(regulation: Regulation) -> str:
    kinds: dict[str, int] = {}
    for finding in regulation.findings:
        kinds[finding.kind] = kinds.get(finding.kind, 0) + 1
    return "、".join(f"{_named(k)}×{n}" for k, n in kinds.items()) or "—"


def _named(kind: str) -> str:
    try:
        return say(f"finding.{kind}")
    except KeyError:
        return kind
