"""The three regulations as they are: sources untouched, every article, every declared fault."""

import hashlib
from dataclasses import replace

import pytest

from law.bundled import bundled_folder, is_bundled
from law.corpus import load_corpus, load_document, load_folder, without_clash
from law.errors import CorpusError, DocumentError
from law.parsing.parser import parse
from law.regulation import NUMBER_INFERRED, NUMBER_REPEATED, TEXT_DAMAGED
from law.text.script import plain

SHA256 = {
    "changzhou": "c790d5c27330259da96013e5a2ec672cbf98f38704a7ff0bd0357c7cb903ec23",
    "luoyang": "29ef6604bc209dbf4d02115437c5c14fea14a03361c05fcc994ca3af8596cc17",
    "wuhan": "66b957468a9214b83623ebe02f93fe0ddb052f76cb25232dbcf56016ab72fc74",
}


@pytest.fixture(scope="module")
def held():
    return {r.id: r for r in load_corpus()}


def source(name):
    return (bundled_folder() / name / "source.txt").read_bytes().decode("utf-8")


def lines_with(regulation_or_parsed, kind):
    return [f.line for f in regulation_or_parsed.findings if f.kind == kind]


@pytest.mark.parametrize("name", SHA256)
def test_the_source_is_byte_for_byte_what_was_received(name, held):
    data = (bundled_folder() / name / "source.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256[name] == held[name].sha256


def test_changzhou_has_75_articles_as_printed_and_76_with_its_errata(held):
    printed = [a.number for a in parse(source("changzhou")).articles if a.number]
    assert printed == [n for n in range(1, 77) if n != 10]
    assert [a.number for a in held["changzhou"].numbered] == list(range(1, 77))


def test_changzhou_10_is_marked_as_inferred_and_begins_where_the_errata_say(held):
    (tenth,) = held["changzhou"].find(10)
    assert len(tenth.paragraphs) == 3
    assert tenth.flags == (NUMBER_INFERRED, TEXT_DAMAGED)
    assert tenth.paragraphs[0].text.startswith("机构、企业以及科技人员等创新主体")
    assert [n.kind for n in held["changzhou"].notes_on(tenth)] == ["erratum"]
    assert len(held["changzhou"].find(9)[0].paragraphs) == 2


def test_wuhan_has_72_articles_without_32_and_two_55_told_apart(held):
    wuhan = held["wuhan"]
    assert len(wuhan.numbered) == 72
    assert {a.number for a in wuhan.numbered} == set(range(1, 73)) - {32}
    first, second = wuhan.find(55)
    assert (first.id, first.heading, first.chapter[:3]) == ("wuhan/55", "支持培育高质量产业生态", "第六章")
    assert (second.id, second.heading, second.chapter[:3]) == ("wuhan/55-2", "总体设计", "第七章")
    assert NUMBER_REPEATED in first.flags
    assert NUMBER_REPEATED in second.flags
    assert all(a.heading for a in wuhan.numbered)


def test_luoyang_has_48_articles_in_nine_chapters(held):
    assert [a.number for a in held["luoyang"].numbered] == list(range(1, 49))
    assert held["luoyang"].articles[0].number == 1


@pytest.mark.parametrize(
    ("name", "number", "paragraphs", "items"),
    [("changzhou", 20, 4, 0), ("wuhan", 41, 5, 0), ("luoyang", 22, 3, 0), ("luoyang", 33, 1, 9)],
)
def test_paragraphs_and_items_are_counted_as_the_law_counts_them(held, name, number, paragraphs, items):
    (article,) = held[name].find(number)
    assert len(article.paragraphs) == paragraphs
    assert sum(len(p.items) for p in article.paragraphs) == items


def test_a_lead_keeps_its_colon(held):
    assert held["luoyang"].find(33)[0].paragraphs[0].text.endswith("下列事項的投入:")


def test_twenty_is_not_found_inside_one_hundred_and_twenty(held):
    assert [a.number for a in held["changzhou"].find(20)] == [20]
    assert held["changzhou"].find(120) == ()


def test_the_text_before_chapter_one_is_article_zero(held):
    zero = held["changzhou"].articles[0]
    assert (zero.id, zero.number, zero.label) == ("changzhou/0", 0, "题注")
    assert "2024年9月27日江苏省第十四届人民代表大会常务委员会第十一次会议批准" in zero.text
    assert "第一章" not in zero.text


def test_what_looks_wrong_is_reported_at_its_line(held):
    wuhan = held["wuhan"]
    lines = source("wuhan").split("\n")
    assert lines_with(wuhan, "gap") == [n for n, x in enumerate(lines, 1) if x.startswith("第三十三条")]
    assert lines_with(wuhan, "heading_without_di") == [n for n, x in enumerate(lines, 1) if x.startswith("五十五条【")]
    assert lines_with(wuhan, "repeat") == [n for n, x in enumerate(lines, 1) if x.startswith("第五十五条【")]
    assert lines_with(wuhan, "blank_date") == [n for n, x in enumerate(lines, 1) if x.startswith("第七十二条")]
    assert lines_with(wuhan, "stray_latin") == [n for n, x in enumerate(lines, 1) if "and" in x]
    assert lines_with(wuhan, "doubled_word") == [n for n, x in enumerate(lines, 1) if "在在" in x]
    gap = lines_with(parse(source("changzhou")), "gap")
    assert gap == [n for n, x in enumerate(source("changzhou").split("\n"), 1) if x.startswith("**第十一条")]
    assert 160 in lines_with(held["changzhou"], "page_break")  # 科技人才 / 等制度


def test_nobody_is_told_a_date_for_the_draft(held):
    assert [v for v in held["wuhan"].dates.values() if v] == []
    assert held["wuhan"].status == "draft"


@pytest.mark.parametrize("name", SHA256)
def test_every_quote_stands_in_the_source_white_space_aside(name, held):
    squeezed = "".join(source(name).replace("**", "").split())
    for article in held[name].articles:
        for paragraph in article.paragraphs:
            assert "".join(paragraph.full.split()) in squeezed
            span = "".join(source(name)[paragraph.start : paragraph.end].replace("**", "").split())
            assert "".join(paragraph.full.split()) in span


def test_traditional_wording_is_found_in_simplified(held):
    text = plain(held["luoyang"].find(8)[0].text)
    assert "知识产权" in text
    assert "智慧" not in text


def test_every_likely_question_names_an_article_and_a_paragraph_that_exist(held):
    for regulation in held.values():
        known = {a.id: len(a.paragraphs) for a in regulation.articles}
        for question in regulation.questions:
            assert all(1 <= n <= known[question.article] for n in question.paragraphs)


# folders and documents that are wrong --------------------------------------------------------

TOML = 'id = "x"\ntitle = "某市条例"\ncity = "某市"\nstatus = "in_force"\n'
LAW = "某市条例\n第一条 甲。\n第二条 乙。\n"


def folder(tmp_path, toml=TOML, law=LAW, questions=None):
    (tmp_path / "regulation.toml").write_text(toml, "utf-8")
    (tmp_path / "source.txt").write_text(law, "utf-8")
    if questions is not None:
        (tmp_path / "questions.jsonl").write_text(questions, "utf-8")
    return tmp_path


def test_a_small_folder_is_read(tmp_path):
    assert [a.id for a in load_folder(folder(tmp_path)).numbered] == ["x/1", "x/2"]


def test_a_folder_without_a_declaration_says_which_file_is_missing(tmp_path):
    (tmp_path / "source.txt").write_text(LAW, "utf-8")
    with pytest.raises(CorpusError, match=r"regulation\.toml"):
        load_folder(tmp_path)


def test_a_folder_without_a_source_says_so(tmp_path):
    (folder(tmp_path) / "source.txt").unlink()
    with pytest.raises(DocumentError, match=r"source\.txt"):
        load_folder(tmp_path)


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (TOML.replace("in_force", "geltend"), "status"),
        (TOML + 'colour = "red"\n', "colour"),
        (TOML.replace('"x"', '"Ä"'), "id"),
        ("id = ", "读不懂"),
        (TOML + '[[errata]]\narticle = 9\ntext = "缺"\n', "第 9 条"),
        (TOML + '[[later]]\narticle = 3\ntext = "已删"\n', "第 3 条"),
        (TOML + '[dates]\neffective = "soon"\n', "effective"),
    ],
)
def test_a_wrong_declaration_names_the_field(tmp_path, toml, says):
    with pytest.raises(CorpusError, match=says):
        load_folder(folder(tmp_path, toml))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"article": "x/9", "questions": []}',
        '{"article": "x/1", "questions": [{"text": "?", "paragraphs": [2]}]}',
        "[]",
    ],
)
def test_a_wrong_question_names_its_line(tmp_path, line):
    with pytest.raises(CorpusError, match="第 2 行"):
        load_folder(folder(tmp_path, questions="\n" + line))


@pytest.mark.parametrize("name", ["nirgends", "leer"])
def test_a_corpus_that_is_missing_or_empty_is_an_error_and_not_an_empty_answer(tmp_path, name):
    (tmp_path / "leer").mkdir()
    with pytest.raises(CorpusError):
        load_corpus(tmp_path / name)


def test_a_bare_document_gets_its_identity_from_its_own_text_or_from_the_caller(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("青岛市科技条例\n第一条 甲。\n", "utf-8")
    own, told = load_document(path), load_document(path, new_id="qd-2", city="洛阳")
    assert (own.id, own.city, own.province) == ("qingdao", "青岛市", "山东省")
    assert (told.id, told.city, told.articles[1].id) == ("qd-2", "洛阳市", "qd-2/1")
    with pytest.raises(CorpusError, match="编号"):
        load_document(path, new_id="青/岛")


def test_two_texts_of_one_city_do_not_share_an_id(held):
    mine = replace(held["luoyang"], source="other.md", title="洛阳市别的条例", sha256="0")
    kept = without_clash(mine, held.values())
    assert kept.id.startswith("luoyang-")
    assert kept.articles[0].id.startswith(kept.id + "/")
    assert is_bundled(held["luoyang"])
