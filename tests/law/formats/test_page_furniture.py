"""What stands on a page beside the law: heads close to the text, and a contents across the gutter."""

from collections.abc import Sequence

from law.formats.page_rows import Page, Piece
from law.formats.page_text import text_of


def _piece(text: str, left: float, middle: float) -> Piece:
    return Piece(text, left, left + 12.0 * len(text), middle - 6, middle + 6, 12.0)


def _page(number: int, lines: Sequence[str], *, head: str = "") -> Page:
    """Rows of a full line each, the head no further from the first than these from each other."""
    pieces = [_piece(line, 60, 80 + 20 * n) for n, line in enumerate(lines)]
    if head:
        pieces.append(_piece(head, 60, 60))
    return Page(number, 600, 840, tuple(pieces))


def _sentence(n: int) -> list[str]:
    return [
        f"第{n}条市人民政府应当建立停车泊位共享机制并且编制公布目录的办法，",
        "目录应当每年更新，由市城市管理部门负责，具体办法由其制定，报备案。",
    ]


def test_a_head_as_near_as_a_row_of_text_is_a_head_where_other_pages_have_it() -> None:
    pages = [_page(n, _sentence(n) * 8, head=f"停车管理条例第{n}期公报") for n in range(1, 6)]
    assert "公报" not in text_of(pages, "pdf").text


def test_a_line_of_text_that_comes_again_elsewhere_on_a_page_stays() -> None:
    lines = [f"（{c}）法律、法规规定的其他情形。" for c in "一二三四五"]
    pages = [_page(n, [*(_sentence(n) * n), *lines]) for n in range(1, 5)]
    assert text_of(pages, "pdf").text.count("其他情形") == 20


def test_the_numbers_of_a_contents_across_the_gutter_are_no_text() -> None:
    left = ["第一章总则", "第二章服务与维护", "第三章附则", *_sentence(1), *_sentence(2)]
    right = [*_sentence(3), *_sentence(4)]
    pieces = [_piece(line[:20], 40, 80 + 20 * n) for n, line in enumerate(left)]
    pieces += [_piece(number, 330, 80 + 20 * n) for n, number in enumerate(("2", "3", "11"))]
    pieces += [_piece(line[:20], 330, 140 + 20 * n) for n, line in enumerate(right)]
    text = text_of([Page(1, 600, 840, tuple(pieces))], "pdf").text
    assert not any(
        ch.isdigit() for ch in text.replace("第1条", "").replace("第2条", "").replace("第3条", "").replace("第4条", "")
    )
    assert "第三章附则" in text
