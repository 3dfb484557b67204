"""The gap map as a table to download: one line a cell, sums among them."""

from collections.abc import Iterator

from countries.map.asked import ALL, Across, Asked
from countries.map.grid import Grid
from countries.map.items import KNOWN, WANTED, Kind

HEAD = (
    *("row", "row_name", "column", "column_name", "known", "wanted", "state"),
    *(str(kind) for kind in (*KNOWN, *WANTED)),
)
# What the codes of a sum are in the table: an empty cell would look like something missing.
SUM = "all"


def lines(grid: Grid) -> Iterator[list[object]]:
    """Yield each cell as a row of HEAD."""
    for row, cells in grid.lines:
        for column, cell in cells:
            yield [
                *(row.code or SUM, row.label, column.code or SUM, column.label),
                *(cell.known, cell.wanted, str(cell.tone)),
                *(cell.counts.get(kind, 0) for kind in Kind),
            ]


def name_of(asked: Asked) -> str:
    """Return the name of a file, without its ending: it says which reading it is."""
    across = "countries" if asked.across == Across.COUNTRY else "regions"
    parts = ("gap-map", asked.by, across, asked.region)
    return "-".join(str(part) for part in parts if part != ALL)
