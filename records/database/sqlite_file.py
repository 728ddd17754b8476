"""The SQLite file under a running program: somebody may delete it, or put another in its place.

What an open connection writes then goes into a file that has no name any more, and is lost when the program
ends. So the file is looked at with each use; what the open connection still holds is written anew.

Or somebody copies over it, so that the name and the file stay and the content is another's. Its head tells: it bears
a number of its own, and another that every write raises.
"""

import logging
import os
import secrets
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

log = logging.getLogger("fatiao")


class HeldFile:
    """An SQLite file, and a connection that never lets go of what it was when it was opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.given_up = False  # from now on, what is written through connections of that time may be lost
        self._fd = -1
        self._connection = sqlite3.connect(path, check_same_thread=False)
        try:
            self._fd = os.open(path, os.O_RDONLY)  # open as long as the connection: closing it frees SQLite's locks
            self._own = int(self._connection.execute("PRAGMA application_id").fetchone()[0])
            self._bears, self._least = _head(self._fd) or (0, 0)
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens its log as well
            self._identity = _identity(path)
            self._logs = {log: _identity(log) for log in (path.with_name(path.name + t) for t in ("-wal", "-shm"))}
        except BaseException:
            self.close()
            raise

    @property
    def is_there(self) -> bool:
        """Whether the name still means the file that was opened. Costs one `stat`."""
        return _identity(self.path) == self._identity

    @property
    def is_overwritten(self) -> bool:
        """Whether the file is still there, and what is in it is not what was. Costs one `pread`."""
        head = _head(self._fd)
        if head is None or head[0] not in (self._own, self._bears) or head[1] < self._least:
            return True
        self._bears, self._least = head
        return False

    def settle(self) -> None:
        """Bring what was written from SQLite's log into the file, as far as nobody reads it: its head is of now."""
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            if (head := _head(self._fd)) and head[0] == self._own:
                self._bears = self._own

    def salvage(self) -> "Salvaged":
        """Copies of what was put over it and of what can still be read; then every connection may be closed.

        Raises OSError.
        """
        self.given_up = True
        theirs, ours = (self.path.with_name(f".{self.path.name}.{os.getpid()}.{n}.part") for n in ("theirs", "ours"))
        for part in (theirs, ours):
            part.unlink(missing_ok=True)
        shutil.copyfile(self.path, theirs)
        theirs.chmod(0o600)
        with suppress(sqlite3.Error, OSError):
            self._connection.execute("VACUUM INTO ?", (str(ours),))
            ours.chmod(0o600)
        return Salvaged(self.path, theirs, ours)

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
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

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


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was put over a file (`theirs`), and what the connections of before could still read (`ours`)."""

    path: Path
    theirs: Path
    ours: Path

    def put_back(self) -> None:
        """The file anew: theirs where it is whole, else ours; what is not used is kept beside. Says so in the log.

        To be called when no connection is left. Raises OSError.
        """
        for tail in ("-wal", "-shm"):  # of what was there before: SQLite would take them for the new file's
            self.path.with_name(self.path.name + tail).unlink(missing_ok=True)
        known = _is_whole(self.ours)
        if _is_whole(self.theirs):
            self.theirs.replace(self.path)
            beside = self._beside(self.ours) if known else None
            kept = f"；原来还读得出的内容另存为「{beside}」" if beside else ""
            log.error("记录「%s」在运行中被另一份内容盖掉，现在用新的%s。", self.path, kept)
        elif known:
            beside = self._beside(self.theirs)
            self.ours.replace(self.path)
            log.error("记录「%s」在运行中被写坏，已按还读得出的内容重新建好；坏的另存为「%s」。", self.path, beside)
        else:
            beside = self._beside(self.theirs)
            self.path.unlink(missing_ok=True)
            log.error("记录「%s」在运行中被写坏，内容没能救回，从空的重新开始；坏的另存为「%s」。", self.path, beside)
        for part in (self.theirs, self.ours):
            part.unlink(missing_ok=True)

    def _beside(self, part: Path) -> Path:
        beside = self.path.with_name(f"{self.path.stem}-{datetime.now():%Y%m%d-%H%M%S-%f}{self.path.suffix}")
        part.replace(beside)
        return beside


def is_marked(connection: sqlite3.Connection) -> bool:
    """Whether a file has a number of its own."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0])


def mark(connection: sqlite3.Connection) -> None:
    """Give a file a number of its own."""
    connection.execute(f"PRAGMA application_id = {1 + secrets.randbelow(2**31 - 1)}")


def count_write(connection: sqlite3.Connection) -> None:
    """Raise the number that tells a file from an older copy of it; to be called within each write."""
    before = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.execute(f"PRAGMA user_version = {(before + 1) % 2**31}")


def _head(fd: int) -> tuple[int, int] | None:
    """The number of its own and the number of writes in the head of an SQLite file; None where it is none."""
    head = os.pread(fd, 100, 0)
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        return None
    return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")


def _is_whole(file: Path) -> bool:
    """Whether a file is a database that can be read to its end and holds something."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as held:
        said = held.execute("PRAGMA quick_check").fetchall()
        return said == [("ok",)] and bool(held.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    return False


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        seen = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return seen.st_dev, seen.st_ino
