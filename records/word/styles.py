"""What every Word document here has in common: A4, Chinese fonts, page numbers, today's date."""

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from law.text.shown import shown

_USED = ("Normal", "Title", "Heading 1", "Heading 2", "Quote", "List Bullet", "Subtitle")
#: Body in 仿宋, headings in 黑体, as documents of the administration are set (GB/T 9704: 三号, 16 points).
_BODY, _HEAD, _LATIN = "仿宋", "黑体", "Times New Roman"
_SIZES = {"Title": 22.0, "Heading 1": 16.0, "Heading 2": 15.0, "Subtitle": 10.5, "Quote": 14.0, "List Bullet": 12.0}
_PLAIN = 14.0
_GREY, _BLACK = RGBColor(0x55, 0x55, 0x55), RGBColor(0, 0, 0)
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document() -> Any:
    """An empty A4 document in these styles, its pages numbered."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    set_fonts(made)
    number_pages(section)
    return made


def finished(made: Any, title: str, today: datetime | None = None) -> bytes:
    """The bytes of a .docx that says what it is and when it was made; the template would say 2013."""
    now = (today or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    core = made.core_properties
    core.title, core.author, core.comments = shown(title)[:200], "法条助手", ""
    core.created = core.modified = now
    core.last_modified_by = "法条助手"
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def set_fonts(made: Any) -> None:
    """Every style that is used names its Chinese font; without one Word falls back to the template's."""
    for name in _USED:
        style = made.styles[name]
        head = name == "Title" or name.startswith("Heading")
        style.font.name = _LATIN
        style.font.size = Pt(_SIZES.get(name, _PLAIN))
        style.font.italic = False
        style.font.bold = head
        style.font.color.rgb = _GREY if name == "Subtitle" else _BLACK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        _name_fonts(fonts, _HEAD if head else _BODY)
        style.paragraph_format.line_spacing = 1.4
        style.paragraph_format.space_after = Pt(4)
    made.styles["Quote"].paragraph_format.left_indent = Mm(8)
    for name in ("Title", "Subtitle"):
        made.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _without_line(made.styles["Title"])
    defaults = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _name_fonts(defaults.find(qn("w:rFonts")), _BODY)
    for language in (defaults.find(qn("w:lang")), made.settings.element.find(qn("w:themeFontLang"))):
        if language is not None:
            language.set(qn("w:eastAsia"), "zh-CN")


def number_pages(section: Any) -> None:
    """— 1 — in the middle of the foot."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)
    paragraph.add_run(" —")


def _without_line(style: Any) -> None:
    """The template draws a blue line below a title."""
    properties = style.element.pPr
    border = properties.find(qn("w:pBdr")) if properties is not None else None
    if border is not None:
        properties.remove(border)


def _name_fonts(fonts: Any, chinese: str) -> None:
    for name in _THEMES:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
