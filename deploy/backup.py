"""Back the records up while the page is in use: `/opt/fatiao/bin/python backup.py [FOLDER]`.

Takes the service's environment. Writes records-DATE.sqlite or .dump and deletes those older than FATIAO_BACKUP_DAYS
(30). Exit code 1 where there is no copy.
"""

import os
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from assistant import FatiaoError, load_settings

FOLDER = "/var/backups/fatiao"


def main() -> None:
    """Make one copy and say where it is."""
    os.umask(0o077)
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER)
    try:
        database = load_settings().records_database
        folder.mkdir(parents=True, exist_ok=True)
        stem = folder / f"records-{datetime.now():%Y%m%d-%H%M%S}"
        if isinstance(database, str) and not database.startswith("sqlite:"):
            done = copy_postgres(database, stem.with_suffix(".dump"))
        else:
            done = copy_sqlite(Path(str(database).removeprefix("sqlite:///")), stem.with_suffix(".sqlite"))
        delete_old(folder, float(os.environ.get("FATIAO_BACKUP_DAYS") or 30))
    except (FatiaoError, OSError, ValueError, sqlite3.Error, subprocess.CalledProcessError) as error:
        sys.exit(f"错误：没有备份成：{error}")
    print(f"{done}（{done.stat().st_size / 1e6:.1f} MB）")


def copy_sqlite(database: Path, target: Path) -> Path:
    """A whole copy of a file in use, which copying the file itself would not give."""
    part = target.with_name(target.name + ".part")
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    copy = sqlite3.connect(part)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    return part.rename(target)


def copy_postgres(url: str, target: Path) -> Path:
    """`pg_dump`, told the password where other users of the machine cannot read it."""
    part = target.with_name(target.name + ".part")
    held = urlsplit(url)
    told = {
        "PGHOST": held.hostname,
        "PGPORT": str(held.port or ""),
        "PGUSER": unquote(held.username or ""),
        "PGPASSWORD": unquote(held.password or ""),
        "PGDATABASE": unquote(held.path.lstrip("/")),
    }
    environment = {**os.environ, **{name: value for name, value in told.items() if value}}
    subprocess.run(["pg_dump", "--no-password", "--format=custom", "--file", str(part)], env=environment, check=True)
    return part.rename(target)


def delete_old(folder: Path, days: float) -> None:
    """Copies live no longer than is said: what a user deleted is in them."""
    for copy in folder.glob("records-*"):
        if time.time() - copy.stat().st_mtime > days * 86_400:
            copy.unlink()


if __name__ == "__main__":
    main()
