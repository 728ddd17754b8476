"""Cities as people write them."""

import pytest

from law.text.places import gazetteer, places_in, short_name
from law.text.sounds import romanised


def names(text):
    return [place.name for _, _, place in places_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("武汉的企业买科技保险有补助吗？", ["武汉市"]),
        ("武汉市和洛阳", ["武汉市", "洛阳市"]),
        ("常州市、武汉、洛阳有什么不同", ["常州市", "武汉市", "洛阳市"]),
        ("河南省洛阳市", ["河南省", "洛阳市"]),
        ("延边朝鲜族自治州", ["延边朝鲜族自治州"]),
        ("吉林省和吉林市", ["吉林省", "吉林市"]),
        ("合作开展研究", []),
        ("大同小异", []),
        ("合作市", ["合作市"]),
    ],
)
def test_a_city_is_found_and_an_everyday_word_is_not_a_city(text, expected):
    assert names(text) == expected


def test_a_place_knows_its_province():
    assert (gazetteer()["洛阳"].province, gazetteer()["武汉市"].province) == ("河南省", "湖北省")


def test_short_names_and_ids():
    assert [short_name(n) for n in ("洛阳市", "山东省", "内蒙古自治区", "延边朝鲜族自治州")] == [
        "洛阳", "山东", "内蒙古", "延边",
    ]  # fmt: skip
    assert romanised("洛阳") == "luoyang"
    assert romanised("???") == "x"
