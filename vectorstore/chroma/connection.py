"""Chroma opened, let go of, and what its errors come to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from vectorstore.errors import StoreDamaged, StoreError, StoreUnavailable
from vectorstore.wire import patient

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

#: Collections asked for at a time.
_LISTED = 500
#: Seconds that a server may take: to be reached, and for one request as a whole.
_CONNECT, _REQUEST = 5.0, 60.0
#: What Chroma and SQLite say of files that are not what was written.
_DAMAGE = ("not a database", "malformed", "hnsw segment", "finding id")


class Connection:
    """Chroma in a folder (`path`) or on a server (`url`). Safe to share between threads.

    Every method raises StoreUnavailable when Chroma or the disk fails.
    """

    def __init__(self, path: Path | None = None, url: str = "", beside: Path | None = None) -> None:
        """`beside` is the folder for the files of a large index; by default the one in which `path` lies."""
        if bool(path) == bool(url):
            raise ValueError("either a path or a url")
        self.path, self.url = path, url
        self.beside = beside or (path.parent if path else None)
        self._client: Client | None = None
        self._opening = threading.Lock()
        self._outdated: list[Path] = []
        self._kinds: dict[tuple[str, str], ChromaCollection] = {}

    @property
    def where(self) -> str:
        """The folder or the address, for messages."""
        return self.url or str(self.path)

    def close(self) -> None:
        """Let go of the client; the next call opens it again."""
        with self._opening:
            self._kinds.clear()
            client, self._client = self._client, None
            if client is not None:
                sessions = _sessions(client)
                client.close()
                for session in sessions:  # Chroma leaves its connections to a server open
                    session.close()

    def _all(self) -> "list[ChromaCollection]":
        """Every collection, also of more than a server tells at once."""
        found: list[ChromaCollection] = []
        while more := self._open().list_collections(limit=_LISTED, offset=len(found)):
            found += more
            if len(more) < _LISTED:
                break
        return found

    def _found(self, name: str) -> "ChromaCollection | None":
        client = self._open()
        from chromadb.errors import NotFoundError

        try:
            return client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None

    def _open(self) -> "Client":
        with self._opening:
            if self._client is not None and self.path and not (self.path / "chroma.sqlite3").exists():
                self._client.close()  # somebody has removed the folder: begin anew
                self._client = None
            if self._client is None:
                self._client = _client_of_server(self.url) if self.url else _client_of_folder(self.path or Path())
            return self._client

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except StoreError:
            raise
        except Exception as error:
            if not (_is_storage(error) or (self.url and _within_chroma(error))):
                raise
            reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            if self.url:
                mend = "请确认它在运行，或检查 FATIAO_CHROMA_URL。"
                raise StoreUnavailable(f"Chroma 服务「{self.url}」没有回答（{reason}）。{mend}") from error
            self.close()  # a write that failed may leave its transaction, which would block the next one
            if any(word in str(error) for word in _DAMAGE):
                mend = "它已损坏，请运行 fatiao ingest：会把它移到一旁，重新建好。"
                raise StoreDamaged(f"索引文件夹「{self.path}」读不出来（{reason}）。{mend}") from error
            mend = "请检查磁盘空间和权限，或用 FATIAO_DATA_DIR 换一个位置。"
            raise StoreUnavailable(f"索引文件夹「{self.path}」不能读写（{reason}）。{mend}") from error


def _client_of_folder(path: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    path.mkdir(parents=True, exist_ok=True)
    try:
        return cast("Client", chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False)))
    except Exception:
        # Chroma keeps the half-opened folder and would hand it out again at the next attempt.
        SharedSystemClient._identifier_to_system.pop(str(path), None)
        raise


def _client_of_server(url: str) -> "Client":
    import chromadb
    import httpx
    from chromadb.api import fastapi
    from chromadb.config import Settings

    # Chroma's own client waits for ever, also while it is being made: it gets one that does not.
    vars(fastapi)["httpx"] = _Patient()
    with httpx.Client(transport=patient(_CONNECT, _CONNECT), timeout=_CONNECT) as knocking:
        knocking.get(f"{url}/api/v2/heartbeat").raise_for_status().json()
    at = urlsplit(url)
    client = chromadb.HttpClient(
        host=f"{url}/api/v2" if at.path.strip("/") else at.hostname or "localhost",
        port=at.port or (443 if at.scheme == "https" else 80),
        ssl=at.scheme == "https",
        settings=Settings(anonymized_telemetry=False),
    )
    return cast("Client", client)


class _Patient:
    """What Chroma's client takes for httpx: its clients give up."""

    def __getattr__(self, name: str) -> Any:
        import httpx

        return getattr(httpx, name)

    def Client(self, **_: Any) -> "httpx.Client":  # noqa: N802 (as httpx calls it)
        """A client that bounds each request as a whole."""
        import httpx

        return httpx.Client(transport=patient(_REQUEST, _CONNECT), timeout=httpx.Timeout(_REQUEST, connect=_CONNECT))


def _sessions(client: Any) -> "list[httpx.Client]":
    """The HTTP clients within a client of a server: its own and that of its administration."""
    servers = [getattr(holder, "_server", None) for holder in (client, getattr(client, "_admin_client", None))]
    return [s for s in (getattr(server, "_session", None) for server in servers) if s is not None]


def _is_storage(error: Exception) -> bool:
    """Errors of Chroma, of its HTTP transport, or of the disk; anything else is a bug and is shown.

    Chroma's client raises a bare Exception for an HTTP error that it does not know.
    """
    module = type(error).__module__
    return (
        isinstance(error, OSError | json.JSONDecodeError)
        or type(error) is Exception
        or module.startswith(("chromadb", "httpx", "httpcore"))
        or (isinstance(error, ValueError) and "Could not connect" in str(error))
        or (isinstance(error, AttributeError) and "'bindings'" in str(error))  # closed by another thread
    )


def _within_chroma(error: Exception) -> bool:
    """Whether Chroma's client itself stumbled: over an answer that no Chroma server gives, such as a web page."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return at is not None and str(at.tb_frame.f_globals.get("__name__", "")).startswith(("chromadb", "pydantic"))
