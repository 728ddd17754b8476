"""The command line. Errors become words here: exit 0 done, 1 named error, 2 wrong usage."""

import atexit
import gc
import io
import sys

import typer

from fatiao.commands import asking, lines, people, running, texts
from fatiao.logs import set_up_logging

#: So many new objects before the collector looks through them: what a command loads at its start stays to its end, and
#: a cold answer need not wait for it to be looked through again and again.
_ALIVE = 50_000

app = typer.Typer(
    name="fatiao",
    help="法条助手：依据法规条文回答问题，每一句都注明城市和条号。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (asking, texts, lines, running, people):
    app.add_typer(group.commands)


def main() -> None:
    """Run a command; a named error is one line on stderr and exit code 1."""
    gc.set_threshold(_ALIVE)
    atexit.register(gc.freeze)  # nor once more as the process ends: a tenth of a cold answer
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot print Chinese is no error
    set_up_logging()
    from fatiao.printing.terminal import guarded
    from law.errors import FatiaoError
    from law.text.shown import shown

    try:
        with guarded():
            app()
    except FatiaoError as error:
        sys.stderr.write(shown(f"错误：{error}\n"))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("已中断。\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
