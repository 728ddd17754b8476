"""How names of places sound: characters that sound alike, and names in Latin letters."""

import re
from functools import lru_cache


def sound_alikes(name: str) -> tuple[str, ...]:
    """For each character of a name, the common characters that sound like it (tones aside).

    Worked out when a regulation is read, so that a question need not wait for a pinyin dictionary.
    """
    from pypinyin import lazy_pinyin

    alike = _common_characters()
    return tuple(alike.get(lazy_pinyin(ch)[0], "") for ch in name)


@lru_cache(maxsize=1)
def _common_characters() -> dict[str, str]:
    """The characters of GB 2312 by their sound."""
    from pypinyin import lazy_pinyin

    alike: dict[str, str] = {}
    for high in range(0xB0, 0xF8):  # the rows that hold characters
        for ch in bytes(b for low in range(0xA1, 0xFF) for b in (high, low)).decode("gb2312", "ignore"):
            sound = lazy_pinyin(ch)[0]
            alike[sound] = alike.get(sound, "") + ch
    return alike


def romanised(name: str) -> str:
    """洛阳 → luoyang, for ids."""
    from pypinyin import lazy_pinyin

    return re.sub(r"[^a-z0-9]+", "", "".join(lazy_pinyin(name)).lower()) or "x"
