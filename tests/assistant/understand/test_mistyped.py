"""Words typed by their sound are read as the regulation asked for has them; words that are words are left alone."""

import pytest

from assistant import Assistant
from assistant.understand.mistyped import mend_words
from assistant.understand.question import understand
from law.corpus import regulation_of
from law.formats.document import decode

WATER = "海城市水务条例\n第一条 单位可以提供公共服务。\n第二条 施行。\n"


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("武汉的银行能拿专利待款吗", "武汉的银行能拿专利贷款吗"),
        ("常州的研发机购怎么扶持", "常州的研发机构怎么扶持"),
        ("洛阳的科研经肺谁出", "洛阳的科研经费谁出"),
        ("常州怎么保护知识产劝", "常州怎么保护知识产权"),
    ],
)
def test_a_word_typed_by_its_sound_is_read_as_the_regulation_has_it(helper: Assistant, asked: str, read: str) -> None:
    assert understand(asked, helper.library().regulations).text == read


@pytest.mark.parametrize(
    "asked",
    [
        "武汉那部从哪天起施行",  # a character that stands by itself
        "常州的权力清单在哪儿",  # a word of its own
        "武汉市民能不能骑自行车",
        "哪几条提到待款",  # a word is looked for as it is written
        "常州的企业有贷款吗",
        "武汉市推建条例第五条",  # left of a title
    ],
)
def test_what_may_stand_as_it_is_is_left(helper: Assistant, asked: str) -> None:
    held = helper.library().regulations
    assert mend_words(asked, held, [r.id for r in held]) == asked


def test_of_very_many_regulations_no_words_are_read(helper: Assistant) -> None:
    held = helper.library().regulations
    assert mend_words("银行待款", held, [f"{held[0].id}{n}" for n in range(13)]) == "银行待款"


def test_of_two_pairs_that_overlap_the_one_that_is_a_word_is_meant() -> None:
    held = [regulation_of(decode(WATER.encode(), "haicheng.txt"))]
    assert mend_words("怎么供共呢", held, [held[0].id]) == "怎么公共呢"


def test_no_regulation_is_read_for_a_question_without_a_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    held = [regulation_of(decode(WATER.encode(), "haicheng.txt"))]
    read: list[str] = []
    monkeypatch.setattr("assistant.understand.mistyped.plain_long", lambda text: read.append(text) or text)
    assert mend_words("海城的单位提供什么服务", held, [held[0].id]) == "海城的单位提供什么服务"
    assert not read
    mend_words("海城的研发机购", held, [held[0].id])
    assert read


def test_of_no_regulation_nothing_is_meant(helper: Assistant) -> None:
    assert mend_words("银行待款", helper.library().regulations, []) == "银行待款"
