"""Is the service fit to answer: the index, the records, and the model's server where one is set."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from law.errors import FatiaoError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.settings import Settings

#: Seconds for which what was found counts, of all and of the model; seconds that the model's server may take.
_COUNTS, _MODEL_COUNTS, _WAIT = 5.0, 60.0, 3.0
_OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Health:
    """Each part: whether it is well. `model` is None where none is set; without it answers are quotes, so it does
    not make the service unfit. No part tells an address, a path or a key."""

    regulations: int
    index: bool
    records: bool
    model: bool | None

    @property
    def fit(self) -> bool:
        """Whether questions are answered."""
        return self.index and self.records

    def as_json(self) -> dict[str, object]:
        """What whoever watches over the service reads."""
        said = {"ok": self.fit, "index": self.index, "regulations": self.regulations, "records": self.records}
        return {**said, "model": self.model}


class Watch:
    """Looks at an assistant and its records, at most every few seconds however often it is asked. Safe in threads.

    `records` reads the records, and raises FatiaoError where it cannot.
    """

    def __init__(self, helper: "Assistant", records: Callable[[], object]) -> None:
        self._helper, self._records = helper, records
        self._lock = threading.Lock()
        self._held: tuple[float, Health] | None = None
        self._model: tuple[float, bool] | None = None

    def look(self) -> Health:
        """How things stand."""
        with self._lock:
            now = time.monotonic()
            if self._held is None or now - self._held[0] > _COUNTS:
                held = self._index()
                health = Health(held or 0, held is not None, self._keeps(), self._answers(now))
                self._held = (now, health)
            return self._held[1]

    def _index(self) -> int | None:
        """How many regulations are in service; None while there is no index, or where it cannot be read."""
        try:
            return len(self._helper.regulations()) if self._helper.is_ready else None
        except FatiaoError:
            return None

    def _keeps(self) -> bool:
        try:
            self._records()
        except FatiaoError:
            return False
        return True

    def _answers(self, now: float) -> bool | None:
        settings = self._helper.settings
        if not settings.model:
            return None
        if self._model is None or now - self._model[0] > _MODEL_COUNTS:
            self._model = (now, _is_there(settings))
        return self._model[1]


def _is_there(settings: "Settings") -> bool:
    """Whether the model's server lets us in: its list of models, which costs nothing. No redirect is followed."""
    address = urlsplit(settings.openai_base_url or _OPENAI)
    secure = address.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    key = settings.openai_api_key.get_secret_value()
    try:
        link = kind(address.hostname or "", address.port, timeout=_WAIT)
        try:
            link.request("GET", f"{address.path.rstrip('/')}/models", headers={"Authorization": f"Bearer {key}"})
            status = link.getresponse().status
        finally:
            link.close()
    except (OSError, http.client.HTTPException, ValueError):
        return False
    return status not in (401, 403) and status < 500  # some servers have no such list: 404 answers all the same
