"""Ways to name a regulation, made by rule from the titles of the samples: several laws of one city among them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.understand.question import understand
from law.corpus import load_corpus, load_path
from law.regulation import Regulation
from law.text.places import short_name

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample documents at {SAMPLES}")


@pytest.fixture(scope="module")
def held() -> tuple[Regulation, ...]:
    """Every sample beside the bundled corpus; the other text of 洛阳 is left out, for it has the same name."""
    read = [load_path(path) for path in sorted(SAMPLES.glob("*.md")) if "洛阳" not in path.name]
    return (*(replace(r, id=f"sample-{n}") for n, r in enumerate(read)), *load_corpus())


def names_of(regulation: Regulation) -> Iterator[str]:
    """Place in full and short, words of the title left out, in brackets and without, the place before the brackets."""
    place = regulation.place
    short = short_name(place)
    core = re.sub(r"[(（].*?[)）]", "", regulation.title).removeprefix(place)
    left_out = ("管理", "促进", "保护", "发展", "建设")
    shorter = [core, core.replace("科学技术", "科技"), *(core.replace(w, "", 1) for w in left_out)]
    for name in dict.fromkeys(shorter):
        yield from (f"{place}{name}", f"{short}{name}", f"{short}的{name}")
        yield from (f"《{place}{name}》", f"{short}《{name}》", f"{short}的《{name}》")


def test_each_number_is_looked_up_in_its_own_law(held: tuple[Regulation, ...]) -> None:
    wrong: list[str] = []
    asked = 0
    for regulation in held:
        number = min(7, max(a.number for a in regulation.articles))
        for name in names_of(regulation):
            for question in (f"{name}第{number}条", f"{name}{number}条怎么说"):
                read = understand(question, held)
                asked += 1
                if read.regulation_ids != (regulation.id,) or {r.number for r in read.references} != {number}:
                    wrong.append(f"{question}: {read.regulation_ids[:3]}")
    assert asked > 500
    assert not wrong


def test_two_cities_before_one_title_stay_two(held: tuple[Regulation, ...]) -> None:
    ids = understand("郑州和青岛的科技投入", held).regulation_ids
    assert {r.place for r in held if r.id in ids} == {"郑州市", "青岛市"}
