"""What may be read as a table to download, for every app above."""

from collections.abc import Iterable, Sequence

import tablib
from django.http import HttpResponse

from practices.importing.cells import guarded
from practices.importing.exporting import LONGEST_CELL, TYPES
from practices.word.prose import writable
from practices.word.views import as_download

ENDINGS = ("csv", "xlsx")


def as_table(
    name: str, head: Sequence[str], rows: Iterable[Sequence[object]], ending: str
) -> HttpResponse:
    """Return rows as a file to be saved, csv or xlsx; no cell of it is a formula."""
    data = tablib.Dataset(headers=head, title=name[:31])
    for row in rows:
        data.append([cell(value)[:LONGEST_CELL] for value in row])
    # The mark tells spreadsheets that it is UTF-8.
    content = (
        bytes(data.export("xlsx"))
        if ending == "xlsx"
        else str(data.export("csv")).encode("utf-8-sig")
    )
    response = as_download(content, f"{name}.{ending}", TYPES[ending])
    response["Cache-Control"] = "private, no-store"
    return response


def cell(value: object) -> str:
    """Return a value as a spreadsheet shows it: as text, never as a formula."""
    return guarded(writable("" if value is None else str(value)))
