"""A net is used only with the signals that it was fitted on."""

from types import ModuleType
from typing import Any

import pytest

from assistant import Assistant
from assistant.decide.heads import HeadName, fitted
from assistant.decide.of_the_law import aside, treated


@pytest.mark.parametrize(
    ("head", "room", "load"), [("aside", aside, aside.load_aside), ("treated", treated, treated.load_treated)]
)
def test_a_net_of_other_signals_is_not_used(
    head: HeadName, room: ModuleType, load: Any, helper: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = helper.library().manifest.model
    held = fitted(model, head, ("mean",))
    assert held is not None
    assert len(held["mean"]) == room.SIGNALS
    load.cache_clear()
    monkeypatch.setattr(room, "SIGNALS", room.SIGNALS + 1)
    assert load(model) is None
    load.cache_clear()
