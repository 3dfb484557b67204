"""Files that a page shows: only those that everyone may open, asked for once for each list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context

from core.linked import FILE, together
from core.provenance import PageSource, SourceDocument
from library.access import openable, public_files
from library.models import LibraryFile

register = template.Library()


@dataclass(frozen=True)
class Citation:
    """A place in a source document; `url` opens it there, or is empty."""

    document: SourceDocument
    place: str
    page_number: int | None
    url: str


@register.simple_tag(takes_context=True)
def with_public_files(context: Context, rows: Iterable[Any]) -> list[Any]:
    """Return the rows or blocks in order, without those whose file is withheld or gone.

    In a preview, those that whoever looks may open before the public are there as well.
    """
    shown = [(row, *_file_of(row)) for row in rows]
    files = [file for _row, _names_one, file in shown if file]
    preview = getattr(context.get("request"), "is_preview", False)
    seen = _openable_ids(context, files) if preview else _public_ids(files)
    return [row for row, names_one, file in shown if not names_one or (file and file.pk in seen)]


@register.simple_tag(takes_context=True)
def openable_files(context: Context, rows: Iterable[Any]) -> set[int]:
    """Return the ids of those files of these rows that whoever looks may open."""
    return _openable_ids(context, [file for _one, file in map(_file_of, rows) if file])


@register.simple_tag
def citations(sources: Iterable[PageSource]) -> list[Citation]:
    """Return the sources in order; a file that is withheld gives way to the document's address."""
    sources = list(sources)
    public = _public_ids(source.document.file for source in sources)
    return [
        Citation(source.document, source.place, source.page_number, _address(source, public))
        for source in sources
    ]


def _address(source: PageSource, public: set[int]) -> str:
    file = source.document.file
    if file is None or file.pk not in public:
        return source.document.url
    fragment = f"#page={source.page_number}" if source.page_number else ""
    return f"{file.url}{fragment}"


def _file_of(row: Any) -> tuple[bool, LibraryFile | None]:
    """Return whether a row or a block of a stream names a file, and the file if it is there."""
    if hasattr(type(row), "file"):
        return True, getattr(row, "file", None)
    value = getattr(row, "value", None)
    if isinstance(value, dict) and "file" in value:  # a StructValue is a dict
        return True, value["file"]
    return False, None


def _openable_ids(context: Context, files: Iterable[LibraryFile]) -> set[int]:
    ids = {file.pk for file in files}
    return openable(getattr(context.get("request"), "user", None), ids) if ids else set()


def _public_ids(files: Iterable[LibraryFile | None]) -> set[int]:
    wanted = {file.pk for file in files if file}
    return set(together(FILE, wanted, lambda ids: public_files().in_bulk(ids)))
