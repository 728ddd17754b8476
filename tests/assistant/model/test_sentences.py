"""A stream is cut into sentences with their marks, wherever the pieces happen to be cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.prose.sentences import LONGEST, Sentence, sentences, without_thought

CASES = {
    "甲应当做。[A1]乙可以。[A2][A3]": [("甲应当做。", "A1"), ("乙可以。", "A2 A3")],
    "甲应当做[A1]。": [("甲应当做。", "A1")],
    "甲做[A1]，乙做[A2]。": [("甲做，乙做。", "A1 A2")],
    "甲做。【A1】乙做。（A2）丙做。［A3］": [("甲做。", "A1"), ("乙做。", "A2"), ("丙做。", "A3")],
    "甲做。[A1, A2]乙做。[a3、4]": [("甲做。", "A1 A2"), ("乙做。", "A3 A4")],
    "甲做。[A1][A1]": [("甲做。", "A1")],
    "甲做。 \n[A1]乙做。": [("甲做。", "A1"), ("乙做。", "")],
    "甲说「先。后。」如此。[A1]": [("甲说「先。后。」如此。", "A1")],
    "甲说：“可以。”[A1]乙做。": [("甲说：“可以。”乙做。", "A1")],
    "没有句号[A1]": [("没有句号", "A1")],
    "增长3.5%以上。[A1]": [("增长3.5%以上。", "A1")],
    "## 常州市\n- **甲**应当。[A1]\n1. 乙可以。[A2]\n2、丙。[A3]": [
        ("常州市", ""), ("甲应当。", "A1"), ("乙可以。", "A2"), ("丙。", "A3"),
    ],
    "It pays. [A1] More. [A2]": [("It pays.", "A1"), ("More.", "A2")],
    "<think>想一想。[A9]\n再想。</think>\n甲做。[A1]": [("甲做。", "A1")],
    "甲做。[第一条][1]": [("甲做。", ""), ("[第一条][1]", "")],
    "": [],
    " \n ": [],
}  # fmt: skip


def cut(text: str, size: int) -> list[Sentence]:
    return list(sentences(text[i : i + size] for i in range(0, len(text), size)))


@pytest.mark.parametrize("text", CASES)
def test_sentences_and_their_marks(text: str) -> None:
    expected = [(words, tuple(marks.split())) for words, marks in CASES[text]]
    for size in (1, 2, 5, 1000):
        assert [(s.text, s.marks) for s in cut(text, size)] == expected


def test_a_line_of_its_own_opens_a_paragraph() -> None:
    assert [s.opens for s in cut("甲。[A1]乙。[A2]\n丙。[A3]\n\n丁。", 3)] == [True, False, True, True]


def test_a_sentence_is_handed_on_before_the_next_is_whole() -> None:
    seen: list[str] = []

    def pieces():
        for piece in ("甲做。", "[A1]", "乙", "做。", "[A2]"):
            seen.append(piece)
            yield piece

    assert next(sentences(pieces())).marks == ("A1",)
    assert seen == ["甲做。", "[A1]", "乙"]


def test_what_never_ends_is_cut() -> None:
    found = cut("长" * (3 * LONGEST), 50)
    assert [len(s.text) for s in found] == [LONGEST] * 3


def test_a_thought_that_never_ends_leaves_nothing() -> None:
    assert "".join(without_thought(["<thi", "nk>", "甲。"])) == ""
    assert "".join(without_thought(["<", "b>甲。", "乙"])) == "<b>甲。乙"


@given(st.lists(st.text("甲乙。「」[]A1 \n！", max_size=8), max_size=12))
def test_nothing_is_lost_and_cutting_does_not_depend_on_the_pieces(pieces: list[str]) -> None:
    whole, text = "".join(pieces), "".join
    found = list(sentences(iter(pieces)))
    assert [(s.text, s.marks) for s in found] == [(s.text, s.marks) for s in sentences([whole])]
    assert text(s.text for s in found).count("甲") == whole.count("甲")
