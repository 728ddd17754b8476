"""Which `.env` is read: the project's own and the data folder's; another one that happens to lie where one stands is
read too, but said aloud, and cannot send a key that it does not hold to an address of its choosing.
"""

import logging
import os
from pathlib import Path

from assistant.errors import SettingError

log = logging.getLogger("fatiao")
#: A byte order mark, as an editor may leave it, is no part of the first name.
ENCODING = "utf-8-sig"
_ADDRESS, _KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"


def env_files(data: Path) -> tuple[Path, ...]:
    """The files to be read, what stands in a later one counts. Raises SettingError for one that cannot be read."""
    project = Path(__file__).resolve().parents[1]
    own = [project / ".env"] if (project / "pyproject.toml").exists() else []
    here = Path.cwd() / ".env"
    files = [file for file in dict.fromkeys((here.resolve(), *own, data / ".env")) if file.is_file()]
    for file in files:
        said = _said(file)
        if file == here.resolve() and file not in (*own, data / ".env"):
            _tell(file, said)
    return tuple(files)


def _tell(file: Path, said: dict[str, str | None]) -> None:
    names = [n for n in said if n.upper().startswith(("FATIAO_", "OPENAI_"))]
    if not names:
        return
    if said.get(_ADDRESS) and not said.get(_KEY) and os.environ.get(_KEY):
        raise SettingError(
            f"当前文件夹的「{file}」写了 {_ADDRESS}，密钥却来自环境变量：不把密钥发往那里。"
            f"要用它，就把 {_ADDRESS} 也设成环境变量，或写进数据文件夹的 .env。"
        )
    log.warning("读了当前文件夹的设置「%s」：%s。", file, "、".join(names))


def _said(file: Path) -> dict[str, str | None]:
    from dotenv import dotenv_values

    try:
        return dotenv_values(file, encoding=ENCODING)
    except UnicodeDecodeError as error:
        raise SettingError(f"设置文件「{file}」不是 UTF-8 编码，请另存为 UTF-8 再试。") from error
    except OSError as error:
        raise SettingError(f"设置文件「{file}」读不出来（{error.strerror or error}），请检查权限。") from error
