"""Which rules speak, and what becomes of questions and sentences without one."""

from assistant import Assistant
from evals.questions.case import Case, Gold
from evals.rules.checked import checked
from evals.rules.heard import Heard, all_rules, heard_on, spoken_on, vectors_remembered
from evals.rules.silence import silenced, worth
from evals.sentences import SentenceCase
from law.corpus import load_corpus
from law.text.rules import listening, without

GOLD = Gold("常州", 1)
CASES = [
    Case("1", "status", "常州的条例何时生效?", gold=(GOLD,)),
    Case("2", "", "武汉的孵化器归谁管?", gold=(GOLD,)),
    Case("3", "", "洛阳第三十条说什么", gold=(Gold("洛阳", 30),)),
]
#: A day that the article does not have.
WRONG = SentenceCase("w", "dev", "", "市人民政府应当于年底前建立企业创新积分制度。", ("changzhou/20",), supported=False)


def test_every_rule_has_an_id_of_its_own_file() -> None:
    rules = all_rules()
    assert {"status.effect", "modality.duty", "figure.once", "norms.amounts.link"} <= rules.keys()


def test_a_question_is_heard_by_the_rule_that_reads_it(helper: Assistant) -> None:
    spoken = spoken_on(helper, "own", CASES)
    assert [c.id for c in spoken.by_rule["status.effect"]] == ["1"]


def test_what_one_rule_changes_is_what_asking_everything_again_changes(helper: Assistant) -> None:
    with vectors_remembered(helper):
        spoken = spoken_on(helper, "own", CASES)
        for rule in ("status.effect", "part.asks", "task.light", "reference.gap"):
            with without(rule):
                answers = {c.id: helper.ask(c.question).text for c in CASES}
            changed = {id_ for id_, s in spoken.scores.items() if s.answer and s.answer.text != answers[id_]}
            assert changed <= {*silenced(helper, rule, spoken).changed}
        assert silenced(helper, "status.effect", spoken).changed == ("1",)


def test_an_answer_that_is_scored_again_counts_as_better_or_worse(helper: Assistant) -> None:
    silent = [Case("r", "", "常州的孵化器归哪个电话管?", refuse=True, reason="not_stated")]
    told = silenced(helper, "kind.contact", spoken_on(helper, "own", silent))
    assert told.worse == ("r",)
    assert (told.figures or {})["refused"] == -1


def test_a_rule_that_replaces_or_splits_is_heard_as_one_that_is_looked_for() -> None:
    rules = all_rules()
    with listening() as heard:
        assert rules["sets.listed"].split("教育、公安") == ["教育", "公安"]
        assert rules["sets.listed"].findall("教育、公安") == ["、"]
    assert [*heard] == ["sets.listed"]
    with without("sets.listed"):
        assert rules["sets.listed"].split("教育、公安") == ["教育、公安"]


def test_a_sentence_is_heard_and_judged_anew_without_the_rule() -> None:
    one = checked(WRONG, load_corpus())
    assert heard_on([one])["added.期限"].told == "0+1"
    assert worth("opposite.unlimited", Heard([one]), {"w": one.kept()}).catches == 0
