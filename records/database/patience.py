"""A PostgreSQL server that has stopped answering is waited for so long and no longer.

Timeouts that the server keeps are no help where the server itself stands still: the client keeps one of its own.
"""

from typing import Any

import psycopg

#: Seconds for one answer, and milliseconds after which the server itself gives a statement or a lock up.
ANSWER, STATEMENT, LOCK = 10.0, 8000, 6000


class PatientConnection(psycopg.Connection[Any]):
    """Raises OperationalError where an answer does not come in ANSWER seconds; the connection is closed then."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg's own, with an end."""
        try:
            return super().wait(gen, interval=interval, timeout=ANSWER if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(f"timeout: no answer in {ANSWER:.0f} s") from error


def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> PatientConnection:
    """SQLAlchemy's `do_connect`."""
    return PatientConnection.connect(*arguments, **options)


def bound(connection: Any, _record: Any) -> None:
    """SQLAlchemy's `connect`: what the server itself gives up."""
    connection.autocommit = True
    connection.execute(f"SET statement_timeout = {STATEMENT}")
    connection.execute(f"SET lock_timeout = {LOCK}")
    connection.autocommit = False
