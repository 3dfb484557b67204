"""What a person is told of a file that was read: where it is, and what about it."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.word.template import FORM, PART_OF, Entry, Part


@dataclass(frozen=True)
class Remark:
    """A problem, or words for which there is no place; in the reader's language."""

    place: str
    text: str


def place_of_part(key: str) -> str:
    """Return "Section 4 (Institutional set-up)"."""
    number = next(n for n, part in enumerate(FORM, start=1) if part.key == key)
    part = FORM[number - 1]
    return _("Section %(number)s (%(name)s)") % {
        "number": number,
        "name": capfirst(str(part.label)),
    }


def place_of(entry: Entry) -> str:
    """Return where a field stands: its section, and its own name where there are others."""
    part: Part = PART_OF[entry.name]
    place = place_of_part(part.key)
    return place if len(part.entries) == 1 else f"{place}, {capfirst(str(entry.label))}"


def row_of(place: str, number: int) -> str:
    """Return the place of a row, counted from 1 below the headings of the table."""
    return _("%(place)s, table row %(number)s") % {"place": place, "number": number}


def line_of(place: str, number: int) -> str:
    """Return the place of a line, counted from 1."""
    return _("%(place)s, line %(number)s") % {"place": place, "number": number}
