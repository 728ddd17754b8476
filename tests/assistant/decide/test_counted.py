"""A figure asked for by its counter is no list of aspects, and another counter does not answer it."""

import pytest

from assistant.decide.whole.counted import counted_in


@pytest.mark.parametrize("asked", ["有几个方面", "几家公司抱团", "一学期上不了几节", "好几次了"])
def test_what_only_sounds_like_a_count(asked: str) -> None:
    assert counted_in(asked) is None


@pytest.mark.parametrize(
    ("asked", "text", "stated"),
    [
        ("打多少分算合格", "连续两次考核不合格", False),
        ("打多少分算合格", "满六十分为合格", True),
        ("委员有几名", "委员九人", True),
        ("一周最多上几节课", "每周两小时", False),
    ],
)
def test_another_counter_is_no_answer(asked: str, text: str, stated: bool) -> None:
    counted = counted_in(asked)
    assert counted is not None
    assert counted.stated_in(text) is stated
