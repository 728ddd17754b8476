"""`fatiao ui`: start Streamlit on the chat page."""

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from assistant.errors import SettingError
from fatiao.login import Login, read_login, readable_by_others, secret_files
from prompts import say

if TYPE_CHECKING:
    from assistant.settings import Settings

_HERE = ("localhost", "127.0.0.1", "::1")


def serve(settings: "Settings", port: int, *, headless: bool = False) -> NoReturn:
    """Become the page's server, until interrupted.

    Raises SettingError when the address is taken or the login is configured wrongly.
    """
    import ui

    login = read_login(settings, port)
    if login and settings.proxy_header:
        raise SettingError(say("login.two_ways", file=login.file))
    _probe(settings.host, port)
    screenless = headless or not (os.environ.get("DISPLAY") or sys.platform in ("darwin", "win32"))
    page = Path(ui.__file__).parent / "server.py"
    command = [sys.executable, "-m", "streamlit", "run", str(page), *options(settings, port, login)]
    command += ["--server.headless", "true" if screenless else "false"]
    for line in warnings(settings, port, login):
        sys.stderr.write(line + "\n")
    sys.stderr.write(f"法条助手：{settings.base_url or _address(settings, port)}（按 Ctrl+C 结束）\n")
    sys.stderr.flush()
    environment = {**os.environ, "FATIAO_LOGIN_NEEDED": "1" if login else ""}
    os.execve(command[0], command, environment)  # one process: who ends `fatiao ui` ends the page


#: How the page's files are run. Python collects garbage when there is some. Streamlit would after every run, looking
#: at every object of the index and the libraries: 0.1 s in which nobody is served, four fifths of a question's cost.
#: And it would look through each file for values that stand alone, to draw them; none is meant to.
RUNNER = {"runner.postScriptGC": "false", "runner.magicEnabled": "false"}


def options(settings: "Settings", port: int, login: Login | None) -> list[str]:
    """Streamlit's options. What keeps others out stands here, so that no config file of the user's can undo it."""
    base = urlsplit(settings.base_url)
    chosen = {
        "server.address": settings.host,
        "server.port": str(port),
        "server.enableCORS": "true",
        "server.enableXsrfProtection": "true",
        "server.maxUploadSize": "300",  # megabytes; what is too much is said by `law.formats`, in words
        "server.enableAgentApi": "false",
        "server.fileWatcherType": "none",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "browser.gatherUsageStats": "false",
        **RUNNER,
    }
    if base.hostname:
        chosen["browser.serverAddress"] = base.hostname
        chosen["browser.serverPort"] = str(base.port or (443 if base.scheme == "https" else 80))
    if base.path:
        chosen["server.baseUrlPath"] = base.path
    listed = [part for name, value in chosen.items() for part in (f"--{name}", value)]
    for file in secret_files():
        listed += ["--secrets.files", str(file)]
    for host in _hosts(settings, login):
        listed += ["--server.allowedHosts", host]
    return listed


def warnings(settings: "Settings", port: int, login: Login | None) -> list[str]:
    """What the operator must know at the start."""
    if not login:
        file = secret_files()[-1]
        address = settings.base_url or _address(settings, port)
        open_ = settings.serves_network and not settings.proxy_header and not _has_accounts(settings)
        return [say("login.open_at_start", address=address, file=file)] if open_ else []
    said = [say("login.readable", file=login.file)] if readable_by_others(login.file) else []
    redirect = urlsplit(login.redirect)
    if redirect.scheme == "http" and redirect.hostname not in _HERE:
        said.append(say("login.plain_http"))
    return said


def _has_accounts(settings: "Settings") -> bool:
    """Whether there are local accounts; records that cannot be read let nobody in."""
    from contextlib import closing

    from records.errors import RecordsError
    from records.people import People

    with closing(People(settings.records_database)) as people:
        try:
            return people.has_local()
        except RecordsError:
            return False


def _hosts(settings: "Settings", login: Login | None) -> list[str]:
    """The names under which the page may be asked for; none where it listens to a network and is not told its own.

    A page on localhost is thereby closed to web sites whose name is made to resolve to this machine.
    """
    known = [urlsplit(url).hostname for url in (settings.base_url, login.redirect if login else "") if url]
    if settings.host not in _HERE and not known:
        return []
    return list(dict.fromkeys([*_HERE, settings.host, *filter(None, known)]))


def _address(settings: "Settings", port: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}"


def _probe(host: str, port: int) -> None:
    """Bind as Streamlit will, which cannot say what is wrong in words."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise SettingError(
            f"地址「{host}:{port}」用不了（{error.strerror}），可换一个：fatiao ui --port 8502。"
        ) from error
