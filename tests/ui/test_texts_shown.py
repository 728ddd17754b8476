"""Lines of an answer that begin with a dash are lists in the page; whatever else they hold is shown as it is."""

from ui.text import with_lists


def test_a_list_within_a_list_stays_one():
    said = with_lists("- 海城市《条例》：2章9条\n  - 第一章 总则\n  - 第二章 *附则*\n\n以上")
    assert said == "- 海城市《条例》：2章9条\n  - 第一章 总则\n  - 第二章 \\*附则\\*\n\n  \n以上"


def test_what_is_no_list_keeps_its_lines():
    assert with_lists("甲\n乙-丙\n-丁") == "甲  \n乙\\-丙  \n\\-丁"


def test_deep_lines_are_no_list():
    assert with_lists("      - 甲") == "      \\- 甲"
