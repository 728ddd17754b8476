"""清单: who must do what, who gains by what, what is forbidden, and a comparison; to be filtered and taken away."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import repeat

import streamlit as st

from assistant import FatiaoError, Regulation
from assistant.desk.list_files import as_docx, as_xlsx
from assistant.desk.lists import TITLES, Kind, ListTable, make_list
from law.norms.choose import Wish
from law.norms.norm import BINDINGS, MEANS
from ui.address import first_choice, keep, open_article, take_several, take_words
from ui.article_beside import beside_article
from ui.articles import article_node
from ui.drawing import show_law
from ui.session import assistant
from ui.text import caller, escape

_ANY = "不限"
#: Pixels: a row of three lines, and the columns, of which the third holds the words of the law.
_ROW, _WIDTHS, _CITY = 84, (130, 65, 350, 110, 110, 150), 230
#: The filters that stand in the address.
_KEPT = ("list-kind", "list-cities", "list-actor", "list-for", "list-binding", "list-means", "list-words")


def _show() -> None:
    library = assistant().library()
    regulations = {r.id: r for r in library.regulations}
    st.title("清单")
    with beside_article():
        _take_address(regulations)
        chosen = st.segmented_control(
            "种类",
            list(TITLES),
            format_func=lambda k: TITLES[k],
            default=None if "list-kind" in st.session_state else "duties",
            required=True,
            key="list-kind",
        )
        kind: Kind = chosen or "duties"
        cities = st.pills(
            "城市",
            list(regulations),
            format_func=caller(list(regulations.values())),
            selection_mode="multi",
            default=first_choice("list-cities", list(regulations)[:3]),
            key="list-cities",
        )
        if not cities:
            st.info("请至少选一个城市。")
            return
        wish = _wish() if kind != "comparison" else Wish()
        for key in _KEPT:
            keep(key)
        try:
            table = make_list(kind, library, cities, wish)
        except FatiaoError as error:
            st.info(escape(str(error)))
            return
        _show_table(table)


def _take_address(regulations: Mapping[str, Regulation]) -> None:
    """What the address asks for, before the filters are drawn."""
    take_words("list-kind", TITLES)
    take_several("list-cities", regulations)
    take_words("list-binding", BINDINGS)
    take_words("list-means", MEANS)
    for key in ("list-actor", "list-for", "list-words"):
        take_words(key)


def _wish() -> Wish:
    """What the filters ask for."""
    who, gains, how, means, words = st.columns(5)
    wish = Wish(
        actor=who.text_input("谁", key="list-actor", placeholder="例如：财政部门").strip(),
        beneficiary=gains.text_input("对谁", key="list-for", placeholder="例如：企业").strip(),
    )
    binding = how.selectbox("约束", [_ANY, *BINDINGS], key="list-binding")
    mean = means.selectbox("手段", [_ANY, *MEANS], key="list-means")
    said = words.text_input("字句", key="list-words", placeholder="例如：长三角").split()
    return replace(
        wish, binding="" if binding == _ANY else binding, means="" if mean == _ANY else mean, words=tuple(said)
    )


def _show_table(table: ListTable) -> None:
    st.caption(f"共 {len(table.rows)} 项。依据：" + escape("；".join(table.basis)))
    if not table.rows:
        st.info("没有符合条件的规范。")
        return
    rows = [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows]
    typed = table.kind != "comparison"  # that one has a column for each city
    wide_by_name = zip(table.columns, _WIDTHS if typed else repeat(_CITY), strict=False)
    chosen = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"list-rows-{table.kind}",
        row_height=_ROW,
        column_order=[*table.columns[:3], *reversed(table.columns[3:])] if typed else None,
        column_config={name: st.column_config.TextColumn(width=wide) for name, wide in wide_by_name},
    )
    picked = chosen.selection.rows if chosen else []
    if picked and picked[0] < len(table.rows) and (id_ := table.rows[picked[0]].article_id):
        regulation, article = assistant().article(id_)
        show_law([article_node(regulation, article)], f"list-article-{id_}", on_open=open_article)
    excel, word = st.columns(2)
    base = assistant().settings.base_url
    excel.download_button(
        "下载 Excel", lambda: as_xlsx(table, base), f"{table.title}.xlsx", on_click="ignore", key="list-xlsx"
    )
    word.download_button("下载 Word", lambda: as_docx(table), f"{table.title}.docx", on_click="ignore", key="list-docx")
    for notice in table.notices[:3]:
        st.caption(escape(notice))


_show()
