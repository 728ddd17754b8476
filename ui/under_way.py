"""Questions under way, for all sessions of this process: who reloads the page finds the answer still being made."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import streamlit as st

from assistant.desk.under_way import Asking
from records import KeptTurn
from records.kept import ASKED


class UnderWay:
    """Askings by the number of their turn. Safe to share between threads."""

    def __init__(self) -> None:
        self._held: dict[int, Asking] = {}
        self._lock = Lock()

    def put(self, turn: int, asking: Asking) -> None:
        """Keep one; those that are over, whose answers lie in the records, are let go."""
        with self._lock:
            self._held = {t: a for t, a in self._held.items() if not a.wait(0)}
            self._held[turn] = asking

    def of(self, turn: KeptTurn) -> Asking | None:
        """The asking of a turn that has not ended; None where nothing is at work on it."""
        with self._lock:
            return self._held.get(turn.id) if turn.state == ASKED else None

    def let_go(self, turn: int) -> None:
        """It is over and was shown."""
        with self._lock:
            self._held.pop(turn, None)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A report that was pasted: its characters, the turns of its questions, and those that were not asked at once."""

    length: int
    turns: tuple[int, ...]
    left: tuple[str, ...]

    @property
    def total(self) -> int:
        """Questions that it asks."""
        return len(self.turns) + len(self.left)

    def unasked(self, turns: Sequence[KeptTurn]) -> tuple[str, ...]:
        """Those that were not asked to this day."""
        asked = {t.question for t in turns}
        return tuple(q for q in self.left if q not in asked)


def pasted_here(turns: Sequence[KeptTurn]) -> Pasted | None:
    """The report of which any of these turns came, where this visitor pasted one."""
    held: Pasted | None = st.session_state.get("pasted")
    return held if held and any(t.id in held.turns for t in turns) else None


@st.cache_resource(show_spinner=False)
def under_way() -> UnderWay:
    """Those of this process."""
    return UnderWay()
