"""What the index in service says of itself."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the generation in service is: its collection, its model and what it was made from."""

    generation: str
    model: str
    dimension: int
    fingerprint: str
    likely_questions: bool
    made_at: str
    corpus_stamp: str = ""
    copy: str = ""  # the digest of the copy beside an embedded index
    volumes: str = ""  # of a large index: the volumes that it consists of, the base first, separated by commas


@lru_cache(maxsize=4)
def manifest_from(said: str) -> Manifest | None:
    """None where nothing, or nothing of this program's making, is said."""
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        held = json.loads(said)
        made = Manifest(**{f.name: held[f.name] for f in fields(Manifest) if f.name in held})
        if all(type(getattr(made, f.name)) is type(_TYPES[f.name]) for f in fields(Manifest)):
            return made
    return None


#: A manifest of the right types.
_TYPES: dict[str, object] = asdict(Manifest("", "", 0, "", True, ""))
