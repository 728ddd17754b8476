"""A conversation taken away: Word or Markdown, made when it is asked for."""

from functools import partial

import streamlit as st

from records import Conversation, Summary
from records.export import file_name, to_markdown, to_word
from ui.entry.login import current_user
from ui.session import records

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_export(summary: Summary | Conversation, key: str) -> None:
    """A button that opens the two formats."""
    user = current_user()
    with st.popover("导出", icon=":material/download:", key=f"{key}-export-{summary.id}"):
        st.download_button(
            "Word（.docx）", partial(_word, summary.id, user), file_name(summary, "docx"), _WORD, on_click="ignore",
            key=f"{key}-docx-{summary.id}",
        )  # fmt: skip
        st.download_button(
            "Markdown（.md）", partial(_markdown, summary.id, user), file_name(summary, "md"), "text/markdown",
            on_click="ignore", key=f"{key}-md-{summary.id}",
        )  # fmt: skip


def _word(id_: str, user: str) -> bytes:
    return to_word(records().conversation(id_, user))


def _markdown(id_: str, user: str) -> str:
    return to_markdown(records().conversation(id_, user))
