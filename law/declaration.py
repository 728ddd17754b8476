"""`regulation.toml`: what is declared beside a source, checked when it is read."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from law.errors import CorpusError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dates(_Strict):
    """Dates of the regulation; a field left out is a date that nobody knows or printed."""

    adopted: date | None = None
    approved: date | None = None
    announced: date | None = None
    effective: date | None = None
    amended: list[date] = []

    def as_dict(self) -> dict[str, str | list[str] | None]:
        """ISO strings, as `Regulation.dates` holds them."""
        single = {k: v.isoformat() if v else None for k, v in self if k != "amended"}
        return {**single, "amended": [d.isoformat() for d in self.amended]}


class Erratum(_Strict):
    """Something wrong in the source. `begins` opens an article whose own heading is missing."""

    article: int = Field(ge=0)
    suffix: int = 0
    text: str = Field(min_length=1)
    begins: str = ""
    damaged: bool = True


class Later(_Strict):
    """What became of an article after this text."""

    article: int = Field(ge=0)
    suffix: int = 0
    text: str = Field(min_length=1)


class Declaration(_Strict):
    """The whole file."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str = Field(min_length=1)
    city: str = ""
    province: str = ""
    status: Literal["in_force", "draft", "amended", "repealed", "not_yet_in_force", "unknown"]
    level: str = ""
    short_names: list[str] = []
    notes: list[str] = []
    dates: Dates = Dates()
    errata: list[Erratum] = []
    later: list[Later] = []


def read_declaration(path: Path) -> Declaration:
    """Read and check a declaration. Raises CorpusError naming the file and the field."""
    try:
        return Declaration.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorpusError(f"读不懂「{path}」:{error}。") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CorpusError(f"「{path}」的 {where} 不对:{first['msg']}(写的是 {first['input']!r})。") from error
