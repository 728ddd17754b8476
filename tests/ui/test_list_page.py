"""清单 through AppTest: every kind of list, filtered, with its two files."""

import pytest
from page_support import OpenPage, go, taken_away_at_rest, words

from assistant.desk.lists import TITLES


@pytest.mark.parametrize("kind", list(TITLES))
def test_every_kind_of_list_is_shown_with_its_basis(kind: str, open_page: OpenPage) -> None:
    at = open_page("lists")
    at.session_state["list-kind"] = kind
    at.run()
    assert not at.exception
    assert len(at.dataframe) == 1
    assert "依据" in words(at)
    assert taken_away_at_rest(at) == ["下载 Excel", "下载 Word"]


def test_a_list_is_narrowed_and_somebody_unknown_is_said(open_page: OpenPage) -> None:
    at = open_page("lists")
    whole = len(at.dataframe[0].value)
    at.text_input(key="list-actor").set_value("财政部门").run()
    assert 0 < len(at.dataframe[0].value) < whole
    at.text_input(key="list-actor").set_value("外星人").run()
    assert not at.exception
    assert "外星人" in at.info[0].value


def test_an_address_brings_back_what_was_asked_for(open_page: OpenPage) -> None:
    at = open_page()
    at.query_params["list-kind"], at.query_params["list-cities"] = "benefits", ["wuhan"]
    at.query_params["list-words"] = "科技保险"
    go(at, "lists")
    assert at.session_state["list-cities"] == ["wuhan"]
    assert at.text_input(key="list-words").value == "科技保险"


def test_what_was_chosen_stands_in_the_address(open_page: OpenPage) -> None:
    at = open_page("lists")
    at.text_input(key="list-actor").set_value("财政部门").run()
    assert at.query_params["list-actor"] in ("财政部门", ["财政部门"])
    at = open_page("comparison")
    at.text_input(key="compare-matter").set_value("科技保险").run()
    assert not at.exception
    assert at.query_params["compare-matter"] in ("科技保险", ["科技保险"])
    assert len(at.session_state["compare-cities"]) == 3
    assert "compare-cities" in at.query_params
