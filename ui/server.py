"""The page behind its gate: what `fatiao ui` hands to `streamlit run`."""

import os
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware

from assistant.desk.health import Watch
from assistant.settings import load_settings
from records.people import People
from ui.entry.gate import Gate
from ui.entry.local_login import LocalDoor
from ui.entry.proxy import gateway
from ui.session import assistant, records, warm

_settings = load_settings()
_gateway = gateway(_settings.proxy_header, _settings.proxy_from)
_own = not (_gateway or os.environ.get("FATIAO_LOGIN_NEEDED"))
_door = LocalDoor(People(_settings.records_database)) if _own else None
_watch = Watch(assistant(), lambda: records().people.has_local())
_gate = Middleware(Gate, door=_door, gateway=_gateway, watch=_watch)
app = st.App(Path(__file__).parent / "app.py", middleware=[_gate])
Thread(target=warm, name="warm", daemon=True).start()
