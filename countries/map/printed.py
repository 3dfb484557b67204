"""The map and the matrix as PDF in letters that need shaping and run from right to left."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from core.printing import kept_pdf
from countries.map.grid import Grid, Head
from countries.map.picture import DARK, LAND, boundaries, notes
from countries.map.report import pages_of
from countries.map.world import World, legend

STYLE = Path(__file__).with_name("print.css")


def printed_report_of(grid: Grid, world: World) -> bytes:
    """Return the report in the language of the moment; only where `core.printing` is possible."""
    rows = [*grid.rows, Head("", _("All"))]
    tables = [
        (columns, [(row, [_cell(grid, row, column) for column in columns]) for row in rows])
        for columns in pages_of(grid)
    ]
    shapes = [(shape, DARK.get(shape.cell.tone, LAND)) for shape in world.shapes]
    context = {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "notes": notes(),
        "boundaries": boundaries(),
        "legend": legend(),
        "land": LAND,
        "world": world,
        "shapes": shapes,
        "tables": tables,
    }
    html = render_to_string("countries/map/print.html", context)
    return kept_pdf(html, STYLE)


def _cell(grid: Grid, row: Head, column: Head) -> tuple[str, str]:
    """Return what a cell says, and by what its colour is known."""
    cell = grid.cell(row.code, column.code)
    numbers = f"{cell.known} / {cell.wanted} " if cell.items else ""
    return f"{numbers}{cell.sign}", str(cell.tone)
