"""The login's configuration, checked before the page is served: a mistake must not leave the door open.

Streamlit reads `[auth]` in secrets.toml, and where it cannot read that file it serves without a login.
"""

import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import SettingError
from prompts import say
from ui.entry.providers import providers

if TYPE_CHECKING:
    from assistant.settings import Settings

_CALLBACK = "/oauth2callback"
_METADATA = "/.well-known/openid-configuration"
_SHARED, _OF_PROVIDER = ("redirect_uri", "cookie_secret"), ("client_id", "client_secret", "server_metadata_url")
#: Characters of a secret that signs the cookies.
_SECRET = 32


@dataclass(frozen=True)
class Login:
    """A login as configured: the file it stands in and the address that the provider sends users back to."""

    file: Path
    redirect: str


def secret_files() -> list[Path]:
    """Where Streamlit looks for secrets.toml; what stands in a later file counts."""
    return [place / ".streamlit" / "secrets.toml" for place in (Path.home(), Path.cwd())]


def read_login(settings: "Settings", port: int) -> Login | None:
    """The login, or None where none is configured. Raises SettingError, whose words hold no secret."""
    found: tuple[Path, Any] | None = None
    for file in secret_files():
        if file.exists() and "auth" in (held := _read(file)):
            found = (file, held["auth"])
    if not found:
        return None
    file, auth = found
    if not isinstance(auth, Mapping):
        raise SettingError(say("login.missing", file=file, section="auth", keys="、".join(_SHARED)))
    _need(file, "auth", auth, _SHARED)
    if len(auth["cookie_secret"]) < _SECRET:
        raise SettingError(say("login.weak_secret", file=file))
    for name in providers(auth):
        section = f"auth.{name}" if name else "auth"
        own: Mapping[str, Any] = auth[name] if name else auth
        if "_" in name:
            raise SettingError(say("login.underscore", file=file, provider=name))
        _need(file, section, own, _OF_PROVIDER)
        url = own["server_metadata_url"]
        if not url.startswith(("http://", "https://")) or not urlsplit(url).path.endswith(_METADATA):
            raise SettingError(say("login.metadata", file=file, section=section))
    return Login(file, _redirect(file, auth["redirect_uri"].replace("{port}", str(port)), settings))


def readable_by_others(file: Path) -> bool:
    """Whether any user of this machine may read the file."""
    return bool(file.stat().st_mode & stat.S_IROTH)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise SettingError(say("login.broken", file=file, reason=error.strerror or "读取失败")) from error
    except UnicodeDecodeError as error:
        raise SettingError(say("login.broken", file=file, reason="不是 UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        where = str(error).rpartition("(")[2].rstrip(")")  # the rest may quote a secret
        raise SettingError(say("login.broken", file=file, reason=f"不是 TOML：{where}")) from None


def _need(file: Path, section: str, held: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    lacking = [key for key in keys if not isinstance(held.get(key), str) or not held[key].strip()]
    if lacking:
        raise SettingError(say("login.missing", file=file, section=section, keys="、".join(lacking)))


def _redirect(file: Path, redirect: str, settings: "Settings") -> str:
    if settings.base_url and redirect != settings.base_url + _CALLBACK:
        raise SettingError(say("login.redirect", file=file, wanted=settings.base_url + _CALLBACK))
    try:
        parts = urlsplit(redirect)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = None
    if not usable or parts.path != (urlsplit(settings.base_url).path + _CALLBACK) or parts.query or parts.fragment:
        raise SettingError(say("login.redirect_form", file=file))
    return redirect
