"""Opens what somebody uploads: judged and read in a process of its own, stored nowhere."""

import tempfile
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.confined.limits import MEGABYTE, Limits
from core.confined.process import run
from practices.word.labels import DIRECTIONS
from practices.word.outline import Outline

# A practice is some pages of text; pictures in it are not taken over.
LIMITS = Limits(file_size=10 * MEGABYTE, cpu_seconds=20, wall_seconds=40, text=2_000_000)
MOST_BYTES = LIMITS.file_size

SENTENCES: dict[str, Promise] = {
    "empty": gettext_lazy("The file is empty. Save it again and upload that."),
    "mistyped": gettext_lazy(
        "This is not a Word file (.docx). Open it in the program it comes from and save it as a "
        "Word document."
    ),
    "damaged": gettext_lazy(
        "The file is damaged and could not be opened. Save it again in Word and upload that."
    ),
    "encrypted": gettext_lazy(
        "The file is protected by a password. Save it without the password and upload that."
    ),
    "macros": gettext_lazy(
        "The file contains macros. Save it as a Word document without macros (.docx)."
    ),
    "bomb": gettext_lazy(
        "The file unpacks to far more than it should and was not opened. Save it again in Word "
        "and upload that."
    ),
    "too_long": gettext_lazy("The file has more text than a practice can have. Shorten it."),
    "timeout": gettext_lazy(
        "Reading the file took too long. Save it again without its pictures and upload that."
    ),
    "memory": gettext_lazy(
        "Reading the file took too much memory. Save it again without its pictures and upload that."
    ),
    "failed": gettext_lazy("The file could not be read. Save it again in Word and upload that."),
}


class RefusedError(Exception):
    """The file is not taken; the message says why, and `too_large` whether it is its size."""

    def __init__(self, message: str, *, too_large: bool = False) -> None:
        super().__init__(message)
        self.too_large = too_large


def open_upload(upload: UploadedFile[Any]) -> Outline:
    """Return what stands in an uploaded Word file; `RefusedError` for anything else."""
    if (upload.size or 0) > MOST_BYTES:
        message = _("This file is larger than %(most)s. Save it without its pictures.")
        raise RefusedError(message % {"most": filesizeformat(MOST_BYTES)}, too_large=True)
    check_name(upload.name or "", ("docx",))
    with tempfile.NamedTemporaryFile(suffix=".docx") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        return outline_of(Path(copy.name))


def check_name(name: str, endings: tuple[str, ...]) -> None:
    """Refuse a file by its name: another ending, or signs that make it look like another."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in endings or DIRECTIONS.search(name) or not name.isprintable():
        listed = ", ".join(f".{each}" for each in endings)
        raise RefusedError(_("The name of the file must end in: %(endings)s") % {"endings": listed})


def outline_of(path: Path, limits: Limits | None = None) -> Outline:
    """Return what stands in a Word file; `RefusedError` when it cannot be read safely."""
    answer = run("practices.word", path, "docx", limits or LIMITS)
    outline = Outline(reason=answer.reason)
    if not answer.reason:
        try:
            outline = Outline.from_json(answer.output)
        except (ValueError, KeyError, TypeError):
            outline = replace(outline, reason="failed")
    if outline.reason:
        raise RefusedError(str(SENTENCES.get(outline.reason, SENTENCES["failed"])))
    return outline
