"""The page behind its gate: what `fatiao ui` hands to `streamlit run`."""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from assistant.settings import load_settings
from records.people import People
from ui.entry.door import LocalDoor
from ui.entry.gate import Gate

_door = LocalDoor(People(load_settings().records_database)) if not os.environ.get("FATIAO_LOGIN_NEEDED") else None
app = st.App(Path(__file__).parent / "app.py", middleware=[Middleware(Gate, door=_door)])
