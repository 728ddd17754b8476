"""PDFs of a regulation: printed by LibreOffice from Word, by Chromium from a page, or drawn by reportlab."""

import html
import io
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evals.files.sample import CHAPTER, NOTE, SECTION, Sample, note_of
from evals.files.word import FURNISHED, PLAIN, word_file

LIBREOFFICE, CHROMIUM, REPORTLAB = "libreoffice", "chromium", "reportlab"
_FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
_PAPERS = (("210mm", "297mm"), ("176mm", "250mm"), ("185mm", "260mm"))


def printers() -> list[str]:
    """What can print on this machine."""
    found = [REPORTLAB]
    if shutil.which("chromium"):
        found.append(CHROMIUM)
    if shutil.which("soffice"):
        found.append(LIBREOFFICE)
    return sorted(found)


def paper(sample: Sample, *, furniture: bool, seed: int, printer: str) -> bytes:
    """A PDF of a sample, with or without running heads, page numbers and a table of contents."""
    rng = random.Random(f"{sample.name}{furniture}{printer}{seed}")
    if printer == LIBREOFFICE:
        return _by_libreoffice(word_file(sample, FURNISHED if furniture else PLAIN, seed, typed=True))
    if printer == CHROMIUM:
        return _by_chromium(_page(sample, rng, furniture=furniture))
    return _by_reportlab(sample, rng, furniture=furniture)


def _run(command: Sequence[str], folder: str) -> None:
    subprocess.run(command, capture_output=True, timeout=180, check=True, cwd=folder)


def _by_libreoffice(document: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.docx"
        source.write_bytes(document)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        _run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)], folder)
        return (Path(folder) / "source.pdf").read_bytes()


def _by_chromium(page: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, "utf-8")
        _run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
              f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", source.as_uri()], folder)  # fmt: skip
        return out.read_bytes()


def _page(sample: Sample, rng: random.Random, *, furniture: bool) -> str:
    width, height = rng.choice(_PAPERS)
    size = rng.choice((10.5, 12, 14, 16))
    columns = rng.random() < 0.3 and size < 14
    head = rng.choice((sample.title, "某市人民代表大会常务委员会公报", f"2023年第2号　{sample.title}"))
    foot = rng.choice(('counter(page)', '"— " counter(page) " —"', '"- " counter(page) " -"',
                       '"第 " counter(page) " 页 共 " counter(pages) " 页"'))  # fmt: skip
    edges = f'@top-center {{ content: "{head}"; font-size: 9pt }} ' if rng.random() < 0.8 else ""
    sided = rng.random() < 0.3
    bottom = (
        f"}} @page:left {{ @bottom-left {{ content: {foot} }} }} @page:right {{ @bottom-right {{ content: {foot} }} "
        if sided
        else f"@bottom-center {{ content: {foot}; font-size: {rng.choice((9, size))}pt }}"
    )
    style = (
        f"@page {{ size: {width} {height}; margin: 25mm 22mm; {edges + bottom if furniture else ''} }}"
        f"body {{ font: {size}pt/{rng.choice((1.5, 1.75, 2))} '{rng.choice(_FONTS)}'; margin: 0;"
        f" text-align: {rng.choice(('justify', 'left'))} }} p {{ margin: 0; text-indent: 2em }}"
        "h1, .c { text-align: center; text-indent: 0 } h1 { font-size: 1.6em } .c { margin: .6em 0 }"
        f".body {{ {'column-count: 2; column-gap: 2em' if columns else ''} }}"
        ".toc { display: flex } .toc i { flex: 1; border-bottom: 1px dotted; margin: 0 .3em .4em }"
    )
    parts = [f"<h1>{html.escape(sample.title)}</h1>"]
    parts += [f'<p class="c">{html.escape(n)}</p>' for n in note_of(sample.lines, rng)]
    if furniture and rng.random() < 0.6:
        parts += _contents(sample, rng)
    parts.append('<div class="body">')
    gap = rng.choice(("　", " ", "　　"))
    for line in sample.lines[1:]:
        if line.kind in (CHAPTER, SECTION):
            parts.append(f'<p class="c"><b>{html.escape(line.printed("　"))}</b></p>')
        elif line.kind != NOTE:
            mark = f"<b>{line.mark}</b>" if line.mark and rng.random() < 0.5 else line.mark
            parts.append(
                f"<p>{mark}{gap if line.mark and not line.mark.startswith('（') else ''}{html.escape(line.words)}</p>"
            )
    return f'<html lang="zh-CN"><meta charset="utf-8"><style>{style}</style><body>{"".join(parts)}</div></body></html>'


def _contents(sample: Sample, rng: random.Random) -> list[str]:
    units = [line for line in sample.lines if line.kind in (CHAPTER, SECTION)]
    if not units:
        return []
    dotted, page, said = rng.random() < 0.6, 1, ['<p class="c">目　录</p>']
    for line in units:
        page += rng.random() < 0.5
        tail = f"<i></i>{page}" if dotted else f"{'…' * 12}{page}"
        said.append(f'<p class="toc">{html.escape(line.printed())}{tail}</p>')
    return said


def _by_reportlab(sample: Sample, rng: random.Random, *, furniture: bool) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size = rng.choice((10.5, 12, 14))
    width, height = A4
    margin, gap = 25 * mm, 8 * mm
    columns = 2 if rng.random() < 0.5 and size < 14 else 1
    each = (width - 2 * margin - (columns - 1) * gap) / columns
    title_height = 110

    def furnished(canvas: object, document: object) -> None:
        if furniture:
            canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
            canvas.drawCentredString(width / 2, height - 15 * mm, sample.title)  # type: ignore[attr-defined]
            number = document.page  # type: ignore[attr-defined]
            canvas.drawCentredString(width / 2, 14 * mm, f"— {number} —")  # type: ignore[attr-defined]

    def frames(top: float) -> list[object]:
        return [
            Frame(margin + i * (each + gap), margin, each, height - 2 * margin - top, 0, 0, 0, 0)
            for i in range(columns)
        ]

    first = [
        Frame(margin, height - margin - title_height, width - 2 * margin, title_height, 0, 0, 0, 0),
        *frames(title_height),
    ]
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates([
        PageTemplate("first", first, onPage=furnished, autoNextPageTemplate="later"),
        PageTemplate("later", frames(0), onPage=furnished),
    ])  # fmt: skip
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=size, leading=size * 1.6, firstLineIndent=2 * size, wordWrap="CJK"
    )
    centred = ParagraphStyle(
        "centred", body, alignment=1, firstLineIndent=0, spaceBefore=size * 0.4, spaceAfter=size * 0.4
    )
    large = ParagraphStyle("title", centred, fontSize=18, leading=24)
    from reportlab.platypus import FrameBreak

    story: list[object] = [Paragraph(sample.title, large)]
    story += [Paragraph(n, ParagraphStyle("note", centred, fontSize=9, leading=12)) for n in note_of(sample.lines, rng)]
    story += [Spacer(1, 1), FrameBreak()]
    story += [
        Paragraph(html.escape(line.printed()), centred if line.kind in (CHAPTER, SECTION) else body)
        for line in sample.lines[1:]
        if line.kind != NOTE
    ]
    document.build(story)
    return out.getvalue()
