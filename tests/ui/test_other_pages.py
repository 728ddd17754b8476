"""法规, 对照, 记录, 收录 through AppTest."""

import pytest
from page_support import (
    QUESTION,
    OpenPage,
    ask,
    chips,
    click,
    flat,
    go,
    marked,
    nodes,
    run,
    said,
    taken_away_at_rest,
    words,
)


def test_regulations_are_searched_by_words_in_either_script(open_page: OpenPage) -> None:
    at = open_page("regulations")
    at.text_input(key="read-words").set_value("科技保险 补助").run()
    assert not at.exception
    shown = said(nodes(at, "read-articles"))
    assert "洛阳 · 第三十九条" in shown
    assert "武汉 · 第五十八条" in shown
    assert "科技保险" in marked(at, "read-articles")


def test_regulations_are_read_by_chapter(open_page: OpenPage) -> None:
    at = open_page("regulations")
    at.selectbox(key="read-place").set_value("wuhan").run()
    chapter = at.selectbox(key="read-chapter-wuhan")
    chapter.set_value(chapter.options[1]).run()
    assert not at.exception
    titles = [said(b["of"]) for b in flat(nodes(at, "read-articles"), "button") if "open" in b]
    assert titles[0].startswith("第一条")
    assert len(titles) < 20


def test_a_number_finds_its_articles(open_page: OpenPage) -> None:
    at = open_page("regulations")
    at.text_input(key="read-words").set_value("第五十五条").run()
    opens = [b["open"] for b in flat(nodes(at, "read-articles"), "button") if "open" in b]
    assert opens == ["changzhou/55", "wuhan/55", "wuhan/55-2"]


def test_words_that_stand_nowhere_are_said(open_page: OpenPage) -> None:
    at = open_page("regulations")
    at.text_input(key="read-words").set_value("<b>区块链</b>").run()
    assert not at.exception
    assert "没有含「<b>区块链</b>」的条文" in words(at)
    assert "\\<b\\>" in at.info[0].value


def test_an_article_opens_beside_the_regulations(open_page: OpenPage) -> None:
    at = open_page("regulations")
    at.query_params["article"] = "luoyang/39"
    run(at)
    assert "第三十九条" in said(nodes(at, "article-text"))
    assert nodes(at, "read-articles")


def test_articles_stand_side_by_side(open_page: OpenPage) -> None:
    at = open_page("comparison")
    at.text_input(key="compare-matter").set_value("科技保险补助").run()
    assert not at.exception
    for id_, label in (("changzhou", "第五十五条"), ("luoyang", "第三十九条"), ("wuhan", "第五十八条")):
        assert label in said(nodes(at, f"side-articles-{id_}"))
    at.pills(key="compare-cities").set_value(["luoyang"]).run()
    assert not at.exception
    assert not nodes(at, "side-articles-wuhan")
    assert nodes(at, "side-articles-luoyang")
    at.pills(key="compare-cities").set_value([]).run()
    assert "至少选一个城市" in words(at)


def test_a_matter_that_is_offered_is_compared(open_page: OpenPage) -> None:
    at = open_page("comparison")
    offered = at.pills(key="compare-suggested")
    offered.set_value(offered.options[0]).run()
    assert not at.exception
    assert at.text_input(key="compare-matter").value == offered.options[0]
    assert nodes(at, "side-articles-wuhan")


def test_a_matter_that_cannot_be_read_is_said(open_page: OpenPage) -> None:
    at = open_page("comparison")
    at.text_input(key="compare-matter").set_value("\u200b").run()
    assert not at.exception
    assert at.error


def test_past_conversations_are_found_renamed_and_deleted(open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    click(at, "new")
    ask(at, "常州条例第二十条第三款怎么写的？")
    go(at, "past")
    assert "共 2 个对话" in words(at)
    assert "365 天" in words(at)
    at.text_input(key="past-words").set_value("保費補助").run()
    assert "共 1 个对话" in words(at)
    (title,) = [t for t in at.text_input if str(t.key).startswith("title-")]
    id_ = str(title.key).removeprefix("title-")
    title.set_value("科技保险 <b>一</b>").run()
    click(at, f"rename-{id_}")
    assert "已改名" in words(at)
    assert "科技保险 <b>一</b>" in words(at)
    click(at, f"delete-{id_}")
    at.text_input(key="past-words").set_value("").run()
    assert "共 1 个对话" in words(at)
    click(at, "delete-all")
    assert "还没有对话" in words(at)


def test_an_empty_title_is_refused_in_words(open_page: OpenPage) -> None:
    at = go(ask(open_page(), QUESTION), "past")
    (title,) = [t for t in at.text_input if str(t.key).startswith("title-")]
    title.set_value("  ").run()
    click(at, str(title.key).replace("title-", "rename-"))
    assert "标题是空的" in words(at)


def test_a_conversation_opens_again_as_it_was(open_page: OpenPage) -> None:
    at = ask(open_page(), QUESTION)
    before = chips(at)
    click(at, "new")
    go(at, "past")
    (open_,) = [str(b.key) for b in at.button if str(b.key).startswith("open-")]
    click(at, open_)
    assert chips(at) == before


def test_a_search_that_finds_nothing_says_so(open_page: OpenPage) -> None:
    at = go(ask(open_page(), QUESTION), "past")
    at.text_input(key="past-words").set_value("区块链").run()
    assert "没有找到这样的对话" in words(at)


def test_somebody_elses_conversation_is_not_shown(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    at = ask(open_page(), QUESTION)
    import ui.session

    held = at.session_state["conversation"]
    from records import RecordNotFound

    with pytest.raises(RecordNotFound):
        ui.session.records().conversation(held, "somebody")


def test_holdings_say_status_dates_and_what_looked_wrong(open_page: OpenPage) -> None:
    shown = words(open_page("holdings"))
    assert "收录 3 部" in shown
    for said_ in (
        "常州市科技创新促进条例",
        "现行有效",
        "后经修正",
        "草案",
        "2025年1月1日起施行",
        "第十条",
        "条号由前后条文推定",
    ):
        assert said_ in shown
    assert "词语重复" in shown


def test_a_pasted_draft_is_checked_and_its_article_opens(open_page: OpenPage) -> None:
    at = open_page("checking")
    at.text_area(key="check-text").set_value("根据常州条例第二十条，完成人的份额不低于百分之八十。").run()
    assert not at.exception
    assert "1 处要看" in words(at)
    assert "百分之八十" in words(at)
    assert taken_away_at_rest(at) == ["下载带批注的稿子"]
    at.button(key="check-citation-0-changzhou/20").click().run()
    assert not at.exception


def test_a_draft_without_citations_says_so(open_page: OpenPage) -> None:
    at = open_page("checking")
    at.text_area(key="check-text").set_value("今天开会，讨论了下周的安排。").run()
    assert not at.exception
    assert "没有找到引用" in words(at)


def test_two_texts_are_compared_article_by_article(open_page: OpenPage) -> None:
    at = open_page("changes")
    assert not at.exception
    at.selectbox(key="changes-old").set_value("changzhou").run()
    at.selectbox(key="changes-new").set_value("luoyang").run()
    assert not at.exception
    shown = nodes(at, "changes-changzhou-luoyang")
    assert {n["tag"] for n in flat(shown, "del")} == {"del"}
    assert "新增" in said(shown)
    assert "选的不是同一部法规" in words(at)
    at.selectbox(key="changes-new").set_value("changzhou").run()
    assert "修改前后的两个文本" in words(at)


def test_a_regulation_is_read_through_by_its_contents_and_taken_away(open_page: OpenPage) -> None:
    at = open_page("regulations")
    at.selectbox(key="read-place").set_value("luoyang").run()
    assert not at.exception
    shown = nodes(at, "read-whole")
    links = {b["to"]: said(b["of"]) for b in flat(shown, "button") if "to" in b}
    heads = {h["at"]: said(h["of"]) for h in flat(shown, "h2") if "at" in h}
    assert links == heads
    assert len(links) > 3
    opens = [b["open"] for b in flat(shown, "button") if "open" in b]
    assert "luoyang/39" in opens
    assert len(opens) == len(set(opens)) > 40
    assert any("print" in b for b in flat(shown, "button"))
    assert taken_away_at_rest(at) == ["下载 Word", "下载文本"]


def test_words_are_counted_where_they_stand(open_page: OpenPage) -> None:
    at = open_page("regulations")
    at.text_input(key="read-words").set_value("科技保险").run()
    shown = said(nodes(at, "read-articles"))
    assert f"「科技保险」{shown.count('科技保险')} 处" in words(at)


def test_a_comparison_by_chapter_is_whole_and_taken_away(open_page: OpenPage) -> None:
    at = open_page("comparison")
    at.text_input(key="compare-matter").set_value("科技人才").run()
    assert taken_away_at_rest(at) == ["下载 Excel", "下载 Word"]
    offered = at.pills(key="compare-suggested")
    offered.set_value(offered.options[0]).run()
    few = len([b for b in flat(nodes(at, "side-articles"), "button") if "open" in b])
    at.toggle(key="compare-chapter").set_value(True).run()
    assert not at.exception
    assert len([b for b in flat(nodes(at, "side-articles"), "button") if "open" in b]) > few
    at.pills(key="compare-cities").set_value(["luoyang"]).run()
    assert not at.exception
