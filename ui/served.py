"""The page behind its gate: what `fatiao ui` hands to `streamlit run`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui.gate import Gate

app = st.App(Path(__file__).parent / "app.py", middleware=[Middleware(Gate)])
