"""Gives a file its text: reads it in a safe process, stores the sections, tells search."""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from core.confined.limits import Limits
from library import reasons
from library.clean import clean_stored
from library.extraction.result import Reading, ReadSection
from library.extraction.runner import read_in_own_process
from library.models import FileSection, LibraryFile, TextStatus
from search import index

log = logging.getLogger(__name__)
# Enough for a sure guess of the language, in characters.
SAMPLE = 5_000
SMALLEST_SAMPLE = 20


def read_file(file: LibraryFile, again: bool = False, limits: Limits | None = None) -> None:
    """Read the text of a stored file, once for each content; `again` reads it anyway.

    A file that was stored before files were cleaned is cleaned first. Never raises for what is in
    the file: the reason is stored instead.
    """
    if file.withheld in reasons.WAITING or (again and file.withheld):
        clean_stored(file)
    file_hash = _stored_hash(file)
    if not again and file.text_status != TextStatus.PENDING and file.text_hash == file_hash:
        return
    with _local_copy(file) as path:
        reading = read_in_own_process(path, file.file_extension.lower(), limits)
    store(file, reading, file_hash)


def store(file: LibraryFile, reading: Reading, file_hash: str) -> None:
    """Replace the text of a file by this reading of the content with this hash."""
    with transaction.atomic():
        row = LibraryFile.objects.select_for_update().filter(pk=file.pk).first()
        if row is None or row.file_hash not in ("", file_hash):
            return  # deleted or replaced while it was read: the newer content has its own turn
        FileSection.objects.filter(file=row).delete()
        FileSection.objects.bulk_create(_rows(row, reading.sections))
        row.text_status = TextStatus.UNAVAILABLE if reading.reason else TextStatus.READY
        row.text_reason, row.text_hash, row.file_hash = reading.reason, file_hash, file_hash
        row.page_count = reading.page_count
        row.language = row.language or guess_language(reading.sections)
        changed = ("text_status", "text_reason", "text_hash", "file_hash", "page_count", "language")
        # Not save(): its signal would only tell search a second time.
        LibraryFile.objects.filter(pk=row.pk).update(
            **{name: getattr(row, name) for name in changed}
        )
        index.refresh("file", [row.pk])
    for name in changed:
        setattr(file, name, getattr(row, name))
    if reading.reason:
        log.info("No text in file %s: %s %s", file.pk, reading.reason, reading.detail)


def guess_language(sections: Sequence[ReadSection]) -> str:
    """The ISO 639-1 code of the language of most of the text, "" if there is too little of it."""
    sample = ""
    for section in sections:
        sample += section.text + "\n"
        if len(sample) >= SAMPLE:
            break
    if len(sample.strip()) < SMALLEST_SAMPLE:
        return ""
    import py3langid  # loads its model, which few processes need

    return str(py3langid.classify(sample[:SAMPLE])[0])


def _rows(file: LibraryFile, sections: Sequence[ReadSection]) -> Iterator[FileSection]:
    for order, section in enumerate(sections, start=1):
        heading = list(section.heading)
        yield FileSection(
            file=file, order=order, heading=heading, page=section.page, text=section.text
        )


def _stored_hash(file: LibraryFile) -> str:
    """The hash of the content; "" if the store has lost the file."""
    try:
        return str(file.get_file_hash())
    except OSError:
        return str(file.file_hash)


@contextmanager
def _local_copy(file: LibraryFile) -> Iterator[Path]:
    """The file on this machine: itself, or a copy where the store is elsewhere."""
    if file.is_stored_locally():
        yield Path(file.file.path)
        return
    with tempfile.NamedTemporaryFile() as copy, file.open_file() as source:
        shutil.copyfileobj(source, copy)
        copy.flush()
        yield Path(copy.name)
