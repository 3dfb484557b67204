"""Opens a table: judged and read in a process of its own."""

import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.confined.limits import MEGABYTE, Limits
from core.confined.process import run
from practices.importing.sheet import Row, rows_of
from practices.word.opening import RefusedError, check_name

ENDINGS = ("csv", "xlsx", "json")
LIMITS = Limits(file_size=20 * MEGABYTE, unpacked=100 * MEGABYTE, cpu_seconds=60, wall_seconds=90)
SENTENCES = {
    "empty": gettext_lazy("The file is empty."),
    "mistyped": gettext_lazy("The content of the file is not what its name says."),
    "encoding": gettext_lazy(
        "The file is not in UTF-8. Save it as “CSV UTF-8” or as Excel (.xlsx)."
    ),
    "macros": gettext_lazy("The file contains macros. Save it as .xlsx without them."),
    "encrypted": gettext_lazy("The file is protected by a password. Save it without."),
    "bomb": gettext_lazy("The file unpacks to far more than it should and was not opened."),
    "too_long": gettext_lazy(
        "The table is too long: at most 2,000 rows and 100 columns. Send it in parts."
    ),
    "timeout": gettext_lazy("Reading the table took too long. Send it in parts."),
    "memory": gettext_lazy("Reading the table took too much memory. Send it in parts."),
}
DAMAGED = gettext_lazy("The file could not be read as a table. Save it again and upload that.")


def open_table(path: Path, ending: str) -> tuple[list[Row], list[str]]:
    """Return the rows and the columns that are not known; `RefusedError` for what is no table."""
    answer = run("practices.importing", path, ending, LIMITS)
    found: dict[str, Any] = {"rows": [], "reason": answer.reason}
    if not answer.reason:
        try:
            found = json.loads(answer.output)
        except ValueError:
            found["reason"] = "failed"
    if found["reason"]:
        raise RefusedError(str(SENTENCES.get(found["reason"], DAMAGED)))
    rows, unknown = rows_of(found["rows"], quoted=ending != "json")
    if not rows and not found["rows"]:
        raise RefusedError(str(SENTENCES["empty"]))
    return rows, unknown


def open_upload(upload: UploadedFile[Any]) -> tuple[list[Row], list[str]]:
    """Return the rows of an uploaded table; the file itself is not kept."""
    if (upload.size or 0) > LIMITS.file_size:
        told = _("This file is larger than %(most)s.") % {"most": filesizeformat(LIMITS.file_size)}
        raise RefusedError(told, too_large=True)
    name = upload.name or ""
    check_name(name, ENDINGS)
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        return open_table(Path(copy.name), name.rpartition(".")[2].lower())
