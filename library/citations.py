"""Ties an uploaded file to the source document of the same name, so that citations open it."""

import re
from pathlib import Path

from core.provenance import SourceDocument
from library.access import public_files
from library.models import LibraryFile

# What Django's storage adds to a name that is taken already.
ADDED_TO_NAME = re.compile(r"_[A-Za-z0-9]{7}$")


def tie_to_source(file: LibraryFile) -> None:
    """Give the file to the source document named like it; a PDF goes before Word, for its pages.

    `workshop-report-rabat-2019.pdf` belongs to the source document `workshop-report-rabat-2019`. A
    file that somebody chose by hand stays, unless it is the Word version of this PDF. A file that
    only some may open is nobody's: readers could not follow the citation.
    """
    if not public_files().filter(pk=file.pk).exists():
        return
    names = names_of(file)
    for document in SourceDocument.objects.filter(slug__in=names).select_related("file"):
        if document.file is None or (_is_pdf(file) and _is_word(document.file, names)):
            document.file = file
            document.save(update_fields=["file"])


def names_of(file: LibraryFile) -> set[str]:
    """Return the names of the source documents that this file may be."""
    stem = Path(file.filename).stem
    return {stem, ADDED_TO_NAME.sub("", stem)}


def _is_pdf(file: LibraryFile) -> bool:
    return str(file.file_extension).lower() == "pdf"


def _is_word(file: LibraryFile, names: set[str]) -> bool:
    return not _is_pdf(file) and bool(names_of(file) & names)
