"""Opens a report that somebody uploads: judged and read in a process of its own."""

import tempfile
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.confined.limits import MEGABYTE, Limits
from library import reasons
from library.extraction.runner import read_in_own_process
from practices.word.opening import RefusedError, check_name, outline_of
from workshops.report import reading_pdf, reading_word
from workshops.report.parts import Report

# A report is some hundred pages at most; its pictures are not taken over.
LIMITS = Limits(file_size=30 * MEGABYTE, cpu_seconds=30, wall_seconds=60, text=3_000_000)
ENDINGS = ("docx", "pdf")


def most_bytes() -> int:
    """Return how large a file may be: the original is kept in the library, with its limit."""
    return min(LIMITS.file_size, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)


def open_report(upload: UploadedFile[Any]) -> Report:
    """Return what stands in an uploaded Word or PDF file; `RefusedError` for anything else."""
    most = most_bytes()
    if (upload.size or 0) > most:
        told = _("This file is larger than %(most)s. Save it with smaller pictures, or in parts.")
        raise RefusedError(told % {"most": filesizeformat(most)}, too_large=True)
    check_name(upload.name or "", ENDINGS)
    ending = PurePath(upload.name or "").suffix.lower().removeprefix(".")
    with tempfile.NamedTemporaryFile(suffix=f".{ending}") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        report = _read(Path(copy.name), ending)
    upload.seek(0)
    if report.is_empty:
        raise RefusedError(str(reasons.sentence("no_text")))
    return report


def _read(path: Path, ending: str) -> Report:
    if ending == "docx":
        return reading_word.report_of(outline_of(path, LIMITS))
    reading = read_in_own_process(path, "pdf", LIMITS)
    if reading.reason:
        raise RefusedError(str(reasons.sentence(reading.reason)))
    return reading_pdf.report_of(reading)
