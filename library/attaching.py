"""Takes in a file that somebody uploads for a page of theirs."""

import re
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.models import Page

from library import reasons
from library.clean import cleaned
from library.importing import allowed_extensions, title_from
from library.models import LibraryFile

LONGEST_NAME = 80


def attach(
    page: Page, user: Any, upload: UploadedFile[Any], title: str = "", language: str = ""
) -> LibraryFile:
    """Store an uploaded file, without its authors, for a page; its text is read by the worker.

    The same content twice is one file. `ValidationError` says why a file is not taken; its code is
    "too_large" where that is the reason. Who may do this, and how often, is for the caller to ask.
    """
    name = stored_name(upload.name or "")
    if PurePath(name).suffix.lower().removeprefix(".") not in allowed_extensions():
        raise ValidationError(_("This is not a PDF or Word (.docx) file."))
    most = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if (upload.size or 0) > most:
        told = _("This file is larger than %(most)s. Save it with smaller pictures, or in parts.")
        raise ValidationError(told % {"most": filesizeformat(most)}, "too_large")
    clean = cleaned(upload, name)
    if clean.withheld:
        raise ValidationError(str(reasons.sentence(clean.withheld)))
    same = LibraryFile.objects.filter(page=page, file_hash=clean.file_hash)
    if (known := same.order_by("pk").first()) is not None:
        return known
    stated = title or clean.title or title_from(name)
    file = LibraryFile(title=stated[:255], file=clean, language=language, page=page)
    file.uploaded_by_user = user
    file.save()
    return file


def stored_name(name: str) -> str:
    """The name under which a file is stored: without folders, signs nobody sees, and length."""
    plain = "".join(each for each in name if each.isprintable())
    path = PurePath(re.split(r"[\\/]", plain)[-1])
    return f"{path.stem[:LONGEST_NAME].strip('. ') or 'file'}{path.suffix.lower()}"
