"""Makes the demo's own PDF and Word file, so that a newcomer sees a hit inside a file."""

from collections.abc import Callable

from config.seeding.ledger import first_time
from config.seeding.reading import Entry, entries
from library.importing import Details, keep
from library.making import markdown_to_docx, markdown_to_pdf
from library.models import LibraryFile

MAKERS = {
    "contributors-guide": ("pdf", markdown_to_pdf),
    "practice-template": ("docx", markdown_to_docx),
}


def load_files(report: Callable[[str], None]) -> None:
    """Make, store, read and index the files that are not there yet."""
    new = sum(_load(entry) for entry in entries("library"))
    report(f"files: {new} new")


def _load(entry: Entry) -> bool:
    meta = entry.meta
    there = LibraryFile.objects.filter(title=meta["title"]).exists()
    if not first_time(LibraryFile, meta["id"], meta["locale"]) or there:
        return False
    extension, make = MAKERS[meta["id"]]
    text = "\n\n".join(f"## {name}\n\n{body}" if name else body for name, body in entry.sections)
    content = make(text, meta["title"], meta["locale"])
    details = Details(title=meta["title"], language=meta["locale"], description=meta["summary"])
    keep(f"{meta['slug']}.{extension}", content, details)
    return True
