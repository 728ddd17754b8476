"""`fatiao ui`: start Streamlit on the chat page."""

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from assistant.errors import SettingError

if TYPE_CHECKING:
    from assistant.settings import Settings


def serve(settings: "Settings", port: int, *, headless: bool = False) -> NoReturn:
    """Become the page's server, until interrupted. Raises SettingError when the port is taken."""
    import ui

    page = Path(ui.__file__).parent / "app.py"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, port))
        except OSError as error:
            raise SettingError(
                f"地址「{settings.host}:{port}」用不了（{error.strerror}），可换一个：fatiao ui --port 8502。"
            ) from error
    screenless = headless or not (os.environ.get("DISPLAY") or sys.platform in ("darwin", "win32"))
    command = [
        sys.executable, "-m", "streamlit", "run", str(page),
        "--server.port", str(port), "--server.address", settings.host,
        "--server.headless", "true" if screenless else "false",
        "--browser.gatherUsageStats", "false", "--client.toolbarMode", "minimal",
    ]  # fmt: skip
    sys.stderr.write(f"法条助手：http://{settings.host}:{port}（按 Ctrl+C 结束）\n")
    sys.stderr.flush()
    os.execv(command[0], command)  # one process: who ends `fatiao ui` ends the page
