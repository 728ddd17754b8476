"""Progress and log lines on stderr, so that stdout holds answers only."""

import logging
import sys
from collections.abc import Callable

from law.text.shown import shown

STEPS = {"embed": "计算向量", "write": "写入索引", "enrich": "写常见问法", "ocr": "识别扫描件"}
#: After these steps nothing follows.
_LAST = ("write", "enrich")


class _Shown(logging.Formatter):
    """What a document or a file's name holds is shown, not obeyed by the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return shown(super().format(record))


def set_up_logging() -> None:
    """Messages of the project itself, plain, on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Shown("%(message)s"))
    log = logging.getLogger("fatiao")
    log.handlers[:] = [handler]  # a second run in one process speaks once, and on the stderr of now
    log.setLevel(logging.INFO)


def say_progress() -> Callable[[str, int, int], None]:
    """A progress bar that appears when the first step is reported."""
    from contextlib import ExitStack

    stack = ExitStack()
    bars: dict[str, object] = {}
    holder: list[object] = []

    def report(step: str, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        if not holder:
            bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=False,
            )
            holder.append(stack.enter_context(bar))
        progress = holder[0]
        assert isinstance(progress, Progress)
        if step not in bars:
            bars[step] = progress.add_task(STEPS.get(step, step), total=total)
        progress.update(bars[step], completed=done, total=total)  # type: ignore[arg-type]
        if step in _LAST and done >= total:
            stack.close()
            holder.clear()
            bars.clear()

    return report
