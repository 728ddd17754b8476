"""The page's entry: `streamlit run ui/app.py`, or `fatiao ui`."""

import logging
from pathlib import Path

import streamlit as st

from assistant import FatiaoError
from prompts import say
from ui.drawing import show_law
from ui.entry.link_kept import keep_wanted, return_to_wanted
from ui.entry.login import current_user, is_administrator, is_let_in, show_open_door, show_way_in
from ui.session import assistant, ready_assistant
from ui.sidebar import show_sidebar
from ui.text import escape

log = logging.getLogger("fatiao")
_HERE = Path(__file__).parent
PAGES = (
    ("conversation", "对话", ":material/forum:"),
    ("regulations", "法规", ":material/menu_book:"),
    ("comparison", "对照", ":material/table_chart:"),
    ("changes", "修订对照", ":material/difference:"),
    ("lists", "清单", ":material/checklist:"),
    ("checking", "核稿", ":material/rule:"),
    ("past", "记录", ":material/history:"),
    ("holdings", "收录", ":material/inventory_2:"),
)
FOR_ADMINISTRATORS = (("admin", "管理", ":material/admin_panel_settings:"),)


def main() -> None:
    """Lay out the page that was chosen; an error is said in words."""
    st.set_page_config(page_title="法条助手", page_icon="⚖️", layout="wide")
    st.html(_HERE / "page.css")
    pages = [
        st.Page(f"views/{name}.py", title=title, icon=icon, url_path=name, default=name == PAGES[0][0])
        for name, title, icon in PAGES
    ]
    try:
        inside = is_let_in()
        if inside and is_administrator():
            pages += [
                st.Page(f"views/{name}.py", title=title, icon=icon, url_path=name)
                for name, title, icon in FOR_ADMINISTRATORS
            ]
        chosen = st.navigation(pages, position="sidebar" if inside else "hidden")
        if not inside:
            keep_wanted()
            show_way_in()
            return
        current_user()  # raises where the login says of nobody who it is
        ready_assistant()
        return_to_wanted()
        show_open_door(assistant().settings)
        show_sidebar(pages[0])
        with st.sidebar:
            show_law([], f"page-{chosen.url_path}-{st.session_state.get('conversation', '')}", show="page")
        chosen.run()
    except FatiaoError as error:
        _show_error(str(error))
    except Exception:
        log.exception("页面出错")
        _show_error(say("page.unexpected_here"))


def _show_error(words: str) -> None:
    st.error(escape(words), icon=":material/error:")
    if st.button("重试", key="again"):
        st.rerun()


main()
