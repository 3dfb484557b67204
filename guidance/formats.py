"""The light formats in which a guidance is handed out; other apps lend how they are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guidance.models import GuidancePage
from guidance.writing import as_text


@dataclass(frozen=True)
class Format:
    """A kind of file, made of (text with marks, title, language).

    `make` returns None where it cannot be made; `has(letters)` says beforehand whether it can.
    """

    ending: str
    label: Any
    type: str
    make: Callable[[str, str, str], bytes | None]
    has: Callable[[str], bool] = bool


def _plain(text: str, title: str, language: str) -> bytes:
    # The mark tells old editors of text that it is UTF-8.
    return text.encode("utf-8-sig")


_known = {"txt": Format("txt", _("Text"), "text/plain; charset=utf-8", _plain)}


def register(known: Format) -> None:
    """Offer a format for every guidance that can be made in it."""
    _known[known.ending] = known


def named(ending: str) -> Format | None:
    """Return the format of an ending, if there is one."""
    return _known.get(ending)


def made(page: GuidancePage, known: Format) -> bytes | None:
    """Return a guidance as a file; None where it cannot be made in this format."""
    return known.make(as_text(page), page.title, page.locale.language_code)


def fitting(page: GuidancePage) -> list[Format]:
    """Return the formats to offer: those that have the letters of its text."""
    letters = "".join({*page.title, *page.summary, *page.changed, *str(page.body.raw_data)})
    return [each for each in _known.values() if each.has(letters)]
