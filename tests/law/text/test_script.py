"""The words of the law survive normalisation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.bundled import bundled_folder
from law.corpus import load_folder
from law.text.script import plain, script_of, to_simplified, to_traditional

WORDS = ["建立", "核心", "程序", "指标", "档案", "互动", "信息", "网络", "质量", "支持", "创建", "资源"]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_law_is_not_replaced_by_its_cousin(word):
    assert to_simplified(word) == word
    assert plain(word) == word
    assert to_simplified(f"應當{word}") == f"应当{word}"


@pytest.mark.parametrize(
    ("taiwan", "mainland"),
    [
        ("智慧財產權", "知识产权"), ("計畫", "计划"), ("套用技術", "应用技术"), ("最佳化學科", "优化学科"),
        ("積體電路", "集成电路"), ("網路", "网络"), ("智財制度", "知识产权制度"), ("計算機軟體", "计算机软件"),
        ("資訊", "信息"),
    ],
)  # fmt: skip
def test_taiwan_wording_meets_mainland_wording(taiwan, mainland):
    assert to_simplified(taiwan) == mainland
    assert plain(taiwan) == plain(mainland)


def test_simplified_text_with_a_taiwan_looking_word_is_left_alone():
    assert to_simplified("套用公式，最佳化") == "套用公式，最佳化"


def test_taiwan_wording_is_not_seen_across_words():
    assert to_simplified("產品質量、作品質押、投資安全") == "产品质量、作品质押、投资安全"


def test_the_simplified_corpora_pass_unchanged():
    for name in ("changzhou", "wuhan"):
        text = (bundled_folder() / name / "source.txt").read_text("utf-8")
        assert to_simplified(text) == text
        assert script_of(text) == "simplified"
    assert load_folder(bundled_folder() / "luoyang").script == "traditional"


@given(st.text(alphabet="建立核心智慧財產權網路條例第５８Ａb c\u3000\n，。（%", max_size=100))
def test_the_plain_form_is_stable(text):
    once = plain(text)
    assert plain(once) == once
    assert not any(ch.isspace() for ch in once)


def test_width_and_white_space_do_not_matter():
    assert plain("第５８条　Ａ b") == "第58条ab"


def test_the_program_speaks_traditional_when_asked():
    assert to_traditional("条例") == "條例"


def test_half_a_character_does_not_stop_the_conversion() -> None:
    assert to_simplified("補\ud800貼") == "补\ufffd贴"
    assert plain("\udfff") == "\ufffd"
