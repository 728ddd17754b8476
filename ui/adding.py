"""添加文件: each file is read, looked over and corrected before it is taken in; then a bar, then it answers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant import FatiaoError, Regulation
from assistant.desk.taking_in import DATES, ConfirmedIdentity, Proposal, beside_held, confirmed, propose
from law.parsing.standing import LEVELS
from law.regulation import STATUSES
from prompts import say
from records.journal import ADDED, ADDING
from records.people import Account
from ui.drawing import Node, node, show_law
from ui.entry.login import account
from ui.session import assistant, records
from ui.text import escape

#: Articles of a review that are drawn before somebody asks for all; files at once.
_FIRST, _MOST_FILES = 30, 20


@dataclass(frozen=True, slots=True)
class _Read:
    """A file and what came of reading it: a proposal, or why there is none."""

    proposal: Proposal | None
    wrong: str = ""


def show_adding(who: Account) -> None:
    """The drop zone and a review of each file; nothing where this visitor may not change the corpus."""
    if not who.edits:
        st.caption(say("adding.not_you"))
        return
    turn = int(st.session_state.get("adding-turn", 0))
    with st.expander("添加文件", icon=":material/upload_file:", expanded=True):
        st.caption(say("adding.kinds"))
        given = st.file_uploader(
            "添加文件", accept_multiple_files=True, key=f"adding-{turn}", label_visibility="collapsed"
        )
        if len(given) > _MOST_FILES:
            st.warning(f"一次最多 {_MOST_FILES} 个文件，只看前 {_MOST_FILES} 个。")
        read = [_read(file.getvalue(), file.name) for file in given[:_MOST_FILES]]
        for one in read:
            if one.wrong:
                st.error(escape(one.wrong), icon=":material/error:")
        proposals = list({p.document.sha256: p for one in read if (p := one.proposal)}.values())
        ready = [(p, _review(p, turn)) for p in proposals]
        chosen = [(p, said) for p, said in ready if said is not None]
        if chosen:
            words = "确认并收录" if len(chosen) == 1 else f"确认并收录 {len(chosen)} 个文件"
            if st.button(words, key=f"adding-take-{turn}", type="primary", icon=":material/check:"):
                _take_in(chosen)


def _read(data: bytes, name: str) -> _Read:
    """Read a file once; what came of it is kept for as long as the visitor stays."""
    held: dict[str, _Read] = st.session_state.setdefault("adding-read", {})
    key = hashlib.sha256(data).hexdigest() + name
    if key not in held:
        bar = st.empty()
        try:
            held[key] = _Read(propose(data, name, lambda step, done, total: _recognising(bar, name, done, total)))
        except FatiaoError as error:
            held[key] = _Read(None, str(error))
        bar.empty()
    return held[key]


def _recognising(bar: "st.delta_generator.DeltaGenerator", name: str, done: int, total: int) -> None:
    bar.progress(done / max(total, 1), f"正在识别「{escape(name)}」：第 {done} 页，共 {total} 页")


def _review(proposal: Proposal, turn: int) -> ConfirmedIdentity | None:
    """Who the text is, to be confirmed or corrected; None where its box is not ticked."""
    key, read = f"{turn}-{proposal.document.sha256[:12]}", proposal.read
    with st.container(border=True, key=f"review-{key}"):
        wanted = st.checkbox(f"收录「{escape(proposal.name)}」", value=True, key=f"wanted-{key}")
        title = _field("title", read.title, proposal, key)
        left, right = st.columns(2)
        with left:
            city = _field("city", read.city, proposal, key)
            level = _chosen("level", ["", *LEVELS], read.level, proposal, key)
        with right:
            issuer = _field("issuer", read.issuer, proposal, key)
            status = _chosen("status", list(STATUSES), read.status, proposal, key)
        said = ConfirmedIdentity(title, city, level, status, _dates(proposal, key), issuer)
        if words := beside_held(proposal.regulation, assistant().regulations()):
            st.info(escape(words))
        _show_findings(proposal, key)
        _show_articles(proposal.regulation, key)
    return said if wanted else None


def _dates(proposal: Proposal, key: str) -> dict[str, str]:
    columns = st.columns(len(DATES))
    said: dict[str, str] = {}
    for column, name in zip(columns, DATES, strict=True):
        with column:
            said[name] = _field(name, proposal.read.dates[name], proposal, key, placeholder="2025-01-01")
    return said


def _field(name: str, value: str, proposal: Proposal, key: str, placeholder: str = "") -> str:
    said = st.text_input(say(f"adding.{name}"), value, max_chars=200, key=f"{name}-{key}", placeholder=placeholder)
    _show_where(name, proposal)
    return said


def _chosen(name: str, options: Sequence[str], value: str, proposal: Proposal, key: str) -> str:
    said: str = st.selectbox(
        say(f"adding.{name}"),
        options,
        index=options.index(value) if value in options else 0,
        key=f"{name}-{key}",
        format_func=lambda o: (say(f"status.{o}") if name == "status" else o) or "不明",
    )
    _show_where(name, proposal)
    return said


def _show_where(name: str, proposal: Proposal) -> None:
    where = proposal.where.get(name, "")
    st.caption(escape(say("adding.read_from", where=where) if where else say("adding.not_read")))


def _show_findings(proposal: Proposal, key: str) -> None:
    if not proposal.beside:
        st.caption("没有发现可疑之处。")
        return
    with st.expander(f"可疑之处（{len(proposal.beside)} 处），请对照原文", icon=":material/flag:"):
        head = node("thead", node("tr", *(node("th", words) for words in ("行", "可疑之处", "原文"))))
        rows = [
            node("tr", node("th", str(f.line or "全文"), scope="row"), node("td", f.message), node("td", line or "—"))
            for f, line in proposal.beside
        ]
        show_law([node("table", head, node("tbody", *rows))], f"findings-{key}")


def _show_articles(regulation: Regulation, key: str) -> None:
    articles = regulation.numbered
    with st.expander(
        f"读出 {len(articles)} 条：{escape(articles[0].label)}至{escape(articles[-1].label)}", icon=":material/list:"
    ):
        every = len(articles) <= _FIRST or st.toggle("全部列出", key=f"every-{key}")
        nodes: list[Node] = []
        for article in articles if every else articles[:_FIRST]:
            heading = f"【{article.heading}】" if article.heading else ""
            lines = [line for p in article.paragraphs for line in (p.text, *p.items) if line]
            words = [node("p", line) for line in lines]
            nodes.append(node("div", node("p", node("strong", article.label + heading)), *words, class_="article"))
        show_law(nodes, f"found-{key}")


def _take_in(chosen: Sequence[tuple[Proposal, ConfirmedIdentity]]) -> None:
    """All that were confirmed, in one change of the index: either all of them answer afterwards, or none."""
    who, kept = account(), records()
    bar = st.progress(0.0, "正在收录……")
    try:
        regulations = [confirmed(p, said) for p, said in chosen]
        for (p, said), regulation in zip(chosen, regulations, strict=True):
            kept.journal.note(who.key, who.name, ADDING, f"《{said.title}》", p.name)
            identity = {
                "title": said.title,
                "city": said.city,
                "issuer": said.issuer,
                "level": said.level,
                "status": said.status,
                "dates": said.dates,
                "findings": [[f.line, f.kind, f.message] for f, _ in p.beside],
            }
            kept.sources.keep(regulation.id, p.name, p.document.sha256, p.data, identity, who.key)
        changed = assistant().change_corpus(add=regulations, progress=lambda *at: _indexing(bar, *at))
        for (p, said), regulation in zip(chosen, changed.taken_in, strict=True):
            corrected = "、".join(say(f"adding.{n}") for n in _corrected(p.read, said))
            detail = p.name + (f"；改正：{corrected}" if corrected else "")
            kept.journal.note(who.key, who.name, ADDED, f"《{regulation.title}》", detail)
    except FatiaoError as error:
        bar.empty()
        st.error(escape(str(error)), icon=":material/error:")
        return
    titles = "、".join(f"《{r.title}》" for r in changed.taken_in)
    st.session_state["holdings-said"] = "\n".join([f"已收录{titles}，现在就可以提问。", *changed.said])
    st.session_state["adding-turn"] = int(st.session_state.get("adding-turn", 0)) + 1
    st.session_state.pop("adding-read", None)
    st.rerun()


def _corrected(read: ConfirmedIdentity, said: ConfirmedIdentity) -> list[str]:
    names = [n for n in ("title", "city", "issuer", "level", "status") if getattr(read, n) != getattr(said, n)]
    return [*names, *(n for n in DATES if read.dates[n] != said.dates[n])]


def _indexing(bar: "st.delta_generator.DeltaGenerator", step: str, done: int, total: int) -> None:
    words = "正在计算向量" if step == "embed" else "正在写入索引"
    bar.progress(min(done / max(total, 1), 1.0), f"{words}：{done} / {total}")
