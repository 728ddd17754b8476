"""The line that answers first says no more than the quotes carry."""

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.decide.decision import Decision, Evidence
from assistant.trace_values import written
from assistant.understand.question import understand
from assistant.verify.citations import verify
from assistant.write.blocks import render, write
from assistant.write.first_line import first_line
from law.text.script import to_simplified


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("洛阳第十三条还有效吗？", "洛阳市：第十三条已删去（2019年）"),
        ("常州的条例还有效吗", "常州市：现行有效"),
        ("武汉的条例现在有效吗", "武汉市：草案，尚未生效"),
        ("常州第二十条写的是不低于百分之五十，对吗", "常州市：不是。"),
        ("常州的条例什么时候开始施行？", "常州市：「自2025年1月1日起」（第七十六条）"),
        ("武汉的大型仪器必须开放共享吗", "武汉市（草案）：是，应当（第三十五条第一款）"),
        ("常州以社会资金购置的大型仪器必须开放共享吗", "常州市：不是必须，条文写的是「鼓励」"),
    ],
)
def test_whether_is_answered_in_the_first_line(helper: Assistant, question: str, said: str) -> None:
    answer = helper.ask(question)
    assert answer.text.startswith(answer.verdict)
    assert answer.verdict.startswith(said)


def test_what_hardly_states_what_is_asked_is_called_related(helper: Assistant) -> None:
    assert helper.ask("企业把钱拿去干别的了，武汉怎么罚，常州呢？").verdict == "常州市：相关的是第二十六条。"
    assert helper.ask("常州的诚信档案由谁建立").verdict.startswith("常州市：「科学技术主管部门」")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("常州企业上市有没有奖励，奖多少", "常州市：没有直接规定，相近的是第五十四条"),
        ("洛阳有没有孵化器专项资金，一年多少", "洛阳市（后经修正）：有（第十九条第一款）"),
    ],
)
def test_whether_is_judged_alike_whatever_else_is_asked(helper: Assistant, question: str, said: str) -> None:
    assert helper.ask(question).verdict.startswith(said)
    assert helper.ask(question.partition("，")[0]).verdict.startswith(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "武汉企业买科技保险有没有补助？还有，医学研究要不要先做伦理审查？",
            "武汉市（草案）：有规定（第五十八条第二款、第六十九条第一款）",
        ),
        ("常州企业上市有没有奖励？还有，用人做试验之前要先过伦理审查吗？", "常州市：相关的是"),
        ("常州企业上市有没有奖励？还有，科普经费该由谁来安排，每年安排多少？", "常州市：相关的是"),
    ],
)
def test_each_of_several_things_is_held_to_a_quote_of_its_own(helper: Assistant, question: str, said: str) -> None:
    assert helper.ask(question).verdict.startswith(said)


def test_the_place_alone_is_nobody(helper: Assistant) -> None:
    assert helper.ask("武汉由谁建立科技创新资源共享机制").verdict.startswith("武汉市（草案）：只写了「本市」")
    assert "只写了" not in helper.ask("常州由谁建立科研诚信档案").verdict


def test_a_comparison_names_the_city_that_has_no_such_rule(helper: Assistant) -> None:
    line = helper.ask("企业买科技保险有补助吗？三个城市有什么不同？").verdict
    none, some, draft = line.split("；")
    assert none.startswith("常州市：没有补助的规定")
    assert some.startswith("洛阳市（后经修正）：")
    assert some.endswith("有，须符合条文所列条件（第三十九条第二款）")
    assert draft.startswith("武汉市（草案）：有，条文写的是「探索」")


def test_of_many_cities_no_text_is_gone_through_to_say_that_it_gives_nothing(helper, monkeypatch) -> None:
    monkeypatch.setattr("assistant.write.asked_first._GONE_THROUGH", 2)
    none, *given = helper.ask("企业买科技保险有补助吗？三个城市有什么不同？").verdict.split("；")
    assert none == "常州市：相关的是第五十五条"
    assert all("：有，" in line for line in given)


def test_a_help_that_is_asked_for_without_its_name_is_there_where_the_quote_gives_it(helper: Assistant) -> None:
    line = helper.ask("企业买科技保险能领回来一点吗？三个城市有什么不同？").verdict
    none, some, draft = line.split("；")
    assert none == "常州市：相关的是第五十五条"
    assert some.endswith("：有，须符合条文所列条件（第三十九条第二款）")
    assert draft.startswith("武汉市（草案）：有，条文写的是「探索」")


def test_a_comparison_of_what_only_one_city_pays_for_claims_nothing_for_the_others(helper: Assistant) -> None:
    line = helper.ask("常州、洛阳、武汉有没有科普经费的规定，比一比").verdict
    changzhou, _, wuhan = line.split("；")
    assert changzhou.startswith("常州市：没有直接规定，相近的是")
    assert wuhan.startswith("武汉市（草案）：没有直接规定，相近的是")


def test_no_refusal_says_that_the_law_speaks_of_what_it_does_not_speak_of(helper: Assistant) -> None:
    answer = helper.ask("武汉买新能源汽车补贴多少")
    assert answer.reason == "not_stated"
    assert "涉及" not in answer.text


def test_what_a_later_text_no_longer_has_says_so_first_and_at_the_quote(helper: Assistant) -> None:
    answer = helper.ask("洛阳成果转化收入奖励给完成人多少")
    assert "已删去（2019年）" in answer.text.partition("\n")[0]
    assert "第十三条第一款，已删去（2019年）" in answer.text
    assert all(c.fate for c in answer.citations)


def test_a_wording_that_stands_is_given_without_a_line(helper: Assistant) -> None:
    assert helper.ask("武汉第58条").verdict == ""
    assert "已删去" in helper.ask("洛阳第十三条怎么写的").verdict


def test_a_question_put_the_other_way_round_gets_no_yes_and_no_no(helper: Assistant) -> None:
    line = helper.ask("武汉的大型仪器不用开放共享吧").verdict
    assert line.startswith("武汉市（草案）：有规定")


def test_the_line_is_in_the_script_of_who_asks(helper: Assistant) -> None:
    line = helper.ask("洛陽第十三條還有效嗎").verdict
    assert line != to_simplified(line)
    assert "已刪去" in line


def test_a_list_and_a_refusal_have_no_line(helper: Assistant) -> None:
    assert helper.ask("三个城市对科普有什么规定").verdict == ""
    assert helper.ask("今天天气怎么样").verdict == ""


def test_whose_a_result_is_asks_for_no_task(helper: Assistant) -> None:
    said = "没有写明由谁负责"
    assert said not in helper.ask("常州的职务成果归谁？武汉呢？").text
    assert said not in helper.ask("三个城市的职务科技成果归谁").text


def test_whether_it_is_paid_on_top_is_answered_in_every_city(helper: Assistant) -> None:
    assert helper.ask("洛阳企业买科技保险，保费补不补").verdict.startswith("洛阳市（后经修正）：有")
    answer = helper.ask("常州科技保险的保费补不补")
    assert "的保费补" not in answer.text
    assert "有规定" not in answer.verdict


def test_two_texts_of_one_place_are_told_apart_by_their_titles(helper: Assistant) -> None:
    regulations = helper.regulations()
    changzhou = next(r for r in regulations if r.id == "changzhou")
    wuhan = next(r for r in regulations if r.id == "wuhan")
    other = replace(changzhou, id="other", title="科技投入办法")
    evidence = tuple(Evidence(r, r.numbered[7], r.numbered[7].paragraphs[:1]) for r in (changzhou, other, wuhan))
    question = understand("科技经费怎么增长", (changzhou, other, wuhan))
    blocks = write(question, Decision(evidence))
    names = ["《常州市科技创新促进条例》", "常州市《科技投入办法》", "武汉市"]
    assert [b.heading for b in blocks] == names
    assert all(name in "".join(render(blocks, ())) for name in names)
    line = first_line(question, Decision(evidence), blocks, helper.library(), lambda _: 1.0, ())
    assert [part.split("：")[0].removesuffix("（草案）") for part in line.split("；")] == names
    assert [b.heading for b in write(question, Decision(evidence[1:]))] == ["常州市", "武汉市"]
    assert [b.heading for b in verify(blocks, helper.library())] == ["常州市", "武汉市"]  # no such text is held
    once, twice = (written(of)["quoted"] for of in (blocks, (*blocks, replace(blocks[0], regulation_id="third"))))
    assert (list(twice), twice[names[0]]) == (names, once[names[0]] * 2)  # two of one title: nothing is lost
