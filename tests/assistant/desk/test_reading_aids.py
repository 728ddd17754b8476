"""Articles to be read: the quoted words found, the marks, the conventional form, what comes next."""

import pytest

from assistant import Assistant
from assistant.desk.article_view import form, found, marks_of, read, segments
from assistant.desk.browse import articles_with, chapters
from assistant.desk.comparing import matters, side_by_side
from assistant.desk.holdings import holdings
from assistant.desk.suggestions import next_questions

QUESTION = "武汉的企业买科技保险有补助吗？"


def test_segments_joined_are_the_text() -> None:
    text = "应当给予一定的保费补助。"
    for spans in ([], [(0, 2)], [(2, 4), (7, 11)], [(0, len(text))], [(3, 5), (4, 8)], [(8, 99)]):
        assert "".join(s for s, _ in segments(text, spans)) == text


def test_words_are_found_in_either_script_and_across_spaces() -> None:
    text = "對購買 科技\n保險（ＡＢ）,給予補助"
    assert [text[a:b] for a, b in found(text, ["科技保险"])] == ["科技\n保險"]
    assert [text[a:b] for a, b in found(text, ["(ab)，", "补助"])] == ["（ＡＢ）,", "補助"]
    assert found(text, ["", " ", "没有"]) == []


def test_every_citation_is_marked_in_its_article(helper: Assistant) -> None:
    library = helper.library()
    for question in (QUESTION, "洛阳的劳务费比例有什么规定？", "企业买科技保险有补助吗？三个城市有什么不同？"):
        for citation in helper.ask(question).citations:
            held = read(library, citation.id, [citation.quote])
            marked = "".join(w for p in held.paragraphs for line in p.lines for w, on in line if on)
            assert "".join(marked.split()) == "".join(citation.quote.split())


def test_every_article_can_be_read_and_says_what_the_source_says(helper: Assistant) -> None:
    library = helper.library()
    for id_, (regulation, article) in library.by_id.items():
        held = read(library, id_)
        words = "".join(w for p in held.paragraphs for line in p.lines for w, _ in line)
        assert "".join(words.split()) == "".join(article.text.split())
        assert held.copied.startswith(form(regulation, article))
        assert held.before is None or held.before in regulation.articles


def test_the_conventional_form_counts_only_where_there_are_several(helper: Assistant) -> None:
    library = helper.library()
    assert form(*library.by_id["changzhou/20"], 3) == "《常州市科技创新促进条例》第二十条第三款"
    assert form(*library.by_id["changzhou/55"], 1) == "《常州市科技创新促进条例》第五十五条"


def test_marks_say_draft_amended_inferred_and_damaged(helper: Assistant) -> None:
    library = helper.library()
    assert read(library, "wuhan/58").marks == ("草案",)
    assert read(library, "luoyang/13").marks == ("后经修正", "已删去（2019年）")
    assert read(library, "changzhou/10").marks == ("条号推定", "文本有残缺")
    assert "文本有残缺" in read(library, "changzhou/27").marks
    assert "条号重复" in read(library, "wuhan/55").marks
    (citation, *_) = helper.ask(QUESTION).citations
    assert marks_of(library, citation) == ("草案",)


def test_an_article_that_is_not_held(helper: Assistant) -> None:
    with pytest.raises(KeyError):
        read(helper.library(), "wuhan/999")


@pytest.mark.parametrize(
    "question",
    [
        "武汉的企业买科技保险有补助吗？",
        "企业买科技保险有补助吗？三个城市有什么不同？",
        "老师搞出来的成果，学校能分给他本人吗？洛阳怎么规定？",
        "常州第二十条第三款怎么写的",
    ],
)
def test_what_comes_next_is_answered_and_none_is_asked_twice(helper: Assistant, question: str) -> None:
    library = helper.library()
    answer = helper.ask(question)
    offered = next_questions(library, answer, answers=helper.ask)
    assert 2 <= len(offered) <= 3
    assert offered == next_questions(library, answer, answers=helper.ask)
    assert not set(next_questions(library, answer, offered)) & set(offered)
    assert not any(helper.ask(q).refused for q in offered)
    assert all(any(r.place in q or r.title in q for r in library.regulations) for q in offered)


def test_the_next_paragraph_and_the_other_cities_come_first(helper: Assistant) -> None:
    library = helper.library()
    first, second, *_ = next_questions(library, helper.ask("武汉的企业买科技保险有补助吗？"))
    assert (first, second) == ("武汉市第五十八条第一款是怎么规定的？", "常州市、洛阳市对科技保险分别怎么规定？")
    (first, *_) = next_questions(library, helper.ask("常州第二十条第三款怎么写的"))
    assert first == "常州市第二十条第四款是怎么规定的？"
    assert next_questions(library, helper.ask("今天天气怎么样？")) == ()


def test_a_matter_is_offered_in_whole_words(helper: Assistant) -> None:
    library = helper.library()
    of_bodies = next_questions(library, helper.ask("武汉的新型研发机构能得到什么"))
    of_people = next_questions(library, helper.ask("常州对年轻的科技人员有什么扶持"))
    assert any("对新型研发机构分别" in q for q in of_bodies)
    assert not any("科技人分别" in q for q in of_people)


def test_a_matter_stays_the_word_that_was_asked_for(helper: Assistant) -> None:
    offered = next_questions(helper.library(), helper.ask("我们厂想建个研发中心，洛阳给不给钱？"))
    assert any("研发中心" in q for q in offered), offered
    assert not any("研发心" in q for q in offered)


def test_articles_are_found_by_city_chapter_words_and_number(helper: Assistant) -> None:
    regulations = helper.regulations()
    assert [a.id for _, a in articles_with(regulations, "科技保险 补助").articles] == ["luoyang/39", "wuhan/58"]
    assert [a.id for _, a in articles_with(regulations, "科技保險").articles] == ["luoyang/39", "wuhan/58"]
    assert [a.id for _, a in articles_with(regulations, "第五十五条").articles] == [
        "changzhou/55", "wuhan/55", "wuhan/55-2",
    ]  # fmt: skip
    assert [a.id for _, a in articles_with(regulations[:1], "20").articles] == ["changzhou/20"]
    assert len(articles_with(regulations).articles) == sum(len(r.articles) for r in regulations)
    for chapter in chapters(regulations[0]):
        inside = articles_with(regulations[:1], chapter=chapter).articles
        assert inside
        assert {a.chapter for _, a in inside} == {chapter}
    assert articles_with(regulations, "量子隐形").articles == ()
    assert len(articles_with(regulations, "词 " * 500).words) <= 8


def test_sides_stand_beside_each_other(helper: Assistant) -> None:
    sides = side_by_side(helper, "科技保险补助", ["洛阳市", "武汉"])
    assert [s.regulation.id for s in sides] == ["luoyang", "wuhan"]
    assert [s.near[0].id for s in sides] == ["luoyang/39", "wuhan/58"]
    assert all(s.answers for s in sides)
    assert not any(s.answers for s in side_by_side(helper, "今天天气怎么样", ["武汉", "洛阳"]))


def test_matters_are_what_the_chapters_are_about(helper: Assistant) -> None:
    offered = matters(helper.library())
    assert "科技金融" in offered
    assert "总则" not in offered
    assert len(set(offered)) == len(offered)


def test_holdings_say_what_looked_wrong(helper: Assistant) -> None:
    held = {h.regulation.id: h for h in holdings(helper.library())}
    assert "2025年1月1日起施行" in held["changzhou"].dates
    assert held["wuhan"].chapters == len(chapters(held["wuhan"].regulation))
    assert held["changzhou"].findings
    assert all(h.findings is not None for h in held.values())
