"""What the files that a page links to say, as far as their text was read.

A published report names its authors and has small numbers in it, so that only what leads to one
person counts here. What was found is kept with the hash of the file and worked out once.
"""

import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.cache import cache
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from safeguarding.detectors import VERSION, find_in
from safeguarding.detectors.sentences import sentences

KINDS = ("person", "identifier", "birth")
MOST_FOUND = 10
# Characters of text and bytes of a Word file that are looked at.
LONGEST = 400_000
LARGEST = 20_000_000
KEPT = 30 * 24 * 3600
# Marks of Word for what was inserted, deleted, or said beside the text.
_CHANGED = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ")
_COMMENT = b"<w:comment "


def files_of(ids: Iterable[int]) -> list[Any]:
    """Return those of these files that everybody may open: the others are not shown to them."""
    files = get_document_model().objects.filter(pk__in=list(ids)).select_related("collection")
    found = list(files.order_by("pk"))
    if not found:
        return []
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    closed = tuple(each.collection.path for each in restrictions)
    return [file for file in found if not file.collection.path.startswith(closed)]


def look_into(file: Any) -> list[tuple[str, str]]:
    """Return (kind of finding, what was found) in a file; "unread" where there is no text of it."""
    digest = file.get_file_hash() if file.file else ""
    read = getattr(file, "text_hash", "") == digest and digest
    key = f"safeguarding:{VERSION}:{digest}:{bool(read)}"
    kept: list[tuple[str, str]] | None = cache.get(key) if digest else None
    if kept is None:
        kept = [*_in_text(file, bool(read)), *_in_word(file)]
        if digest:
            cache.set(key, kept, KEPT)
    return [(kind, found) for kind, found in kept]


def _in_text(file: Any, read: bool) -> Iterator[tuple[str, str]]:
    sections = getattr(file, "sections", None)
    rows = list(sections.all()) if sections is not None and read else []
    if not rows:
        yield "unread", ""
        return
    left = LONGEST
    said = []
    for row in rows:
        text, left = row.text[:left], left - len(row.text)
        for sentence in sentences(text):
            said += [(row.page, each) for kind, each in find_in(sentence) if kind in KINDS]
        if left <= 0:
            break
    if said:
        yield "file", ", ".join(_named(page, found) for page, found in islice(said, MOST_FOUND))


def _named(page: int | None, found: str) -> str:
    return f"{found} (p. {page})" if page else found


def _in_word(file: Any) -> Iterator[tuple[str, str]]:
    if not file.file or file.file_extension.lower() != "docx":
        return
    try:
        with file.open_file() as stored, zipfile.ZipFile(stored) as word:
            names = set(word.namelist())
            if "word/comments.xml" in names and _holds(word, "word/comments.xml", (_COMMENT,)):
                yield "revisions", "comments"
            elif "word/document.xml" in names and _holds(word, "word/document.xml", _CHANGED):
                yield "revisions", "changes"
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError):
        return  # what cannot be opened has no text either, and is "unread"


def _holds(word: zipfile.ZipFile, name: str, marks: Iterable[bytes]) -> bool:
    with word.open(name) as part:
        content = part.read(LARGEST)
    return any(mark in content for mark in marks)
