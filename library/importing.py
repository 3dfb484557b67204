"""Brings files of this machine into the library, each content once."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from wagtail.models import Collection

from library import extract
from library.clean import CleanFile, cleaned
from library.extraction.result import Reading
from library.extraction.runner import read_in_own_process
from library.models import LibraryFile, TextStatus

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")


@dataclass(frozen=True)
class Details:
    """What is known of a file beside its content; "" and None mean: find out or leave empty."""

    title: str = ""
    language: str = ""
    description: str = ""
    publisher: str = ""
    year: int | None = None
    collection: Collection | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `result` is new, unchanged or refused."""

    path: Path
    result: str
    file: LibraryFile | None = None
    note: str = ""


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The named files, and every PDF and Word file below the named folders, in order."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for below in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in below.relative_to(path).parts)
            if below.is_file() and not hidden and _extension(below) in allowed_extensions():
                yield below


def allowed_extensions() -> list[str]:
    """Endings of the files that the library takes."""
    return list(settings.WAGTAILDOCS_EXTENSIONS)


def import_file(path: Path, details: Details) -> Outcome:
    """Bring in one file with its text; a bad one is kept and says why it has none."""
    if _extension(path) not in allowed_extensions():
        return Outcome(path, "refused", note=_("This is not a PDF or Word (.docx) file."))
    size, most = path.stat().st_size, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if size > most:
        note = _("This file is larger than %(most)s.") % {"most": filesizeformat(most)}
        return Outcome(path, "refused", note=note)
    try:
        content = path.read_bytes()
    except OSError as error:
        return Outcome(path, "refused", note=str(error))
    file, is_new = keep(path.name, content, details)
    return Outcome(path, "new" if is_new else "unchanged", file, _note(file))


def keep(name: str, content: bytes, details: Details) -> tuple[LibraryFile, bool]:
    """The file with this content, and whether it is new; it has been read when this returns."""
    clean = cleaned(ContentFile(content), name)
    known = _known(clean)
    if known is not None:
        extract.read_file(known)
        return known, False
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(clean.read())
        copy.flush()
        reading = read_in_own_process(Path(copy.name), _extension(Path(name)))
    file = LibraryFile(
        title=(details.title or reading.title or title_from(name))[:255],
        file=clean,
        language=details.language,
        description=details.description,
        publisher=details.publisher,
        year=details.year or _year(name, reading),
    )
    if details.collection is not None:
        file.collection = details.collection
    with transaction.atomic():
        file.save()
        extract.store(file, reading, file.file_hash)
    return file, True


def title_from(name: str) -> str:
    """A title made of a file name: `terms-of-reference.docx` -> `Terms of reference`."""
    words = re.sub(r"[\s_-]+", " ", Path(name).stem).strip()
    return words[:1].upper() + words[1:] or name


def _known(clean: CleanFile) -> LibraryFile | None:
    """The file of the same content and type that is there already, and belongs to no page."""
    name = str(clean.name)
    same = LibraryFile.objects.filter(page=None, file_hash=clean.file_hash)
    same = same.filter(file__iendswith=Path(name).suffix)
    if not clean.size:
        # All empty files are alike: only the name tells them apart.
        same = same.filter(file__endswith=get_valid_filename(name))
    return same.order_by("pk").first()


def _year(name: str, reading: Reading) -> int | None:
    """The only year that the title or the file name states."""
    for text in (reading.title, Path(name).stem):
        years = set(YEAR.findall(text))
        if len(years) == 1:
            return int(years.pop())
    return None


def _note(file: LibraryFile) -> str:
    if file.text_status == TextStatus.UNAVAILABLE:
        return f"{file.get_text_status_display()}: {file.text_state}"
    return file.withheld_state


def _extension(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")
