"""Thirty-two published regulations and resolutions, each found whole."""

import re
from pathlib import Path

import pytest

from law.bundled import bundled_folder
from law.corpus import load_document, load_folder
from law.text.script import plain

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample documents at {SAMPLES}")

LUOYANG_2019 = "洛阳市科学技术进步条例(2019-08-19)"
#: file, articles, city, province, adopted, approved, effective, amended
EXPECTED = [
    ("信阳市大气污染防治条例(2019-12-27)", 43, "信阳市", "河南省", "2019-10-29", "2019-11-29", "2020-03-01", []),
    ("商丘市文明行为促进条例(2019-11-13)", 39, "商丘市", "河南省", "2019-08-29", "2019-09-27", "2019-12-01", []),
    ("山东省人民代表大会常务委员会关于加强新时代检察机关法律监督工作的决议(2019-09-27)", 11, "", "山东省", "2019-09-27",
     None, None, []),
    ("山东省促进科技成果转化条例(2017-12-01)", 45, "", "山东省", "2001-10-28", None, "2018-01-01", ["2017-12-01"]),
    ("山东省大气污染防治条例(2018-11-30)", 85, "", "山东省", "2016-07-22", None, "2016-11-01", ["2018-11-30"]),
    ("山东省物业管理条例(2021-12-03)", 84, "", "山东省", "2009-01-08", None, "2009-05-01",
     ["2018-09-21", "2021-12-03"]),
    ("德州市文明行为促进条例(2021-01-29)", 41, "德州市", "山东省", "2020-11-30", "2021-01-28", "2021-05-01", []),
    ("日照市物业管理条例(2017-10-01)", 87, "日照市", "山东省", "2017-08-25", "2017-09-30", "2018-01-01", []),
    ("河南省人民代表大会常务委员会关于进一步加强省地方税务工作的决议", 5, "", "河南省", "2003-11-28", None, None, []),
    ("河南省促进科技成果转化条例(2001-05-25)", 49, "", "河南省", "2019-09-27", None, "2020-01-01", []),
    ("河南省发展民营科技企业条例", 29, "", "河南省", "1999-03-26", None, "1999-05-01", ["2004-11-26"]),
    ("河南省物业管理条例", 95, "", "河南省", "2017-09-29", None, "2018-01-01", []),
    ("河南省科学技术协会条例(2010-07-30)", 23, "", "河南省", "1996-11-30", None, "1997-01-01", ["2010-07-30"]),
    ("河南省科学技术普及条例(2003-09-27)", 18, "", "河南省", "2003-09-27", None, None, []),
    ("泰安市文明行为促进条例(2019-11-29)", 53, "泰安市", "山东省", "2019-10-31", "2019-11-29", "2020-03-01", []),
    ("泰安市献血条例(2021-07-31)", 28, "泰安市", "山东省", "2021-06-29", "2021-07-29", "2021-10-01", []),
    (LUOYANG_2019, 46, "洛阳市", "河南省", "2014-08-22", "2014-09-26", "2015-01-01", ["2019-05-09", "2019-07-26"]),
    ("济南市文物保护规定(2016-01-22)", 34, "济南市", "山东省", "2007-09-27", "2007-11-23", "2008-01-01",
     ["2015-12-14", "2016-01-22"]),
    ("淄博市油区管理若干规定(2020-09-28)", 23, "淄博市", "山东省", "2000-11-30", "2000-12-22", "2001-02-01",
     ["2020-08-27", "2020-09-25"]),
    ("潍坊市海岸带保护条例(2019-12-04)", 55, "潍坊市", "山东省", "2019-10-25", "2019-11-29", "2020-05-01", []),
    ("潍坊市物业管理条例(2022-01-21)", 79, "潍坊市", "山东省", "2021-12-31", "2022-01-21", "2022-03-01", []),
    ("濮阳市文明行为促进条例(2020-10-22)", 34, "濮阳市", "河南省", "2020-08-27", "2020-09-26", "2021-01-01", []),
    ("聊城市文物保护管理条例(2021-07-30)", 46, "聊城市", "山东省", "2021-06-18", "2021-07-29", "2021-10-01", []),
    ("郑州市医疗卫生设施规划建设管理条例(2011-10-15)", 24, "郑州市", "河南省", "2011-08-25", "2011-09-28", None, []),
    ("郑州市殡葬管理条例(2019-01-22)", 36, "郑州市", "河南省", "2003-08-29", "2003-11-28", "2004-01-01",
     ["2018-08-29", "2018-11-29"]),
    ("郑州市科学技术投入条例(1997-10-30)", 40, "郑州市", "河南省", "1997-06-25", "1997-09-28", "1997-11-01", []),
    ("郑州市科学技术普及条例(2010-12-20)", 21, "郑州市", "河南省", "2000-09-06", "2000-11-25", None,
     ["2010-08-27", "2010-09-29"]),
    ("郑洛新国家自主创新示范区条例(2020-08-03)", 68, "", "河南省", "2020-07-31", None, "2020-09-01", []),
    ("青岛市地下空间开发利用管理条例(2020-06-12)", 39, "青岛市", "山东省", "2020-03-31", "2020-06-12", "2020-07-01",
     []),
    ("青岛市客运出租汽车管理条例(2021-05-27)", 51, "青岛市", "山东省", "2021-03-23", "2021-05-27", "2021-06-15", []),
    ("青岛市科技创新促进条例(2011-07-29)", 59, "青岛市", "山东省", "2011-06-28", "2011-07-29", "2011-10-01", []),
    ("鹤壁市大气污染防治条例(2019-02-01)", 59, "鹤壁市", "河南省", "2018-11-26", "2019-01-09", "2019-07-01", []),
]  # fmt: skip
NAMES = [row[0] for row in EXPECTED]


def read(name):
    path = SAMPLES / f"{name}.md"
    if not path.is_file():
        pytest.skip(f"sample {name} is absent")
    return load_document(path), path.read_text("utf-8")


def test_every_sample_is_expected_here():
    assert sorted(NAMES) == sorted(p.stem for p in SAMPLES.glob("*.md"))


@pytest.mark.parametrize("row", EXPECTED, ids=NAMES)
def test_identity_is_read_from_the_text_alone(row):
    name, count, city, province, adopted, approved, effective, amended = row
    regulation, _ = read(name)
    assert regulation.title == name.split("(")[0]
    assert (regulation.city, regulation.province) == (city, province)
    assert {**regulation.dates, "announced": None} == {
        "adopted": adopted, "approved": approved, "announced": None, "effective": effective, "amended": amended,
    }  # fmt: skip
    assert [a.number for a in regulation.numbered] == list(range(1, count + 1))


@pytest.mark.parametrize("name", NAMES)
def test_every_item_is_found_and_nothing_is_lost(name):
    regulation, source = read(name)
    marked = re.findall(r"^（[一二三四五六七八九十]+）", source, re.MULTILINE) if "决议" not in name else []
    items = [i for a in regulation.numbered for p in a.paragraphs for i in p.items]
    assert sum(i.startswith("（") for i in items) == len(marked)
    body = re.sub(
        r"<!--.*?-->|^#+.*$|^第[一二三四五六七八九十百]+条|^[一二三四五六七八九十]+、", "", source, flags=re.MULTILINE
    )
    said = "".join("".join(a.text.split()) for a in regulation.articles)
    titles = {f.message.split("」")[0][1:] for f in regulation.findings if f.kind == "title_without_number"}
    for line in map(str.strip, body.splitlines()):
        assert "".join(line.split()) in said or line in titles


@pytest.mark.parametrize("name", [n for n in NAMES if "决议" in n])
def test_a_resolution_without_articles_is_read_by_its_own_numbers(name):
    regulation, source = read(name)
    assert [f.line for f in regulation.findings if f.kind == "provisions"] == [0]
    assert [a.label for a in regulation.numbered[:3]] == ["一、", "二、", "三、"]
    last = source.strip().splitlines()[-1]
    assert last[-20:] in regulation.articles[-1].text


def test_items_that_lost_their_marks_are_items_with_a_finding_each():
    regulation, _ = read("泰安市献血条例(2021-07-31)")
    (article,) = regulation.find(22)
    assert [len(p.items) for p in article.paragraphs] == [5, 0]
    assert article.paragraphs[1].text.startswith("具体办法")
    assert len([f for f in regulation.findings if f.kind == "unmarked_items"]) == 4


def test_unmarked_items_before_marked_ones_are_counted_with_them():
    regulation, _ = read("潍坊市海岸带保护条例(2019-12-04)")
    assert [len(p.items) for n in (17, 18) for p in regulation.find(n)[0].paragraphs] == [7, 4]


def test_a_chapter_title_without_its_number_is_no_sentence_of_the_article_above():
    regulation, _ = read("郑州市殡葬管理条例(2019-01-22)")
    assert len(regulation.find(5)[0].paragraphs) == 1
    assert regulation.find(6)[0].chapter == "殡葬设施管理"
    assert [f.line for f in regulation.findings if f.kind == "title_without_number"] == [33]


def test_traditional_luoyang_reads_as_its_public_simplified_copy_outside_the_amended_articles():
    old = load_folder(bundled_folder() / "luoyang")
    new, _ = read(LUOYANG_2019)
    pairs = [(n, n) for n in range(1, 13)] + [(n, n - 1) for n in range(14, 40) if n != 34]
    pairs += [(n, n - 2) for n in range(41, 49)]
    assert len(pairs) == 45
    for before, after in pairs:
        ours, theirs = (plain(r.find(n)[0].text) for r, n in ((old, before), (new, after)))
        assert ours == theirs, before
    assert plain(old.find(34)[0].text) != plain(new.find(33)[0].text)
