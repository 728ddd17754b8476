"""How characters sound is kept as a table, which says what a pinyin dictionary says."""

from law.text.sounds import sound_alikes, sounds


def test_the_table_says_what_a_pinyin_dictionary_says() -> None:
    from pypinyin import lazy_pinyin

    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    common = [ch for pair in rows if (ch := pair.decode("gb2312", "ignore"))]
    assert sounds() == {ch: lazy_pinyin(ch)[0] for ch in common}


def test_characters_that_sound_alike() -> None:
    first, second = sound_alikes("洛阳")
    assert "落" in first
    assert "羊" in second
    assert sound_alikes("A") == ("",)
