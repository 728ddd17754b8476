"""`fatiao diff`: two texts of one regulation, as files or as what is held."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from law.changes import ADDED, CHANGED, DELETED, MOVED, SAME, Change
from law.errors import CorpusError, DocumentError
from law.regulation import Regulation

if TYPE_CHECKING:
    from assistant.settings import Settings

_MARKED = {SAME: "{}", DELETED: "[-{}-]", ADDED: "[+{}+]"}
_CALLED = {CHANGED: "修改", MOVED: "条号变动", ADDED: "新增", DELETED: "删去"}


def text_of(name: str, settings: "Settings") -> Regulation:
    """A document or corpus folder by its path, else a held regulation by its id or title. Raises CorpusError."""
    path = Path(name)
    if path.exists():
        from law.corpus import load_path

        return load_path(path)
    from assistant.assistant import Assistant

    with Assistant(settings) as helper:
        held = helper.regulations()
    found = [r for r in held if name in (r.id, r.title)]
    if found:
        return found[0]
    raise CorpusError(f"找不到「{name}」：既不是文件，也不是收录的法规编号（{'、'.join(r.id for r in held)}）。")


def print_changes(changes: tuple[Change, ...]) -> None:
    """For a person: each article that is not the same, its words marked [-删-] [+增+]."""
    counts = {kind: sum(c.change == kind for c in changes) for kind in (SAME, *_CALLED)}
    said = "，".join(f"{_CALLED[k]} {counts[k]} 条" for k in _CALLED if counts[k])
    sys.stdout.write(f"未改 {counts[SAME]} 条{'，' + said if said else ''}。\n")
    for change in changes:
        if change.change == SAME:
            continue
        labels = " → ".join(a.label for a in (change.old, change.new) if a is not None)
        sys.stdout.write(f"\n{labels}　{_CALLED[change.change]}\n")
        if change.change != MOVED:
            sys.stdout.write("".join(_MARKED[m.op].format(m.text) for m in change.marks) + "\n")


def write_word(path: Path, old: Regulation, new: Regulation, changes: tuple[Change, ...]) -> None:
    """The 修订对照表 as a Word file. Raises DocumentError."""
    from records.word.changes import changes_document

    try:
        path.write_bytes(changes_document(old, new, changes))
    except OSError as error:
        raise DocumentError(f"写不进「{path}」（{error.strerror or error}），请检查路径和权限。") from error
