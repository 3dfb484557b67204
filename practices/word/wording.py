"""What the form says besides its fields, and how all of it is recognised in every language."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from practices.models import PracticePage
from practices.word.labels import key
from practices.word.template import ENTRIES, FORM, Text

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

# The columns of the tables, by the field that a column holds.
COLUMNS: dict[str, dict[str, Text]] = {
    "institutions": {
        "body": _("Institution"),
        "role": _("Its part"),
        "shares": _("Shares"),
        "shares_with": _("With whom"),
        "legal_basis": _("Legal basis"),
    },
    "evidence": {
        "title": _("Title"),
        "url": _("Address"),
        "note": _("What it shows"),
    },
    "sources": {
        "document": _("Document"),
        "place": _("Place"),
        "page": _("Page"),
    },
}
ITEMS = {"steps": _("Step"), "building_blocks": _("Building block")}
TITLE = _("Describe a practice")
INTRO = (
    _("Write into the empty places. What you do not know stays empty: nobody minds."),
    _("Leave the headings as they are; beneath them you may write, paste lists and tables."),
    _("Tick a box by replacing the empty box with an x. Do not name children or private persons."),
    _("Then upload this file on the site. It becomes a draft that only you and your team can see."),
)
REFERENCE = _("Reference (please leave it here):")


@cache
def headings() -> dict[str, str]:
    """Return {heading as it is compared: field} in all languages, aliases included."""
    found: dict[str, str] = {}
    for entry in ENTRIES.values():
        for text in _everywhere(entry.label, *entry.also, *_name_of(entry.name)):
            found.setdefault(key(text), entry.name)
    return found


@cache
def part_headings() -> dict[str, str]:
    """Return {heading as it is compared: key of a section without a field of that name}."""
    return {key(text): part.key for part in FORM for text in _everywhere(part.label)}


@cache
def fixed_texts() -> tuple[str, ...]:
    """Return what the form itself says, in all languages, the longest first: never an entry."""
    texts = [TITLE, *INTRO, REFERENCE, *(e.help for e in ENTRIES.values() if e.help)]
    return tuple(sorted({*_everywhere(*texts)}, key=len, reverse=True))


@cache
def columns(name: str) -> dict[str, str]:
    """Return {column heading as it is compared: field of the row} in all languages."""
    return {key(t): field for field, text in COLUMNS[name].items() for t in _everywhere(text)}


@cache
def item_words() -> tuple[str, ...]:
    """Return the words for "step" and "building block" in all languages, the longest first."""
    return tuple(sorted({*_everywhere(*ITEMS.values())}, key=len, reverse=True))


def _name_of(field: str) -> Iterator[Any]:
    names = {each.name for each in PracticePage._meta.fields}
    if field in names:
        yield PracticePage._meta.get_field(field).verbose_name


def _everywhere(*texts: Any) -> Iterator[str]:
    """Yield texts in each language of the site."""
    for language in LANGUAGES:
        with translation.override(language):
            for text in texts:
                yield str(text)
