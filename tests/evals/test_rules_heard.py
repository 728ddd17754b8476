"""Which rules speak, and what becomes of a sentence without one."""

from assistant import Assistant
from evals.questions.case import Case, Gold
from evals.rules import Heard, all_rules, heard_on, spoken_on, worth
from evals.sentences import SentenceCase
from law.corpus import load_corpus

GOLD = Gold("常州", 1)
#: A day that the article does not have.
WRONG = SentenceCase("w", "dev", "", "市人民政府应当于年底前建立企业创新积分制度。", ("changzhou/20",), supported=False)


def test_every_rule_has_an_id_of_its_own_file() -> None:
    rules = all_rules()
    assert {"status.effect", "modality.duty", "figure.once"} <= rules.keys()


def test_a_question_is_heard_by_the_rule_that_reads_it(helper: Assistant) -> None:
    cases = [
        Case("1", "status", "常州的条例何时生效?", gold=(GOLD,)),
        Case("2", "", "武汉的孵化器归谁管?", gold=(GOLD,)),
    ]
    spoken = spoken_on(helper, "own", cases)
    assert [c.id for c in spoken.by_rule["status.effect"]] == ["1"]


def test_a_sentence_is_heard_and_judged_anew_without_the_rule() -> None:
    held = load_corpus()
    heard = heard_on([WRONG], held)
    assert heard["added.期限"].told == "0+1"
    assert worth("opposite.unlimited", Heard([WRONG]), held, {"w": False}).catches == 0
