"""核稿: a draft's citations held to the law. Nothing of the draft is kept."""

import streamlit as st

from assistant.check.checked import Checked, Review
from assistant.check.drafts import Draft, commented, draft_of
from assistant.check.judging import review
from law.errors import DocumentError
from prompts import say
from ui.address import open_article
from ui.article_beside import beside_article
from ui.session import assistant
from ui.text import escape

_LONGEST = 100_000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARKS = {True: ":green[✓]", False: ":red[✗]", None: ":gray[—]"}


def _show() -> None:
    st.title("核稿")
    with beside_article():
        st.caption(
            "逐处核对稿子里的法规引用：条文是否存在、引文是否一字不差、条文是否支持那句话、文本是否现行。稿子不保存。"
        )
        given = st.file_uploader("稿子", type=["docx", "md", "txt"], key="check-file")
        pasted = st.text_area("或粘贴文字", max_chars=_LONGEST, key="check-text", height=160)
        st.button("核对", key="check-go", type="primary", icon=":material/rule:")  # leaving the box is noticed then
        draft = _draft(given.getvalue(), given.name) if given else _draft(pasted.encode(), "稿.txt")
        if draft is not None:
            _show_review(draft, review(draft.blocks, assistant().regulations(), draft.name, draft.beside))


def _draft(data: bytes, name: str) -> Draft | None:
    if not data.strip():
        return None
    try:
        return draft_of(data, name)
    except DocumentError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return None


def _show_review(draft: Draft, found: Review) -> None:
    unheld = sum(c.ok is None for c in found.citations)
    count, wrong = len(found.citations), found.to_look_at
    if not count:
        st.info(say("check.none_found"))
    else:
        words = say("check.summary", count=count, right=count - wrong - unheld, wrong=wrong, unheld=unheld)
        (st.warning if wrong else st.success)(words)
        stem, _, kind = draft.name.rpartition(".")
        st.download_button(
            "下载带批注的稿子",
            commented(draft, found),
            file_name=f"{stem}（核稿）.{kind}",
            on_click="ignore",
            key="check-download",
            mime=_WORD if draft.word else "text/plain",
            icon=":material/download:",
        )
    numbered = list(enumerate(found.citations))
    for number, one in numbered:
        if one.ok is False:
            _show_citation(number, one)
    if rest := [(n, one) for n, one in numbered if one.ok is not False]:
        with st.expander(say("check.rest", count=len(rest)), expanded=not wrong):
            for number, one in rest:
                _show_citation(number, one)
    if found.uncited:
        st.subheader(say("check.uncited", count=len(found.uncited)))
        for n, claim in enumerate(found.uncited):
            st.markdown(escape(claim.sentence))
            _offer(claim.right, f"uncited-{n}", suggested=True)


def _show_citation(number: int, one: Checked) -> None:
    with st.container(border=True):
        st.markdown(f"{_MARKS[one.ok]} **{escape(one.mention.as_written)}**　{escape(one.mention.sentence)}")
        if one.why:
            st.markdown(escape(one.why))
        _offer(one.right or one.mention.ids, f"citation-{number}", suggested=bool(one.right))


def _offer(ids: tuple[str, ...], key: str, *, suggested: bool = False) -> None:
    """A button for each article; `suggested` are those that would carry the sentence."""
    by_id = assistant().library().by_id
    for id_ in ids[:3]:
        if id_ in by_id:
            regulation, article = by_id[id_]
            label = f"{escape(regulation.place)} · {article.label}"
            label = say("check.right", labels=label) if suggested else label
            st.button(
                label,
                key=f"check-{key}-{id_}",
                type="tertiary",
                icon=":material/menu_book:",
                on_click=open_article,
                args=(id_,),
            )


_show()
