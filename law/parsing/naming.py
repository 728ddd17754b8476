"""How people call a regulation: 科技进步法 for 中华人民共和国科学技术进步法, 洛阳科技进步条例 for its full title."""

import re

from law.text.places import short_name
from law.text.rules import Rule, load_rules

#: Rules whose names say what is said instead.
_FOR = "for_"
_VERSION = re.compile(r"[（(][^（）()]*[)）]$")


def short_names_of(title: str, place: str, *, national: bool = False) -> tuple[str, ...]:
    """Shorter ways to say a title, without the title itself.

    >>> short_names_of("中华人民共和国促进科技成果转化法", "", national=True)[2:]
    ('科技成果转化法', '国家科技成果转化法', '成果转化法', '国家成果转化法')
    >>> short_names_of("洛阳市科学技术进步条例", "洛阳市")
    ('洛阳科学技术进步条例', '洛阳市科技进步条例', '洛阳科技进步条例')
    """
    bare = _VERSION.sub("", title)
    if national:
        core = without_nation(bare)
        forms = _forms(core)
        return tuple(n for form in forms for n in (form, f"国家{form}") if n != title and len(form) >= 3)
    if not place or not bare.startswith(place):
        return ()
    core, short = bare.removeprefix(place), short_name(place)
    names = [lead + form for form in _forms(core)[:2] for lead in (place, short)]
    return tuple(dict.fromkeys(n for n in names if n not in (bare, title) and len(n) > len(short) + 3))


def _forms(core: str) -> list[str]:
    forms = [core]
    for name, rule in _rules().items():
        if name.startswith(_FOR) and (found := rule.search(core)):
            forms.append(core[: found.start()] + name.removeprefix(_FOR) + core[found.end() :])
    forms += [rule.sub("", core) for rule in (_rules()["promotes"], _rules()["promotes_science"]) if rule.search(core)]
    return list(dict.fromkeys(forms))


def without_nation(title: str) -> str:
    """A title without 中华人民共和国 at its head."""
    return _rules()["nation"].sub("", title)


def _rules() -> dict[str, Rule]:
    return load_rules("law.parsing", "naming.toml")
