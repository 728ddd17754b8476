"""What is kept, for whom, and how it is found, rated and deleted again; on both databases."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Citation
from assistant.desk.storing import to_stored
from records import RecordNotFound, Records, RecordsError

ODD = "a\x00b\x0c\udfff\ud800\x1b[31m\ufffe，武汉😀"


def cited(text: str = "第一款。", model: str = "offline") -> Answer:
    one = Citation("wuhan/58", "武汉市", "《条例》", 58, 0, "第五十八条", 1, "科技保险", "第五章", "draft", text)
    return Answer("a", "q", f"> {text}\n\n——", citations=(one,), model=model)


def turn_of(records: Records, conversation: str, user: str = "甲", at: int = -1):
    return records.conversation(conversation, user).turns[at]


def test_a_turn_is_kept_from_when_it_is_asked(records: Records, open_records: Callable[..., Records]) -> None:
    conversation = records.start("甲")
    turn = records.asked(conversation, "甲", "武汉的企业买科技保险\n有补助吗？", ["wuhan"])
    elsewhere = open_records()
    kept = elsewhere.conversation(conversation, "甲")
    assert kept.title == "武汉的企业买科技保险 有补助吗？"
    (one,) = kept.turns
    assert (one.id, one.state, one.question) == (turn, "asked", "武汉的企业买科技保险\n有补助吗？")
    assert (one.cities, one.text, one.answer, one.ended, one.rating) == (("wuhan",), "", None, None, None)
    records.answered(turn, cited())
    one = turn_of(elsewhere, conversation)
    assert (one.state, one.answer, one.text) == ("answered", cited(), cited().text)
    assert one.ended is not None
    assert one.asked <= one.ended <= datetime.now(UTC)
    assert one.asked.tzinfo is not None


@pytest.mark.parametrize(
    "question",
    [
        "企业买科技保险有补助吗？三个城市有什么不同？",
        "武汉第58条",
        "上海有什么规定",
        "老師搞出來的成果，學校能分給他本人嗎？",
    ],
)
def test_a_real_answer_comes_back_exactly(question: str, records: Records, helper: Assistant) -> None:
    answer = helper.ask(question)
    conversation = records.start("甲")
    records.answered(records.asked(conversation, "甲", question), answer)
    back = turn_of(records, conversation).answer
    assert back == answer
    assert back.blocks == answer.blocks  # not compared by ==
    assert to_stored(back) == to_stored(answer)


def test_any_characters_can_be_kept(records: Records) -> None:
    conversation = records.start("甲", ODD)
    answer = Answer("i", ODD, ODD, notices=(ODD,), standalone=ODD, model=ODD)
    turn = records.asked(conversation, "甲", ODD, [ODD])
    records.answered(turn, answer)
    records.rate(turn, "甲", False, ODD)
    records.rename(conversation, "甲", ODD)
    one = turn_of(records, conversation)
    assert one.answer == answer  # exactly
    assert one.cities == (ODD,)
    for shown in (one.question, one.text, one.rating.reason, records.conversations("甲")[0].title):
        assert shown.replace("\ufffd", "") == "ab[31m，武汉😀"
    assert records.conversations("甲", ODD)
    stopped = records.asked(conversation, "甲", ODD)
    records.stopped(stopped, ODD)
    records.failed(records.asked(conversation, "甲", ODD), ODD)
    assert [t.state for t in records.conversation(conversation, "甲").turns] == ["answered", "stopped", "failed"]


def test_stopped_and_failed_turns_keep_what_was_said(records: Records) -> None:
    conversation = records.start("甲")
    records.stopped(records.asked(conversation, "甲", "一"), "说到一半")
    records.failed(records.asked(conversation, "甲", "二"), "模型没有回答。")
    records.answered(records.asked(conversation, "甲", "三"), cited())
    kept = records.conversation(conversation, "甲")
    said = [(t.state, t.text, t.answer is None) for t in kept.turns]
    assert said[:2] == [("stopped", "说到一半", True), ("failed", "模型没有回答。", True)]
    assert kept.history == [{"role": "user", "content": "三"}, {"role": "assistant", "content": cited().text}]


def test_a_whole_answer_wins_over_a_stop_and_never_the_other_way(records: Records) -> None:
    conversation = records.start("甲")
    turn = records.asked(conversation, "甲", "一")
    records.stopped(turn, "半句")
    records.failed(turn, "错")
    assert turn_of(records, conversation).text == "半句"
    records.answered(turn, cited())
    records.stopped(turn, "半句")
    records.answered(turn, cited("另一个。"))
    assert turn_of(records, conversation).answer == cited()


def test_each_user_sees_their_own(records: Records) -> None:
    mine, theirs = records.start("甲"), records.start("乙")
    turn = records.asked(mine, "甲", "甲的问题")
    records.asked(theirs, "乙", "乙的问题")
    assert [c.id for c in records.conversations("甲")] == [mine]
    assert [c.id for c in records.conversations("乙", "问题")] == [theirs]
    assert records.conversations("丙") == []
    assert records.conversations("%") == []
    forbidden: list[Callable[[], object]] = [
        lambda: records.conversation(mine, "乙"),
        lambda: records.asked(mine, "乙", "插话"),
        lambda: records.rename(mine, "乙", "改名"),
        lambda: records.delete(mine, "乙"),
        lambda: records.rate(turn, "乙", True),
    ]
    for attempt in forbidden:
        with pytest.raises(RecordNotFound, match="别人的"):
            attempt()
    assert records.delete_all("乙") == 1
    assert turn_of(records, mine).question == "甲的问题"


@pytest.mark.parametrize("id_", ["", "x", "0" * 32, "' OR 1=1 --", "\x00", "\ud800", "%" * 32, "a" * 10_000])
def test_a_conversation_that_is_not_there(id_: str, records: Records) -> None:
    for attempt in (records.conversation, records.delete):
        with pytest.raises(RecordNotFound) as said:
            attempt(id_, "甲")
        assert len(str(said.value)) < 120


@pytest.mark.parametrize("user", ["", "a\x00b", "\ud800", "u" * 501])
def test_a_user_that_cannot_be_kept_is_named(user: str, records: Records) -> None:
    for attempt in (records.start, records.conversations, records.delete_all):
        with pytest.raises(RecordsError, match="用户标识"):
            attempt(user)


def test_turns_and_feedback_that_are_not_there(records: Records) -> None:
    for attempt in (
        lambda: records.answered(7, cited()), lambda: records.stopped(7, ""), lambda: records.rate(7, "甲", True),
        lambda: records.one_feedback(7), lambda: records.one_feedback(10**30), lambda: records.one_feedback(-1),
    ):  # fmt: skip
        with pytest.raises(RecordNotFound, match=r"7|10+|-1"):
            attempt()


SAID = {
    "百分比": ("补助100%吗？", "按 50% 补助。"),
    "下划线": ("FATIAO_HOST 是什么", "a_b"),
    "反斜线": (r"路径 C:\x/y", r"\%"),
    "保险": ("企业买科技保险有补助吗？", "探索建立科技保险产品推荐机制"),
    "繁體": ("老師搞出來的成果，學校能分給他本人嗎？", "成果完成人"),
}
SEARCHES = [
    ("%", {"百分比", "反斜线"}), ("0%", {"百分比"}), ("_", {"下划线"}), ("A_B", {"下划线"}), ("\\", {"反斜线"}),
    ("/", {"反斜线"}), ("科技 推荐", {"保险"}), ("推荐机制", {"保险"}), ("科技 老师", set()), ("老师", {"繁體"}),
    ("學校", {"繁體"}), ("繁体", {"繁體"}), ("ＦＡＴＩＡＯ", {"下划线"}), ("", set(SAID)), ("  ", set(SAID)),
    ("'", set()), ("吗", {"百分比", "保险", "繁體"}), ("x" * 5000, set()),
]  # fmt: skip


def test_search_finds_words_as_they_are(records: Records) -> None:
    for title, (question, text) in SAID.items():
        conversation = records.start("甲", title)
        records.answered(records.asked(conversation, "甲", question), Answer("", question, text))
    for words, found in SEARCHES:
        assert {c.title for c in records.conversations("甲", words)} == found, words


def test_the_last_used_comes_first_and_empty_ones_are_left_out(records: Records) -> None:
    first, second, _empty = records.start("甲"), records.start("甲"), records.start("甲")
    turn = records.asked(first, "甲", "一")
    records.asked(second, "甲", "二")
    assert [c.title for c in records.conversations("甲")] == ["二", "一"]
    records.answered(turn, cited())
    records.asked(first, "甲", "三")
    listed = records.conversations("甲")
    assert [(c.title, c.turns) for c in listed] == [("一", 2), ("二", 1)]
    assert [c.title for c in records.conversations("甲", limit=1)] == ["一"]
    assert listed[0].updated > listed[0].created


def test_a_title_can_be_changed_and_is_found(records: Records) -> None:
    conversation = records.start("甲")
    records.asked(conversation, "甲", "很" * 100)
    assert records.conversations("甲")[0].title == "很" * 40
    records.rename(conversation, "甲", " 科技\n保险 " + "长" * 300)
    assert records.conversations("甲", "科技 保险")[0].title == ("科技 保险 " + "长" * 300)[:200]
    records.asked(conversation, "甲", "再问")
    assert records.conversation(conversation, "甲").title.startswith("科技 保险")
    for empty in ("", "  ", "\x00"):
        with pytest.raises(RecordsError, match="标题"):
            records.rename(conversation, "甲", empty)


def test_what_is_deleted_is_gone_for_good(records: Records, address: str | Path) -> None:
    kept = records.start("甲")
    records.asked(kept, "甲", "留下的问题")
    conversation = records.start("甲")
    turn = records.asked(conversation, "甲", "删掉的问题" * 400)
    records.answered(turn, cited("删掉的回答" * 400))
    records.rate(turn, "甲", False, "删掉的理由")
    records.delete(conversation, "甲")
    assert records.feedback() == []
    assert [c.id for c in records.conversations("甲")] == [kept]
    with pytest.raises(RecordNotFound):
        records.delete(conversation, "甲")
    with pytest.raises(RecordNotFound):
        records.answered(turn, cited())
    assert records.asked(kept, "甲", "二") > turn  # a number is never given twice
    if isinstance(address, Path):
        held = b"".join(f.read_bytes() for f in address.parent.iterdir())
        assert "留下的问题".encode() in held
        assert "删掉的".encode() not in held
    assert records.delete_all("甲") == 1
    assert records.delete_all("甲") == 0
    assert records.conversations("甲") == []


def test_feedback_is_kept_with_what_it_is_about(records: Records) -> None:
    conversation = records.start("甲")
    first = records.asked(conversation, "甲", "武汉第58条")
    records.answered(first, cited())
    turn = records.asked(conversation, "甲", "那第二款呢", ["wuhan"])
    records.answered(turn, cited("第二款。", "qwen3"))
    later = records.asked(conversation, "甲", "后来的")
    records.rate(turn, "甲", True)
    records.rate(turn, "甲", False, "  引错了款  ")
    records.rate(later, "甲", True)
    newest, one = records.feedback()
    assert records.feedback(limit=1) == [newest]
    assert (one.rating.up, one.rating.reason, one.user) == (False, "引错了款", "甲")
    assert (one.conversation, one.turn.question, one.turn.cities) == (conversation, "那第二款呢", ("wuhan",))
    assert one.turn.answer == cited("第二款。", "qwen3")
    full = records.one_feedback(one.id)
    assert full.history == (
        {"role": "user", "content": "武汉第58条"}, {"role": "assistant", "content": cited().text},
    )  # fmt: skip
    assert records.conversation(conversation, "甲").turns[1].rating == one.rating
    records.rate(turn, "甲", None)
    assert [f.turn.id for f in records.feedback()] == [later]
    assert records.conversation(conversation, "甲").turns[1].rating is None


def test_what_outlives_its_retention_is_deleted(open_records: Callable[..., Records]) -> None:
    now = [datetime.now(UTC) - timedelta(days=100)]
    records = open_records(clock=lambda: now[0])
    old, used = records.start("甲"), records.start("甲")
    records.rate(records.asked(old, "甲", "旧"), "甲", True)
    records.asked(used, "甲", "还在用")
    now[0] += timedelta(days=60)
    records.asked(used, "甲", "再问")
    now[0] += timedelta(days=40)
    assert records.expire(0) == records.expire(-1) == records.expire(101) == 0
    assert len(records.conversations("甲")) == 2
    assert records.expire(90) == 1
    assert [c.id for c in records.conversations("甲")] == [used]
    assert records.feedback() == []
    assert len(open_records(retention_days=0).conversations("甲")) == 1
    assert len(open_records(retention_days=41).conversations("甲")) == 1
    assert open_records(retention_days=39).conversations("甲") == []


def test_retention_also_holds_in_a_server_that_runs_for_long(
    open_records: Callable[..., Records], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [datetime.now(UTC)]
    records = open_records(retention_days=10, clock=lambda: now[0])
    records.asked(records.start("甲"), "甲", "问")
    now[0] += timedelta(days=11)
    assert records.conversations("甲")  # looked at already today
    monkeypatch.setattr("records.records._DAY", 0.0)
    assert records.conversations("甲") == []


def test_eight_threads_lose_and_mix_nothing(open_records: Callable[..., Records]) -> None:
    """Two shared objects, eight users, half of whose threads also delete and search."""
    shared = [open_records(), open_records()]
    failed: list[BaseException] = []
    ids: dict[str, str] = {}

    def work(n: int) -> None:
        try:
            records, user = shared[n % 2], f"用户{n}"
            ids[user] = conversation = records.start(user)
            for at in range(12):
                turn = records.asked(conversation, user, f"{user}的第{at}问")
                records.answered(turn, cited(f"{user}的第{at}答"))
                records.rate(turn, user, bool(at % 2), f"{user}说{at}")
                assert [c.id for c in records.conversations(user, "问")] == [conversation]
                if n % 2:
                    other = records.start(user)
                    records.asked(other, user, "临时")
                    records.delete(other, user)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    for user, conversation in ids.items():
        turns = shared[0].conversation(conversation, user).turns
        assert [t.question for t in turns] == [f"{user}的第{at}问" for at in range(12)]
        assert all(t.answer == cited(f"{user}的第{at}答") for at, t in enumerate(turns))
        assert all(t.rating.reason == f"{user}说{at}" for at, t in enumerate(turns))
    assert len(shared[0].feedback()) == 96


def test_one_conversation_asked_in_from_two_windows(open_records: Callable[..., Records]) -> None:
    records = open_records()
    conversation = records.start("甲")
    numbers: list[int] = []

    def ask(window: int) -> None:
        for at in range(10):
            numbers.append(records.asked(conversation, "甲", f"{window}-{at}"))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    turns = records.conversation(conversation, "甲").turns
    assert [t.id for t in turns] == sorted(numbers)
    assert sorted(t.question for t in turns) == sorted(f"{w}-{a}" for w in range(2) for a in range(10))
