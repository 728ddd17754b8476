"""「国家法律」 and 「上位法」 name the laws of the nation that are held, and no place."""

from dataclasses import replace

import pytest

from assistant.understand.cities import find_cities
from law.bundled import bundled_folder
from law.corpus import load_folder
from law.parsing.standing import LAW

OWN = load_folder(bundled_folder() / "changzhou")
NATIONAL = replace(OWN, id="law", title="中华人民共和国甲法", city="", province="", level=LAW, short_names=())


@pytest.mark.parametrize("said", ["国家法律", "上位法", "国家层面的规定", "全国性法律"])
def test_the_laws_of_the_nation_are_meant_beside_a_city(said):
    found = find_cities(f"常州和{said}对成果转化收益有什么不同", [OWN, NATIONAL])
    assert found.ids == (OWN.id, "law")


@pytest.mark.parametrize("question", ["常州按照国家有关规定怎么办", "常州的国家级高新区怎么建", "常州的法律责任是什么"])
def test_a_word_of_the_law_that_names_the_nation_is_no_law_of_it(question):
    assert find_cities(question, [OWN, NATIONAL]).ids == (OWN.id,)
