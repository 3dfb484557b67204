"""What the files that a page links to say, as far as their text was read.

A published report names its authors and has small numbers in it, so that only what leads to one
person counts here. What was found is kept with the hash of the file and worked out once.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.cache import cache
from django.db.models import prefetch_related_objects
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from safeguarding.detectors import VERSION, find_in
from safeguarding.detectors.sentences import sentences

KINDS = ("person", "identifier", "birth")
MOST_FOUND = 10
# Characters of text that are looked at.
LONGEST = 400_000
KEPT = 30 * 24 * 3600


def files_of(ids: Iterable[int], page: Any) -> list[Any]:
    """Return those of these files that everybody may open, or will with this page.

    The others are not shown to them, and what is in them is not told to who writes here.
    """
    files = get_document_model().objects.filter(pk__in=list(ids)).select_related("collection")
    found = list(files.order_by("pk"))
    if not found:
        return []
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    closed = tuple(each.collection.path for each in restrictions)
    opened = [file for file in found if not file.collection.path.startswith(closed)]
    return [file for file in opened if _goes_with(file, page)]


def _goes_with(file: Any, page: Any) -> bool:
    """Whether a file belongs to no page, to this one, or to one that shows it already."""
    owner = getattr(file, "page_id", None)
    return owner is None or file.shown or owner in (page.pk, page.alias_of_id)


def look_into(files: Sequence[Any]) -> Iterator[tuple[Any, str, str]]:
    """Yield (file, kind of finding, what was found); "unread" where there is no text of a file.

    However many files there are, the questions are few.
    """
    keys = {file.pk: _key(file) for file in files}
    kept: dict[str, list[tuple[str, str]]] = cache.get_many([key for key in keys.values() if key])
    fresh = [file for file in files if keys[file.pk] not in kept]
    if any(hasattr(file, "sections") for file in fresh):
        prefetch_related_objects(fresh, "sections")
    found = {file.pk: kept.get(keys[file.pk], []) for file in files}
    found |= {file.pk: list(_in_text(file)) for file in fresh}
    news = {key: found[file.pk] for file in fresh if (key := keys[file.pk])}
    if news:
        cache.set_many(news, KEPT)
    for file in files:
        yield from ((file, kind, said) for kind, said in found[file.pk])
        if beside := getattr(file, "revisions", ""):  # comments, tracked changes
            yield file, "revisions", beside


def _key(file: Any) -> str:
    """Return under what is kept what was found in a file; "" for one without content."""
    digest = file.get_file_hash() if file.file else ""
    return f"safeguarding:{VERSION}:{digest}:{_is_read(file)}" if digest else ""


def _is_read(file: Any) -> bool:
    return bool(file.file_hash) and getattr(file, "text_hash", "") == file.file_hash


def _in_text(file: Any) -> Iterator[tuple[str, str]]:
    rows = list(file.sections.all()) if hasattr(file, "sections") and _is_read(file) else []
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
