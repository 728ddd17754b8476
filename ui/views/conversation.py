"""对话: ask, watch, read, check."""

from collections.abc import Iterable

import streamlit as st

from assistant import FatiaoError
from assistant.desk.pasted import MOST_PASTED, questions_in
from assistant.desk.suggestions import next_questions
from assistant.desk.under_way import Asking
from assistant.path import STEPS
from prompts import say
from records import Conversation, KeptTurn, RecordNotFound
from records.kept import history
from ui.address import conversation_here, leave_conversation
from ui.answer import show_answer, show_found
from ui.article_beside import beside_article
from ui.entry.login import current_user
from ui.exporting import show_export
from ui.session import assistant, offline, records, stream
from ui.text import escape, streamed
from ui.turns import LONGEST, Again, show_question, show_turn
from ui.under_way import Pasted, pasted_here, under_way
from ui.welcome import show_welcome

#: Characters that may be pasted; what is longer than a question may be is said, and not cut in silence.
_PASTED = 100_000
#: Questions of a pasted report that are answered at once; the others are offered.
_AT_ONCE = 6
#: Seconds between two looks at an answer in the making.
_LOOK = 0.15
#: What the screen before had in places below, and would stay there, faint, while this one is at work.
_BELOW = 6


def _conversation() -> Conversation | None:
    held = conversation_here()
    if not held:
        return None
    try:
        return records().conversation(held, current_user())
    except RecordNotFound:
        leave_conversation()
        return None


def _begin(question: str, *, alone: bool = False, again: Again | None = None) -> int:
    """Write the question down and have it answered in the background; `alone` leaves out what was said before."""
    user, cities = current_user(), list(again.cities if again else st.session_state.get("cities") or [])
    id_ = st.session_state.get("conversation") or records().start(user)
    st.session_state["conversation"] = id_
    turns = () if alone else records().conversation(id_, user).turns
    before = history(tuple(t for t in turns if again is None or t.id < again.turn))
    events = stream(question, before, cities, without_model=again is not None and again.without_model)
    turn = records().asked(id_, user, question, cities)
    kept = records()

    def ended(asking: Asking) -> None:
        if asking.answer and asking.state == "answered":
            kept.answered(turn, asking.answer)
        elif asking.state == "stopped":
            kept.stopped(turn, asking.text)
        else:
            kept.failed(turn, asking.error)

    under_way().put(turn, Asking(events, ended))
    return turn


def _take_apart(pasted: str, questions: tuple[str, ...]) -> None:
    """Ask what a pasted report asks, each question for itself."""
    turns = tuple(_begin(question, alone=True) for question in questions[:_AT_ONCE])
    st.session_state["pasted"] = Pasted(len(pasted), turns, questions[_AT_ONCE:])


def _note(turn: KeptTurn, pasted: Pasted | None) -> str:
    """With its first question: what was made of a report."""
    if pasted is None or turn.id != pasted.turns[0]:
        return ""
    words = say("page.pasted", length=str(pasted.length), total=str(pasted.total), asked=str(len(pasted.turns)))
    return words + (say("page.pasted_left") if pasted.left else "")


def _show_asking(turn: KeptTurn, asking: Asking, going: Iterable[Asking]) -> None:
    """The question, the steps and the text as they come; returns when it is over. All that are going can be stopped."""
    show_question(turn.question)
    with st.chat_message("assistant", avatar=":material/gavel:"):
        steps = st.empty()
        st.button("停止", key="stop", icon=":material/stop_circle:", on_click=_stop, args=(tuple(going),))
        text, found = st.empty(), st.empty()
    for _ in range(_BELOW):
        st.empty()
    shown = False
    while not asking.wait(_LOOK):  # each look draws, and drawing is where a click on 停止 is noticed
        steps.markdown(_steps(asking.step))
        text.markdown(streamed(asking.text))
        if asking.found and not shown:
            shown = True
            with found.container():
                show_found(asking.found, f"found-{turn.id}")
    if asking.answer and asking.error:  # answered, but not kept: shown from memory
        steps.error(escape(asking.error), icon=":material/error:")
        with text.container():
            show_answer(asking.answer, f"answer-{turn.id}")
        return
    under_way().let_go(turn.id)
    pasted = pasted_here((turn,))
    st.session_state["fresh"] = pasted.turns[0] if pasted else turn.id
    if asking.error and asking.state != "failed":
        st.session_state["trouble"] = asking.error
    st.rerun()


def _stop(going: tuple[Asking, ...]) -> None:
    for asking in going:
        asking.stop()


def _steps(now: str) -> str:
    """理解 ✓ → 检索 ✓ → **作答** → 核对."""
    names = STEPS if now in STEPS or not now else (*STEPS, now)
    at = names.index(now) if now else 0
    said = (f"{name} ✓" if n < at else f"**{name}……**" if n == at else name for n, name in enumerate(names))
    return " → ".join(said)


def _next(last: KeptTurn, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Worked out once for each answer and index: every suggestion is tried before it is offered."""
    library = assistant().library()
    key = (last.id, library.manifest.generation)
    held = st.session_state.get("next-questions")
    if not held or held[0] != key:
        questions = next_questions(library, last.answer, asked, answers=offline) if last.answer else ()
        held = st.session_state["next-questions"] = (key, questions)
    found: tuple[str, ...] = held[1]
    return found


def _show_next(conversation: Conversation, left: tuple[str, ...]) -> str:
    """What may be asked next, first what a report asked beside; returns the question that was clicked, or ""."""
    last = conversation.turns[-1] if conversation.turns else None
    if last is None or last.answer is None:
        return ""
    clicked = ""
    either = last.answer.readings
    questions = left or either or _next(last, tuple(t.question for t in conversation.turns))
    words = "page.report_left" if left else "page.either" if either else "page.next"
    if questions:
        with st.container(key="next", gap="xsmall"):
            st.caption(say(words))
            for at, question in enumerate(questions):
                if st.button(
                    escape(question), key=f"next-{last.id}-{at}", icon=":material/subdirectory_arrow_right:", wrap=True
                ):
                    clicked = question
    return clicked


def _readings(conversation: Conversation | None) -> tuple[str, ...]:
    """The whole questions that the last answer gives to choose from, each to be asked by itself."""
    last = conversation.turns[-1].answer if conversation and conversation.turns else None
    return last.readings if last else ()


def _show() -> None:
    body = st.container()
    with st.container(key="ask"):  # not the foot that Streamlit offers: with that the page jumps to its end
        typed = st.chat_input("请输入问题，用自己的话就可以", max_chars=_PASTED, key="question")
    waiting = st.session_state.pop("waiting", "")
    again: Again | None = st.session_state.pop("again", None)
    asked = str(typed or waiting or (again.question if again else ""))
    again = None if typed or waiting else again
    conversation = _conversation()
    with body, beside_article():
        if trouble := st.session_state.pop("trouble", ""):
            st.error(escape(trouble), icon=":material/error:")
        if conversation is None and not asked:
            asked = show_welcome()
        if conversation:
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.caption(escape(conversation.title), width="content")
                show_export(conversation, "here", "导出整个对话")
        turns = conversation.turns if conversation else ()
        pasted = pasted_here(turns)
        left = pasted.unasked(turns) if pasted else ()
        fresh = st.session_state.pop("fresh", 0)
        going = {t.id: asking for t in turns if (asking := under_way().of(t))}
        for turn in turns:
            if turn.id not in going:
                show_turn(turn, fresh=turn.id == fresh, note=_note(turn, pasted))
        for turn in turns:
            if turn.id in going:
                st.session_state.update(waiting="" if again else asked, again=again)
                _show_asking(turn, going[turn.id], going.values())
        if conversation and not asked:
            asked = _show_next(conversation, left)
        if asked and _take(asked, alone=asked in (*left, *_readings(conversation)), again=again):
            st.rerun()


def _take(asked: str, *, alone: bool, again: Again | None) -> bool:
    """Have it answered: a question as it is, a report by what it asks. Says why where that is not done."""
    questions = questions_in(asked, assistant().regulations())
    if len(asked) > LONGEST and not questions:
        st.error(escape(say(_too_long(asked), length=str(len(asked)), most=str(LONGEST), pasted=str(MOST_PASTED))))
        st.text_area("您的文字", asked, key="too-long", height=200)
        return False
    try:
        if len(questions) > 1 or len(asked) > LONGEST:
            _take_apart(asked, questions)
        else:
            _begin(asked, alone=alone, again=again)
    except FatiaoError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return False
    return True


def _too_long(asked: str) -> str:
    return "page.too_long" if len(asked) > MOST_PASTED else "page.asks_nothing"


_show()
