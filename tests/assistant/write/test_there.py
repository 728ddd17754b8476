"""Where the first line says that there is such a rule, and where it does not: precision and recall of 有."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import Answer, Assistant

LABELLED = Path(__file__).with_name("there.jsonl")
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
TEXTS = ("郑州市科学技术普及条例(2010-12-20).md", "山东省促进科技成果转化条例(2017-12-01).md")
#: What it may never fall below: a 有 that the quotes do not carry misleads, a rule that is missed is quoted anyway.
PRECISION, RECALL = 0.95, 0.93


@dataclass(frozen=True, slots=True)
class Said:
    """A question, whether the law has such a rule (`there`), and what the first line said."""

    question: str
    there: bool
    line: str

    @property
    def claims(self) -> bool:
        """Whether the line says that there is such a rule."""
        return bool(self.line) and not any(w in self.line for w in ("没有", "：相关的是", "已删去"))

    @property
    def denies(self) -> bool:
        """Whether it says that there is none."""
        return "没有" in self.line


def _said(helper: Assistant, *, samples: bool) -> Iterator[Said]:
    for line in LABELLED.read_text("utf-8").splitlines():
        case = json.loads(line)
        if case.get("sample", False) is samples:
            answer: Answer = helper.ask(case["question"])
            yield Said(case["question"], case["there"], answer.verdict)


def _measured(said: list[Said]) -> tuple[float, float]:
    right = sum(s.claims and s.there for s in said)
    precision, recall = right / sum(s.claims for s in said), right / sum(s.there for s in said)
    print(f"有：{len(said)} 问，准确 {precision:.2f}，找全 {recall:.2f}")
    for one in said:
        if one.claims != one.there:
            print("有" if one.there else "无", one.question, one.line)
    return precision, recall


def test_a_rule_is_claimed_where_the_quote_carries_the_matter_and_not_where_it_only_comes_near(
    helper: Assistant,
) -> None:
    said = list(_said(helper, samples=False))
    precision, recall = _measured(said)
    assert precision >= PRECISION
    assert recall >= RECALL
    assert not [s for s in said if s.there and s.denies]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is absent")
@pytest.mark.slow
def test_the_same_in_two_texts_that_nobody_has_written_questions_for(tmp_path: Path) -> None:
    from law.corpus import load_path

    helper = Assistant(index=tmp_path)
    helper.change_corpus([load_path(SAMPLES / name, new_id=f"s{n}") for n, name in enumerate(TEXTS)])
    said = list(_said(helper, samples=True))
    precision, recall = _measured(said)
    assert precision >= 0.85
    assert recall >= 0.9
    assert not [s for s in said if s.there and s.denies]
    helper.close()
