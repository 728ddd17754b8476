"""A conversation taken away: Word or Markdown, made when it is asked for."""

from functools import partial

import streamlit as st

from assistant.desk.article_view import OpenedArticle, read
from records import Conversation, KeptTurn, Summary
from records.export import file_name, to_markdown, to_word
from ui.entry.login import current_user
from ui.session import assistant, records

#: Characters of a title.
_TITLE = 60
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_export(summary: Summary | Conversation, key: str, label: str = "导出") -> None:
    """A button that opens the two formats."""
    user = current_user()
    with st.popover(label, icon=":material/download:", key=f"{key}-export-{summary.id}"):
        st.download_button(
            "Word（.docx）",
            partial(_word, summary.id, user),
            file_name(summary, "docx"),
            _WORD,
            on_click="ignore",
            key=f"{key}-docx-{summary.id}",
        )
        st.download_button(
            "Markdown（.md）",
            partial(_markdown, summary.id, user),
            file_name(summary, "md"),
            "text/markdown",
            on_click="ignore",
            key=f"{key}-md-{summary.id}",
        )


def show_turn_export(turn: KeptTurn) -> None:
    """One answer as a Word document."""
    title = " ".join(turn.question.split())[:_TITLE]
    one = Conversation("0" * 32, title, turn.asked, turn.ended or turn.asked, (turn,))
    st.download_button(
        "下载 Word",
        partial(to_word, one, None, in_full),
        file_name(one, "docx"),
        _WORD,
        on_click="ignore",
        icon=":material/download:",
        key=f"turn-docx-{turn.id}",
        help="这一个回答，附所引条文全文",
    )


def in_full(article_id: str, simplified: bool) -> OpenedArticle | None:
    """An article for a document; None where it is no longer held."""
    try:
        return read(assistant().library(), article_id, simplified=simplified)
    except KeyError:
        return None


def _word(id_: str, user: str) -> bytes:
    return to_word(records().conversation(id_, user), None, in_full)


def _markdown(id_: str, user: str) -> str:
    return to_markdown(records().conversation(id_, user))
