"""The last turn of a talk: what of it asks, which city it is asked of, and the two ways in which it is looked up."""

import numpy as np
import pytest
from talked import answer_after, asked_after, history_of

from assistant import Assistant
from assistant.decide.of_the_law.aside import is_aside
from assistant.raising import tellings, with_what_a_turn_tells
from assistant.retrieve import retrieve, scores
from assistant.understand.question import understand
from assistant.understand.thread.blend import TOLD
from assistant.understand.thread.said import said_in
from assistant.understand.thread.talk import only_who

PREMIUM = ("武汉买科技保险有补助吗", "wuhan/58")
KEPT = ("洛阳下乡的科研人员工资照发吗", "luoyang/26")
PEOPLE = ("常州怎么评价科技人才", "changzhou/41")


@pytest.mark.parametrize(
    "thanks",
    ["好的,资料够用了,多谢", "行,就到这里,没什么要问的了", "明白啦,改天再来请教", "收到,讲得挺清楚的,我去写材料了"],
)
def test_a_turn_that_only_ends_the_talk_cites_nothing(thanks: str, helper: Assistant) -> None:
    answer = answer_after(helper, thanks, PREMIUM)
    assert not answer.citations
    assert not answer.refused


def test_thanks_before_a_question_are_no_part_of_it() -> None:
    assert said_in("谢谢,那保费补多少").text == "那保费补多少"
    assert said_in("人才的事聊完了,换个话题,碳达峰").shifts


def test_what_is_not_meant_is_cut_out_of_the_matter(helper: Assistant) -> None:
    question = asked_after(helper, "不是评价,我说的是引进", PEOPLE)
    assert question.blend is not None
    assert "评价" not in question.blend.carried
    assert "引进" in question.blend.carried


def test_the_city_that_is_denied_is_not_asked(helper: Assistant) -> None:
    assert asked_after(helper, "弄错了,我在洛阳不在武汉", PREMIUM).regulation_ids == ("luoyang",)


@pytest.mark.parametrize("last", ["好,最后一个", "还差一家没讲", "剩下那部呢", "第三家呢"])
def test_the_last_of_several_is_the_city_not_yet_spoken_of(last: str, helper: Assistant) -> None:
    assert asked_after(helper, last, PREMIUM, ("常州呢", "changzhou/55")).regulation_ids == ("luoyang",)


def test_where_the_asker_is_names_no_matter(helper: Assistant) -> None:
    answer = answer_after(helper, "我单位在洛阳,同样的事怎么规定", PREMIUM)
    assert {c.id for c in answer.citations} == {"luoyang/39"}


@pytest.mark.parametrize("contact", ["他们的联系电话呢", "在哪个网站上办", "补助比例是百分之几", "每次补多少万"])
def test_a_kind_of_fact_that_what_was_cited_lacks_is_not_stated(contact: str, helper: Assistant) -> None:
    answer = answer_after(helper, contact, PREMIUM)
    assert (answer.refused, answer.reason) == (True, "not_stated")


def test_a_new_matter_is_found_whatever_was_spoken_of(helper: Assistant) -> None:
    assert "changzhou/66" in {c.id for c in answer_after(helper, "再看看用地怎么保障", PEOPLE).citations}


def test_who_and_what_are_asked_of_what_was_cited(helper: Assistant) -> None:
    assert {c.id for c in answer_after(helper, "职务给保留吗", KEPT).citations} == {"luoyang/26"}


def test_several_things_are_each_answered_in_a_talk(helper: Assistant) -> None:
    cited = {c.id for c in answer_after(helper, "国企有没有研发准备金?伦理审查管哪些研究?", PREMIUM).citations}
    assert {"wuhan/20", "wuhan/69"} <= cited


@pytest.mark.parametrize(("turn", "paragraph"), [("后面那一款呢", 3), ("往前面一款看看", 1)])
def test_the_paragraph_beside_the_one_that_was_quoted(turn: str, paragraph: int, helper: Assistant) -> None:
    regulation, article = helper.article("changzhou/20")
    quote = f"> {article.paragraphs[1].full}\n\n——《{regulation.title}》第二十条第二款"
    told = [{"role": "user", "content": "常州的成果能赋权给本人吗"}, {"role": "assistant", "content": quote}]
    assert [c.paragraph for c in helper.ask(turn, history=told).citations] == [paragraph]


def test_a_word_of_coming_out_is_asked_of_the_matter_and_not_of_the_law(helper: Assistant) -> None:
    assert asked_after(helper, "谁来发布", ("常州有人才需求目录吗", "changzhou/39")).status == ""


@pytest.mark.parametrize("question", ["以后还能不能再申请", "回头要不要再交一份材料"])
def test_a_question_of_what_comes_later_ends_no_talk(question: str, helper: Assistant) -> None:
    assert said_in(question).text == question
    assert not asked_after(helper, question, ("洛阳项目做不成能终止吗", "luoyang/30")).courtesy


def test_what_is_put_aside_is_not_asked_of() -> None:
    assert said_in("先不谈保险,讲讲大学科技园").text == "大学科技园"
    assert said_in("抛开保险,剩下的还有什么办法").text == "抛开保险,剩下的还有什么办法"


def test_words_that_only_open_another_question_are_no_remainder(helper: Assistant) -> None:
    asked = asked_after(helper, "除此之外我还想确认:伦理审查归谁监督", PREMIUM)
    assert asked.besides == ()
    assert asked.topic == "伦理审查归谁监督"


@pytest.mark.parametrize("question", ["再往后念一条", "紧挨着的那条", "随后一条写什么"])
def test_a_neighbour_is_found_in_any_words(question: str, helper: Assistant) -> None:
    assert answer_after(helper, question, ("常州第五十二条", "changzhou/52")).citations[0].id == "changzhou/53"


def test_the_whole_wording_is_that_of_what_was_quoted(helper: Assistant) -> None:
    answer = answer_after(helper, "整条念一遍", ("常州容错写在哪", "changzhou/74"))
    assert {c.id for c in answer.citations} == {"changzhou/74"}


def _three(helper: Assistant) -> list[dict[str, str]]:
    told = "\n\n".join(history_of(helper, ("", i))[1]["content"] for i in ("wuhan/57", "changzhou/52", "luoyang/37"))
    return [{"role": "user", "content": "三地的知识产权质押各怎么规定"}, {"role": "assistant", "content": told}]


@pytest.mark.parametrize(
    ("question", "city"), [("最后那座城市谁来建平台", "luoyang"), ("第一个城市鼓励什么贷款品种", "wuhan")]
)
def test_a_city_is_named_by_its_place_in_the_answer(question: str, city: str, helper: Assistant) -> None:
    assert understand(question, helper.library().regulations, _three(helper)).regulation_ids == (city,)


def test_an_article_is_named_by_its_place_in_the_answer(helper: Assistant) -> None:
    quotes = "\n\n".join(history_of(helper, ("", i))[1]["content"] for i in ("changzhou/48", "changzhou/49"))
    history = [{"role": "user", "content": "常州哪些条讲国际合作"}, {"role": "assistant", "content": quotes}]
    assert [c.id for c in helper.ask("第二条里说的创新园归谁推进", history=history).citations] == ["changzhou/49"]
    history = history_of(helper, ("常州基础研究和自然科学基金写在哪", "changzhou/9"))
    assert helper.ask("第二条里说的适用范围", history=history).citations[0].article == 2


def test_each_of_several_things_is_asked_of_the_city_spoken_of(helper: Assistant) -> None:
    assert asked_after(helper, "那么上市和担保呢?分别讲讲", PREMIUM).regulation_ids == ("wuhan",)


def test_a_turn_that_finds_nothing_is_read_with_what_was_quoted(helper: Assistant) -> None:
    answer = answer_after(helper, "常州有对应的条款没有", ("拿公家钱的机构在洛阳得不得把资源敞开", "luoyang/22"))
    assert [c.id for c in answer.citations] == ["changzhou/67"]


@pytest.mark.parametrize("question", ["评审材料提前几天交", "专家费一天多少钱", "洛阳牡丹几号开"])
def test_a_detail_that_no_article_states_is_said_to_be_unstated(question: str, helper: Assistant) -> None:
    answer = answer_after(helper, question, ("洛阳项目做不成能终止吗", "luoyang/30"))
    assert answer.refused or answer.unstated


def test_another_city_is_silent_on_what_only_one_has(helper: Assistant) -> None:
    assert answer_after(helper, "洛阳搞不搞", ("武汉搞监管沙盒试点吗", "wuhan/64")).reason == "no_evidence"


def test_another_case_is_answered_by_a_paragraph_not_yet_quoted(helper: Assistant) -> None:
    history = history_of(helper, ("常州财政买的仪器必须开放吗", "changzhou/67"))
    regulation, article = helper.article("changzhou/67")
    history[1]["content"] = f"> {article.paragraphs[1].full}\n\n——《{regulation.title}》{article.label}第二款"
    answer = helper.ask("反过来,要是用捐来的钱买的呢", history=history)
    assert ("changzhou/67", 3) in {(c.id, c.paragraph) for c in answer.citations}


def _cited(talk: list[str], helper: Assistant) -> list[str]:
    told: list[dict[str, str]] = []
    for question in talk:
        answer = helper.ask(question, history=told)
        told += [{"role": "user", "content": question}, {"role": "assistant", "content": answer.text}]
    return [c.id for c in answer.citations]


@pytest.mark.parametrize("turn", ["三个城市有什么不同？", "有什么区别吗", "三地对比一下", "常州和武汉比一比呢"])
def test_what_differs_is_asked_of_the_matter_of_before(turn: str, helper: Assistant) -> None:
    cited = _cited(["企业买科技保险有补助吗？", turn], helper)
    assert "wuhan/58" in cited
    assert not {*cited} - {"wuhan/58", "changzhou/55", "luoyang/39"}


@pytest.mark.parametrize("turn", ["两个城市有什么不同", "两地谁来落实？"])
def test_two_cities_are_those_spoken_of_last(turn: str, helper: Assistant) -> None:
    cited = _cited(["常州对人才的住房有什么保障？", "那武汉呢？", turn], helper)
    assert set(cited) == {"changzhou/42", "wuhan/25"}


def test_two_of_something_else_are_no_cities(helper: Assistant) -> None:
    question = asked_after(helper, "两个市场主体能一起报吗", PREMIUM)
    assert question.regulation_ids == ("wuhan",)


def test_a_city_that_only_an_answer_mentioned_is_still_left(helper: Assistant) -> None:
    assert set(_cited(["洛阳怎么培养青年人才？", "武汉呢？", "另外那个城市呢"], helper)) == {"changzhou/35"}


@pytest.mark.parametrize("question", ["三个条例的罚则有什么不同？", "三部条例的处罚有什么区别？"])
def test_a_part_that_is_named_is_not_the_whole(question: str, helper: Assistant) -> None:
    assert set(_cited([question], helper)) == {"luoyang/44", "luoyang/45", "luoyang/46", "luoyang/47", "wuhan/70"}


@pytest.mark.parametrize("question", ["哪个城市有赛马制", "赛马制哪个城市有？"])
def test_which_city_is_no_matter(question: str, helper: Assistant) -> None:
    answer = helper.ask(question)
    assert {c.id for c in answer.citations} == {"changzhou/13", "wuhan/38"}
    assert "洛阳市：没有找到规定" in answer.text


def test_a_refused_side_of_a_matter_is_not_the_matter(helper: Assistant) -> None:
    history = history_of(helper, PREMIUM)
    history += [{"role": "user", "content": "几天到账"}, {"role": "assistant", "content": "没有找到规定。"}]
    assert "保险" in understand("常州有没有类似的条文", helper.library().regulations, history).topic
    assert understand("这个归谁管", helper.library().regulations, history).regulation_ids == ("wuhan",)


def test_short_questions_bring_those_before_them_until_they_name_enough(helper: Assistant) -> None:
    question = asked_after(helper, "洛阳呢", PREMIUM, ("谁来评", "wuhan/58"), ("评几次", "wuhan/58"))
    assert "科技保险" in question.topic


def test_what_else_an_article_says_is_left_where_one_of_its_paragraphs_was_quoted(helper: Assistant) -> None:
    question = asked_after(helper, "除此以外呢,还有别的吗", ("常州的科普怎么抓", "changzhou/65"))
    assert "changzhou/65" not in question.besides
    assert asked_after(helper, "还有别的吗", ("常州的保险怎么说", "changzhou/55")).besides == ("changzhou/55",)


@pytest.mark.parametrize("last", ["三家各怎么补", "三部里头哪部更细"])
def test_so_many_of_those_gone_through_are_the_cities(last: str, helper: Assistant) -> None:
    asked = asked_after(helper, last, PREMIUM, ("常州呢", "changzhou/55"))
    assert set(asked.regulation_ids) == {"changzhou", "luoyang", "wuhan"}
    assert "保险" in asked.topic


@pytest.mark.parametrize(
    ("last", "ids"),
    [
        ("另外两家给不给补贴", ("changzhou", "luoyang")),
        ("其余两部怎么写", ("changzhou", "luoyang")),
        ("另外两家企业也能拿吗", ("wuhan",)),
    ],
)
def test_so_many_others_are_the_cities_that_are_left(last: str, ids: tuple[str, ...], helper: Assistant) -> None:
    assert set(asked_after(helper, last, PREMIUM).regulation_ids) == set(ids)


def test_in_another_city_one_fact_stays_one_fact(helper: Assistant) -> None:
    assert asked_after(helper, "洛阳呢", ("武汉对买科技保险的企业有什么好处", "wuhan/58")).breadth.kind == "fact"


@pytest.mark.parametrize("asked", ["再问一句,常州摩托车怎么上牌", "常州的泳池几点开门"])
def test_the_same_city_asked_about_something_else_is_refused(asked: str, helper: Assistant) -> None:
    answer = answer_after(helper, asked, PEOPLE)
    assert answer.refused
    assert not answer.citations


def test_of_all_cities_each_is_asked_for_the_like_of_what_was_cited(helper: Assistant) -> None:
    question = asked_after(helper, "各城市对此都什么态度", ("常州的保险公司做什么", "changzhou/55"))
    assert question.blend is not None
    assert question.blend.swapped
    assert question.blend.cited == ("changzhou/55",)


def test_how_much_is_stated_nowhere_where_no_consequence_has_a_sum(helper: Assistant) -> None:
    answer = answer_after(helper, "那要罚几千", ("武汉失信的单位怎么处理", "wuhan/70"))
    assert answer.reason == "not_stated"
    assert "wuhan/70" in {h.id for h in answer.related}


def test_somebody_by_an_everyday_name_is_only_somebody() -> None:
    assert only_who("国企")
    assert not only_who("孵化器")


@pytest.mark.parametrize(("opens", "away"), [("", True), ("答得不对,我要问的是", False)])
def test_a_correction_is_not_turned_away_by_its_words_alone(opens: str, away: bool, helper: Assistant) -> None:
    question = asked_after(helper, f"{opens}电饭煲内胆烧糊发黑怎么刷洗", PEOPLE)
    deciding, library = helper.path.deciding, helper.library()
    found = retrieve(question, library, deciding.embed_all(question.topics))
    assert is_aside(question, found, library) is away


@pytest.mark.parametrize("leaning", ["公积金中心、担保公司也能发吗", "县里的小银行自己也要出吗"])
def test_whether_it_goes_for_somebody_else_as_well_keeps_the_matter_of_before(leaning: str, helper: Assistant) -> None:
    blend = asked_after(helper, "洛阳呢", PREMIUM, (leaning, "wuhan/61")).blend
    assert blend is not None
    assert "保险" in blend.carried


def test_another_department_is_not_asked_of_what_the_one_before_does(helper: Assistant) -> None:
    answer = answer_after(helper, "税务局做什么", ("常州财政局和谁一起管钱", "changzhou/8"))
    assert {c.id for c in answer.citations} == {"changzhou/26"}


def test_what_becomes_of_it_later_is_no_farewell() -> None:
    assert said_in("以后怎么收回来").text
    assert not said_in("以后有事再来问").text


def test_a_detail_that_was_not_stated_is_not_carried_to_another_city(helper: Assistant) -> None:
    history = [*history_of(helper, PREMIUM), {"role": "user", "content": "补几成"}]
    history.append({"role": "assistant", "content": "条例没有写明补助的比例。"})
    assert {c.id for c in helper.ask("洛阳补吗", history=history).citations} == {"luoyang/39"}


def test_the_city_that_was_left_is_the_one_spoken_of_then(helper: Assistant) -> None:
    question = asked_after(helper, "什么时候可以不给", PREMIUM, ("没说到的那个城市给不给", "luoyang/39"))
    assert question.regulation_ids == ("luoyang",)


@pytest.mark.parametrize("question", ["不会弄找谁", "钱是给谁的"])
def test_with_whom_and_to_whom_is_no_question_of_who_acts(question: str, helper: Assistant) -> None:
    assert "changzhou/51" in {
        c.id for c in answer_after(helper, question, ("常州有哪些创业投资基金", "changzhou/51")).citations
    }


def test_a_matter_that_few_articles_have_is_asked_in_these(helper: Assistant) -> None:
    answer = answer_after(helper, "武汉的户口呢", ("常州对外籍人才有什么便利", "changzhou/39"))
    assert {c.id for c in answer.citations} == {"wuhan/25"}


@pytest.mark.parametrize(("question", "ids"), [("哪一条写了股权", {"changzhou/40", "changzhou/52", "changzhou/63"})])
def test_where_words_stand_is_asked_of_the_whole_law(question: str, ids: set[str], helper: Assistant) -> None:
    answer = answer_after(helper, question, ("常州公共研发服务平台提供哪些服务", "changzhou/15"))
    assert {c.id for c in answer.citations} == ids


def test_what_a_department_does_that_nothing_cited_names_is_asked_by_itself(helper: Assistant) -> None:
    answer = answer_after(helper, "知识产权部门要做什么", ("常州建研究院用地优先吗", "changzhou/66"))
    assert {c.id for c in answer.citations} == {"changzhou/60", "changzhou/63", "changzhou/64"}


def test_what_tells_the_article_that_is_meant_sets_none_further_behind(helper: Assistant) -> None:
    library = helper.library()
    question = asked_after(helper, "洛阳那边由谁来补", PREMIUM)
    vectors = helper.path.deciding.embed_all(question.topics)
    before, _, running = scores(question, library, vectors, library.searcher.belonging(question.regulation_ids))
    after = with_what_a_turn_tells(question, library, before, running)
    assert after.total.max() == before.total.max()
    assert (np.sort(after.total) >= np.sort(before.total)).all()
    assert running == ("luoyang",)


def test_what_was_cited_and_its_chapter_tell_the_article_that_is_meant(helper: Assistant) -> None:
    library = helper.library()
    turn = asked_after(helper, "由谁来补", PREMIUM).blend
    ids = ("wuhan/58", "wuhan/57", "wuhan/1")
    assert turn is not None
    told = tellings(turn, library, np.array([library.searcher.index_of(i) for i in ids]), None)
    leans = 1 - turn.own
    assert told[:, TOLD.index("chapter")].tolist() == [leans, leans, 0.0]
    assert told[:, TOLD.index("who")].tolist() == [1.0, 0.0, 0.0]
