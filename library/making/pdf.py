"""Markdown to PDF with ReportLab: pure Python, with bookmarks, language and page numbers."""

from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Preformatted,
    Table,
)

from library.making.markup import (
    Block,
    Run,
    blocks,
    highest_heading,
    plain,
    without_title,
)

INK = colors.HexColor("#1f2933")
QUIET = colors.HexColor("#52606d")
ACCENT = "#0b5e8a"
MARGIN = 24 * mm
HEADING_SIZES = {1: 17, 2: 14, 3: 12, 4: 11, 5: 10.5, 6: 10.5}


def markdown_to_pdf(markdown: str, title: str, language: str = "en") -> bytes:
    """A PDF (A4) of the text below its title; the same input makes the same bytes.

    Raises ValueError for letters outside the Western European ones: the fonts that every PDF
    reader brings, and which therefore need no file here, have no others.
    """
    _check_letters(title + markdown)
    content = without_title(blocks(markdown), title)
    output = BytesIO()
    document = _Document(output, title, language, highest_heading(content))
    document.build([Paragraph(escape(title), _style("title")), *map(_flowable, content)])
    return output.getvalue()


def _check_letters(text: str) -> None:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{text[error.start]!r} cannot be set in the standard fonts of PDF. "
            "Make a Word file (markdown_to_docx) for this language."
        ) from error


class _Document(BaseDocTemplate):
    """Adds a bookmark for every heading and a footer to every page."""

    def __init__(self, output: BytesIO, title: str, language: str, highest: int) -> None:
        super().__init__(output, pagesize=A4, title=title, lang=language, invariant=1)
        self.language, self.highest = language, highest
        frame = Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._furnish))
        self.headings = 0
        self.depth = -1

    def _furnish(self, canvas: Any, document: Any) -> None:
        if document.page == 1:
            canvas.setCatalogEntry("Lang", PDFString(self.language))
            canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, 14 * mm, self.title)
        canvas.drawRightString(A4[0] - MARGIN, 14 * mm, str(document.page))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - ReportLab's name
        """Remember where a heading came to stand."""
        level = getattr(flowable, "heading_level", 0)
        if level:
            # A bookmark may be at most one step deeper than the one before.
            self.depth = min(level - self.highest, self.depth + 1)
            self.headings += 1
            key = f"heading-{self.headings}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, self.depth)


def _flowable(block: Block) -> Flowable:
    if block.kind == "table":
        return _table(block)
    if block.kind == "code":
        return Preformatted(plain(block.runs), _style("code"))
    if block.kind == "item":
        sign = f"{block.number}." if block.number else "\u2022"
        return Paragraph(_markup(block.runs), _style("item", block.level), bulletText=sign)
    flowable = Paragraph(_markup(block.runs), _style(block.kind, block.level))
    if block.kind == "heading":
        flowable.heading_level = block.level
    return flowable


def _markup(runs: tuple[Run, ...]) -> str:
    """Runs in ReportLab's own mark-up."""
    return "".join(_marked(run) for run in runs)


def _marked(run: Run) -> str:
    text = escape(run.text)
    if run.code:
        text = f'<font face="Courier">{text}</font>'
    if run.bold:
        text = f"<b>{text}</b>"
    if run.italic:
        text = f"<i>{text}</i>"
    if run.href.startswith(("https://", "http://", "mailto:")):
        text = f'<a href="{escape(run.href)}" color="{ACCENT}">{text}</a>'
    return text


def _style(kind: str, level: int = 0) -> ParagraphStyle:
    body = ParagraphStyle(
        "body", fontName="Helvetica", fontSize=10.5, leading=15.5, spaceAfter=7, textColor=INK
    )
    body.alignment = TA_LEFT
    match kind:
        case "title":
            return ParagraphStyle(
                kind, body, fontName="Helvetica-Bold", fontSize=24, leading=29, spaceAfter=16
            )
        case "heading":
            size = HEADING_SIZES[level]
            look = {"fontSize": size, "leading": size * 1.3, "spaceBefore": size, "spaceAfter": 5}
            return ParagraphStyle(kind, body, fontName="Helvetica-Bold", keepWithNext=1, **look)
        case "item":
            indent = 14 * level
            return ParagraphStyle(
                kind, body, leftIndent=indent, bulletIndent=indent - 12, spaceAfter=3
            )
        case "quote":
            return ParagraphStyle(kind, body, leftIndent=14, textColor=QUIET)
        case "code":
            return ParagraphStyle(kind, body, fontName="Courier", fontSize=9, leading=12)
        case _:
            return body


def _table(block: Block) -> Table:
    cell = ParagraphStyle("cell", _style("body"), fontSize=9.5, leading=13, spaceAfter=0)
    head = ParagraphStyle("head", cell, fontName="Helvetica-Bold")
    rows = [
        [Paragraph(_markup(runs), head if number == 0 else cell) for runs in row]
        for number, row in enumerate(block.rows)
    ]
    width = (A4[0] - 2 * MARGIN) / max(len(block.rows[0]), 1)
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, QUIET)]
    return Table(
        rows,
        colWidths=[width] * len(block.rows[0]),
        repeatRows=1,
        style=look,
        spaceBefore=4,
        spaceAfter=10,
    )
