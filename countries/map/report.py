"""The map and the matrix as PDF, for the annual report: A4, pure Python."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from countries.map.grid import Cell, Grid, Head
from countries.map.picture import DARK, LAND, PALE, boundaries, notes
from countries.map.world import HEIGHT, WIDTH, World, legend

# Those that the fonts of every PDF reader can write; others are set by `countries.map.printed`.
LANGUAGES = ("en", "es", "fr")
MARGIN = 16 * mm
MOST_COLUMNS = 9
_PART = re.compile(r"M([^Mz]*)z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=12)
SMALL = ParagraphStyle("small", BODY, fontSize=7.5, leading=9.5)
HEAD = ParagraphStyle("head", SMALL, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=18, leading=24)


class Map(Flowable):
    """The map of the world as wide as the page."""

    def __init__(self, world: World, width: float) -> None:
        super().__init__()
        self.world, self.scale = world, width / WIDTH
        self.width, self.height = width, HEIGHT * self.scale
        self.hAlign = "CENTER"

    def draw(self) -> None:
        """Draw land first, then countries, dots last."""
        canvas = self.canv
        canvas.translate(0, self.height)
        canvas.scale(self.scale, -self.scale)
        canvas.setStrokeColor(colors.white)
        canvas.setLineWidth(0.5)
        self._fill(self.world.land, LAND)
        for shape in self.world.shapes:
            if shape.outline:
                self._fill(shape.outline, _dark(shape.cell))
        for shape in self.world.shapes:
            if not shape.outline:
                canvas.setFillColor(colors.HexColor(_dark(shape.cell)))
                canvas.circle(*shape.dot, 5, fill=1)

    def _fill(self, outline: str, colour: str) -> None:
        path = self.canv.beginPath()
        for points in _outlines(outline):
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            path.close()
        self.canv.setFillColor(colors.HexColor(colour))
        self.canv.drawPath(path, fill=1)


def report_of(grid: Grid, world: World) -> bytes:
    """Return the report in the language of the moment, which must be one of `LANGUAGES`."""
    output, width = BytesIO(), landscape(A4)[0] - 2 * MARGIN
    title, language = _("Gap map"), (get_language() or "en").split("-")[0]

    def furnish(canvas: Any, document: Any) -> None:
        canvas.setCatalogEntry("Lang", PDFString(language))
        canvas.setFont("Helvetica", 8)
        canvas.drawRightString(landscape(A4)[0] - MARGIN, 10 * mm, str(document.page))

    document = SimpleDocTemplate(
        output,
        pagesize=landscape(A4),
        title=title,
        lang=language,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN),
    )
    story = [
        Paragraph(escape(title), TITLE),
        Paragraph(escape(notes()), BODY),
        Map(world, width * 0.66),
        _legend(width),
        Paragraph(escape(boundaries()), SMALL),
    ]
    for columns in pages_of(grid):
        story += [Spacer(1, 5 * mm), KeepTogether([_table(grid, columns, width)])]
    document.build(story, onFirstPage=furnish, onLaterPages=furnish)
    return output.getvalue()


def pages_of(grid: Grid) -> Iterator[Sequence[Head]]:
    """Yield the columns, with their sum, in portions that fit across a page."""
    columns = [*grid.columns, Head("", _("All"))]
    for first in range(0, len(columns), MOST_COLUMNS):
        yield columns[first : first + MOST_COLUMNS]


def _legend(width: float) -> Table:
    cells: list[Any] = []
    look: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for place, (tone, sign, meaning) in enumerate(legend()):
        cells += ["", Paragraph(f"<b>{escape(sign)}</b> {escape(meaning)}", SMALL)]
        colour = colors.HexColor(DARK[tone])
        look.append(("BACKGROUND", (2 * place, 0), (2 * place, 0), colour))
    step = width / (len(cells) // 2)
    return Table([cells], colWidths=[5 * mm, step - 5 * mm] * (len(cells) // 2), style=look)


def _table(grid: Grid, columns: Sequence[Head], width: float) -> Table:
    rows = [*grid.rows, Head("", _("All"))]
    cells = [[grid.cell(row.code, column.code) for column in columns] for row in rows]
    content = [["", *(Paragraph(escape(column.label), HEAD) for column in columns)]]
    content += [
        [Paragraph(escape(row.label), SMALL), *map(_numbers, line)]
        for row, line in zip(rows, cells, strict=True)
    ]
    look: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#b9b4a8")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    look += [
        ("BACKGROUND", (x + 1, y + 1), (x + 1, y + 1), colors.HexColor(PALE[cell.tone]))
        for y, line in enumerate(cells)
        for x, cell in enumerate(line)
    ]
    names = 58 * mm
    step = (width - names) / len(columns)
    return Table(content, colWidths=[names, *([step] * len(columns))], repeatRows=1, style=look)


def _numbers(cell: Cell) -> Paragraph:
    sign = escape(cell.sign)
    text = f"{cell.known} / {cell.wanted} <b>{sign}</b>" if cell.items else sign
    return Paragraph(text, SMALL)


def _dark(cell: Cell) -> str:
    return DARK.get(cell.tone, LAND)


def _outlines(text: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of each part of an outline: "M x y l dx dy …z", as `world.json` has it."""
    for part in _PART.findall(text):
        numbers = [float(each) for each in _NUMBER.findall(part)]
        x = y = 0.0
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        if points:
            yield points
