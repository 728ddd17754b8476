"""The turns of a conversation: each question with what became of it, and what may be said of the answer."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from assistant import FatiaoError
from records.kept import FAILED, STOPPED, KeptTurn
from records.word.answers import copied
from ui.answer import show_answer
from ui.drawing import button, show_law
from ui.entry.login import current_user
from ui.exporting import show_turn_export
from ui.session import has_model, records
from ui.text import escape, lines, streamed

#: Icons, because a machine without a colour font shows 👍 as an empty box.
UP, DOWN = ":material/thumb_up: 有用", ":material/thumb_down: 有问题"
#: What may be wrong with an answer.
WRONG = ("引的不是这一条", "漏了条文或城市", "答非所问，看不明白")
#: Characters of a question, and of a reason.
LONGEST, _REASON = 2000, 500
#: What `Answer.model` says where no model wrote.
_OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Again:
    """A question to be asked again as it was: with what was said before its turn, and for the same cities.

    `without_model` leaves out the model that is set.
    """

    turn: int
    question: str
    cities: tuple[str, ...]
    without_model: bool


def show_turn(turn: KeptTurn, *, fresh: bool = False, note: str = "") -> None:
    """A question and its answer, or why there is none. A fresh one is brought into view."""
    show_question(turn.question, note)
    with st.chat_message("assistant", avatar=":material/gavel:"):
        answer = turn.answer
        if answer:
            if answer.standalone:
                st.caption(f"理解为：{escape(answer.standalone)}")
            if has_model() and answer.model == _OFFLINE and answer.citations:
                st.caption("这次没有用语言模型，只摘引条文。")
            show_answer(answer, f"answer-{turn.id}", fresh=fresh)
            _show_rating(turn)
            return
        if turn.state == FAILED:
            st.error(escape(turn.text), icon=":material/error:")
        elif turn.state == STOPPED:
            st.markdown(streamed(turn.text))
            st.markdown(":orange-badge[已停止]" + (" 以上内容不完整，未经核对。" if turn.text else ""))
        elif turn.ended is None:
            st.markdown(":orange-badge[没有答完] 程序在作答时中断，请再问一次。")
        else:
            st.markdown(streamed(turn.text))
        st.button(
            "再问一次",
            key=f"again-{turn.id}",
            icon=":material/replay:",
            on_click=lambda: st.session_state.update(waiting=turn.question),
        )


def show_question(question: str, note: str = "") -> None:
    """What was asked, as it was typed; `note` is where it was taken from."""
    with st.chat_message("user", avatar=":material/person:"):
        if note:
            st.caption(escape(note))
        st.markdown(lines(question))


def _show_again(turn: KeptTurn) -> None:
    """The question to be put otherwise and asked again."""
    with st.popover("改一改再问", icon=":material/edit:", key=f"edit-popover-{turn.id}"):
        st.text_area("问题", turn.question, max_chars=LONGEST, key=f"edit-{turn.id}")
        st.button("再问", key=f"ask-again-{turn.id}", type="primary", on_click=partial(_ask_again, turn.id))


def _ask_again(turn: int) -> None:
    if question := str(st.session_state.get(f"edit-{turn}") or "").strip():
        st.session_state["waiting"] = question


def _show_other_writer(turn: KeptTurn) -> None:
    """The same question without the model that wrote, or with the one that did not. A list no model writes."""
    answer = turn.answer
    if not has_model() or answer is None or not answer.citations or answer.opening:
        return
    wrote = answer.model != _OFFLINE
    st.button(
        "不用模型再问" if wrote else "用模型再问",
        key=f"other-writer-{turn.id}",
        icon=":material/format_quote:" if wrote else ":material/edit_note:",
        help="同一个问题，只摘引条文，不经语言模型" if wrote else "同一个问题，由语言模型撰写，逐句与条文核对",
        on_click=lambda: st.session_state.update(again=Again(turn.id, turn.question, turn.cities, wrote)),
    )


def _show_rating(turn: KeptTurn) -> None:
    """👍 or 👎 with a reason, and the answer's text to copy."""
    held = None if turn.rating is None else (UP if turn.rating.up else DOWN)
    key = f"rating-{turn.id}"
    st.session_state.setdefault(key, held)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.pills(
            "评价这个回答",
            [UP, DOWN],
            key=key,
            label_visibility="collapsed",
            on_change=partial(_rate, turn.id),
        )
        if turn.answer:
            show_law([button("复制回答", class_="plain", copy=copied(turn.answer))], f"copy-{turn.id}")
            show_turn_export(turn)
        _show_again(turn)
        _show_other_writer(turn)
    if st.session_state.get(key) == DOWN:
        st.pills(
            "哪里有问题",
            WRONG,
            key=f"wrong-{turn.id}",
            default=_wrong(turn),
            on_change=partial(_rate, turn.id),
        )
    if st.session_state.get(key):
        st.text_input(
            "理由（可不填，回车保存）",
            _reason(turn),
            max_chars=_REASON,
            key=f"reason-{turn.id}",
            on_change=partial(_rate, turn.id),
            placeholder="例如：应引第二十条；少了洛阳",
        )
        if st.session_state.pop("rated", 0) == turn.id:
            show_law([], f"rated-{turn.id}", show="near")


def _wrong(turn: KeptTurn) -> str | None:
    """Which of the three was chosen before."""
    said = turn.rating.reason if turn.rating else ""
    return next((w for w in WRONG if said == w or said.startswith(f"{w}：")), None)


def _reason(turn: KeptTurn) -> str:
    """The reason in the rater's own words."""
    said = turn.rating.reason if turn.rating else ""
    chosen = _wrong(turn)
    return said.removeprefix(chosen).removeprefix("：") if chosen else said


def _thanks(said: str | None, reason: str) -> str:
    if not said:
        return "已撤回评价。"
    return "已记下。哪里有问题，请在回答下面选一项。" if said == DOWN and not reason else "已记下，谢谢。"


def _rate(turn: int) -> None:
    said = st.session_state.get(f"rating-{turn}")
    wrong = str(st.session_state.get(f"wrong-{turn}") or "") if said == DOWN else ""
    reason = "：".join(filter(None, [wrong, str(st.session_state.get(f"reason-{turn}") or "")]))
    try:
        records().rate(turn, current_user(), None if said is None else said == UP, reason)
    except FatiaoError as error:
        st.toast(escape(str(error)), icon=":material/error:")
    else:
        st.session_state["rated"] = turn
        st.toast(_thanks(said, reason))
