"""对照: a matter and cities, their articles side by side."""

import streamlit as st

from assistant.desk.comparing import Side, comparison_table, matters, of_chapter, side_by_side
from assistant.desk.list_files import as_docx, as_xlsx
from assistant.desk.lists import ListTable
from ui.address import first_choice, keep, open_article, take_several, take_words
from ui.article_beside import beside_article
from ui.articles import article_node
from ui.drawing import show_law
from ui.session import assistant
from ui.text import badge, caller, escape

_LONGEST, _A_ROW = 200, 3
#: Texts that are compared unless others are chosen.
_AT_FIRST = 6


def _choose_matter() -> None:
    chosen = st.session_state.get("compare-suggested")
    if chosen:
        st.session_state["compare-matter"] = chosen


def _show() -> None:
    regulations = {r.id: r for r in assistant().regulations()}
    st.title("对照")
    with beside_article():
        take_words("compare-matter")
        matter = st.text_input(
            "事项",
            max_chars=_LONGEST,
            key="compare-matter",
            placeholder="例如：科技保险、成果转化收益、科研失败免责",
        )
        st.pills(
            "或选一个",
            matters(assistant().library()),
            format_func=escape,
            key="compare-suggested",
            on_change=_choose_matter,
        )
        take_several("compare-cities", regulations)
        cities = st.pills(
            "城市",
            list(regulations),
            format_func=caller(list(regulations.values())),
            selection_mode="multi",
            default=first_choice("compare-cities", list(regulations)[:_AT_FIRST]),
            key="compare-cities",
        )
        keep("compare-matter")
        keep("compare-cities")
        if not matter.strip():
            st.caption("写下或选一个事项，各城市的条文并排列出。")
            return
        if not cities:
            st.info("请至少选一个城市。")
            return
        name = caller(list(regulations.values()))
        sides = side_by_side(assistant(), matter, [i for i in regulations if i in cities])
        whole = any(of_chapter(s.regulation, matter) for s in sides) and st.toggle(
            "整章对照", key="compare-chapter", help="各地标题为这个事项的一章，全部条文并排"
        )
        chosen: dict[str, list[str]] = {}
        for row in range(0, len(sides), _A_ROW):
            for column, side in zip(st.columns(min(_A_ROW, len(sides))), sides[row : row + _A_ROW], strict=False):
                with column.container(border=True):
                    chapter = of_chapter(side.regulation, matter) if whole else ()
                    chosen[side.regulation.id] = _show_side(side, name(side.regulation.id), chapter)
        _show_downloads(comparison_table(matter, sides, chosen))


def _show_downloads(table: ListTable) -> None:
    excel, word = st.columns(2)
    base = assistant().settings.base_url
    name = "".join(c for c in table.title if c.isalnum())
    excel.download_button(
        "下载 Excel", lambda: as_xlsx(table, base), f"{name}.xlsx", on_click="ignore", key="compare-xlsx"
    )
    word.download_button("下载 Word", lambda: as_docx(table), f"{name}.docx", on_click="ignore", key="compare-docx")


def _show_side(side: Side, name: str, chapter: tuple[str, ...]) -> list[str]:
    """One regulation's articles; returns the ids of those that its reader chose."""
    regulation = side.regulation
    st.markdown(f"#### {name}")
    st.markdown(f"{badge(regulation.status)} 《{escape(regulation.title)}》")
    by_id = {a.id: a for a in regulation.articles}
    if not (side.answers or chapter):
        st.caption("没有找到专门的规定；最接近的是下面这一条，不一定有关。")
    near = [h.id for h in side.near]
    offered = list(dict.fromkeys((*chapter, *near)))
    default = list(chapter) or near[: max(1, side.answers)]
    chosen = st.multiselect(
        "条文",
        offered,
        default=default,
        format_func=lambda i: by_id[i].label,
        key=f"side-{regulation.id}-{offered}",
        placeholder="选几条",
    )
    nodes = [article_node(regulation, by_id[i], with_place=False) for i in chosen]
    if nodes:
        show_law(nodes, f"side-articles-{regulation.id}", on_open=open_article)
    return chosen


_show()
