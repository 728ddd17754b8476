"""Settings from environment variables and `.env`; each says its unit and what empty means."""

import os
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.env_files import ENCODING, env_files
from assistant.errors import SettingError
from prompts import say

_SWITCH, _SECONDS = say("setting.switch"), say("setting.seconds")
_REASONS = {
    "bool_parsing": _SWITCH,
    "bool_type": _SWITCH,
    "float_parsing": _SECONDS,
    "float_type": _SECONDS,
    "greater_than": _SECONDS,
    "less_than_equal": _SECONDS,
    "finite_number": _SECONDS,
}


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "fatiao"


#: A hundred years, in days.
_MAX_DAYS = 36_500


class Settings(BaseSettings):
    """Everything that can be set. Names are the environment's, in upper case with FATIAO_ before them."""

    model_config = SettingsConfigDict(
        env_prefix="FATIAO_", env_file_encoding=ENCODING, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(
        default_factory=_default_data_dir, description="索引和记录所在文件夹；空：用户数据目录下的 fatiao"
    )
    likely_questions: bool = Field(True, description="是否把常见问法编入索引;0 为不编入")
    chroma_url: str = Field("", description="Chroma 服务地址，如 http://localhost:8000;空：用 data_dir 里的内嵌索引")
    model: str = Field("", description="写回答的语言模型名，任何 OpenAI 兼容服务；空：不用模型，只引条文")
    judge_model: str = Field(
        "", description="复核未定句子的语言模型名，与 FATIAO_MODEL 在同一服务上；空：用 FATIAO_MODEL 自己"
    )
    model_timeout: float = Field(
        60.0, gt=0, le=3600, allow_inf_nan=False, description="等模型写完一个回答的上限，秒；空：60"
    )
    embedding_model: str = Field("", description="向量模型名，可写「文档模型|问句模型」；空：随包的离线模型")
    database_url: SecretStr = Field(
        SecretStr(""),
        description="记录所在的数据库，如 postgresql://用户:密码@主机/库名；空：data_dir 里的 records.sqlite",
    )
    retention_days: int = Field(365, description="对话保留的天数，逾期删除；0 为一直保留；空：365")
    admins: str = Field(
        "", description="最初的管理员：登录服务给出的用户名、邮箱或 sub，几个用逗号隔开；以后的角色记在记录里；空：没有"
    )
    proxy_header: str = Field("", description="单位网关写明用户名的请求头，如 X-Remote-User；空：不由网关登录")
    proxy_from: str = Field(
        "", description="只信哪些地址来的请求头：网关的 IP 或网段，几个用逗号隔开；设了 FATIAO_PROXY_HEADER 时必填"
    )
    host: str = Field("localhost", description="页面监听的地址；空:localhost")
    base_url: str = Field("", description="页面对外的地址，如 https://law.example.gov.cn；空：用访问者所用的地址")
    tracing: bool = Field(
        False, description="是否让 LANGSMITH_TRACING 等变量生效，把问题和条文发给追踪服务；空:0，不发"
    )
    openai_api_key: SecretStr = Field(SecretStr(""), validation_alias="OPENAI_API_KEY", description="密钥；不打印")
    openai_base_url: str = Field("", validation_alias="OPENAI_BASE_URL", description="兼容服务地址；空:OpenAI")

    @field_validator("proxy_header")
    @classmethod
    def _a_header(cls, value: str) -> str:
        if not (value.isascii() and value.replace("-", "").isalnum()) and value:
            raise ValueError("应为请求头的名称，由英文字母、数字和「-」组成，如 X-Remote-User")
        return value

    @field_validator("proxy_from")
    @classmethod
    def _addresses(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("proxy_header") and not value.strip(" ,，"):
            raise ValueError("设了 FATIAO_PROXY_HEADER 就要写明网关的 IP 或网段，如 10.0.0.5")
        for one in filter(None, (part.strip() for part in value.replace("，", ",").split(","))):
            try:
                whole = ip_network(one, strict=False).prefixlen == 0
            except ValueError:
                whole = True
            if whole:
                raise ValueError("应为网关的 IP 或网段，如 10.0.0.5 或 10.0.0.0/28，几个用逗号隔开，不能是所有地址")
        return value

    @field_validator("data_dir", mode="before")
    @classmethod
    def _somewhere(cls, value: Any) -> Any:
        return Path(value).expanduser().absolute() if value else _default_data_dir()

    @field_validator("likely_questions", mode="before")
    @classmethod
    def _on_unless_said(cls, value: Any) -> Any:
        return True if value == "" else value

    @field_validator("tracing", mode="before")
    @classmethod
    def _off_unless_said(cls, value: Any) -> Any:
        return False if value == "" else value

    @field_validator("openai_api_key")
    @classmethod
    def _sendable(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value().strip()
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("密钥只能由英文字母、数字和符号组成，请重新复制")
        return SecretStr(key)

    @field_validator("model", "judge_model")
    @classmethod
    def _trimmed(cls, value: str) -> str:
        return value.strip()

    @field_validator("model_timeout", mode="before")
    @classmethod
    def _a_minute_unless_said(cls, value: Any) -> Any:
        return 60.0 if value == "" else value

    @field_validator("host", mode="before")
    @classmethod
    def _local_unless_said(cls, value: Any) -> Any:
        return value or "localhost"

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        _check_database_url(value.get_secret_value())
        return value

    @field_validator("retention_days", mode="before")
    @classmethod
    def _days(cls, value: Any) -> Any:
        if value == "":
            return 365
        if not str(value).isascii() or not str(value).isdecimal() or int(value) > _MAX_DAYS:
            raise ValueError(f"应为天数，0 至 {_MAX_DAYS} 的整数，0 为一直保留")
        return int(value)

    @property
    def records_database(self) -> Path | str:
        """Where conversations and feedback are kept: an SQLite file, or a URL that holds a password."""
        return self.database_url.get_secret_value() or self.data_dir / "records.sqlite"

    @property
    def first_admins(self) -> tuple[str, ...]:
        """The names of `admins`, each alone."""
        return tuple(name.strip() for name in self.admins.replace("，", ",").split(",") if name.strip())

    @property
    def serves_network(self) -> bool:
        """Whether others than this machine can reach the page: by its own address, or through a proxy's."""
        return not is_loopback(self.host) or bool(self.base_url and not is_loopback(urlsplit(self.base_url).hostname))

    @field_validator("base_url")
    @classmethod
    def _own_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            usable = not value or (parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
        except ValueError:
            usable = False
        if not usable or parts.query or parts.fragment or parts.username:
            raise ValueError(
                "应为页面的地址，如 https://law.example.gov.cn 或 http://10.0.0.8:8501，不带「?」「#」和用户名"
            )
        return value.rstrip("/")

    @field_validator("chroma_url", "openai_base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("应以 http:// 或 https:// 开头")
        try:
            parts = urlsplit(value)
            usable = not value or (parts.hostname and parts.port != 0 and value.isprintable() and " " not in value)
        except ValueError:
            usable = False
        if not usable:
            raise ValueError("主机或端口不对，应如 http://localhost:8000，端口在 1 至 65535 之间")
        return value.rstrip("/")


def is_loopback(host: str | None) -> bool:
    """Whether a host's name or address is reached from this machine alone."""
    name = (host or "").strip("[]")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _check_database_url(value: str) -> None:
    """Raises ValueError; its words hold nothing of the value, which may be a password in the wrong place."""
    if not value:
        return
    scheme, _, rest = value.partition("://")
    if scheme == "sqlite":
        path = rest.removeprefix("/")
        if not rest.startswith("/") or not path.strip("/") or not (path.startswith("/") or path[1:3] in (":/", ":\\")):
            raise ValueError("SQLite 应写文件的绝对路径（四条斜线），如 sqlite:////srv/fatiao/records.sqlite")
        return
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise ValueError("应以 postgresql:// 或 sqlite:/// 开头")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError("主机或端口不对，应如 postgresql://用户:密码@主机:5432/库名") from None
    if port == 0 or not parts.path.strip("/"):
        raise ValueError("缺库名或端口不对，应如 postgresql://用户:密码@主机:5432/库名")


def load_settings(**given: Any) -> Settings:
    """Read the settings. Raises SettingError naming the variable; a key is never printed."""
    given.setdefault("_env_file", env_files(Path(os.environ.get("FATIAO_DATA_DIR") or _default_data_dir())))
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        name = name if name.startswith("OPENAI_") else f"FATIAO_{name.removeprefix('FATIAO_')}"
        value = str(first["input"])
        hidden = "KEY" in name or name == "FATIAO_DATABASE_URL" or "sk-" in value or "@" in value
        shown = "" if hidden else f"(现在是「{value[:80]}」)"
        reason = _REASONS.get(first["type"]) or str(first["msg"]).removeprefix("Value error, ")
        raise SettingError(f"环境变量 {name} 不对{shown}:{reason}。") from error
