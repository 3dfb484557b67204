"""Every file that is stored was scanned and freed of its authors, by whatever way it comes."""

import hashlib
import tempfile
from pathlib import Path, PurePath
from typing import Any, cast

from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile

from core import scanning
from library import reasons
from library.cleaning.result import Cleaned
from library.cleaning.runner import clean_in_own_process


class CleanFile(ContentFile[bytes]):
    """A file that was cleaned; what could not be cleaned is kept as it came, and `withheld`."""

    def __init__(self, content: bytes, name: str, told: Cleaned) -> None:
        super().__init__(content, name=name)
        self.withheld = told.reason
        self.revisions = told.revisions
        self.title = told.title
        self.file_hash = hashlib.sha1(content, usedforsecurity=False).hexdigest()


def cleaned(file: File[Any], name: str) -> CleanFile:
    """Scan a file and clean it in a process of its own; what was cleaned comes back as it is."""
    if isinstance(file, CleanFile):
        return file
    extension = PurePath(name).suffix.lower().removeprefix(".")
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        path = Path(copy.name)
        found = scanning.verdict(path)
        told = Cleaned(reason=found) if found else clean_in_own_process(path, extension)
        return CleanFile(told.content or path.read_bytes(), name, told)


class CleanFieldFile(FieldFile):
    """The file of a row: the one door by which content gets into the store."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store the content without its authors, and tell the row what came of it."""
        clean, row = cleaned(content, name), cast(Any, self.instance)
        row.take(clean)
        super().save(name, clean, save)


class CleanFileField(models.FileField):
    """A file without its authors."""

    attr_class = CleanFieldFile


def clean_stored(file: Any) -> None:
    """Clean what is in the store already, in its place: from a time before, or cut off then."""
    try:
        with file.open_file() as stored:
            before = stored.read()
    except OSError:
        file.withheld = reasons.MISSING
        file.save(update_fields=["withheld"])
        return
    clean = cleaned(ContentFile(before), file.filename)
    content = clean.read()
    if content != before:
        _replace(file.file, content)
    file.take(clean)
    file.save(update_fields=["file_hash", "file_size", "withheld", "revisions"])


def _replace(stored: FieldFile, content: bytes) -> None:
    """Put other content under the same name: addresses of files are for ever."""
    try:
        path = Path(stored.path)
    except NotImplementedError:  # the store is elsewhere
        stored.storage.delete(str(stored.name))
        stored.storage.save(str(stored.name), ContentFile(content))
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as fresh:
        fresh.write(content)
    Path(fresh.name).chmod(path.stat().st_mode & 0o777)
    Path(fresh.name).replace(path)
