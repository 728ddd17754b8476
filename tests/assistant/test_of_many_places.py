"""A question without a place, where very many regulations are held: of the nearest ones, and that is said."""

from assistant import Assistant


def test_only_the_nearest_are_answered_from_and_it_is_said(helper: Assistant, monkeypatch) -> None:
    monkeypatch.setattr("assistant.retrieve._FEW", 2)
    answer = helper.ask("科研失败了要追责吗")
    assert len({c.city for c in answer.citations}) <= 2
    assert any("只看了与它最相关的2部" in n for n in answer.notices)


def test_named_places_are_all_answered_from(helper: Assistant, monkeypatch) -> None:
    monkeypatch.setattr("assistant.retrieve._FEW", 2)
    answer = helper.ask("常州、武汉和洛阳，科研失败了各怎么追责")
    assert len({c.city for c in answer.citations}) == 3
    assert not [n for n in answer.notices if "只看了" in n]
