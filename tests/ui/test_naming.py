"""Two texts of one place are never called alike."""

from dataclasses import replace

from assistant import Assistant
from ui.text import names_of


def test_a_place_names_its_only_text(helper: Assistant) -> None:
    assert set(names_of(helper.regulations()).values()) == {"常州市", "洛阳市", "武汉市"}


def test_two_texts_of_one_place_are_called_by_their_titles_and_two_of_one_title_by_how_they_stand(
    helper: Assistant,
) -> None:
    first, *_ = helper.regulations()
    other = replace(first, id="changzhou-2", title="常州市文明行为促进条例")
    assert names_of([first, other]) == {"changzhou": first.title, "changzhou-2": other.title}
    former = replace(first, id="changzhou-2012", status="amended")
    same = replace(first, id="changzhou-x")
    names = names_of([first, former, same])
    assert len(set(names.values())) == 3
    assert names["changzhou-2012"].endswith("（后经修正）")
