"""A real PostgreSQL server on loopback, from Debian's package, as a user that is not root."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from evals.servers.serving import free_port

PASSWORD = "geheim/wort@1"
QUOTED = "geheim%2Fwort%401"


def programs() -> Path | None:
    """Where initdb and pg_ctl are; the newest version first."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


class Postgres:
    """One server with databases made on demand; it can die and come back at the same address."""

    def __init__(self, folder: Path) -> None:
        self._programs = folder
        self._home = Path(tempfile.mkdtemp(prefix="fatiao-postgres-"))
        self._made = 0
        self.port = free_port()
        self._as: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            user = "postgres" if _is_user("postgres") else "nobody"
            shutil.chown(self._home, user)
            self._as = ["runuser", "-u", user, "--"]
        password = self._home / "password"
        password.write_text(PASSWORD, "utf-8")
        password.chmod(0o644)
        self._run("initdb", "-D", self._data, "-U", "fatiao", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256",
                  f"--pwfile={password}", "--no-sync")  # fmt: skip
        self.start()

    @property
    def _data(self) -> str:
        return str(self._home / "data")

    def start(self) -> None:
        options = f"-p {self.port} -k {self._home} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = str(self._home / "log")
        self._run("pg_ctl", "start", "-w", "-t", "60", "-D", self._data, "-l", log, "-o", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)

    def url(self, database: str, password: str = QUOTED) -> str:
        return f"postgresql://fatiao:{password}@127.0.0.1:{self.port}/{database}"

    def new(self) -> str:
        """The URL of an empty database of its own."""
        import psycopg

        self._made += 1
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE records_{self._made}")
        return self.url(f"records_{self._made}")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), *arguments]
        # pg_ctl's server keeps the streams that it is given, so they are files and not pipes.
        with (self._home / f"{program}.out").open("w+b") as out:
            done = subprocess.run(command, stdout=out, stderr=out, cwd="/", timeout=120, check=False)
            out.seek(0)
            assert done.returncode == 0, out.read().decode(errors="replace")


def _is_user(name: str) -> bool:
    import pwd

    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
