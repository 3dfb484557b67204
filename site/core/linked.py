"""What the texts of a page link to, asked for together however many texts there are."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import RichTextField, StreamField

from core.addresses import request_at_hand
from core.remembering import READING

Found = TypeVar("Found")
# In a stream, which is JSON, the quotation marks of a link have a stroke before them.
_LINK = re.compile(r"<a\b[^>]{0,400}?\blinktype=[^>]{0,400}>")
_KIND = re.compile(r'\blinktype=\\?"(\w+)')
_ID = re.compile(r'\bid=\\?"(\d{1,12})\\?"')
# A block of a stream that names a file; in the text of one, the quotation marks have strokes.
_FILE_OF_BLOCK = re.compile(r'"file": ?(\d{1,12})\b')
PAGE, FILE = "page", "document"


def expect(page: Any, files: Iterable[int | None] = ()) -> None:
    """Let the request that shows a page know at once of all that its texts link to.

    `files` are those that it names otherwise.
    """
    request = request_at_hand()
    if request is not None:
        request.__dict__.setdefault("_shown_pages", {})[page.pk] = page
        expected: dict[str, set[int]] = request.__dict__.setdefault("_expected_links", {})
        for kind, number in _links(page):
            expected.setdefault(kind, set()).add(number)
        expected.setdefault(FILE, set()).update(number for number in files if number)


def shown(pk: int) -> Any:
    """Return the page of this number if the request shows it, in its own type; else None."""
    return getattr(request_at_hand(), "_shown_pages", {}).get(pk)


def together(
    kind: str, ids: set[int], ask: Callable[[set[int]], dict[int, Found]]
) -> dict[int, Found]:
    """Return what `ask` finds for these numbers, asked once for all that are expected.

    Only in a request that reads; elsewhere, and for what nobody expected, each time.
    """
    request = request_at_hand()
    if request is None or request.method not in READING:
        return ask(ids)
    known: dict[str, tuple[set[int], dict[int, Found]]]
    known = request.__dict__.setdefault("_found_links", {})
    asked, found = known.setdefault(kind, (set(), {}))
    if not ids <= asked:
        more = (ids | request.__dict__.get("_expected_links", {}).get(kind, set())) - asked
        found.update(ask(more))
        asked |= more
    return {number: found[number] for number in ids if number in found}


def _links(page: Any) -> Iterator[tuple[str, int]]:
    for text in _texts(page):
        for number in _FILE_OF_BLOCK.findall(text):
            yield FILE, int(number)
        for tag in _LINK.findall(text):
            kind, number = _KIND.search(tag), _ID.search(tag)
            if kind and number:
                yield kind[1], int(number[1])


def _texts(page: Any) -> Iterator[str]:
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(field, RichTextField):
            yield value or ""
        elif isinstance(field, StreamField):
            yield _ENCODER.encode(field.stream_block.get_prep_value(value))


_ENCODER = DjangoJSONEncoder(ensure_ascii=False)
