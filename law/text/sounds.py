"""How characters sound: names of places typed by their sound, words typed by theirs, and names in Latin letters."""

import re
from functools import lru_cache
from importlib.resources import files


def sound_alikes(name: str) -> tuple[str, ...]:
    """For each character of a name, the common characters that sound like it (tones aside)."""
    by_sound, of = _by_sound(), sounds()
    return tuple(by_sound.get(of.get(ch, ""), "") for ch in name)


@lru_cache(maxsize=1)
def sounds() -> dict[str, str]:
    """How each common character sounds, tones aside."""
    return {ch: sound for sound, characters in _by_sound().items() for ch in characters}


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    """The characters of GB 2312 by their sound: kept, so that nobody waits for a pinyin dictionary."""
    lines = (files("law.text") / "sounds.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


def romanised(name: str) -> str:
    """洛阳 → luoyang, for ids."""
    from pypinyin import lazy_pinyin

    return re.sub(r"[^a-z0-9]+", "", "".join(lazy_pinyin(name)).lower()) or "x"
