"""Giving an attachment its text: read in a process of its own, then told to the search."""

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction

from communities.attachments import tables
from communities.models import Attachment
from core.confined.limits import Limits
from core.confined.process import run
from library.extract import guess_language
from library.extraction.result import Reading
from library.extraction.runner import read_in_own_process
from search import index
from search.cleaning import clean

log = logging.getLogger(__name__)
LIMITS = Limits(text=2_000_000)


def read(attachment: Attachment) -> None:
    """Read the text of a stored file, once; whatever is in it, this ends with a status."""
    if attachment.text_status == Attachment.Status.PENDING:
        store(attachment.pk, _reading(attachment))


def store(pk: int, reading: Reading) -> None:
    """Keep what was read of an attachment; nothing happens if it is gone by now."""
    status = Attachment.Status.UNAVAILABLE if reading.reason else Attachment.Status.READY
    told: dict[str, Any] = {
        "text_status": status,
        "text_reason": reading.reason,
        "page_count": reading.page_count,
        "language": guess_language(reading.sections),
        "sections": [
            {
                "heading": [clean(each) for each in section.heading],
                "page": section.page,
                "text": clean(section.text),
            }
            for section in reading.sections
        ],
    }
    with transaction.atomic():
        if Attachment.objects.filter(pk=pk).update(**told):
            index.refresh("attachment", [pk])
    if reading.reason:
        log.info("No text in attachment %s: %s %s", pk, reading.reason, reading.detail)


def _reading(attachment: Attachment) -> Reading:
    with tempfile.NamedTemporaryFile() as copy:
        try:
            with attachment.file.open("rb") as stored:
                shutil.copyfileobj(stored, copy)
        except OSError:
            return Reading(reason="missing")
        copy.flush()
        path, ending = Path(copy.name), attachment.ending
        if ending == tables.ENDING:
            return _table(path)
        return read_in_own_process(path, ending, LIMITS)


def _table(path: Path) -> Reading:
    answer = run("communities.attachments.tables", path, tables.ENDING, LIMITS)
    if answer.reason:
        return Reading(reason=answer.reason, detail=answer.detail)
    try:
        return Reading.from_json(answer.output)
    except (ValueError, KeyError, TypeError):
        return Reading(reason="failed")
