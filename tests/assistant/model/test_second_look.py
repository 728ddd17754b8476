"""What the rules leave open holds its place, and one call after writing fills or closes it.

The judge here is a stand-in that says what each test gives it: it tests the way a verdict travels, not a model's sense.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_support import BAD, GOOD, Bench, bench, text_of

from assistant.model.second_look import look_again
from evals.servers.model_server import ModelRequest, Reply

FIRST, SECOND = (
    "武汉市探索建立科技保险产品推荐机制。[A1]",
    "科技创新企业购买纳入推荐目录的保险产品的，给予一定的保费补助。[A1]",
)
#: Right, in words that the article does not use.
VERDICT = "简单讲，掏钱投保的公司过后能领回一部分花销。[A1]"
WORDS = "给予一定的保费补助"


@pytest.fixture(scope="module")
def scripted(index: Path) -> Iterator[Bench]:
    with bench(index) as held:
        yield held


def looking(text: str, *, carried: bool = True, words: str = WORDS) -> object:
    """A model that writes a text, and says the same of each claim when it is asked to look again."""

    def script(asked: ModelRequest) -> Reply:
        if "<claim" not in asked.user:
            return Reply(text)
        claims = [{"n": n, "carried": carried, "words": [words]} for n in range(1, asked.user.count("<claim") + 1)]
        return Reply(f"```json\n{json.dumps({'claims': claims}, ensure_ascii=False)}\n```")

    return script


def test_an_open_sentence_is_filled_into_its_place_and_nothing_shown_is_taken_back(scripted: Bench) -> None:
    scripted.server.asked.clear()
    scripted.server.script = looking(FIRST + VERDICT + SECOND)
    events = scripted.stream()
    answer = events[-1].answer
    assert len(scripted.server.asked) == 2
    assert "复核" in [e.text for e in events if e.kind == "step"]
    (filled,) = [e.text for e in events if e.kind == "replace"]
    before = "".join(e.text for e in events[: [e.kind for e in events].index("replace")] if e.kind == "text")
    for sentence in before.split("。"):
        assert sentence in filled
    assert filled.index("推荐机制") < filled.index("简单讲") < filled.index("购买纳入")
    assert (answer.writing.kept, answer.writing.dropped, answer.writing.looked) == (3, 0, 1)
    assert text_of(events) == answer.text


def test_one_at_the_end_is_only_added(scripted: Bench) -> None:
    scripted.server.script = looking(FIRST + VERDICT)
    events = scripted.stream()
    assert "replace" not in [e.kind for e in events]
    assert "简单讲" in text_of(events)


@pytest.mark.parametrize(
    "more", [{"carried": False}, {"words": "补助全部保费"}, {"words": "补助"}, {"words": ""}],
    ids=["said not to be carried", "words that no article has", "too few words", "no words"],
)  # fmt: skip
def test_without_words_of_the_article_it_falls(more: dict, scripted: Bench) -> None:
    scripted.server.script = looking(FIRST + VERDICT + SECOND, **more)
    events = scripted.stream()
    answer = events[-1].answer
    assert "简单讲" not in text_of(events)
    assert [d.text for d in answer.writing.why] == [VERDICT.replace("[A1]", "")]
    assert "replace" not in [e.kind for e in events]


def test_a_hard_fact_is_never_its_to_decide(scripted: Bench) -> None:
    scripted.server.asked.clear()
    scripted.server.script = looking(GOOD + BAD)
    answer = scripted.ask()
    assert len(scripted.server.asked) == 1  # nothing was open: nothing is asked
    assert "百分之七十" not in answer.text


def test_a_judge_that_fails_or_babbles_leaves_what_stood(scripted: Bench) -> None:
    for reply in (Reply("不知道"), Reply("no", status=500), Reply('{"claims": 3}'), Reply("{" * 5000)):
        scripted.server.script = lambda asked, reply=reply: reply if "<claim" in asked.user else Reply(GOOD + VERDICT)
        answer = scripted.ask()
        assert (answer.writing.kept, answer.writing.dropped) == (2, 1)


def test_what_leans_on_a_sentence_goes_with_it(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(
        BAD + "其中，购买纳入推荐目录的保险产品的，给予一定的保费补助。[A1]" + FIRST
    )
    answer = scripted.ask()
    assert "其中" not in answer.writing.prose
    assert answer.writing.why[1].reasons == ("承接的上一句没有显示",)


def test_a_mark_that_carries_no_part_is_no_citation(scripted: Bench) -> None:
    everything = "".join(f"[A{n}]" for n in range(1, 5))
    scripted.server.script = lambda _: Reply(GOOD.replace("[A1]", everything))
    answer = scripted.ask()
    assert {c.id for c in answer.citations} == {"wuhan/58"}
    assert answer.writing.prose.count("·第") == 1  # once for the paragraph


def test_a_paragraph_may_have_its_mark_once(scripted: Bench) -> None:
    scripted.server.script = lambda _: Reply(FIRST.replace("[A1]", "") + SECOND)
    assert scripted.ask().writing.kept == 2
    scripted.server.script = lambda _: Reply(FIRST + SECOND.replace("[A1]", ""))
    assert scripted.ask().writing.kept == 2


def test_another_model_may_look(index: Path) -> None:
    with bench(index, looking(FIRST + VERDICT), judge="judge") as held:
        held.ask()
        assert [a.body["model"] for a in held.server.asked] == ["scripted", "judge"]


def test_a_rule_that_was_overtaken_is_told_as_such_in_the_sentence(scripted: Bench) -> None:
    def script(asked: ModelRequest) -> Reply:
        mark = next((m for m, t in asked.marks.items() if "劳务费" in t), "A1")
        return Reply(f"洛阳市财政性资金资助的项目，劳务费最高可以占该项目经费的百分之三十。[{mark}]")

    scripted.server.script = script
    answer = scripted.ask("洛阳科研项目里的劳务费最多能占多少")
    assert "（洛阳·第三十四条）（该条所定后来有变化，见提示）" in answer.writing.prose
    assert "须知：" in scripted.server.asked[-1].user  # and the model is told


def test_where_nothing_is_left_for_a_model_to_judge_none_is_called() -> None:
    class NoTurn:
        """A turn in which any call of the model fails the test."""

        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

    assert look_again(NoTurn(), None, ()) == []  # type: ignore[arg-type]
