"""Parts as a Word document: real styles, Chinese fonts, A4."""

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from law.text.shown import shown
from records import outline
from records.outline import Part

_STYLES = {
    outline.TITLE: "Title", outline.QUESTION: "Heading 1", outline.HEADING: "Heading 2", outline.QUOTE: "Quote",
    outline.ITEM: "List Bullet", outline.META: "Subtitle", outline.NOTE: "Subtitle",
}  # fmt: skip
#: Body in Song, headings in Hei, as documents of the administration are set.
_BODY, _HEAD, _LATIN = "宋体", "黑体", "Times New Roman"
_HEADS = {"Title": 20.0, "Heading 1": 15.0, "Heading 2": 12.0}
_GREY, _BLACK = RGBColor(0x55, 0x55, 0x55), RGBColor(0, 0, 0)
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def document(parts: list[Part], title: str) -> bytes:
    """The bytes of a .docx."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    set_fonts(made)
    number = 0
    for part in parts:
        number = number + 1 if part.kind == outline.NUMBERED else 0 if part.kind != outline.QUOTE else number
        words = f"{number}. {part.text}" if part.kind == outline.NUMBERED else part.text
        made.add_paragraph(words, style=_STYLES.get(part.kind, "Normal"))
    made.core_properties.title = shown(title)[:200]
    made.core_properties.author = "法条助手"
    made.core_properties.comments = ""
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def set_fonts(made: Any) -> None:
    """Every style that is used names its Chinese font; without one Word falls back to the template's."""
    for name in {"Normal", *_STYLES.values()}:
        style = made.styles[name]
        head = name in _HEADS
        style.font.name = _LATIN
        style.font.size = Pt(_HEADS.get(name, 9.0 if name == "Subtitle" else 11.0))
        style.font.italic = False
        style.font.bold = head
        style.font.color.rgb = _GREY if name == "Subtitle" else _BLACK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        _name_fonts(fonts, _HEAD if head else _BODY)
    made.styles["Quote"].paragraph_format.left_indent = Mm(8)
    defaults = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _name_fonts(defaults.find(qn("w:rFonts")), _BODY)
    for language in (defaults.find(qn("w:lang")), made.settings.element.find(qn("w:themeFontLang"))):
        if language is not None:
            language.set(qn("w:eastAsia"), "zh-CN")


def _name_fonts(fonts: Any, chinese: str) -> None:
    for name in _THEMES:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
