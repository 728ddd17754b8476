"""A citation is shown in the script of who asked; the quote stays as its source has it."""

from assistant import Assistant
from law.text.script import to_simplified

QUESTION = "洛阳的科技保险有补助吗？"


def test_a_traditional_source_is_shown_simplified_to_who_writes_simplified(helper: Assistant) -> None:
    answer = helper.ask(QUESTION)
    citation = next(c for c in answer.citations if c.id == "luoyang/39")
    assert "保險" in citation.quote
    assert citation.quote in answer.text
    assert citation.shown == to_simplified(citation.quote)
    assert citation.converted
    for start, end in citation.shown_bold:
        assert 0 <= start < end <= len(citation.shown)


def test_who_writes_traditional_is_shown_the_source_and_other_sources_converted(helper: Assistant) -> None:
    own = helper.ask("洛陽的科技保險有補助嗎？").citations[0]
    assert own.shown == own.quote
    other = helper.ask("武漢的企業買科技保險有補助嗎？").citations[0]
    assert "保險" in other.shown
    assert "保险" in other.quote


def test_a_simplified_source_is_shown_as_it_is(helper: Assistant) -> None:
    citation = helper.ask("武汉的企业买科技保险有补助吗？").citations[0]
    assert citation.shown == citation.quote
    assert citation.shown_bold == citation.bold
    assert not citation.converted
