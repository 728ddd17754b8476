"""The SQLite file under a running program: somebody may delete it, or put another in its place.

What an open connection writes then goes into a file that has no name any more, and is lost when the program
ends. So the file is looked at with each use; what the open connection still holds is written anew.
"""

import logging
import os
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

log = logging.getLogger("fatiao")


class HeldFile:
    """An SQLite file, and a connection that never lets go of what it was when it was opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.given_up = False  # from now on, what is written through connections of that time may be lost
        self._connection = sqlite3.connect(path, check_same_thread=False)
        try:
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens its log as well
            self._identity = _identity(path)
            self._logs = {log: _identity(log) for log in (path.with_name(path.name + t) for t in ("-wal", "-shm"))}
        except BaseException:
            self._connection.close()
            raise

    @property
    def is_there(self) -> bool:
        """Whether the name still means the file that was opened. Costs one `stat`."""
        return _identity(self.path) == self._identity

    def restore(self) -> None:
        """Write what is still known back under the name, or beside it where another file has taken the name.

        Says in the log what was done. Raises OSError, sqlite3.Error; nothing is given up then.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.given_up = True
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        try:
            if self._copied(part):
                self._put_back(part)
        finally:
            part.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def _copied(self, part: Path) -> bool:
        try:
            self._connection.execute("VACUUM INTO ?", (str(part),))
        except sqlite3.DatabaseError as error:
            if not any(word in str(error) for word in ("malformed", "not a database")):
                raise
            log.error("记录「%s」在运行中被移走或换掉，原来的内容已损坏，没能救回（%s）。", self.path, error)
            return False
        part.chmod(0o600)
        return True

    def _put_back(self, part: Path) -> None:
        for name, identity in self._logs.items():
            if identity and _identity(name) == identity:  # SQLite would take it for the new file's
                name.unlink(missing_ok=True)
        if not self.path.exists():
            with suppress(FileExistsError):  # somebody was quicker: theirs stays, ours is kept beside it
                os.link(part, self.path)
                log.error("记录「%s」在运行中被删去，已按仍在手里的内容重新建好。", self.path)
                return
        beside = self.path.with_name(f"{self.path.stem}-{datetime.now():%Y%m%d-%H%M%S-%f}{self.path.suffix}")
        part.replace(beside)
        log.error("记录「%s」在运行中被另一个文件换掉，现在用新的；原来的内容另存为「%s」。", self.path, beside)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        seen = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return seen.st_dev, seen.st_ino
